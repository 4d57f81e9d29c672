"""Rings around ground of one kind, walked along arcs, and kept up to date from change to change.

A directed arc is a whole number, ``~i`` for arc i walked backwards, with the ground that it bounds on its left. Where
it ends, the ring goes on along the next directed arc around the same ground: the first way out, clockwise from the way
back, with other ground on its right. At most nodes three cells meet, and there is one such way. Where four or more
meet (a *crossroads*), ground may touch itself at a point; a ring that comes there twice is split there, so that
no ring touches itself.

The next arc depends on the cells around one node and on nothing else. So when cells change, the rings through their
nodes are cut at these nodes, and the pieces are strung together anew; all other rings stay as they are. Rings that one
walk was split into are *kin*: the walk led from one to the other, so what cuts one of them cuts them all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from territory._util.ragged import Groups, Index, gather, ranges, stable_order
from territory.space.topology import OUTSIDE, Topology

Arcs = NDArray[np.int32]
Ints = NDArray[np.integer]


def incidence(topology: Topology, cells: int) -> Groups:
    """For each cell the directed arcs around it, with the cell on their left."""
    return _grouped(_directed(topology.left, topology.right), cells)


def _directed(forwards: NDArray[np.integer], backwards: NDArray[np.integer]) -> NDArray[np.integer]:
    """A value of every directed arc, such that ``values[~i]`` is that of arc i walked backwards."""
    return np.concatenate([forwards, backwards[::-1]])


def _grouped(group: NDArray[np.integer], groups: int) -> Groups:
    """Directed arcs by a group that each belongs to; those of group -1 are left out."""
    half = len(group) // 2
    name = np.r_[np.arange(half), np.arange(-half, 0)]
    order = stable_order(group + 1)
    count = np.bincount(group + 1, minlength=groups + 1)
    return Groups(np.cumsum(count) - count[0], name[order[count[0] :]])


@dataclass(frozen=True)
class HalfEdges:
    """What does not change about a topology: where directed arcs lead. Each column is indexed by directed arc.

    Parameters
    ----------
    left : (2 arc,) int32
        The cell on the left; -1 is outside.
    start : (2 arc,) int32
        The node where it starts, numbered from 0.
    onward : (2 arc,) int32
        The first directed arc, clockwise from the way back, out of the node where it ends: it has the same cell on
        its left.
    out : Groups
        For each node the directed arcs that leave it.
    around : Groups
        For each cell the directed arcs around it.
    crossroads : (node,) bool
        Where four arcs or more meet.
    """

    left: Arcs
    start: Arcs
    onward: Arcs
    out: Groups = field(repr=False)
    around: Groups = field(repr=False)
    crossroads: NDArray[np.bool_]


def half_edges(topology: Topology, cells: int) -> HalfEdges:
    """Where the directed arcs of a topology lead."""
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
        crossroads=np.diff(out.offset) > 3,
    )


def _onward(topology: Topology, left: Arcs, start: Arcs) -> Arcs:
    """The way out of a node that has the same cell on its left as the way in.

    Mostly there is one, whatever the angles. A cell that comes to a node twice (or the outside, between two capes)
    has two, and there angles decide.
    """
    half = len(left) // 2
    name = np.r_[np.arange(half), np.arange(-half, 0)]
    span = int(left.max()) + 2
    leaves = start.astype(np.int64) * span + left + 1
    enters = start[~name].astype(np.int64) * span + left + 1
    by_leaving, by_entering = np.argsort(leaves, kind="stable"), np.argsort(enters, kind="stable")
    onward = np.empty(len(left), dtype=np.int32)
    onward[by_entering] = name[by_leaving]
    key = leaves[by_leaving]
    same = key[1:] == key[:-1]
    doubtful = np.unique(start[by_leaving[1:][same]])
    if len(doubtful):
        _by_angle(topology, start, doubtful, onward)
    return onward


def _by_angle(topology: Topology, start: Arcs, nodes: Arcs, onward: Arcs) -> None:
    """Settle the ways on at some nodes: of the ways out, the next one clockwise after the way back."""
    half = len(start) // 2
    leaving = np.flatnonzero(np.isin(start, nodes))
    here = np.r_[topology.offset[:-1], topology.offset[:0:-1] - 1][leaving]
    step = topology.xy[here + np.where(leaving < half, 1, -1)] - topology.xy[here]
    order = np.lexsort((-np.arctan2(step[:, 1], step[:, 0]), start[leaving]))  # clockwise around each node
    turn = leaving[order]
    at = start[turn]
    first = np.flatnonzero(np.r_[True, at[1:] != at[:-1]])
    after = np.arange(1, len(turn) + 1)
    after[np.r_[first[1:], len(turn)] - 1] = first  # the last one comes round to the first
    name = np.where(turn < half, turn, turn - 2 * half)
    onward[~name] = name[after]


class Rings:
    """The rings around all ground of each label, on one day, and what became of them.

    Parameters
    ----------
    ways : HalfEdges
    label : (cell,) int
        What kind of ground each cell is; any numbers but -1.
    """

    def __init__(self, ways: HalfEdges, label: NDArray[np.integer]) -> None:
        self.ways = ways
        self.label = np.append(label, OUTSIDE).astype(np.int32)  # index -1, outside, finds the last
        self.arcs: list[Arcs] = []  # every ring there ever was
        self._kin: list[range] = []  # for each ring the rings of its walk, itself among them
        self.ring_of = np.full(len(ways.left), -1, dtype=np.int32)  # the ring in which a directed arc is now
        self._where = np.zeros(len(ways.left), dtype=np.int32)
        self._touched = np.zeros(len(ways.left), dtype=bool)
        self._hit = np.zeros(len(ways.crossroads), dtype=bool)
        half = len(ways.left) // 2
        self._restring(np.r_[np.arange(half), np.arange(-half, 0)])

    def change(self, cells: NDArray[np.integer], label: NDArray[np.integer]) -> tuple[list[int], int]:
        """Give cells new labels, and make anew the rings that this touches.

        Returns
        -------
        ended : list of int
            Rings that are no more.
        first : int
            The new rings are those from this number on.
        """
        ways, first = self.ways, len(self.arcs)
        self.label[cells] = label
        around = gather(ways.around, cells)[0]
        self._hit[ways.start[around]] = True
        nodes = np.flatnonzero(self._hit)
        self._hit[nodes] = False
        return self._restring(~gather(ways.out, nodes)[0]), first

    def _restring(self, entering: Index) -> list[int]:
        """Cut the rings where they enter some nodes, given as all arcs that enter them, and string them anew."""
        ways = self.ways
        was = self.ring_of[entering] >= 0
        left = ways.left[entering]
        now = (left >= 0) & (self.label[left] != self.label[ways.left[~entering]])
        cut: list[int] = np.unique(self.ring_of[entering[was]]).tolist()
        ended = sorted({kin for ring in cut for kin in self._kin[ring]})
        self._touched[entering] = True
        self.ring_of[entering[was & ~now]] = -1
        pieces, begin, size = self._pieces([self.arcs[ring] for ring in ended], entering[now & ~was])
        self._touched[entering] = False
        if len(begin):
            last = pieces[begin + size - 1]
            self._where[pieces[begin]] = np.arange(len(begin))
            loops = self._loops(self._where[self._next(last)].tolist(), pieces[begin])
            self._enter(pieces, begin, size, loops)
        return ended

    def _pieces(self, rings: list[Arcs], new: Index) -> tuple[Arcs, Index, Index]:
        """Rings cut after the touched arcs, at crossroads, and where they begin; arcs that are no border are dropped.

        Gives arcs, and where in them each piece begins and how long it is.
        """
        arcs = np.concatenate([*rings, new]).astype(np.int32)
        cut = self._touched[arcs] | self.ways.crossroads[self.ways.start[~arcs]]
        cut[np.cumsum([len(ring) for ring in rings], dtype=np.int64) - 1] = True
        cut[len(arcs) - len(new) :] = True
        stop = np.flatnonzero(cut) + 1
        begin = np.r_[0, stop[:-1]]
        alive = np.ones(len(begin), dtype=bool)
        old = begin < len(arcs) - len(new)
        alive[old] = self.ring_of[arcs[begin[old]]] >= 0
        return arcs, begin[alive], (stop - begin)[alive]

    def _next(self, arcs: Arcs) -> Arcs:
        """The next arc around the same ground."""
        ways = self.ways
        ground = self.label[ways.left[arcs]]
        on: Arcs = ways.onward[arcs]
        inner = np.flatnonzero(self.label[ways.left[~on]] == ground)
        while len(inner):  # the same ground on both sides: no border, look further round
            on[inner] = ways.onward[~on[inner]]
            inner = inner[self.label[ways.left[~on[inner]]] == ground[inner]]
        return on

    def _loops(self, follower: list[int], head: Arcs) -> Iterator[list[list[int]]]:
        """Pieces in walks, each piece followed by its follower; a walk is split into loops without a second visit."""
        start = self.ways.start[head]
        busy = np.where(self.ways.crossroads[start], start, -1).tolist()
        left = [True] * len(follower)
        for first in range(len(follower)):
            if not left[first]:
                continue
            loop, piece, crossings = [], first, 0
            while left[piece]:
                left[piece] = False
                loop.append(piece)
                crossings += busy[piece] >= 0
                piece = follower[piece]
            yield [loop] if crossings < 2 else list(_simple(loop, busy))

    def _enter(self, pieces: Arcs, begin: Index, size: Index, walks: Iterator[list[list[int]]]) -> None:
        """Write the loops down as rings."""
        order: list[int] = []
        bounds = [0]
        for walk in walks:
            kin = range(len(self._kin), len(self._kin) + len(walk))
            self._kin += [kin] * len(walk)
            for loop in walk:
                order += loop
                bounds.append(len(order))
        walked = pieces[ranges(begin[order], size[order])]
        stops = np.r_[0, np.cumsum(size[order])][bounds]
        first = len(self.arcs)
        self.ring_of[walked] = np.repeat(np.arange(first, first + len(bounds) - 1), np.diff(stops))
        edges = stops.tolist()
        self.arcs += [walked[a:b] for a, b in pairwise(edges)]


def _simple(loop: list[int], node: list[int]) -> Iterator[list[int]]:
    """Split a loop into loops that come to each node once.

    The loop bounds ground that hangs together, so it never crosses itself, and there is one way to split it.
    """
    path: list[int] = []
    at: dict[int, int] = {}
    first = next(i for i, piece in enumerate(loop) if node[piece] >= 0)
    for piece in [*loop[first:], *loop[: first + 1]]:
        here = node[piece]
        if here >= 0 and here in at:
            small = path[at[here] :]
            del path[at[here] :]
            for one in small:
                at.pop(node[one], None)
            yield small
        if here >= 0:
            at[here] = len(path)
        path.append(piece)
