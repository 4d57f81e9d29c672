"""Rings around all cells of one label, traced along arcs and updated from change to change.

A directed arc (half-edge) is an integer: ``i`` is arc i and ``~i`` is arc i reversed. A ring has the cells that it
bounds on its left. Where a directed arc ends, the ring continues along the next one: the first outgoing arc, clockwise
from the reverse of the incoming one, whose right side has another label. At most nodes three cells meet, and there is
one such arc. Where four or more arcs meet (a *junction*), cells of one label may touch at a point only; a walk that
comes to a junction twice is split there, so that no ring touches itself.

The next arc depends only on the cells around one node. So when cells change, the rings through their nodes are cut at
these nodes, and the pieces are joined again; all other rings stay as they are. Rings that were split from one walk are
*kin*: the walk led from one to the other, so when one of them is cut, all are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from territory._util.brief import Brief
from territory._util.ragged import Groups, Index, gather, ranges, stable_order
from territory.space.topology import OUTSIDE, Topology

Arcs = NDArray[np.int32]
Ints = NDArray[np.integer]


def incidence(topology: Topology, cells: int) -> Groups:
    """Directed arcs around each cell, with the cell on their left.

    Parameters
    ----------
    topology : Topology
    cells : int
        Number of cells.
    """
    return _grouped(_directed(topology.left, topology.right), cells)


def _directed(forwards: NDArray[np.integer], backwards: NDArray[np.integer]) -> NDArray[np.integer]:
    """Values of directed arcs, such that ``values[~i]`` is that of arc i reversed."""
    return np.concatenate([forwards, backwards[::-1]])


def _grouped(group: NDArray[np.integer], groups: int) -> Groups:
    """Directed arcs by group, given the group of each; those of group -1 are left out."""
    order = stable_order(group + 1)
    count = np.bincount(group + 1, minlength=groups + 1)
    return Groups(np.cumsum(count) - count[0], _directed_arcs(len(group))[order[count[0] :]])


def _directed_arcs(count: int) -> NDArray[np.int64]:
    """All directed arcs, in the order of their columns: ``0, 1 ... -2, -1``."""
    half = count // 2
    return np.concatenate([np.arange(half), np.arange(-half, 0)])


@dataclass(frozen=True, repr=False)
class HalfEdges(Brief):
    """Directed arcs of a topology: cells, nodes and successors. Arrays are indexed by directed arc.

    Parameters
    ----------
    left : (2 arc,) int32
        The cell on the left; -1 is outside.
    start : (2 arc,) int32
        The node where it starts, numbered from 0.
    onward : (2 arc,) int32
        The next directed arc around the same cell: of the arcs that leave its end node, the first one clockwise from
        its reverse.
    out : Groups
        For each node the directed arcs that leave it.
    around : Groups
        For each cell the directed arcs around it.
    junction : (node,) bool
        Where four arcs or more meet.
    """

    left: Arcs
    start: Arcs
    onward: Arcs
    out: Groups = field(repr=False)
    around: Groups = field(repr=False)
    junction: NDArray[np.bool_]


def half_edges(topology: Topology, cells: int) -> HalfEdges:
    """Half-edge structure of a topology.

    Parameters
    ----------
    topology : Topology
    cells : int
        Number of cells.
    """
    nodes, number = np.unique(np.concatenate([topology.start, topology.end]), return_inverse=True)
    start = _directed(number[: len(topology)], number[len(topology) :]).astype(np.int32)
    left = _directed(topology.left, topology.right).astype(np.int32)
    out = _grouped(start, len(nodes))
    return HalfEdges(
        left=left,
        start=start,
        onward=_onward(topology, left, start),
        out=out,
        around=_grouped(left, cells),
        junction=np.diff(out.offset) > 3,
    )


def _onward(topology: Topology, left: Arcs, start: Arcs) -> Arcs:
    """(2 arc,) int32: the next directed arc around the same cell.

    Nearly always one arc that leaves the node has the same cell on its left as the arc that enters. A cell that comes
    to a node twice (or the outside, between two capes) has two, and there angles decide.
    """
    name = _directed_arcs(len(left))
    span = int(left.max()) + 2
    leaves = start.astype(np.int64) * span + left + 1
    enters = start[~name].astype(np.int64) * span + left + 1
    by_leaving, by_entering = np.argsort(leaves, kind="stable"), np.argsort(enters, kind="stable")
    onward = np.empty(len(left), dtype=np.int32)
    onward[by_entering] = name[by_leaving]
    key = leaves[by_leaving]
    same = key[1:] == key[:-1]
    ambiguous = np.unique(start[by_leaving[1:][same]])
    if len(ambiguous):
        _set_by_angle(topology, start, ambiguous, onward)
    return onward


def _set_by_angle(topology: Topology, start: Arcs, nodes: Arcs, onward: Arcs) -> None:
    """Set ``onward`` at some nodes: of the arcs that leave, the next one clockwise after the entering one's reverse."""
    half = len(start) // 2
    leaving = np.flatnonzero(np.isin(start, nodes))
    here = np.r_[topology.offset[:-1], topology.offset[:0:-1] - 1][leaving]
    step = topology.xy[here + np.where(leaving < half, 1, -1)] - topology.xy[here]
    order = np.lexsort((-np.arctan2(step[:, 1], step[:, 0]), start[leaving]))  # clockwise around each node
    leaving = leaving[order]
    at = start[leaving]
    first = np.flatnonzero(np.r_[True, at[1:] != at[:-1]])
    after = np.arange(1, len(leaving) + 1)
    after[np.r_[first[1:], len(leaving)] - 1] = first  # after the last one comes the first
    name = np.where(leaving < half, leaving, leaving - 2 * half)
    onward[~name] = name[after]


class Rings:
    """Rings around the cells of each label, updated as labels change.

    Parameters
    ----------
    half_edges : HalfEdges
    label : (cell,) int
        Label of each cell; any numbers but -1.

    Attributes
    ----------
    label : (cell + 1,) int32
        Present labels; the last one is the outside.
    arcs : list of (n,) int32
        Directed arcs of every ring so far, those that are no more included.
    ring_of : (2 arc,) int32
        The ring that each directed arc is part of now; -1 for none.
    """

    def __init__(self, half_edges: HalfEdges, label: NDArray[np.integer]) -> None:
        count = len(half_edges.left)
        self.half_edges = half_edges
        self.label = np.append(label, OUTSIDE).astype(np.int32)  # index -1, outside, takes the last
        self.arcs: list[Arcs] = []
        self.ring_of = np.full(count, -1, dtype=np.int32)
        self._kin: list[range] = []  # for each ring the rings of its walk, including itself
        self._piece_at = np.zeros(count, dtype=np.int32)  # scratch arrays, so that a change costs only what it touches
        self._touched = np.zeros(count, dtype=bool)
        self._hit = np.zeros(len(half_edges.junction), dtype=bool)
        self._retrace(_directed_arcs(count))

    def change(self, cells: NDArray[np.integer], label: NDArray[np.integer]) -> tuple[list[int], int]:
        """Change the labels of cells and update the rings.

        Parameters
        ----------
        cells, label : (n,) int
            Each cell once, with its new label.

        Returns
        -------
        ended : list of int
            Rings that are no more.
        first : int
            Rings from this number on are new.
        """
        half_edges, first = self.half_edges, len(self.arcs)
        self.label[cells] = label
        around = gather(half_edges.around, cells)[0]
        self._hit[half_edges.start[around]] = True
        nodes = np.flatnonzero(self._hit)
        self._hit[nodes] = False
        return self._retrace(~gather(half_edges.out, nodes)[0]), first

    def _retrace(self, entering: Index) -> list[int]:
        """Trace the rings through some nodes again, given all arcs that enter these; gives the rings that ended."""
        half_edges = self.half_edges
        prev_border = self.ring_of[entering] >= 0
        left = half_edges.left[entering]
        border = (left >= 0) & (self.label[left] != self.label[half_edges.left[~entering]])
        cut: list[int] = np.unique(self.ring_of[entering[prev_border]]).tolist()
        ended = sorted({kin for ring in cut for kin in self._kin[ring]})
        self._touched[entering] = True
        self.ring_of[entering[prev_border & ~border]] = -1
        pieces, begin, size = self._pieces([self.arcs[ring] for ring in ended], entering[border & ~prev_border])
        self._touched[entering] = False
        if len(begin):
            last = pieces[begin + size - 1]
            self._piece_at[pieces[begin]] = np.arange(len(begin))
            walks = self._walks(self._piece_at[self._next(last)].tolist(), pieces[begin])
            self._add(pieces, begin, size, walks)
        return ended

    def _pieces(self, rings: list[Arcs], new: Index) -> tuple[Arcs, Index, Index]:
        """Rings cut into pieces after touched arcs, at junctions and at their ends, without arcs no longer a border.

        Returns the arcs of all rings, and where in them each piece begins and how many arcs it has.
        """
        arcs = np.concatenate([*rings, new]).astype(np.int32)
        cut = self._touched[arcs] | self.half_edges.junction[self.half_edges.start[~arcs]]
        cut[np.cumsum([len(ring) for ring in rings], dtype=np.int64) - 1] = True
        cut[len(arcs) - len(new) :] = True
        stop = np.flatnonzero(cut) + 1
        begin = np.r_[0, stop[:-1]]
        kept = np.ones(len(begin), dtype=bool)
        old = begin < len(arcs) - len(new)
        kept[old] = self.ring_of[arcs[begin[old]]] >= 0
        return arcs, begin[kept], (stop - begin)[kept]

    def _next(self, arcs: Arcs) -> Arcs:
        """The next arc of the ring that each arc is part of."""
        half_edges = self.half_edges
        label = self.label[half_edges.left[arcs]]
        after: Arcs = half_edges.onward[arcs]
        inner = np.flatnonzero(self.label[half_edges.left[~after]] == label)
        while len(inner):  # the same label on both sides: no border, so take the next arc clockwise
            after[inner] = half_edges.onward[~after[inner]]
            inner = inner[self.label[half_edges.left[~after[inner]]] == label[inner]]
        return after

    def _walks(self, successor: list[int], head: Arcs) -> Iterator[list[list[int]]]:
        """Walks of pieces, each piece followed by its successor, split into loops that visit no junction twice."""
        start = self.half_edges.start[head]
        junction = np.where(self.half_edges.junction[start], start, -1).tolist()
        unused = [True] * len(successor)
        for first in range(len(successor)):
            if not unused[first]:
                continue
            walk, piece, visits = [], first, 0
            while unused[piece]:
                unused[piece] = False
                walk.append(piece)
                visits += junction[piece] >= 0
                piece = successor[piece]
            yield [walk] if visits < 2 else list(_split(walk, junction))

    def _add(self, pieces: Arcs, begin: Index, size: Index, walks: Iterator[list[list[int]]]) -> None:
        """Append the loops of all walks as rings; the loops of one walk are kin."""
        order: list[int] = []
        bounds = [0]
        for walk in walks:
            kin = range(len(self._kin), len(self._kin) + len(walk))
            self._kin += [kin] * len(walk)
            for loop in walk:
                order += loop
                bounds.append(len(order))
        arcs = pieces[ranges(begin[order], size[order])]
        stops = np.r_[0, np.cumsum(size[order])][bounds]
        first = len(self.arcs)
        self.ring_of[arcs] = np.repeat(np.arange(first, first + len(bounds) - 1), np.diff(stops))
        self.arcs += [arcs[a:b] for a, b in pairwise(stops.tolist())]


def _split(walk: list[int], junction: list[int]) -> Iterator[list[int]]:
    """Split a walk into loops that visit each junction once; ``junction`` is where each piece starts, -1 for none.

    A walk bounds connected cells, so it never crosses itself, and there is one way to split it.
    """
    path: list[int] = []
    position: dict[int, int] = {}  # of each junction on the path
    first = next(i for i, piece in enumerate(walk) if junction[piece] >= 0)
    for piece in [*walk[first:], *walk[: first + 1]]:
        here = junction[piece]
        if here >= 0 and here in position:
            loop = path[position[here] :]
            del path[position[here] :]
            for left in loop:
                position.pop(junction[left], None)
            yield loop
        if here >= 0:
            position[here] = len(path)
        path.append(piece)
