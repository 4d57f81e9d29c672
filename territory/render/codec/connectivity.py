"""Encode cell adjacency by region growing, as mesh compressors (Edgebreaker) do: a few counts per ring of arcs.

Take the oldest arc with a known cell on one side only, and add the ring on its other side. Most of that ring lies on
the boundary of the region added so far, so two counts say how much of it; only the arcs beyond need be listed. Arcs
and cells are numbered in the order in which they are added. The player repeats these additions
(``player/src/codec/connectivity.js``).

Half-edges are numbered ``2 * arc + side`` in the new numbers; side 0 is the direction in which the arc was added.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from territory.render.codec.gridded import CellRings, Integers

OUTSIDE, NEW_CELL, EARLIER_CELL = 0, 1, 2


@dataclass(frozen=True)
class Connectivity:
    """Encoded rings of all cells, and the order in which arcs and cells were added.

    Parameters
    ----------
    source_arc : (arc,) int64
        The arc of the topology behind every new number; ``~i`` where it was added against its own direction.
    source_cell : (cell,) int64
        The cell of the partition behind every new number.
    owner : (ring + outer edge,) int64
        ``OUTSIDE``: no ring lies there; ``NEW_CELL``: the ring of a cell that gets the next number; ``EARLIER_CELL``:
        of one that has a number.
    known_before, known_after : (ring,) int64
        How many of its half-edges on the boundary of the region go before the one that the ring begins with, and how
        many come after it.
    remaining : (ring,) int64
        How many further half-edges it has.
    repeat_count : (ring,) int64
        How many of the remaining ones have a number already, as arcs elsewhere on the boundary.
    repeats : (2 * sum of repeat_count,) int64
        For each of those its index among the remaining ones, and its half-edge.
    earlier_cell : (earlier cell,) int64
        For each ``EARLIER_CELL`` which cell it is.
    next_half_edge : (2 * arc,) int64
        The half-edge that follows in the ring, or -1 where the half-edge is in no ring.
    """

    source_arc: Integers
    source_cell: Integers
    owner: Integers
    known_before: Integers
    known_after: Integers
    remaining: Integers
    repeat_count: Integers
    repeats: Integers
    earlier_cell: Integers
    next_half_edge: Integers

    def columns(self) -> list[tuple[str, Integers]]:
        """What is stored, with names and in the order of the data block."""
        return [
            (name, getattr(self, name))
            for name in (
                "owner", "known_before", "known_after", "remaining", "repeat_count", "repeats", "earlier_cell",
            )
        ]  # fmt: skip

    def arc_numbers(self) -> Integers:
        """(arc,) int64: the new number of every arc of the topology."""
        number = np.empty(len(self.source_arc), dtype=np.int64)
        number[np.where(self.source_arc < 0, ~self.source_arc, self.source_arc)] = np.arange(len(number))
        return number

    def cell_numbers(self) -> Integers:
        """(cell,) int64: the new number of every cell of the partition."""
        return np.argsort(self.source_cell)


def encode(rings: CellRings, arcs: int) -> Connectivity:
    """Encode which cells share which arcs.

    Parameters
    ----------
    rings : CellRings
    arcs : int
        How many there are.
    """
    return _Encoder(rings, arcs).run()


class _Encoder:
    """The region added so far. Lists are indexed by directed arc: ``~i`` counts from their end, as in Python."""

    def __init__(self, rings: CellRings, arcs: int) -> None:
        self.arc, self.offset, self.cell = rings.arc.tolist(), rings.offset.tolist(), rings.cell.tolist()
        at = np.full(2 * arcs, -1, dtype=np.int64)  # where in ``arc`` each directed arc stands
        at[rings.arc] = np.arange(len(rings.arc))
        ring = np.repeat(np.arange(len(rings)), np.diff(rings.offset))
        self.at, self.ring = at.tolist(), ring.tolist()
        self.half_edge = [-2] * (2 * arcs)  # of every directed arc that has a number
        self.cell_number: dict[int, int] = {}
        self.next = [-1] * (2 * arcs)
        self.previous = [-1] * (2 * arcs)
        self.added = [False] * len(rings)
        self.source_arc: list[int] = []
        self.owner: list[int] = []
        self.rings: list[tuple[int, int, int, int]] = []  # known before and after, remaining, how many of them repeat
        self.repeats: list[int] = []
        self.earlier_cell: list[int] = []

    def run(self) -> Connectivity:
        oldest, seed = 0, 0
        while True:
            if oldest < len(self.source_arc):
                half_edge = 2 * oldest + 1
                oldest += 1
                if self.next[half_edge] >= 0:
                    continue
                at = self.at[~self.source_arc[oldest - 1]]
                if at < 0:
                    self.owner.append(OUTSIDE)
                else:
                    self.add_ring(self.ring[at], at, half_edge)
                continue
            while seed < len(self.added) and self.added[seed]:
                seed += 1
            if seed == len(self.added):
                return self.encoded()
            self.add_ring(seed, self.offset[seed], -1)

    def encoded(self) -> Connectivity:
        before, after, remaining, repeat_count = np.array(self.rings, dtype=np.int64).reshape(-1, 4).T
        columns = (
            np.array(column, dtype=np.int64)
            for column in (
                self.source_arc,
                list(self.cell_number),
                self.owner,
                self.repeats,
                self.earlier_cell,
                self.next,
            )
        )
        source_arc, source_cell, owner, repeats, earlier_cell, following = columns
        return Connectivity(
            source_arc, source_cell, owner, before, after, remaining, repeat_count, repeats, earlier_cell, following
        )

    def add_ring(self, index: int, at: int, first: int) -> None:
        """Add a ring that begins where ``arc`` has it, at the half-edge ``first``, or -1 if that is new."""
        self.added[index] = True
        self.add_owner(self.cell[index])
        ring = self.arc[at : self.offset[index + 1]] + self.arc[self.offset[index] : at]
        after, before = self.count_known(ring, first) if first >= 0 else (0, 0)
        remaining = ring[0 if first < 0 else after + 1 : len(ring) - before]
        repeats = [pair for pair in enumerate(self.half_edge[arc] for arc in remaining) if pair[1] >= 0]
        self.rings.append((before, after, len(remaining), len(repeats)))
        self.repeats += [value for pair in repeats for value in pair]
        for arc in remaining:
            if self.half_edge[arc] < 0:
                self.half_edge[arc] = 2 * len(self.source_arc)
                self.half_edge[~arc] = 2 * len(self.source_arc) + 1
                self.source_arc.append(arc)
        half_edges = [self.half_edge[arc] for arc in ring]
        here = half_edges[-1]
        for there in half_edges:
            self.next[here], self.previous[there] = there, here
            here = there

    def count_known(self, ring: list[int], first: int) -> tuple[int, int]:
        """How many arcs of a ring after its first one, and then before it, lie on the boundary of the region."""
        after = before = 0
        edge = first
        while after + 1 < len(ring) and self.half_edge[ring[after + 1]] == (edge := self.boundary_next(edge)):
            after += 1
        edge = first
        while before + after + 1 < len(ring) and self.half_edge[ring[-1 - before]] == (
            edge := self.boundary_previous(edge)
        ):
            before += 1
        return after, before

    def add_owner(self, cell: int) -> None:
        if cell in self.cell_number:
            self.owner.append(EARLIER_CELL)
            self.earlier_cell.append(self.cell_number[cell])
        else:
            self.owner.append(NEW_CELL)
            self.cell_number[cell] = len(self.cell_number)

    def boundary_next(self, half_edge: int) -> int:
        """The half-edge that follows along the boundary of the region; -1 where that is not known.

        Turn around the node at the end of the half-edge, past the rings that are there, to the first one in no ring.
        """
        inner = self.previous[half_edge ^ 1]
        while inner >= 0 and self.next[inner ^ 1] >= 0:
            inner = self.previous[inner ^ 1]
        return -1 if inner < 0 else inner ^ 1

    def boundary_previous(self, half_edge: int) -> int:
        """The half-edge that goes before along the boundary; -1 where that is not known."""
        inner = self.next[half_edge ^ 1]
        while inner >= 0 and self.next[inner ^ 1] >= 0:
            inner = self.next[inner ^ 1]
        return -1 if inner < 0 else inner ^ 1
