"""Build the partition of a campaign, as ``[partition]`` of campaign.toml describes it.

The one module below the fold that knows both records and space. ``records.schema.partitions`` has one type of value for
each way to cut.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from territory.records import dates
from territory.records.actors import FIRST, UNKNOWN, Actors
from territory.records.campaign import Campaign, GivenShapes
from territory.records.events import Event, Events
from territory.records.schema.partitions import H3Spec, LinesSpec, PlacesSpec, SnapshotsSpec, UnitsSpec
from territory.space import makers
from territory.space.makers import MapSeries
from territory.space.partition import Partition

EDGE_STEPS = 64  # vertices along each edge of the extent, so that it stays a parallel or a meridian when projected


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
    PartitionError
        Where the cells cannot be made from these inputs.
    """
    spec, given = campaign.partition_spec, campaign.given
    if isinstance(spec, PlacesSpec):
        return campaign, _places(campaign, spec)
    if isinstance(spec, H3Spec):
        return campaign, makers.from_h3(land(campaign), spec.resolution, campaign.places)
    if given is None:
        raise ValueError(f"A partition by {spec.method} needs shapes; give them in Campaign.given.")
    if isinstance(spec, UnitsSpec):
        return campaign, makers.from_units(given.shapes, given.ids, campaign.places, repair=spec.repair, gaps=spec.gaps)
    part, drawn = (
        _snapshots(campaign, spec, given) if isinstance(spec, SnapshotsSpec) else _lines(campaign, spec, given)
    )
    return replace(campaign, events=Events.of([*campaign.events, *_map_events(campaign, spec, part, drawn)])), part


def land(campaign: Campaign) -> BaseGeometry:
    """The land inside the campaign's extent, EPSG:4326; the whole extent where there is no land layer."""
    frame = shapely.segmentize(shapely.box(*campaign.extent), (campaign.extent[2] - campaign.extent[0]) / EDGE_STEPS)
    outlines = [shape for layer in campaign.layer("land") for shape in layer.shapes]
    if not outlines:
        return frame
    return shapely.intersection(shapely.union_all(outlines), frame)


def _places(campaign: Campaign, spec: PlacesSpec) -> Partition:
    """Voronoi partition of the places."""
    return makers.from_places(
        campaign.places,
        land(campaign),
        crs=spec.crs,
        max_radius_km=spec.max_radius_km,
        site_radius_km=spec.site_radius_km,
        barriers=[shape for layer in campaign.layers if layer.role in spec.barriers for shape in layer.shapes],
        coast="coast" in spec.barriers,
        observed_km=spec.observed_km,
    )


def _snapshots(campaign: Campaign, spec: SnapshotsSpec, given: GivenShapes) -> tuple[Partition, MapSeries]:
    """Partition of dated polygons, with the holders that they give."""
    return makers.from_snapshots(
        given.days,
        list(given.shapes),
        given.labels,
        resolution_m=spec.resolution_m,
        ground=land(campaign) if spec.rest else None,
        gazetteer=campaign.places,
    )


def _lines(campaign: Campaign, spec: LinesSpec, given: GivenShapes) -> tuple[Partition, MapSeries]:
    """Partition of dated front lines, with the holders that they give."""
    return makers.from_lines(
        given.days,
        list(given.shapes),
        spec.left,
        spec.right,
        ground=land(campaign),
        resolution_m=spec.resolution_m,
        farthest_km=spec.farthest_km,
        gazetteer=campaign.places,
    )


def _map_events(
    campaign: Campaign, spec: SnapshotsSpec | LinesSpec, part: Partition, drawn: MapSeries
) -> Iterator[Event]:
    """Events that dated maps imply: a reading for each day and each pair of holder before and after.

    What a map shows came about on some day since the map before. That interval is the date of the event; with the
    policy ``latest`` it acts on the day of the map.
    """
    actors = campaign.actors
    rest = actors.code(spec.rest) if isinstance(spec, SnapshotsSpec) and spec.rest else UNKNOWN
    sources = (campaign.sources.index(spec.source),) if spec.source else ()
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
        number = int(np.searchsorted(drawn.days, day[at[0]]))
        since = drawn.days[number - 1] + 1 if number else first
        yield _map_event(actors, (since, day[at[0]]), int(own[1]), int(own[2]), ground, number == 0, sources)


def _map_event(
    actors: Actors,
    period: tuple[np.datetime64, np.datetime64],
    now: int,
    prev: int,
    ground: BaseGeometry,
    first: bool,
    sources: tuple[int, ...],
) -> Event:
    """The reading by which an area passed from ``prev`` to ``now`` in a period; 0 is nobody known."""
    held, (since, day) = now >= FIRST, period
    inner = ground.representative_point()
    return Event(
        id=f"map-{day}-{actors[now].id if held else 'left'}-{actors[prev].id if prev >= FIRST else 'open'}",
        span=dates.parse(f"{since}/{day}" if since < day else str(day)),
        kind="baseline" if first else "reading" if held else "unknown",
        place=-1,
        lon=float(inner.x),
        lat=float(inner.y),
        actor=(now,) if held else (),
        sources=sources,
        shape=ground,
        note=f"As drawn on the map of {day}.",
    )
