"""Areas and front lengths on every day of W3 against unions and their geodesic measures, and how W2's cost grows."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely

from benchmarks.bench import Row, timed
from benchmarks.worlds import world
from territory.api import Timeline
from territory.records.kinds import STATUSES
from territory.space import fronts
from territory.space.geodesic import GEOD
from territory.timeline import front_history, totals

SAMPLED = 5


def rows() -> Iterator[Row]:
    """The whole of W3, its agreement with a fresh count, and W2 at 1, 4 and 16 times the changes."""
    timeline = world("W3")
    days = timeline.days
    ours, _ = timed(lambda: (totals.areas(timeline), front_history.front_lengths(timeline)), times=3)
    sampled = days[np.linspace(0, len(days) - 1, SAMPLED).astype(int)]
    peer = np.mean([timed(lambda day=day: _measured(timeline, day))[0] for day in sampled]) * len(days)
    note = f"peer: coverage_union_all, Geod, intersection; mean of {SAMPLED} dates times {len(days):,}"
    yield Row("areas + front length W3, all dates", ours, float(peer), 2000, note=note)
    yield Row("  relative difference to a count a day", _difference(timeline, days[::50]), None, 1e-12, "")
    once = _per_change("W2", 1)
    for scale in (4, 16):
        name = f"areas + front length W2, {scale} times the changes and days"
        yield Row(name, _per_change("W2", scale), once, 0.5, "us a change", "peer: ours at 1 time; 1 would be linear")


def _measured(timeline: Timeline, day: np.datetime64) -> tuple[list[float], float]:
    """As it is done with polygons: join each side's cells, measure them, and measure what two sides share."""
    side = timeline.side_of[timeline.state(day).controller]
    unions = [shapely.coverage_union_all(timeline.partition.cells[side == code]) for code in np.unique(side)]
    areas = [abs(GEOD.geometry_area_perimeter(union)[0]) for union in unions]
    shared = [
        shapely.intersection(one.boundary, other.boundary) for i, one in enumerate(unions) for other in unions[:i]
    ]
    return areas, sum(GEOD.geometry_length(line) for line in shared)


def _difference(timeline: Timeline, days: np.ndarray) -> float:
    """The largest relative difference between what is summed along the timeline and what a single day says."""
    areas, lengths = totals.areas(timeline), front_history.front_lengths(timeline)
    part, worst = timeline.partition, 0.0
    for day in days:
        row = int(np.searchsorted(timeline.days, day))
        state = timeline.state(day)
        side = timeline.side_of[state.controller]
        key = side.astype(int) * len(STATUSES) + state.status
        fresh = np.bincount(key, part.area_km2, 256 * len(STATUSES))[areas.who.astype(int) * 6 + areas.status]
        front = part.arc_km[fronts.front(part.topology, side)].sum()
        pairs = [(areas.km2[row], fresh), (lengths.km[row].sum(), front)]
        worst = max(worst, *(float(np.max(np.abs(a - b) / np.maximum(b, 1e-300))) for a, b in pairs))
    return worst


def _per_change(name: str, scale: int) -> float:
    timeline = world(name, scale)
    seconds, _ = timed(lambda: (totals.areas(timeline), front_history.front_lengths(timeline)), times=7)
    return seconds / len(timeline.changes) * 1e6
