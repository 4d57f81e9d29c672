"""Build the payload of a page from a timeline: everything that the page shows, as a structure of arrays.

Arcs and changes stand in it once; there is never a polygon per day. ``encode`` makes a data block of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from territory._util.brief import Brief
from territory._util.version import __version__
from territory.records.actors import FIRST
from territory.records.campaign import Campaign
from territory.records.kinds import KINDS, STATUSES, TRAITS, Status
from territory.records.layers import Layer
from territory.records.naming import Naming
from territory.render import certainty
from territory.render.codec.gridded import Arcs, Cells, Grid, arcs_of, cells_of, grid_of
from territory.render.codec.record_columns import EventColumns, PlaceColumns, events_of, places_of
from territory.render.codec.writer import Json
from territory.timeline.base import BaseTimeline
from territory.timeline.changes import Changes, State
from territory.words import languages

POINT_STEP = 1e-5  # degrees: resolution of events' own points and of the base map, whatever the grid of the arcs
NAMED_AREAS = ("country", "lake")  # the land itself is named by its places


@dataclass(frozen=True, repr=False)
class MapLayer(Brief):
    """A layer of the base map.

    Parameters
    ----------
    head : dict
        JSON: role, titles, attribution, and the names of its lines and areas.
    polygons : tuple of tuples of int
        How many vertices each ring of each polygon has.
    lines : tuple of int
        How many vertices each line has.
    xy : (vertex, 2) int64
        Vertices of all rings, then of all lines; steps of ``POINT_STEP`` from the corner of the grid.
    """

    head: dict[str, Json]
    polygons: tuple[tuple[int, ...], ...]
    lines: tuple[int, ...]
    xy: NDArray[np.int64]


@dataclass(frozen=True, repr=False)
class Payload(Brief):
    """What a page shows. Cells, arcs, places and events have the numbers of the timeline.

    Parameters
    ----------
    head : dict
        JSON: what is said once (campaign, actors, statuses, kinds, sources, chapters).
    first_day : datetime64[D]
        Of the period.
    grid : Grid
    arcs : Arcs
    cells : Cells
    places : PlaceColumns
    events : EventColumns
    opening : State
        As the first day opens: after earlier days and the baseline.
    changes : Changes
        Those after the opening.
    inferred : (n,) int64
        Cells that follow a place outside them and far off; ascending.
    stale : certainty.Stale
    layers : tuple of MapLayer
    """

    head: dict[str, Json]
    first_day: np.datetime64
    grid: Grid
    arcs: Arcs
    cells: Cells
    places: PlaceColumns
    events: EventColumns
    opening: State
    changes: Changes
    inferred: NDArray[np.int64]
    stale: certainty.Stale
    layers: tuple[MapLayer, ...]


def build(timeline: BaseTimeline) -> Payload:
    """Everything that the page shows of a timeline."""
    campaign, part = timeline.campaign, timeline.partition
    corner = campaign.extent[:2]
    grid, opened = grid_of(part, corner), _opened(timeline)
    changes = {field.name: getattr(timeline.changes, field.name)[opened:] for field in fields(Changes)}
    return Payload(
        head=_head(timeline),
        first_day=np.datetime64(timeline.first_day, "D"),
        grid=grid,
        arcs=arcs_of(part, grid),
        cells=cells_of(part, grid),
        places=places_of(timeline),
        events=events_of(timeline),
        opening=timeline.state_after(opened),
        changes=Changes(**changes),
        inferred=certainty.inferred(timeline),
        stale=certainty.stale(timeline),
        layers=tuple(_layer(campaign, layer, Grid(*corner, POINT_STEP)) for layer in campaign.layers),
    )


def _opened(timeline: BaseTimeline) -> int:
    """How many changes led to the state as the first day opens: those of earlier days and of the baseline."""
    first, events = np.datetime64(timeline.first_day, "D"), timeline.campaign.events
    day, event = timeline.changes.day, timeline.changes.event
    count = int(np.searchsorted(day, first))
    while count < len(event) and day[count] == first and events[event[count]].kind == "baseline":
        count += 1
    return count


def _head(timeline: BaseTimeline) -> dict[str, Json]:
    campaign = timeline.campaign
    return {
        "version_of": f"territory {__version__}",
        "campaign": {**_campaign(campaign), **certainty.drawn_by(timeline)},
        "words": languages.for_player(campaign.languages),
        "actors": [_actor(campaign, code) for code in range(len(campaign.actors))],
        "statuses": [_status(status) for status in Status],
        "kinds": _kinds(campaign),
        "sources": _sources(campaign),
        "chapters": _chapters(campaign),
        "namings": {
            str(row): _namings(campaign, place.namings) for row, place in enumerate(campaign.places) if place.namings
        },
    }


def _campaign(campaign: Campaign) -> dict[str, Json]:
    return {
        "id": campaign.id,
        "language": campaign.language,
        "languages": list(campaign.languages),
        "title": _texts(campaign, campaign.title, campaign.titles),
        "summary": _texts(campaign, campaign.summary, campaign.summaries),
        "first_day": str(campaign.first_day),
        "last_day": str(campaign.last_day),
        "key_day": str(campaign.key_day or campaign.first_day),
        "extent": list(campaign.extent),
        "attribution": campaign.attribution,
        "licence": campaign.licence,
        "max_radius_km": campaign.partition_spec.farthest_place_km,
    }


def _namings(campaign: Campaign, namings: Iterable[Naming]) -> list[dict[str, Json]]:
    """Names that held for a time, in days from the first; open ends are the ends of the period."""
    first, days = campaign.first_day, (campaign.last_day - campaign.first_day).days
    return [
        {
            "from": max(0, (then.start - first).days) if then.start else 0,
            "to": min(days, (then.end - first).days) if then.end else days,
            "name": _texts(campaign, then.name, then.names),
        }
        for then in namings
    ]


def _texts(campaign: Campaign, main: str, others: Mapping[str, str]) -> dict[str, str]:
    """A text by language, in those that the page offers; empty where there is none."""
    by_tag = {**{tag: others.get(tag, "") for tag in campaign.languages}, campaign.language: main}
    return {tag: text for tag, text in by_tag.items() if text}


def _actor(campaign: Campaign, code: int) -> dict[str, Json]:
    actor = campaign.actors[code]
    ids = [other.id for other in campaign.actors.all]
    parent = ids.index(actor.parent) if actor.parent else -1
    return {
        "id": actor.id,
        "label": _texts(campaign, actor.label, actor.labels) if code >= FIRST else {},  # the first two are words
        "namings": _namings(campaign, actor.namings),
        "colour": actor.colour,
        "parent": parent,
        "memberships": [
            {"parent": ids.index(membership.parent), "from": _iso(membership.start), "to": _iso(membership.end)}
            for membership in actor.memberships
        ],
    }


def _status(status: Status) -> dict[str, Json]:
    traits = TRAITS[status]
    return {"id": STATUSES[status], "fill": traits.fill, "outline": traits.outline}


def _kinds(campaign: Campaign) -> dict[str, Json]:
    """How the page reports the kinds of event that the campaign has."""
    used = {event.kind for event in campaign.events}
    return {name: {"family": kind.family, "news": kind.news} for name, kind in KINDS.items() if name in used}


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _sources(campaign: Campaign) -> list[dict[str, Json]]:
    return [
        {
            "id": source.id,
            "title": source.title,
            "publisher": source.publisher,
            "side": source.side,
            "published": source.published,
            "url": source.url,
            "archive_url": source.archive_url,
            "derived_from": [campaign.sources.index(other) for other in source.derived_from],
        }
        for source in campaign.sources.all
    ]


def _layer(campaign: Campaign, layer: Layer, grid: Grid) -> MapLayer:
    polygons, lines, names, labels = [], [], [], []
    for shape, called in zip(layer.shapes, layer.names, strict=True):
        name = _texts(campaign, *called)
        labels += _labels(shape, name, campaign.extent) if layer.role in NAMED_AREAS else []
        for part in shapely.get_parts(shape):
            if part.geom_type == "Polygon":
                polygons.append([shapely.get_coordinates(ring) for ring in shapely.get_rings(part)])
            elif part.geom_type == "LineString":
                lines.append(shapely.get_coordinates(part))
                names.append(name or None)
    xy = [np.empty((0, 2)), *(ring for rings in polygons for ring in rings), *lines]
    head = {
        "role": layer.role,
        "title": _texts(campaign, layer.title, layer.titles),
        "schematic": layer.schematic,
        "attribution": layer.attribution,
        "names": names,
        "labels": labels,
    }
    sizes = tuple(tuple(len(ring) for ring in rings) for rings in polygons)
    return MapLayer(head, sizes, tuple(len(line) for line in lines), grid.steps(np.concatenate(xy)))


def _labels(
    shape: BaseGeometry, name: dict[str, str], extent: tuple[float, float, float, float]
) -> list[dict[str, Json]]:
    """Where the name of an area stands: the centre of the largest circle inside its largest part in the extent."""
    if not name or shape.geom_type not in ("Polygon", "MultiPolygon"):
        return []
    parts = [part for part in shapely.get_parts(shapely.intersection(shape, shapely.box(*extent))) if part.area > 0]
    if not parts:
        return []
    centre, edge = shapely.get_coordinates(shapely.maximum_inscribed_circle(max(parts, key=lambda part: part.area)))
    radius = float(np.hypot(*(edge - centre)))
    lon, lat = (round(float(value), 5) for value in centre)
    return [{"name": name, "lon": lon, "lat": lat, "radius": round(radius, 4)}]


def _chapters(campaign: Campaign) -> list[dict[str, Json]]:
    first = campaign.first_day.toordinal()
    return [
        {
            "day": chapter.day.toordinal() - first,
            "title": _texts(campaign, chapter.title, chapter.titles),
            "text": _texts(campaign, chapter.text, chapter.texts),
            "events": _event_rows(campaign, chapter.events),
            "view": list(chapter.view) if chapter.view else None,
        }
        for chapter in campaign.chapters
    ]


def _event_rows(campaign: Campaign, ids: Iterable[str]) -> list[int]:
    return [campaign.events.index(event_id) for event_id in ids]
