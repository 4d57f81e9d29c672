"""Build the partition of a campaign, as ``[partition]`` of campaign.toml describes it.

The one module below the fold that knows both records and space. ``method`` is one of:

places     Voronoi cells of places.csv: crs, max_radius_km (left out: no limit), [partition.site_radius_km],
           barriers = ["river", "lake", "coast"] (roles of layers; coast, the edge of the
           land, stops a cell where any other barrier does, or alone), observed_km
units      polygons of a file: file, id (the property that names a unit), repair, gaps = "refuse" or "keep"
h3         hexagons: resolution
snapshots  dated polygons: files, date, actor, resolution_m, rest, source (see io.readers.partition_inputs)
lines      dated front lines: file, date, left, right, resolution_m, source (see io.readers.partition_inputs)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from territory.errors import CampaignError
from territory.records import dates
from territory.records.actors import FIRST, UNKNOWN, Actors
from territory.records.campaign import Campaign
from territory.records.events import Event, Events
from territory.space import makers
from territory.space.makers import MapSeries
from territory.space.partition import Partition

EDGE_STEPS = 64  # vertices along each edge of the extent, so that it stays a parallel or a meridian when projected
Spec = Mapping[str, Any]  # Any: straight from TOML; every value is checked where it is used


def build_partition(campaign: Campaign) -> tuple[Campaign, Partition]:
    """Build the partition that a campaign describes; add the events that its maps imply.

    A partition made from dated polygons or lines also gives the holder of each cell by day. That becomes dated, sourced
    events like any other, which ``why`` can name and events of events.csv can contradict.

    Parameters
    ----------
    campaign : Campaign

    Returns
    -------
    campaign : Campaign
        With the events that its maps imply.
    partition : Partition

    Raises
    ------
    CampaignError
        Where ``[partition]`` of campaign.toml has a key or value that cannot be used.
    PartitionError
        Where the cells cannot be made from these inputs.
    """
    method = campaign.partition_spec.get("method", "places")
    if not isinstance(method, str) or method not in METHODS:
        raise CampaignError(f"campaign.toml: partition method is {method!r}; it must be one of {', '.join(METHODS)}.")
    try:
        made = METHODS[method](campaign, campaign.partition_spec)
        if isinstance(made, Partition):
            return campaign, made
        part, drawn = made
        return replace(campaign, events=Events.of([*campaign.events, *_map_events(campaign, part, drawn)])), part
    except KeyError as error:
        raise CampaignError(f"campaign.toml: [partition] with method {method!r} needs {error.args[0]}.") from None
    except (TypeError, ValueError) as error:
        raise CampaignError(f"campaign.toml: [partition] has a value that cannot be used: {error}.") from None


def land(campaign: Campaign) -> BaseGeometry:
    """The land inside the campaign's extent, EPSG:4326; the whole extent where there is no land layer."""
    frame = shapely.segmentize(shapely.box(*campaign.extent), (campaign.extent[2] - campaign.extent[0]) / EDGE_STEPS)
    outlines = [shape for layer in campaign.layer("land") for shape in layer.shapes]
    if not outlines:
        return frame
    return shapely.intersection(shapely.union_all(outlines), frame)


def _places(campaign: Campaign, spec: Spec) -> Partition:
    """Voronoi partition of the places."""
    roles = _barriers(spec)
    return makers.from_places(
        campaign.places,
        land(campaign),
        crs=str(spec["crs"]),
        max_radius_km=_number(spec, "max_radius_km"),
        site_radius_km=_site_radius(spec),
        barriers=[shape for layer in campaign.layers if layer.role in roles for shape in layer.shapes],
        coast="coast" in roles,
        observed_km=_number(spec, "observed_km"),
    )


def _number(spec: Spec, key: str) -> float | None:
    """A positive number, or None where it is left out."""
    return _positive(f"[partition] {key}", spec[key]) if key in spec else None


def _site_radius(spec: Spec) -> dict[str, float]:
    """The radius of each kind of site, km; 0 gives a kind no disc."""
    radius = spec.get("site_radius_km", {})
    if not isinstance(radius, Mapping):
        raise CampaignError(f"campaign.toml: [partition] site_radius_km is {radius!r}; write kind = km in a table.")
    return {str(kind): _positive(f"[partition.site_radius_km] {kind}", km, least=0.0) for kind, km in radius.items()}


def _positive(key: str, value: object, least: float | None = None) -> float:
    """A finite number of more than 0, or of ``least`` and more."""
    wanted = "more than 0" if least is None else f"{least:g} or more"
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise CampaignError(f"campaign.toml: {key} is {value!r}; it must be a number, {wanted}.")
    if not (0 < value < float("inf") or value == least):
        raise CampaignError(f"campaign.toml: {key} is {value}; it must be {wanted}.")
    return float(value)


def _barriers(spec: Spec) -> list[str]:
    """Roles of the layers that are barriers, checked."""
    roles = spec.get("barriers", [])
    known = ("river", "lake", "coast")
    if not isinstance(roles, list) or not set(roles) <= set(known):
        raise CampaignError(f"campaign.toml: [partition] barriers is {roles!r}; it may list {', '.join(known)}.")
    return roles


def _units(campaign: Campaign, spec: Spec) -> Partition:
    """Partition of given units."""
    given, gaps = spec["read"], spec.get("gaps", "refuse")
    if gaps not in ("refuse", "keep"):
        raise CampaignError(f"campaign.toml: [partition] gaps is {gaps!r}; it must be 'refuse' or 'keep'.")
    repair = bool(spec.get("repair", False))
    return makers.from_units(given["shapes"], given["ids"], campaign.places, repair=repair, gaps=gaps)


def _h3(campaign: Campaign, spec: Spec) -> Partition:
    """Partition of H3 hexagons."""
    return makers.from_h3(land(campaign), int(spec["resolution"]), campaign.places)


def _snapshots(campaign: Campaign, spec: Spec) -> tuple[Partition, MapSeries]:
    """Partition of dated polygons, with the holders that they give."""
    given = spec["read"]
    return makers.from_snapshots(
        given["days"],
        given["shapes"],
        given["labels"],
        resolution_m=float(spec["resolution_m"]),
        ground=land(campaign) if "rest" in spec else None,
        gazetteer=campaign.places,
    )


def _lines(campaign: Campaign, spec: Spec) -> tuple[Partition, MapSeries]:
    """Partition of dated front lines, with the holders that they give."""
    given = spec["read"]
    return makers.from_lines(
        given["days"],
        given["shapes"],
        str(spec["left"]),
        str(spec["right"]),
        ground=land(campaign),
        resolution_m=float(spec["resolution_m"]),
        farthest_km=float(spec.get("farthest_km", 50.0)),
        gazetteer=campaign.places,
    )


def _map_events(campaign: Campaign, part: Partition, drawn: MapSeries) -> Iterator[Event]:
    """Events that dated maps imply: one for each day and each pair of holder before and after."""
    spec, actors = campaign.partition_spec, campaign.actors
    rest = actors.code(str(spec["rest"])) if "rest" in spec else UNKNOWN
    sources = (campaign.sources.index(str(spec["source"])),) if "source" in spec else ()
    code = np.array([*map(actors.code, drawn.labels), rest])  # label -1 (in no polygon) indexes the last
    first = drawn.days[0]
    left_out = np.flatnonzero(drawn.state(first, len(part)) < 0) if rest else np.empty(0, dtype=np.int64)
    day = np.concatenate([np.full(len(left_out), first), drawn.day])
    cell = np.concatenate([left_out, drawn.cell])
    after = np.concatenate([np.full(len(left_out), rest), code[drawn.label]])
    before = np.concatenate([np.zeros(len(left_out), dtype=np.int64), code[drawn.prev]])
    before[day == first] = UNKNOWN
    key = np.stack([day.astype(np.int64), after, before], axis=1)
    for own in np.unique(key, axis=0):
        at = np.flatnonzero((key == own).all(axis=1))
        ground = shapely.coverage_union_all(part.cells[cell[at]])
        yield _map_event(actors, day[at[0]], int(own[1]), int(own[2]), ground, day[at[0]] == first, sources)


def _map_event(
    actors: Actors, day: np.datetime64, now: int, prev: int, ground: BaseGeometry, first: bool, sources: tuple[int, ...]
) -> Event:
    """The event by which an area passed from ``prev`` to ``now`` on a day; 0 is nobody."""
    held = now >= FIRST
    inner = ground.representative_point()
    return Event(
        id=f"map-{day}-{actors[now].id if held else 'left'}-{actors[prev].id if prev >= FIRST else 'open'}",
        span=dates.parse(str(day)),
        kind="baseline" if first else "capture" if held else "withdrawal",
        place=-1,
        lon=float(inner.x),
        lat=float(inner.y),
        actor=(now if held else prev,),
        against=(prev,) if held and prev >= FIRST else (),
        sources=sources,
        shape=ground,
        note=f"As drawn on the map of {day}.",
    )


Maker = Callable[[Campaign, Spec], Partition | tuple[Partition, MapSeries]]
METHODS: dict[str, Maker] = {
    "places": _places,
    "units": _units,
    "h3": _h3,
    "snapshots": _snapshots,
    "lines": _lines,
}
