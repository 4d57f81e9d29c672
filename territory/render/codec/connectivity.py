"""Encode cell adjacency by region growing, as mesh compressors (Edgebreaker) do: a few counts per ring of arcs.

Take the oldest arc with a known cell on one side only, and add the ring on its other side. Most of that ring lies on
the boundary of the region added so far, so two counts say how much of it; only the arcs beyond need be listed. Arcs
and cells are numbered in the order in which they are added. The player repeats these additions
(``player/src/codec/connectivity.js``).

Half-edges are numbered ``2 * arc + side`` in the new numbers; side 0 is the direction in which the arc was added.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

OUTSIDE, NEW_CELL, EARLIER_CELL = 0, 1, 2


@dataclass
class Connectivity:
    """Encoded rings of all cells, and the order in which arcs and cells were added.

    Parameters
    ----------
    source_arc : list of int
        (arc,) the arc of the topology behind every new number; ``~i`` where it was added against its own direction.
    source_cell : list of int
        (cell,) the cell of the partition behind every new number.
    owner : list of int
        (ring + outer edge,) ``OUTSIDE``: no ring lies there; ``NEW_CELL``: the ring of a cell that gets the next
        number; ``EARLIER_CELL``: of one that has a number.
    known_before, known_after : list of int
        (ring,) how many of its half-edges on the boundary of the region go before the one that the ring begins with,
        and how many come after it.
    remaining : list of int
        (ring,) how many further half-edges it has.
    repeat_count : list of int
        (ring,) how many of the remaining ones have a number already, as arcs elsewhere on the boundary.
    repeats : list of int
        (2 * sum of repeat_count,) for each of those its index among the remaining ones, and its half-edge.
    earlier_cell : list of int
        For each ``EARLIER_CELL`` which cell it is.
    next_half_edge : list of int
        (2 * arc,) the half-edge that follows in the ring, or -1 where the half-edge is in no ring.
    """

    source_arc: list[int] = field(default_factory=list)
    source_cell: list[int] = field(default_factory=list)
    owner: list[int] = field(default_factory=list)
    known_before: list[int] = field(default_factory=list)
    known_after: list[int] = field(default_factory=list)
    remaining: list[int] = field(default_factory=list)
    repeat_count: list[int] = field(default_factory=list)
    repeats: list[int] = field(default_factory=list)
    earlier_cell: list[int] = field(default_factory=list)
    next_half_edge: list[int] = field(default_factory=list)

    def columns(self) -> tuple[list[int], ...]:
        """What is stored, in the order of the data block."""
        return (
            self.owner, self.known_before, self.known_after, self.remaining, self.repeat_count, self.repeats,
            self.earlier_cell,
        )  # fmt: skip

    def arc_numbers(self) -> NDArray[np.int64]:
        """(arc,) int64: the new number of every arc of the topology."""
        source = np.array(self.source_arc, dtype=np.int64)
        number = np.empty(len(source), dtype=np.int64)
        number[np.where(source < 0, ~source, source)] = np.arange(len(source))
        return number

    def cell_numbers(self) -> NDArray[np.int64]:
        """(cell,) int64: the new number of every cell of the partition."""
        number = np.empty(len(self.source_cell), dtype=np.int64)
        number[self.source_cell] = np.arange(len(self.source_cell))
        return number


def encode(rings: Sequence[Sequence[Sequence[int]]], arcs: int) -> Connectivity:
    """Encode which cells share which arcs.

    Parameters
    ----------
    rings : sequence of sequences of sequences of int
        Per cell its rings of directed arcs with the cell on the left; ``~i`` is arc ``i`` reversed.
    arcs : int
        How many there are.
    """
    return _Encoder(rings, arcs).run()


class _Encoder:
    """The region added so far."""

    def __init__(self, rings: Sequence[Sequence[Sequence[int]]], arcs: int) -> None:
        self.rings = [(cell, list(ring)) for cell, around in enumerate(rings) for ring in around]
        self.ring_at = {arc: (index, at) for index, (_, ring) in enumerate(self.rings) for at, arc in enumerate(ring)}
        self.half_edge: dict[int, int] = {}  # of every directed arc that has a number
        self.cell_number: dict[int, int] = {}
        self.next = [-1] * (2 * arcs)
        self.previous = [-1] * (2 * arcs)
        self.encoded = Connectivity(next_half_edge=self.next)
        self.added = [False] * len(self.rings)

    def run(self) -> Connectivity:
        oldest, seed = 0, 0
        while True:
            if oldest < len(self.encoded.source_arc):
                half_edge = 2 * oldest + 1
                oldest += 1
                if self.next[half_edge] >= 0:
                    continue
                found = self.ring_at.get(~self.encoded.source_arc[oldest - 1])
                if found is None:
                    self.encoded.owner.append(OUTSIDE)
                else:
                    self.add_ring(*found, half_edge)
                continue
            while seed < len(self.rings) and self.added[seed]:
                seed += 1
            if seed == len(self.rings):
                return self.encoded
            self.add_ring(seed, 0, -1)

    def add_ring(self, index: int, at: int, first: int) -> None:
        """Add a ring that begins with its arc number ``at``, whose half-edge is ``first``, or -1 if it is new."""
        cell, ring = self.rings[index]
        self.added[index] = True
        self.add_owner(cell)
        ring = ring[at:] + ring[:at]
        after, before = self.count_known(ring, first) if first >= 0 else (0, 0)
        remaining = ring[0 if first < 0 else after + 1 : len(ring) - before]
        repeats = [(place, self.half_edge[arc]) for place, arc in enumerate(remaining) if arc in self.half_edge]
        encoded = self.encoded
        encoded.known_before.append(before)
        encoded.known_after.append(after)
        encoded.remaining.append(len(remaining))
        encoded.repeat_count.append(len(repeats))
        encoded.repeats += [value for pair in repeats for value in pair]
        for arc in remaining:
            if arc not in self.half_edge:
                self.half_edge[arc] = 2 * len(encoded.source_arc)
                self.half_edge[~arc] = 2 * len(encoded.source_arc) + 1
                encoded.source_arc.append(arc)
        half_edges = [self.half_edge[arc] for arc in ring]
        for here, there in zip(half_edges, half_edges[1:] + half_edges[:1], strict=True):
            self.next[here], self.previous[there] = there, here

    def count_known(self, ring: list[int], first: int) -> tuple[int, int]:
        """How many arcs of a ring after its first one, and then before it, lie on the boundary of the region."""
        after = before = 0
        edge = first
        while after + 1 < len(ring) and self.half_edge.get(ring[after + 1], -2) == (edge := self.boundary_next(edge)):
            after += 1
        edge = first
        while before + after + 1 < len(ring) and self.half_edge.get(ring[-1 - before], -2) == (
            edge := self.boundary_previous(edge)
        ):
            before += 1
        return after, before

    def add_owner(self, cell: int) -> None:
        if cell in self.cell_number:
            self.encoded.owner.append(EARLIER_CELL)
            self.encoded.earlier_cell.append(self.cell_number[cell])
        else:
            self.encoded.owner.append(NEW_CELL)
            self.cell_number[cell] = len(self.encoded.source_cell)
            self.encoded.source_cell.append(cell)

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
