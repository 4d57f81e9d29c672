"""Arc-node topology of a coverage, in numpy alone.

Three cells meet at a *node*. Between two nodes runs an *arc*: a line that the same two cells share along its whole
length. Walk an arc from its start: one cell is on the left, one on the right, and -1 stands for the outside.
A ring that meets no node (an island, or a cell inside another) is one arc that starts and ends at one of its own
vertices.

    A ─── arc 0 ───> B        cell 0 is left of arc 0, cell 1 is right of it;
    cell 0 above, 1 below     arc ~0 is the same arc walked from B to A
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from territory.errors import TopologyError

OUTSIDE = -1


@dataclass(frozen=True)
class Topology:
    """Arcs of a coverage.

    Parameters
    ----------
    xy : (vertex, 2) float64
        Vertices of all arcs, one arc after the other; lon and lat in degrees.
    offset : (arc + 1,) int64
        Where in ``xy`` each arc begins and the last one ends.
    start, end : (arc,) int64
        Nodes, numbered by their position.
    left, right : (arc,) int32
        Cells beside the arc as it is walked; -1 is outside.
    """

    xy: NDArray[np.float64]
    offset: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    left: NDArray[np.int32]
    right: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.left)

    def line(self, arc: int) -> NDArray[np.float64]:
        """(vertex, 2) float64: the vertices of an arc, backwards for ``~arc``."""
        if arc < 0:
            return self.line(~arc)[::-1]
        return self.xy[self.offset[arc] : self.offset[arc + 1]]


def build(rings: Sequence[NDArray[np.float64]], cell: ArrayLike) -> Topology:
    """Topology of a valid coverage, given as closed rings with their cell on the left.

    Shared borders must have the same vertices on both sides; nothing is snapped. The order of cells and of rings
    does not matter to the arcs, their order or their direction.

    Parameters
    ----------
    rings : sequence of (vertex, 2) float64
        First vertex repeated at the end; outer rings anticlockwise, holes clockwise.
    cell : (ring,) int
        The cell of each ring.

    Raises
    ------
    TopologyError
        Where two cells lie on the same side of an edge, that is, overlap; or a cell lies on both sides.

    Examples
    --------
    >>> import numpy as np
    >>> left = np.array([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)], dtype=float)
    >>> topology = build([left, left + (1, 0)], [0, 1])
    >>> int(((topology.left >= 0) & (topology.right >= 0)).sum())
    1
    """
    vertices, tail, head, owner = _half_edges(rings, np.asarray(cell, dtype=np.int32))
    edge, left, right = _pair(tail, head, owner)
    return _arcs(vertices, edge, left, right)


def _half_edges(
    rings: Sequence[NDArray[np.float64]], cell: NDArray[np.int32]
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int32]]:
    """Every step along every ring, between numbered vertices."""
    if len(rings) == 0:
        raise TopologyError("There is no ring, so there is nothing to build a topology of.")
    points = np.concatenate([np.asarray(ring, dtype=np.float64) for ring in rings]) + 0.0  # -0.0 and 0.0 are one place
    size = np.array([len(ring) for ring in rings])
    vertices, number = np.unique(points, axis=0, return_inverse=True)
    step = np.ones(len(points), dtype=bool)
    step[np.cumsum(size) - 1] = False  # the last vertex of a ring starts no step
    at = np.flatnonzero(step)
    number = number.reshape(-1)
    tail, head, owner = number[at], number[at + 1], np.repeat(cell, size)[at]
    real = tail != head
    return vertices, tail[real], head[real], owner[real]


def _pair(
    tail: NDArray[np.int64], head: NDArray[np.int64], owner: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
    """Undirected edges (low vertex, high vertex) with the cell on the left and on the right of low -> high."""
    forward = tail < head
    low, high = np.where(forward, tail, head), np.where(forward, head, tail)
    edge, where = np.unique(np.stack([low, high], axis=1), axis=0, return_inverse=True)
    where = where.reshape(-1)
    left = np.full(len(edge), OUTSIDE, dtype=np.int32)
    right = left.copy()
    left[where[forward]] = owner[forward]
    right[where[~forward]] = owner[~forward]
    crowded = (np.bincount(where[forward], minlength=len(edge)) > 1) | (
        np.bincount(where[~forward], minlength=len(edge)) > 1
    )
    if crowded.any():
        cells = np.unique(owner[crowded[where]])
        raise TopologyError(f"Cells {_some(cells)} overlap: {crowded.sum()} edges have two cells on one side.")
    if (left == right).any():
        cells = np.unique(left[left == right])
        raise TopologyError(f"Cells {_some(cells)} touch themselves along an edge; dissolve them first.")
    return edge, left, right


def _some(cells: NDArray[np.int32], most: int = 6) -> str:
    shown = ", ".join(str(cell) for cell in cells[:most])
    return shown + (f" and {len(cells) - most} more" if len(cells) > most else "")


def _arcs(
    vertices: NDArray[np.float64], edge: NDArray[np.int64], left: NDArray[np.int32], right: NDArray[np.int32]
) -> Topology:
    """Edges strung together between nodes.

    Directed edge 2e walks edge e from low to high, 2e+1 walks it back, so ``d ^ 1`` turns round. At a vertex with
    two edges there is one way on: the outgoing edge that is not the way back. So ``before`` chains every directed
    edge to the one behind it, and doubling the chain log2(n) times finds each one's first edge and its rank without
    a loop over cells.
    """
    count = len(edge)
    origin = edge.reshape(-1)  # origin[2e] = low, origin[2e+1] = high
    degree = np.bincount(origin, minlength=len(vertices))
    is_node = (degree != 2) | _loop_starts(origin, degree, len(vertices))
    out_sum = np.bincount(origin, weights=np.arange(2 * count), minlength=len(vertices)).astype(np.int64)
    directed = np.arange(2 * count)
    # The edge after d^1 is the one behind d, turned round: the two outgoing edges at d's origin are d and (before ^ 1).
    before = np.where(is_node[origin], directed, (out_sum[origin] - directed) ^ 1)
    first, rank = _doubling(before)
    last = np.zeros(2 * count, dtype=np.int64)  # by first edge: the last edge of its chain
    order = np.lexsort((rank, first))
    chain = first[order]
    begins = np.flatnonzero(np.r_[True, chain[1:] != chain[:-1]])
    ends = np.r_[begins[1:], len(chain)] - 1
    last[chain[begins]] = order[ends]
    keep = chain[begins] < (last[chain[begins]] ^ 1)  # of an arc and its reverse, the one with the lower first edge
    return _assemble(vertices, origin, left, right, order, begins[keep], ends[keep])


def _assemble(
    vertices: NDArray[np.float64],
    origin: NDArray[np.int64],
    left: NDArray[np.int32],
    right: NDArray[np.int32],
    order: NDArray[np.int64],
    begins: NDArray[np.int64],
    ends: NDArray[np.int64],
) -> Topology:
    """Write out the kept chains: ``order[begins[i] : ends[i] + 1]`` are the directed edges of arc i."""
    steps = ends - begins + 1
    offset = np.r_[0, np.cumsum(steps + 1)]
    within = np.arange(steps.sum()) - np.repeat(np.cumsum(steps) - steps, steps)
    used = order[np.repeat(begins, steps) + within]
    ids = np.empty(offset[-1], dtype=np.int64)
    ids[np.repeat(offset[:-1], steps) + within] = origin[used]
    ids[offset[1:] - 1] = origin[order[ends] ^ 1]
    lead = order[begins]
    forth = lead % 2 == 0
    return Topology(
        xy=vertices[ids],
        offset=offset.astype(np.int64),
        start=ids[offset[:-1]],
        end=ids[offset[1:] - 1],
        left=np.where(forth, left[lead // 2], right[lead // 2]).astype(np.int32),
        right=np.where(forth, right[lead // 2], left[lead // 2]).astype(np.int32),
    )


def _loop_starts(origin: NDArray[np.int64], degree: NDArray[np.int64], vertices: int) -> NDArray[np.bool_]:
    """For each closed loop that meets no node, its lowest vertex, which serves as one."""
    label = np.arange(vertices)
    tail, head = origin, origin.reshape(-1, 2)[:, ::-1].reshape(-1)
    lowest = label.copy()
    while True:  # labels sink along edges, and by pointer jumping, so this takes log(n) rounds
        np.minimum.at(lowest, head, lowest[tail])
        lowest = lowest[lowest]
        if np.array_equal(lowest, label):
            break
        label = lowest.copy()
    has_node = np.zeros(vertices, dtype=bool)
    has_node[lowest[degree != 2]] = True
    return np.asarray((lowest == np.arange(vertices)) & ~has_node & (degree == 2))


def _doubling(before: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Follow ``before`` to its fixed point: (first element of each chain, steps to it)."""
    rank = (before != np.arange(len(before))).astype(np.int64)
    while True:
        further = before[before]
        if np.array_equal(further, before):
            return before, rank
        rank += rank[before]
        before = further
