"""Compute one chunk of a raster cube from the changes of its cells.

The changes are sorted by cell once; each chunk looks up the changes of its own cells. So no matrix of all days by all
cells is made, and cost and memory of a chunk do not depend on the length of the period.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from territory._util.brief import Brief
from territory._util.ragged import ranges
from territory.timeline.base import BaseTimeline

Ints = NDArray[np.int64]

OUTSIDE = -1  # in an index raster: no cell
MISSING = 0  # in a cube: outside the partition, or not written
SHIFT = 1  # a cube stores code + SHIFT, so that 0 is free for missing


@dataclass(frozen=True, repr=False)
class Lookup(Brief):
    """The changes of one variable, sorted by cell and, within a cell, by time.

    Parameters
    ----------
    offset : (cell + 1,) int64
        Start of the changes of each cell in ``day``, and the end of the last (CSR offsets).
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
        """Lookup of a timeline's changes in one variable.

        Parameters
        ----------
        timeline : BaseTimeline
        variable : {"controller", "status", "rival"}
        """
        changes = timeline.changes
        order = np.argsort(changes.cell, kind="stable")
        count = np.bincount(changes.cell, minlength=len(timeline.partition))
        codes = np.asarray(getattr(changes, variable), dtype=np.int8)[order]
        return cls(np.r_[0, np.cumsum(count)], since_1970(changes.day[order]), codes + np.int8(SHIFT))

    def changes(self, cells: NDArray[np.int32], days: NDArray[np.int32]) -> tuple[Ints, Ints, NDArray[np.int8]]:
        """Changes of some cells up to the last of some days, in order of time within a cell.

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
            Position in ``days`` of the first day on or after the change.
        value : (n,) int8
            Shifted code after the change.
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
    """(n,) int32: days since 1970-01-01."""
    return days.astype("datetime64[D]").astype(np.int32)


def block(days: NDArray[np.int32], index: NDArray[np.int32], lookup: Lookup) -> NDArray[np.int8]:
    """Compute one chunk of a cube.

    Each day is a copy of the day before, patched where a cell changed: many times faster than a lookup per pixel.

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
    state = np.where(cells >= 0, SHIFT, MISSING).astype(np.int8)  # unknown before any change
    before = day == 0
    state[cell[before]] = value[before]  # the last of several changes to a cell stays, here and below
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


def _by_cell(flat: NDArray[np.int32]) -> tuple[Ints, NDArray[np.int32], Ints, Ints]:
    """Pixels sorted by cell; the cells, and start and count of each one's pixels in that order."""
    low = flat.min()
    narrow = flat - low
    if narrow.max() <= np.iinfo(np.uint16).max:
        narrow = narrow.astype(np.uint16)  # numpy sorts 16 bits by radix
    pixels = np.argsort(narrow, kind="stable")
    ordered = flat[pixels]
    start = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    return pixels, ordered[start], start, np.diff(np.r_[start, len(flat)])
