"""Front lines by pair of sides: their arcs, their length at a ruler, and the age of each stretch.

The front F_AB(t) is every arc with A on one side and B on the other. Its length depends on the ruler (the tolerance of
simplification): state it, and compare only lengths at the same ruler.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString

from territory._util.lazy import Lazy
from territory.measures._common import as_days, days_of
from territory.records.actors import FIRST
from territory.records.kinds import FOUGHT
from territory.space import fronts
from territory.space.geodesic import lengths_km
from territory.space.projection import LONLAT, Plane
from territory.space.shapes import Shapes, arc_lines
from territory.timeline.base import BaseTimeline
from territory.timeline.changes import Day, State
from territory.timeline.front_history import front_lengths

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
else:
    gpd = Lazy("geopandas")
    pd = Lazy("pandas")

Contested = Literal["held", "exclude", "belt"]
Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]
RULER_M = 500.0


def pairs(timeline: BaseTimeline, state: State, contested: Contested = "held") -> Pairs:
    """Arcs of the front and the two sides of each.

    Contested ground belongs to its holder (``held``), or has no front against the side that contests it (``exclude``),
    or has two fronts, one on each edge of the contested zone (``belt``). Contested cells are never split: no event says
    where.

    Parameters
    ----------
    timeline : Timeline
    state : State
    contested : {"held", "exclude", "belt"}

    Returns
    -------
    (front,) int64
        Arcs, ascending.
    (front, 2) int64
        Codes of the two sides, the lower one first.
    """
    if contested not in ("held", "exclude", "belt"):
        raise ValueError(f"contested is '{contested}'; it must be 'held', 'exclude' or 'belt'.")
    topology, side = timeline.partition.topology, timeline.side_of[state.controller]
    pair = np.sort(np.stack(fronts.sides(topology, side), axis=1).astype(np.int64), axis=1)
    front = (pair[:, 0] >= FIRST) & (pair[:, 0] != pair[:, 1])
    if contested != "held":
        front, pair = _around_contested(timeline, state, contested, front, pair)
    arcs = np.flatnonzero(front)
    return arcs, pair[arcs]


def _around_contested(
    timeline: BaseTimeline, state: State, contested: Contested, front: NDArray[np.bool_], pair: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Fronts and pairs of sides with those at contested zones removed or moved to their edges."""
    topology, side = timeline.partition.topology, timeline.side_of
    fought = FOUGHT[state.status] & (state.controller >= FIRST) & (side[state.rival] >= FIRST)
    rivals = np.sort(np.stack([side[state.controller], side[state.rival]], axis=1).astype(np.int64), axis=1)
    front, pair = front.copy(), pair.copy()
    for own, other in ((topology.left, topology.right), (topology.right, topology.left)):
        inner = (own >= 0) & (other >= 0)
        arcs = np.flatnonzero(inner & fought[own])
        zone, beyond = rivals[own[arcs]], side[state.controller][other[arcs]].astype(np.int64)
        same_zone = fought[other[arcs]] & (rivals[other[arcs]] == zone).all(axis=1)
        edge = (zone == beyond[:, None]).any(axis=1) & ~same_zone
        front[arcs[same_zone]] = False
        front[arcs[edge]] = contested == "belt"
        pair[arcs[edge]] = zone[edge]
    return front, pair


def simplified(timeline: BaseTimeline, arcs: NDArray[np.int64], ruler_m: float) -> Shapes:
    """Front lines simplified by Douglas-Peucker with their end nodes kept, in degrees.

    Arcs are merged into lines wherever the front does not fork; nodes where lines of this front meet or end are kept.
    The tolerance is measured in a local plane. A larger one keeps a subset of the vertices, so lengths never grow with
    it. A closed line keeps its southwesternmost vertex; one that is nowhere farther than the tolerance from it
    vanishes.

    Parameters
    ----------
    timeline : Timeline
    arcs : (front,) int64
    ruler_m : float
        Tolerance; 0 keeps every vertex.

    Returns
    -------
    (line,) array of shapely.LineString
        EPSG:4326.
    """
    topology = timeline.partition.topology
    if len(arcs) == 0:
        return np.empty(0, dtype=object)
    lines = shapely.multilinestrings(arc_lines(topology, arcs))
    merged = shapely.get_parts(shapely.line_merge(lines))
    chains = [_from_lowest(line) if line.is_closed else line for line in merged]
    if ruler_m == 0:
        return np.array(chains, dtype=object)
    plane = Plane.around(timeline.partition)
    coarse = shapely.simplify(plane.metres(chains), ruler_m, preserve_topology=False)
    return plane.degrees(coarse)


def _from_lowest(line: LineString) -> LineString:
    """A closed line started at its southwesternmost vertex, so that it does not depend on the order of arcs."""
    xy = shapely.get_coordinates(line)[:-1]
    first = int(np.lexsort((xy[:, 1], xy[:, 0]))[0])
    return LineString(np.concatenate([xy[first:], xy[: first + 1]]))


def lengths(
    timeline: BaseTimeline,
    days: Day | Iterable[Day] | None = None,
    *,
    ruler_m: float = RULER_M,
    contested: Contested = "held",
) -> pd.DataFrame:
    """Length L_tau(t) of the front F_AB(t) by day and pair of sides, at a ruler.

    Parameters
    ----------
    timeline : Timeline
    days : day, iterable of days or None
        None: the first day and every later day of change.
    ruler_m : float
        The ruler; 0 measures the arcs as they are.
    contested : {"held", "exclude", "belt"}
        See ``pairs``.

    Returns
    -------
    DataFrame
        day, side_a, side_b (ids, in the order of campaign.toml), lines, length_km, ruler_m; every pair that ever
        meets on these days has a row on each of them.
    """
    if ruler_m < 0:
        raise ValueError(f"ruler_m is {ruler_m}; it must be 0 or more.")
    found: dict[tuple[int, int], dict[int, tuple[int, float]]] = {}
    wanted = days_of(timeline, days)
    known: dict[bytes, tuple[int, float]] = {}  # by arcs: most days change few lines
    for row, day in enumerate(wanted):
        arcs, pair = pairs(timeline, timeline.state(day), contested)
        for a, b in np.unique(pair, axis=0).reshape(-1, 2).tolist():
            own = arcs[(pair == (a, b)).all(axis=1)]
            key = own.tobytes()
            if key not in known:
                known[key] = measured(timeline, own, ruler_m)
            found.setdefault((a, b), {})[row] = known[key]
    names = timeline.campaign.actors.ids
    rows = [
        (day, names[a], names[b], *found[a, b].get(row, (0, 0.0)), ruler_m)
        for row, day in enumerate(as_days(wanted))
        for a, b in sorted(found)
    ]
    frame = pd.DataFrame(rows, columns=["day", "side_a", "side_b", "lines", "length_km", "ruler_m"])
    # An empty frame would lack the dtypes of its columns.
    return frame.astype({"day": "datetime64[s]", "lines": "int64", "length_km": "float64", "ruler_m": "float64"})


def measured(timeline: BaseTimeline, arcs: NDArray[np.int64], ruler_m: float) -> tuple[int, float]:
    """Number of lines that some arcs form, and their geodesic length at a ruler, km.

    Every front length in tables, plots and on the command line comes from here.

    Parameters
    ----------
    timeline : Timeline
    arcs : (front,) int64
    ruler_m : float
    """
    lines = simplified(timeline, arcs, ruler_m)
    if ruler_m == 0:
        return len(lines), float(timeline.partition.arc_km[arcs].sum())
    return len(lines), float(lengths_km(lines).sum())


def length_series(timeline: BaseTimeline) -> pd.DataFrame:
    """Front length at ruler 0 (contested ground as held) on every day of change, updated arc by arc.

    The cost is in proportion to the number of changes. Equal to ``lengths(timeline, ruler_m=0)``.

    Parameters
    ----------
    timeline : Timeline

    Returns
    -------
    DataFrame
        day, side_a, side_b, length_km.
    """
    found, names = front_lengths(timeline), timeline.campaign.actors.ids
    return pd.DataFrame(
        {
            "day": np.repeat(as_days(found.day), len(found.pair)),
            "side_a": np.tile(names[found.pair[:, 0]], len(found.day)),
            "side_b": np.tile(names[found.pair[:, 1]], len(found.day)),
            "length_km": found.km.reshape(-1),
        }
    )


def ages(timeline: BaseTimeline, day: Day) -> gpd.GeoDataFrame:
    """Age of each arc of the front: days since its two sides became what they are.

    An arc unchanged since the first day is at least as old as its age (``left_truncated``).

    Parameters
    ----------
    timeline : Timeline
    day : date, str or datetime64

    Returns
    -------
    GeoDataFrame
        Index ``arc``; side_a, side_b, since, age_days, left_truncated, length_km, ruler_m (0: along the arc as it is),
        geometry (EPSG:4326).
    """
    wanted, part = timeline.day(day), timeline.partition
    since = np.full(len(part.topology), timeline.days[0])
    before = np.stack(fronts.sides(part.topology, timeline.side_of[timeline.state(timeline.days[0]).controller]))
    for step in timeline.days[1:][timeline.days[1:] <= wanted]:
        after = np.stack(fronts.sides(part.topology, timeline.side_of[timeline.state(step).controller]))
        since[(before != after).any(axis=0)] = step
        before = after
    arcs, pair = pairs(timeline, timeline.state(wanted))
    names = timeline.campaign.actors.ids
    return gpd.GeoDataFrame(
        {
            "side_a": names[pair[:, 0]],
            "side_b": names[pair[:, 1]],
            "since": as_days(since[arcs]),
            "age_days": (wanted - since[arcs]).astype(np.int64),
            "left_truncated": since[arcs] == timeline.days[0],
            "length_km": part.arc_km[arcs],
            "ruler_m": 0.0,
        },
        geometry=arc_lines(part.topology, arcs),
        index=pd.Index(arcs, name="arc"),
        crs=LONLAT,
    )
