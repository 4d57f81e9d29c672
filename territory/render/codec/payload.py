"""Build the payload of a page from a timeline: JSON-ready columns of arcs, cells, changes, events and places.

Arcs and changes stand in it once; there is never a polygon per day. ``encode`` makes a data block of it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from territory._util.version import __version__
from territory.records.actors import FIRST
from territory.records.campaign import Campaign
from territory.records.kinds import KINDS, STATUSES, TRAITS, Status
from territory.records.layers import Layer
from territory.render import certainty
from territory.render.codec import geometry
from territory.render.codec.encode import dumps
from territory.render.codec.tables import POINT_STEP, Payload
from territory.render.codec.writer import FORMAT, VERSION
from territory.space import rings
from territory.space.topology import Topology
from territory.timeline.base import BaseTimeline
from territory.timeline.changes import State
from territory.words import languages

NAMED_AREAS = ("country", "lake")  # the land itself is named by its places

__all__ = ["build", "dumps"]


def build(timeline: BaseTimeline) -> Payload:
    """Everything that the page shows, as JSON-ready values.

    Coordinates are grid steps from the south-west corner of the extent, each but the first as the difference to the
    one before. They are rounded after the topology is built, so both sides of an arc stay one line.

    Returns
    -------
    dict
        What ``dumps`` encodes.
    """
    campaign, part = timeline.campaign, timeline.partition
    corner = campaign.extent[:2]
    grid = Grid(*corner, geometry.grid_step(part))
    opening, rest = _opening(timeline)
    return {
        "format": FORMAT,
        "version": VERSION,
        "version_of": f"territory {__version__}",
        "campaign": {**_campaign(campaign), **certainty.drawn_by(timeline)},
        "words": languages.for_player(campaign.languages),
        "actors": [_actor(campaign, code) for code in range(len(campaign.actors))],
        "statuses": [_status(status) for status in Status],
        "kinds": _kinds(campaign),
        "grid": {"lon0": grid.lon0, "lat0": grid.lat0, "step": grid.step},
        "arcs": _arcs(part.topology, grid),
        "cells": {
            "place": part.place.tolist(),
            "area_km2": _rounded(part.area_km2, geometry.area_unit_km2(grid.step)),
            "rings": _cell_rings(part.topology, len(part)),
            "inferred": certainty.inferred(timeline),
        },
        "baseline": _columns(opening),
        "changes": _changes(timeline, rest),
        "stale": certainty.stale(timeline),
        "events": _events(timeline),
        "sources": _sources(campaign),
        "places": _places(timeline),
        "layers": [_layer(campaign, layer, Grid(*corner, POINT_STEP)) for layer in campaign.layers],
        "chapters": _chapters(campaign),
    }


class Grid:
    """Integer coordinates: steps of ``step`` degrees from a corner."""

    def __init__(self, lon0: float, lat0: float, step: float) -> None:
        self.lon0, self.lat0, self.step = lon0, lat0, step

    def deltas(self, xy: NDArray[np.float64]) -> list[int]:
        """x0, y0, dx, dy, dx, dy ... of a line of longitudes and latitudes."""
        whole = np.rint((xy - (self.lon0, self.lat0)) / self.step).astype(np.int64)
        return np.concatenate([whole[:1], np.diff(whole, axis=0)]).reshape(-1).tolist()


def _campaign(campaign: Campaign) -> Payload:
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


def _texts(campaign: Campaign, main: str, others: Mapping[str, str]) -> dict[str, str]:
    """A text by language, in those that the page offers; empty where there is none."""
    by_tag = {**{tag: others.get(tag, "") for tag in campaign.languages}, campaign.language: main}
    return {tag: text for tag, text in by_tag.items() if text}


def _actor(campaign: Campaign, code: int) -> Payload:
    actor = campaign.actors[code]
    ids = [other.id for other in campaign.actors.all]
    parent = ids.index(actor.parent) if actor.parent else -1
    return {
        "id": actor.id,
        "label": _texts(campaign, actor.label, actor.labels) if code >= FIRST else {},  # the first two are words
        "colour": actor.colour,
        "parent": parent,
        "memberships": [
            {"parent": ids.index(membership.parent), "from": _iso(membership.start), "to": _iso(membership.end)}
            for membership in actor.memberships
        ],
    }


def _status(status: Status) -> Payload:
    traits = TRAITS[status]
    return {"id": STATUSES[status], "fill": traits.fill, "outline": traits.outline}


def _kinds(campaign: Campaign) -> Payload:
    """How the page reports the kinds of event that the campaign has."""
    used = {event.kind for event in campaign.events}
    return {
        name: {"family": kind.family, "news": kind.news, "takes": kind.takes}
        for name, kind in KINDS.items()
        if name in used
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _rounded(area_km2: NDArray[np.float64], unit: float) -> list[float]:
    digits = round(-math.log10(unit))
    return [round(area, digits) for area in area_km2.tolist()]


def _arcs(topology: Topology, grid: Grid) -> Payload:
    lines = [grid.deltas(topology.line(arc)) for arc in range(len(topology))]
    return {"left": topology.left.tolist(), "right": topology.right.tolist(), "xy": lines}


def _cell_rings(topology: Topology, cells: int) -> list[list[list[int]]]:
    """Per cell its rings of directed arcs with the cell on the left; ``~i`` is arc ``i`` reversed."""
    by_cell: list[list[list[int]]] = [[] for _ in range(cells)]
    half_edges = rings.half_edges(topology, cells)
    for ring in rings.Rings(half_edges, np.arange(cells)).arcs:
        by_cell[half_edges.left[ring[0]]].append(ring.tolist())
    return by_cell


def _opening(timeline: BaseTimeline) -> tuple[State, int]:
    """The state as the first day opens (earlier days and the baseline), and how many changes led to it."""
    first, events = np.datetime64(timeline.first_day, "D"), timeline.campaign.events
    day, event = timeline.changes.day, timeline.changes.event
    count = int(np.searchsorted(day, first))
    while count < len(event) and day[count] == first and events[event[count]].kind == "baseline":
        count += 1
    return timeline.state_after(count), count


def _columns(state: State) -> Payload:
    return {name: getattr(state, name).tolist() for name in ("controller", "status", "rival", "event")}


def _changes(timeline: BaseTimeline, first: int) -> Payload:
    changes = timeline.changes
    offset = (changes.day[first:] - np.datetime64(timeline.first_day, "D")).astype(np.int64)
    names = ("cell", "controller", "status", "rival", "event")
    return {"day": offset.tolist(), **{name: getattr(changes, name)[first:].tolist() for name in names}}


def _events(timeline: BaseTimeline) -> list[Payload]:
    campaign = timeline.campaign
    first, last = campaign.first_day.toordinal(), campaign.last_day.toordinal()
    rows = []
    columns = zip(campaign.events, timeline.outcome, certainty.leeways(timeline), strict=True)
    for event, outcome, (early, late) in columns:
        day = event.span.day(campaign.policy).toordinal()
        row: Payload = {
            "id": event.id,
            "day": day - first if first <= day <= last else None,
            "date": event.span.text,
            "early": early,
            "late": late,
            "kind": event.kind,
            "place": event.place,
            "lon": _degrees_or_none(event.lon),
            "lat": _degrees_or_none(event.lat),
            "actor": event.actor,
            "against": event.against,
            "sources": event.sources,
            "claimed_by": event.claimed_by,
            "reported": event.reported.text if event.reported else "",
            "confidence": event.grounding,
            "counts": event.counts,
            "note": event.note,
            "alternative_to": campaign.events.index(event.alternative_to) if event.alternative_to else -1,
            "outcome": outcome,
        }
        rows.append(row)
    return rows


def _degrees_or_none(degrees: float) -> float | None:
    """JSON has no NaN: an event of a whole unit has no point."""
    return None if math.isnan(degrees) else degrees


def _sources(campaign: Campaign) -> list[Payload]:
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


def _places(timeline: BaseTimeline) -> list[Payload]:
    homes, campaign = timeline.partition.home.tolist(), timeline.campaign
    others = [tag for tag in campaign.languages if tag != campaign.language]
    return [
        {
            "id": place.id,
            "name": place.name,
            **{f"name_{tag}": place.names.get(tag, "") for tag in others},
            "aliases": [*place.aliases, *(name for tag, name in place.names.items() if tag not in campaign.languages)],
            "kind": place.kind,
            "lon": place.lon,
            "lat": place.lat,
            "cell": home,
            "approximate": place.approximate,
        }
        for place, home in zip(campaign.places, homes, strict=True)
    ]


def _layer(campaign: Campaign, layer: Layer, grid: Grid) -> Payload:
    polygons, lines, names, labels = [], [], [], []
    for shape, called in zip(layer.shapes, layer.names, strict=True):
        name = _texts(campaign, *called)
        labels += _labels(shape, name, campaign.extent) if layer.role in NAMED_AREAS else []
        for part in shapely.get_parts(shape):
            if part.geom_type == "Polygon":
                polygons.append([grid.deltas(shapely.get_coordinates(ring)) for ring in shapely.get_rings(part)])
            elif part.geom_type == "LineString":
                lines.append(grid.deltas(shapely.get_coordinates(part)))
                names.append(name or None)
    return {
        "role": layer.role,
        "title": _texts(campaign, layer.title, layer.titles),
        "schematic": layer.schematic,
        "attribution": layer.attribution,
        "polygons": polygons,
        "lines": lines,
        "names": names,
        "labels": labels,
    }


def _labels(shape: BaseGeometry, name: dict[str, str], extent: tuple[float, float, float, float]) -> list[Payload]:
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


def _chapters(campaign: Campaign) -> list[Payload]:
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
