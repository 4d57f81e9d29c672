"""Numbers along a timeline, counted at the changes: areas, front lengths, who faced whom on which arc, dense arrays.

Between two changes nothing moves, so nothing is counted there: what a day costs is what changed on it. Sums are kept
as whole numbers, fine enough that no bit of an area is lost, so that adding and taking away never drifts and a series
says on its last day what a fresh count says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from territory._util.exact_sums import ExactSums
from territory._util.ragged import gather, stable_order
from territory.records.actors import FIRST
from territory.records.kinds import STATUSES
from territory.space.rings import incidence
from territory.timeline.base import BaseTimeline, By
from territory.timeline.changes import Day, as_day

Column = Literal["controller", "status", "rival", "event"]
WIDTH = len(STATUSES)


@dataclass(frozen=True)
class Moves:
    """A value of every cell as its opening and its net changes by day.

    Parameters
    ----------
    opening : (cell,) int16
        On the first of ``timeline.days``.
    day : (move,) int64
        Index into ``timeline.days``, ascending, from 1.
    cell : (move,) int32
        At most once a day.
    before, after : (move,) int16
        Never equal.
    """

    opening: NDArray[np.int16]
    day: NDArray[np.int64]
    cell: NDArray[np.int32]
    before: NDArray[np.int16]
    after: NDArray[np.int16]


@dataclass(frozen=True)
class Areas:
    """Land by who holds it and how; it holds from each day until the next.

    Parameters
    ----------
    day : (day,) datetime64[D]
    who, status : (column,) int8
        Actor code and status code; every combination that ever occurs, ascending.
    km2 : (day, column) float64
    """

    day: NDArray[np.datetime64]
    who: NDArray[np.int8]
    status: NDArray[np.int8]
    km2: NDArray[np.float64]


@dataclass(frozen=True)
class Lengths:
    """Front length by pair of sides; it holds from each day until the next.

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


@dataclass(frozen=True)
class Spells:
    """When which arc was a front between whom, in order of arc and day.

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


def areas(timeline: BaseTimeline, *, by: By = "side") -> Areas:
    """Area of every side or controller by status, on the first day and on every day of change.

    Parameters
    ----------
    timeline : Timeline
    by : {"side", "controller"}
        Whether members of a side are counted together.
    """
    changes, who = timeline.changes, timeline.code_by(by)
    row = _rows(timeline, changes.day)
    after = who[changes.controller].astype(np.int64) * WIDTH + changes.status
    before = who[changes.prev_controller].astype(np.int64) * WIDTH + changes.prev_status
    area = timeline.partition.area_km2
    gained = ExactSums(area, changes.cell)
    columns = len(timeline.campaign.actors) * WIDTH
    everything = ExactSums(area, np.arange(len(area)))
    table = gained.table(row, before, after, len(timeline.days), columns, opening=everything.total())
    seen = np.flatnonzero((table > 0).any(axis=0))
    return Areas(timeline.days, (seen // WIDTH).astype(np.int8), (seen % WIDTH).astype(np.int8), table[:, seen])


def front_lengths(timeline: BaseTimeline) -> Lengths:
    """Geodesic front length of every pair of sides, on the first day and on every day of change."""
    arc, day, left, right = _faces(timeline)
    count = len(timeline.campaign.actors)
    pair = _pair(left, right, count)
    follows = np.r_[False, arc[1:] == arc[:-1]]
    before = np.where(follows, np.r_[0, pair[:-1]], 0)
    seen = np.union1d([0], pair)  # 0, which no pair has, is no front
    moved = before != pair
    before, after = np.searchsorted(seen, before[moved]), np.searchsorted(seen, pair[moved])
    sums = ExactSums(timeline.partition.arc_km, arc[moved])
    table = sums.table(day[moved], before, after, len(timeline.days), len(seen), opening=None)[:, 1:]
    codes = np.stack([seen[1:] // count, seen[1:] % count], axis=1).astype(np.int8)
    return Lengths(timeline.days, codes, table)


def front_spells(timeline: BaseTimeline) -> Spells:
    """Every spell during which an arc was a front between the same two sides."""
    arc, day, left, right = _faces(timeline)
    keep = _hostile(left, right)
    days = np.append(timeline.days, np.datetime64(timeline.last_day, "D") + 1)
    last = np.append(arc[1:] != arc[:-1], True)
    until = np.where(last, len(days) - 1, np.r_[day[1:], 0])
    return Spells(
        arc[keep], days[day[keep]], days[until[keep]], left[keep].astype(np.int8), right[keep].astype(np.int8)
    )


def fronts_between(timeline: BaseTimeline, start: Day, stop: Day) -> Spells:
    """The spells of fronts on the days of ``[start, stop)``, cut to these days."""
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


def dense(
    timeline: BaseTimeline, column: Column = "controller", *, days: Sequence[Day] | None = None
) -> NDArray[np.int_]:
    """The state of every cell on many days, each day as a copy of the one before with its changes patched in.

    Parameters
    ----------
    timeline : Timeline
    column : {"controller", "status", "rival", "event"}
        What of the state.
    days : sequence of days, optional
        Ascending; by default the first day and every day of change.

    Returns
    -------
    (day, cell) int8
        int32 for ``event``: rows of records, -1 where nothing is known.
    """
    changes = timeline.changes
    wanted = timeline.days if days is None else np.array([timeline.day(day) for day in days], dtype="datetime64[D]")
    if (np.diff(wanted) < np.timedelta64(0, "D")).any():
        raise ValueError("The days are not in order; sort them first.")
    after: NDArray[np.int_] = getattr(changes, column)
    table = np.empty((len(wanted), len(timeline.partition)), dtype=after.dtype)
    row: NDArray[np.int_] = np.full(len(timeline.partition), -1 if column == "event" else 0, dtype=after.dtype)
    cell, done = changes.cell.astype(np.intp), 0  # the type of an index, so that it is not converted day by day
    for out, count in zip(table, np.searchsorted(changes.day, wanted, side="right").tolist(), strict=True):
        out[:] = row
        out[cell[done:count]] = after[done:count]  # of two changes to one cell the later one stays
        row, done = out, count
    return table


def moves(timeline: BaseTimeline, value: NDArray[np.int16]) -> Moves:
    """A value that each change gives its cell, as net moves by day.

    Parameters
    ----------
    timeline : Timeline
    value : (change + 1,) int16
        After each change; the last one is that of a cell which no record has spoken of.
    """
    changes, size = timeline.changes, len(timeline.partition)
    row, cell = _rows(timeline, changes.day), changes.cell
    count = int(np.searchsorted(row, 0, side="right"))
    opening = np.full(size, value[-1], dtype=np.int16)
    opening[cell[:count]] = value[:count]
    order = count + stable_order(cell[count:])  # by cell, and within a cell by time
    own, at = cell[order], row[order]
    final = np.append((own[1:] != own[:-1]) | (at[1:] != at[:-1]), True)[: len(order)]  # the last of its day
    order, own = order[final], own[final]
    after = value[order]
    first = np.append(True, own[1:] != own[:-1])[: len(order)]
    before = np.where(first, opening[own], np.r_[value[-1:], after[:-1]][: len(order)])
    order, before = order[before != after], before[before != after]
    again = np.argsort(order)
    order = order[again]
    return Moves(opening, row[order], cell[order], before[again], value[order])


def holders(timeline: BaseTimeline, by: By = "side", *, with_status: bool = False) -> Moves:
    """Who holds each cell, as net moves: actor codes, or ``code * len(STATUSES) + status``."""
    changes = timeline.changes
    code = np.append(timeline.code_by(by)[changes.controller], np.int8(0)).astype(np.int16)
    return moves(timeline, code * WIDTH + np.append(changes.status, np.int8(0)) if with_status else code)


def _rows(timeline: BaseTimeline, day: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """For each day the row of ``timeline.days`` from which it counts; what lies before the first day counts there."""
    return np.maximum(np.searchsorted(timeline.days, day, side="right") - 1, 0)


def _hostile(left: NDArray[np.int16], right: NDArray[np.int16]) -> NDArray[np.bool_]:
    return np.asarray((left >= FIRST) & (right >= FIRST) & (left != right))


def _pair(left: NDArray[np.int16], right: NDArray[np.int16], count: int) -> NDArray[np.int64]:
    """One number for two sides that face each other, whichever is left; 0 where there is no front."""
    low, high = np.minimum(left, right).astype(np.int64), np.maximum(left, right)
    return np.where(_hostile(left, right), low * count + high, 0)


def _faces(
    timeline: BaseTimeline,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int16], NDArray[np.int16]]:
    """Who is left and right of every inner arc, from day to day: arc, index of the day, left, right.

    In order of arc and day; each arc that ever was a front, or might have become one, has a row for the first day, and
    one for every day on which a side of it moved. The moves of both its cells are merged, and each side keeps what it
    was until it moves.
    """
    topology, step = timeline.partition.topology, holders(timeline)
    arc, index = gather(incidence(topology, len(timeline.partition)), step.cell)
    on_right = arc < 0  # ``~arc`` where the cell is on the right
    arc = np.where(on_right, ~arc, arc)
    inner = np.minimum(topology.left, topology.right) >= 0
    told = inner & _hostile(step.opening[topology.left], step.opening[topology.right])
    told[arc] = inner[arc]
    first, moves_on = np.flatnonzero(told), inner[arc]
    arc = np.concatenate([first, arc[moves_on]])
    order = stable_order(arc)  # the opening row of each arc first, then its moves by day
    opens = order < len(first)
    index = np.concatenate([np.full(len(first), -1), index[moves_on]])[order]
    on_right = np.concatenate([np.zeros(len(first), dtype=bool), on_right[moves_on]])[order]
    arc = arc[order]
    day = np.where(opens, 0, np.append(step.day, 0)[index])
    after = np.append(step.after, np.int16(0))[index]
    seat = np.arange(len(arc))
    left, right = (
        np.where(opens, step.opening[cells[arc]], after)[np.maximum.accumulate(np.where(opens | own, seat, 0))]
        for cells, own in ((topology.left, ~on_right), (topology.right, on_right))
    )
    last = np.append((arc[1:] != arc[:-1]) | (day[1:] != day[:-1]), True)[: len(arc)]
    arc, day, left, right = arc[last], day[last], left[last], right[last]
    moved = np.append(True, (arc[1:] != arc[:-1]) | (left[1:] != left[:-1]) | (right[1:] != right[:-1]))[: len(arc)]
    return arc[moved], day[moved], left[moved], right[moved]
