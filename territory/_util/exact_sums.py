"""Exact fixed-point cumulative sums of areas and lengths, as two int64 each."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


class ExactSums:
    """Fixed-point sums of non-negative floats: exact, so they do not depend on the order of addition.

    Each value is stored as a coarse integer, scaled so that the sum of all is below 2**61, and a fine one with 40 more
    bits, so that all 53 bits of a float of usual size are kept.

    Parameters
    ----------
    measure : (item,) float64
        Not negative, such as areas or lengths.
    """

    FINE = 40  # bits of the fine part

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
        """Sum of the measure in each column, by row, while items move from column to column.

        Parameters
        ----------
        of : (move,) int
            The item that moves.
        row : (move,) int64
            First row in which the move counts.
        before, after : (move,) int64
            Column that the item leaves, and column that it enters.
        rows, columns : int
            Shape of the result.
        opening : (item,) int64, optional
            Column of each item before row 0; by default items are in no column.

        Returns
        -------
        (rows, columns) float64
            In the unit of the measure.
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
