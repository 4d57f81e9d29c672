"""The state of every cell along a timeline: dense arrays, and net changes from one day of change to the next.

Days without a change cost nothing: work is in proportion to the number of changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from territory._util.brief import Brief
from territory._util.ragged import stable_order
from territory.records.kinds import STATUSES
from territory.timeline.base import BaseTimeline, By
from territory.timeline.changes import Day

Column = Literal["controller", "status", "rival", "event"]
WIDTH = len(STATUSES)


@dataclass(frozen=True, repr=False)
class Moves(Brief):
    """A value of every cell as its value on the first day and its net changes by day.

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


def dense(
    timeline: BaseTimeline, column: Column = "controller", *, days: Sequence[Day] | None = None
) -> NDArray[np.int_]:
    """The state of every cell on many days as one array.

    Parameters
    ----------
    timeline : Timeline
    column : {"controller", "status", "rival", "event"}
        Which part of the state.
    days : sequence of days, optional
        Ascending; by default the first day and every day of change.

    Returns
    -------
    (day, cell) int8
        int32 for ``event``: rows of events, -1 where no event has named the cell.

    Raises
    ------
    ValueError
        Where the days are not in order.
    OutsidePeriod
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
    """Net changes by day of a value that each change gives its cell.

    Parameters
    ----------
    timeline : Timeline
    value : (change + 1,) int16
        Value after each change; the last one is that of a cell that no event has named.
    """
    changes, size = timeline.changes, len(timeline.partition)
    row, cell = row_of(timeline, changes.day), changes.cell
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
    """Net changes of the holder of each cell: actor codes, or ``code * len(STATUSES) + status``.

    Parameters
    ----------
    timeline : BaseTimeline
    by : {"side", "controller"}
    with_status : bool
    """
    changes = timeline.changes
    code = np.append(timeline.code_by(by)[changes.controller], np.int8(0)).astype(np.int16)
    return moves(timeline, code * WIDTH + np.append(changes.status, np.int8(0)) if with_status else code)


def row_of(timeline: BaseTimeline, day: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """(n,) int64: for each day the row of ``timeline.days`` that holds its state; 0 for days before the first."""
    return np.maximum(np.searchsorted(timeline.days, day, side="right") - 1, 0)
