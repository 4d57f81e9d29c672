"""Fronts along a timeline: length by pair of sides on every day of change, and spells of each arc as a front.

From one day of change to the next only the arcs around changed cells are visited.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from territory._util.brief import Brief
from territory._util.exact_sums import ExactSums
from territory._util.ragged import gather, stable_order
from territory.records.actors import FIRST
from territory.space.rings import incidence
from territory.timeline.base import BaseTimeline
from territory.timeline.changes import Day, as_day
from territory.timeline.series import holders


@dataclass(frozen=True, repr=False)
class Lengths(Brief):
    """Front length by day and pair of sides; each row holds until the next day.

    Parameters
    ----------
    day : (day,) datetime64[D]
    pair : (column, 2) int8
        Codes of two sides, the lower first; every pair that ever meets.
    km : (day, column) float64
    """

    day: NDArray[np.datetime64]
    pair: NDArray[np.int8]
    km: NDArray[np.float64]


@dataclass(frozen=True, repr=False)
class Spells(Brief):
    """Spells during which an arc was a front between two sides, in order of arc and day.

    Parameters
    ----------
    arc : (spell,) int64
    since, until : (spell,) datetime64[D]
        A front at the end of each day of ``[since, until)``.
    left, right : (spell,) int8
        Codes of the sides beside it.
    """

    arc: NDArray[np.int64]
    since: NDArray[np.datetime64]
    until: NDArray[np.datetime64]
    left: NDArray[np.int8]
    right: NDArray[np.int8]


def front_lengths(timeline: BaseTimeline) -> Lengths:
    """Geodesic front length of every pair of sides, on the first day and on every day of change."""
    arc, day, left, right = _sides_by_day(timeline)
    count = len(timeline.campaign.actors)
    pair = _pair(left, right, count)
    follows = np.r_[False, arc[1:] == arc[:-1]]
    before = np.where(follows, np.r_[0, pair[:-1]], 0)
    seen = np.union1d([0], pair)  # 0, which no pair has, is no front
    moved = before != pair
    before, after = np.searchsorted(seen, before[moved]), np.searchsorted(seen, pair[moved])
    sums = ExactSums(timeline.partition.arc_km)
    table = sums.table(arc[moved], day[moved], before, after, len(timeline.days), len(seen))[:, 1:]
    codes = np.stack([seen[1:] // count, seen[1:] % count], axis=1).astype(np.int8)
    return Lengths(timeline.days, codes, table)


def front_spells(timeline: BaseTimeline) -> Spells:
    """Every spell during which an arc was a front between the same two sides, over the whole period."""
    arc, day, left, right = _sides_by_day(timeline)
    keep = _hostile(left, right)
    days = np.append(timeline.days, np.datetime64(timeline.last_day, "D") + 1)
    last = np.append(arc[1:] != arc[:-1], True)
    until = np.where(last, len(days) - 1, np.r_[day[1:], 0])
    return Spells(
        arc[keep], days[day[keep]], days[until[keep]], left[keep].astype(np.int8), right[keep].astype(np.int8)
    )


def fronts_between(timeline: BaseTimeline, start: Day, stop: Day) -> Spells:
    """Front spells on the days of ``[start, stop)``, clipped to these days.

    Parameters
    ----------
    timeline : BaseTimeline
    start, stop : date, str or datetime64
    """
    first, last = as_day(start), as_day(stop)
    spells = front_spells(timeline)
    keep = (spells.since < last) & (spells.until > first)
    return Spells(
        spells.arc[keep],
        np.maximum(spells.since[keep], first),
        np.minimum(spells.until[keep], last),
        spells.left[keep],
        spells.right[keep],
    )


def _hostile(left: NDArray[np.int16], right: NDArray[np.int16]) -> NDArray[np.bool_]:
    """Whether two sides make a front: both known actors, and different."""
    return np.asarray((left >= FIRST) & (right >= FIRST) & (left != right))


def _pair(left: NDArray[np.int16], right: NDArray[np.int16], count: int) -> NDArray[np.int64]:
    """(n,) int64: one number for a pair of sides in either order; 0 where there is no front."""
    low, high = np.minimum(left, right).astype(np.int64), np.maximum(left, right)
    return np.where(_hostile(left, right), low * count + high, 0)


def _sides_by_day(
    timeline: BaseTimeline,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int16], NDArray[np.int16]]:
    """Sides left and right of every inner arc by day: arc, index of the day, left, right.

    In order of arc and day; each arc that ever was a front, or might have become one, has a row for the first day, and
    one for every day on which one of its sides changed. The changes of both its cells are merged; each side keeps its
    value until it changes.
    """
    topology, step = timeline.partition.topology, holders(timeline)
    arc, index = gather(incidence(topology, len(timeline.partition)), step.cell)
    on_right = arc < 0  # ``~arc`` where the cell is on the right
    arc = np.where(on_right, ~arc, arc)
    inner = np.minimum(topology.left, topology.right) >= 0
    listed = inner & _hostile(step.opening[topology.left], step.opening[topology.right])
    listed[arc] = inner[arc]
    first, moves_on = np.flatnonzero(listed), inner[arc]
    arc = np.concatenate([first, arc[moves_on]])
    order = stable_order(arc)  # the opening row of each arc first, then its moves by day
    opens = order < len(first)
    index = np.concatenate([np.full(len(first), -1), index[moves_on]])[order]
    on_right = np.concatenate([np.zeros(len(first), dtype=bool), on_right[moves_on]])[order]
    arc = arc[order]
    day = np.where(opens, 0, np.append(step.day, 0)[index])
    after = np.append(step.after, np.int16(0))[index]
    row = np.arange(len(arc))
    left, right = (
        np.where(opens, step.opening[cells[arc]], after)[np.maximum.accumulate(np.where(opens | own, row, 0))]
        for cells, own in ((topology.left, ~on_right), (topology.right, on_right))
    )
    last = np.append((arc[1:] != arc[:-1]) | (day[1:] != day[:-1]), True)[: len(arc)]
    arc, day, left, right = arc[last], day[last], left[last], right[last]
    moved = np.append(True, (arc[1:] != arc[:-1]) | (left[1:] != left[:-1]) | (right[1:] != right[:-1]))[: len(arc)]
    return arc[moved], day[moved], left[moved], right[moved]
