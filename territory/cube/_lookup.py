"""Control of a few cells on a few days, out of the changes: what each chunk of a cube asks for.

A cube never holds a matrix of all days by all cells. The changes are sorted by cell once; a chunk then looks up the
changes of its own cells, so that its cost and its memory depend on the chunk alone and not on the period.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from territory._util.ragged import ranges
from territory.timeline.base import BaseTimeline

Whole = NDArray[np.int64]

OUTSIDE = -1  # in an index raster: no cell
MISSING = 0  # in a cube: outside the partition, or never written
SHIFT = 1  # a cube's value is the code of territory plus this, so that 0 stays free


@dataclass(frozen=True)
class Lookup:
    """The changes of one variable, sorted by cell and, within a cell, by time.

    Parameters
    ----------
    offset : (cell + 1,) int64
        Where in ``day`` the changes of each cell begin, and the last one's end.
    day : (change,) int32
        Days since 1970-01-01, ascending within a cell.
    value : (change,) int8
        The shifted code after each change.
    """

    offset: NDArray[np.int64]
    day: NDArray[np.int32]
    value: NDArray[np.int8]

    @classmethod
    def of(cls, timeline: BaseTimeline, variable: str) -> Lookup:
        """The changes of a timeline in ``controller``, ``status`` or ``rival``."""
        changes = timeline.changes
        order = np.argsort(changes.cell, kind="stable")
        count = np.bincount(changes.cell, minlength=len(timeline.partition))
        codes = np.asarray(getattr(changes, variable), dtype=np.int8)[order]
        return cls(np.r_[0, np.cumsum(count)], since_1970(changes.day[order]), codes + np.int8(SHIFT))

    def changes(self, cells: NDArray[np.int32], days: NDArray[np.int32]) -> tuple[Whole, Whole, NDArray[np.int8]]:
        """What some days see change in some cells, in the order of time within a cell.

        Parameters
        ----------
        cells : (cell,) int32
            -1 is outside, where nothing changes.
        days : (day,) int32
            Days since 1970-01-01, ascending.

        Returns
        -------
        cell : (n,) int
            Position in ``cells``.
        day : (n,) int
            Position in ``days`` of the first day that sees the change; 0 also for all that was before it.
        value : (n,) int8
        """
        known = np.maximum(cells, 0)
        start = self.offset[known]
        count = np.where(cells >= 0, self.offset[known + 1] - start, 0)
        cell = np.repeat(np.arange(len(cells)), count)
        change = ranges(start, count)
        day = np.searchsorted(days, self.day[change], side="left")
        seen = day < len(days)
        return cell[seen], day[seen], self.value[change[seen]]


def since_1970(days: NDArray[np.datetime64]) -> NDArray[np.int32]:
    """Days as numbers."""
    return days.astype("datetime64[D]").astype(np.int32)


def block(days: NDArray[np.int32], index: NDArray[np.int32], lookup: Lookup) -> NDArray[np.int8]:
    """One chunk of a cube.

    Each day is a copy of the day before, patched where a cell changed: many times as fast as looking every pixel up.

    Parameters
    ----------
    days : (time,) int32
        Days since 1970-01-01, ascending.
    index : (y, x) int32
        The cell of each pixel; -1 is outside.
    lookup : Lookup

    Returns
    -------
    (time, y, x) int8
    """
    pixels, cells, start, count = _by_cell(index.reshape(-1))
    cell, day, value = lookup.changes(cells, days)
    state = np.where(cells >= 0, SHIFT, MISSING).astype(np.int8)  # before any change all is unknown
    before = day == 0
    state[cell[before]] = value[before]  # of several changes to a cell the last one written stays, here and below
    cube = np.empty((len(days), index.size), dtype=np.int8)
    cube[0, pixels] = np.repeat(state, count)
    order = np.argsort(day, kind="stable")[before.sum() :]
    cell, day, value = cell[order], day[order], value[order]
    patch, value = pixels[ranges(start[cell], count[cell])], np.repeat(value, count[cell])
    ends = np.searchsorted(np.repeat(day, count[cell]), np.arange(1, len(days) + 1))
    for today, (first, last) in enumerate(pairwise(ends.tolist()), start=1):
        cube[today] = cube[today - 1]
        cube[today, patch[first:last]] = value[first:last]
    return cube.reshape(len(days), *index.shape)


def _by_cell(flat: NDArray[np.int32]) -> tuple[Whole, NDArray[np.int32], Whole, Whole]:
    """Pixels in the order of their cells; the cells, and where in that order each one's begin and how many they are."""
    low = flat.min()
    narrow = flat - low
    if narrow.max() <= np.iinfo(np.uint16).max:
        narrow = narrow.astype(np.uint16)  # numpy sorts 16 bits by radix
    pixels = np.argsort(narrow, kind="stable")
    ordered = flat[pixels]
    start = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    return pixels, ordered[start], start, np.diff(np.r_[start, len(flat)])
