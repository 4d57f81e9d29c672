"""Control of a few cells on a few days, out of the changes: what each chunk of a cube asks for.

A cube never holds a matrix of all days by all cells. The changes are sorted by cell once; a chunk then looks up the
changes of its own cells, so that its cost and its memory depend on the chunk alone and not on the period.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from territory.timeline import Timeline

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
    value : (change + 1,) int8
        Shifted code: first the one that holds before any change, then the one after each change.
    """

    offset: NDArray[np.int64]
    day: NDArray[np.int32]
    value: NDArray[np.int8]

    @classmethod
    def of(cls, timeline: Timeline, variable: str) -> Lookup:
        """The changes of a timeline in ``controller``, ``status`` or ``rival``."""
        changes = timeline.changes
        order = np.argsort(changes.cell, kind="stable")
        count = np.bincount(changes.cell, minlength=len(timeline.partition))
        codes = np.asarray(getattr(changes, variable), dtype=np.int8)[order]
        day = changes.day[order].astype("datetime64[D]").astype(np.int32)
        return cls(np.r_[0, np.cumsum(count)], day, np.r_[np.int8(SHIFT), codes + np.int8(SHIFT)])

    def table(self, cells: NDArray[np.integer], days: NDArray[np.int32]) -> NDArray[np.int8]:
        """What holds in some cells at the end of some days.

        Parameters
        ----------
        cells : (cell,) int
            -1 is outside, where the value is 0.
        days : (day,) int32
            Days since 1970-01-01, ascending.

        Returns
        -------
        (day, cell) int8
            Shifted codes.
        """
        known = np.maximum(cells, 0)
        count = np.where(cells >= 0, self.offset[known + 1] - self.offset[known], 0)
        column = np.repeat(np.arange(len(cells)), count)
        change = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count) + self.offset[known][column]
        row = np.searchsorted(days, self.day[change], side="left")  # the first day that sees the change
        seen = row < len(days)
        latest = np.zeros((len(days), len(cells)), dtype=np.int32)
        # Of several changes that one day is the first to see, the last one written stays, and changes ascend.
        latest[row[seen], column[seen]] = change[seen] + 1
        np.maximum.accumulate(latest, axis=0, out=latest)
        values = self.value[latest]
        values[:, cells < 0] = MISSING
        return values


def block(days: NDArray[np.int32], index: NDArray[np.int32], lookup: Lookup) -> NDArray[np.int8]:
    """One chunk of a cube.

    Parameters
    ----------
    days : (time,) int32
    index : (y, x) int32
        The cell of each pixel; -1 is outside.
    lookup : Lookup

    Returns
    -------
    (time, y, x) int8
    """
    cells, inverse = np.unique(index, return_inverse=True)
    table = lookup.table(cells, days)
    return np.take(table, inverse.reshape(index.shape), axis=1, mode="clip")
