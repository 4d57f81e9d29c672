"""A coverage told cell by cell, so that who borders on whom costs a few bits.

The walk takes the oldest arc with only one side known and tells the ring on its other side. Most of that ring is
already there: it follows the edge of what is known, and only the arcs that are new need be counted. Arcs and cells
are numbered in the order in which they are met; the player undoes the same steps (its file of the same name).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

OUTSIDE, NEXT_CELL, OTHER_CELL = 0, 1, 2


@dataclass
class Walk:
    """How to tell the rings of all cells.

    Parameters
    ----------
    arc : list of int
        The walked arc behind every new number; ``~i`` where it is walked against its own direction.
    cell : list of int
        The cell behind every new number.
    kind, back, forth, fresh, jumps : list of int
        Per ring (``kind`` also per outer edge): whose it is, how many known arcs lie behind and before the one it
        begins with, how many follow that are not on the edge there, and how many of these are known nevertheless.
    jump : list of int
        For each of those its place among them and its half-edge, ``2 * arc + side``.
    other : list of int
        Cells of the rings that are not the next new cell's.
    after : list of int
        For each half-edge the one that follows in its ring, or -1.
    """

    arc: list[int] = field(default_factory=list)
    cell: list[int] = field(default_factory=list)
    kind: list[int] = field(default_factory=list)
    back: list[int] = field(default_factory=list)
    forth: list[int] = field(default_factory=list)
    fresh: list[int] = field(default_factory=list)
    jumps: list[int] = field(default_factory=list)
    jump: list[int] = field(default_factory=list)
    other: list[int] = field(default_factory=list)
    after: list[int] = field(default_factory=list)

    def arcs(self) -> NDArray[np.int64]:
        """(arc,) int64: the new number of every arc of the topology."""
        behind = np.array(self.arc, dtype=np.int64)
        number = np.empty(len(behind), dtype=np.int64)
        number[np.where(behind < 0, ~behind, behind)] = np.arange(len(behind))
        return number

    def cells(self) -> NDArray[np.int64]:
        """(cell,) int64: the new number of every cell."""
        number = np.empty(len(self.cell), dtype=np.int64)
        number[self.cell] = np.arange(len(self.cell))
        return number


def walk(rings: Sequence[Sequence[Sequence[int]]], arcs: int) -> Walk:
    """Walk the rings of all cells (directed arcs with the cell on the left, ``~i`` reversed)."""
    return _Walker(rings, arcs).run()


class _Walker:
    """Half-edges are numbered 2 * arc + side in the new numbers; side 0 is the way the arc was first walked."""

    def __init__(self, rings: Sequence[Sequence[Sequence[int]]], arcs: int) -> None:
        self.rings = [(cell, list(ring)) for cell, around in enumerate(rings) for ring in around]
        self.where = {half: (index, at) for index, (_, ring) in enumerate(self.rings) for at, half in enumerate(ring)}
        self.number: dict[int, int] = {}  # directed arc -> half-edge
        self.new_cell: dict[int, int] = {}
        self.after = [-1] * (2 * arcs)  # along the ring; -1 as long as the half-edge is in none
        self.told = Walk(after=self.after)
        self.before = [-1] * (2 * arcs)
        self.done = [False] * len(self.rings)

    def run(self) -> Walk:
        oldest, seed = 0, 0
        while True:
            if oldest < len(self.told.arc):
                half = 2 * oldest + 1
                oldest += 1
                if self.after[half] >= 0:
                    continue
                found = self.where.get(~self.told.arc[oldest - 1])
                if found is None:
                    self.told.kind.append(OUTSIDE)
                else:
                    self.tell(*found, half)
                continue
            while seed < len(self.rings) and self.done[seed]:
                seed += 1
            if seed == len(self.rings):
                return self.told
            self.tell(seed, 0, -1)

    def tell(self, index: int, at: int, first: int) -> None:
        """Tell one ring, from the known half-edge ``first`` at its place ``at`` (or, with -1, as one all new)."""
        told, (cell, ring) = self.told, self.rings[index]
        self.done[index] = True
        self.whose(cell)
        ring = ring[at:] + ring[:at]
        forth = back = 0
        if first >= 0:
            last = first
            while forth + 1 < len(ring) and self.number.get(ring[forth + 1], -2) == (last := self.edge_after(last)):
                forth += 1
            last = first
            while back + forth + 1 < len(ring) and self.number.get(ring[-1 - back], -2) == (
                last := self.edge_before(last)
            ):
                back += 1
        start = 0 if first < 0 else forth + 1
        middle = ring[start : len(ring) - back]
        known = [(place, self.number[half]) for place, half in enumerate(middle) if half in self.number]
        told.back.append(back)
        told.forth.append(forth)
        told.fresh.append(len(middle))
        told.jumps.append(len(known))
        told.jump += [value for pair in known for value in pair]
        for half in middle:
            if half not in self.number:
                self.number[half] = 2 * len(told.arc)
                self.number[~half] = 2 * len(told.arc) + 1
                told.arc.append(half)
        numbers = [self.number[half] for half in ring]
        for here, there in zip(numbers, numbers[1:] + numbers[:1], strict=True):
            self.after[here], self.before[there] = there, here

    def whose(self, cell: int) -> None:
        if cell in self.new_cell:
            self.told.kind.append(OTHER_CELL)
            self.told.other.append(self.new_cell[cell])
        else:
            self.told.kind.append(NEXT_CELL)
            self.new_cell[cell] = len(self.told.cell)
            self.told.cell.append(cell)

    def edge_after(self, half: int) -> int:
        """The half-edge that follows on the edge of what is known; -1 where that is not known."""
        turn = self.before[half ^ 1]
        while turn >= 0 and self.after[turn ^ 1] >= 0:
            turn = self.before[turn ^ 1]
        return -1 if turn < 0 else turn ^ 1

    def edge_before(self, half: int) -> int:
        turn = self.after[half ^ 1]
        while turn >= 0 and self.after[turn ^ 1] >= 0:
            turn = self.after[turn ^ 1]
        return -1 if turn < 0 else turn ^ 1
