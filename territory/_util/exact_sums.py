"""Exact fixed-point cumulative sums: measures that move between columns, added as two int64 each."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


class ExactSums:
    """Sums of measures as whole numbers in two parts, coarse and fine: exact, in whatever order they are added.

    A float has 53 bits; the coarse part keeps the upper ones, below 2**61 for the sum of all, and the fine part 40
    bits more, so that what a measure of any usual size has is kept whole.

    Parameters
    ----------
    measure : (thing,) float64
        Not negative: an area, a length.
    """

    FINE = 40

    def __init__(self, measure: NDArray[np.float64]) -> None:
        total = float(measure.sum())
        self.shift = 61 - int(np.frexp(total)[1]) if total > 0 else 0
        coarse = np.rint(np.ldexp(measure, self.shift))
        fine = np.rint(np.ldexp(measure - np.ldexp(coarse, -self.shift), self.shift + self.FINE))
        self.coarse, self.fine = coarse.astype(np.int64), fine.astype(np.int64)

    def table(
        self,
        of: NDArray[np.integer],
        row: NDArray[np.int64],
        before: NDArray[np.int64],
        after: NDArray[np.int64],
        rows: int,
        columns: int,
        *,
        opening: NDArray[np.int64] | None = None,
    ) -> NDArray[np.float64]:
        """What lies in each column, row after row, when things move from one column to another.

        Parameters
        ----------
        of : (move,) int
            The thing that moves.
        row, before, after : (move,) int64
            From which row on it counts, out of which column, into which.
        rows, columns : int
        opening : (thing,) int64, optional
            The column in which each thing begins; without it all begin in none.

        Returns
        -------
        (rows, columns) float64
        """
        parts = []
        for part in (self.coarse, self.fine):
            sums = np.zeros(rows * columns, dtype=np.int64)
            if opening is not None:
                np.add.at(sums, opening, part)
            moved = part[of]
            np.add.at(sums, row * columns + after, moved)
            np.subtract.at(sums, row * columns + before, moved)
            parts.append(np.cumsum(sums.reshape(rows, columns), axis=0))
        return np.asarray(np.ldexp(parts[0], -self.shift) + np.ldexp(parts[1], -self.shift - self.FINE))
