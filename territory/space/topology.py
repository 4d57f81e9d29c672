"""Arc-node topology of a coverage, in numpy alone.

Three or more cells meet at a *node*. Between two nodes runs an *arc*: a line that the same two cells share along its
whole length. Seen from its start, one cell is on the left and one on the right; -1 is the outside.
A ring that meets no node (an island, or a cell inside another) is one arc that starts and ends at one of its own
vertices.

    A ─── arc 0 ───> B        cell 0 is left of arc 0, cell 1 is right of it;
    cell 0 above, 1 below     arc ~0 is the same arc from B to A
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from territory._util.brief import Brief
from territory._util.ragged import counters
from territory.errors import TopologyError

OUTSIDE = -1
_NO_RING = "There is no ring, so there is nothing to build a topology of; give one ring at least."


@dataclass(frozen=True, repr=False)
class Topology(Brief):
    """Arcs of a coverage, with the nodes at their ends and the cells beside them.

    Parameters
    ----------
    xy : (vertex, 2) float64
        Vertices of all arcs, one arc after the other; lon and lat in degrees.
    offset : (arc + 1,) int64
        Arc i has the vertices ``xy[offset[i] : offset[i + 1]]``.
    start, end : (arc,) int64
        Nodes, numbered by their position.
    left, right : (arc,) int32
        Cells beside the arc, seen from its start; -1 is outside.
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
        """(vertex, 2) float64: vertices of an arc, in reverse for ``~arc``."""
        if arc < 0:
            return self.line(~arc)[::-1]
        return self.xy[self.offset[arc] : self.offset[arc + 1]]


def build(rings: Sequence[NDArray[np.float64]], cell: ArrayLike) -> Topology:
    """Topology of a valid coverage, given as closed rings with their cell on the left.

    Shared borders must have the same vertices on both sides; nothing is snapped. Arcs, their order and their direction
    do not depend on the order of cells and rings.

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
    if len(rings) == 0:
        raise TopologyError(_NO_RING)
    size = np.array([len(ring) for ring in rings], dtype=np.int64)
    xy = np.concatenate([np.asarray(ring, dtype=np.float64) for ring in rings])
    return from_flat(xy, np.repeat(np.arange(len(rings)), size), cell)


def from_flat(xy: NDArray[np.float64], ring: NDArray[np.int64], cell: ArrayLike) -> Topology:
    """``build`` for rings in one array, one after the other, as ``shapely.get_coordinates`` gives them.

    Parameters
    ----------
    xy : (vertex, 2) float64
    ring : (vertex,) int
        The ring of each vertex, ascending from 0 without gaps.
    cell : (ring,) int
        The cell of each ring.

    Raises
    ------
    TopologyError
        As ``build``.
    """
    if len(xy) == 0:
        raise TopologyError(_NO_RING)
    owner = np.asarray(cell, dtype=np.int32)
    vertices, number = _numbered(xy + 0.0)  # makes -0.0 equal to 0.0
    at = np.flatnonzero((ring[1:] == ring[:-1]) & (number[1:] != number[:-1]))  # the last vertex starts no edge
    edge, left, right = _pair(number[at], number[at + 1], owner[ring[at]], len(vertices))
    return _arcs(vertices, edge, left, right)


def _numbered(xy: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Distinct vertices in the order of x, then y, and the number of each given one."""
    order = np.argsort(xy[:, 0])
    x, y = xy[order].T
    level = np.flatnonzero((x[1:] == x[:-1]) & (y[1:] != y[:-1]))
    if len(level):  # vertices of equal x are ordered by y
        tied = np.flatnonzero(np.isin(x, x[level]))
        order[tied] = order[tied][np.lexsort((y[tied], x[tied]))]
        x, y = xy[order].T
    new = np.r_[True, (x[1:] != x[:-1]) | (y[1:] != y[:-1])]
    number = np.empty(len(xy), dtype=np.int64)
    number[order] = np.cumsum(new) - 1
    return np.stack([x[new], y[new]], axis=1), number


def _pair(
    tail: NDArray[np.int64], head: NDArray[np.int64], owner: NDArray[np.int32], vertices: int
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
    """Undirected edges (low vertex, high vertex) with the cell on the left and on the right of low -> high."""
    forward = tail < head
    key = np.where(forward, tail * vertices + head, head * vertices + tail)
    order = np.argsort(key)
    new = np.r_[True, key[order[1:]] != key[order[:-1]]]
    where = np.empty(len(key), dtype=np.int64)
    where[order] = np.cumsum(new) - 1
    edge = np.stack(np.divmod(key[order[new]], vertices), axis=1)
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
    """Join edges into arcs between nodes.

    Directed edge 2e runs along edge e from its low to its high vertex, 2e+1 the other way, so ``d ^ 1`` reverses d. At
    a vertex with two edges, each incoming edge has one successor: the outgoing edge that is not its reverse. So
    ``before`` links every directed edge to its predecessor, and pointer doubling finds the first edge of its chain and
    its rank in log2(n) rounds, without a loop over cells. A ring without a node has no first edge: it starts at its
    lowest vertex.
    """
    count = len(edge)
    origin = edge.reshape(-1)  # origin[2e] = low, origin[2e+1] = high
    degree = np.bincount(origin, minlength=len(vertices))
    out_sum = np.bincount(origin, weights=np.arange(2 * count), minlength=len(vertices)).astype(np.int64)
    directed = np.arange(2 * count)
    # The two outgoing edges at the origin of d are d itself and (before ^ 1).
    before = np.where(degree[origin] != 2, directed, (out_sum[origin] - directed) ^ 1)
    starts = _loop_starts(before, origin)
    before[starts] = starts
    first, rank = _doubling(before)
    order = np.argsort(first * (int(rank.max()) + 1) + rank)
    chain = first[order]
    begins = np.flatnonzero(np.r_[True, chain[1:] != chain[:-1]])
    ends = np.r_[begins[1:], len(chain)] - 1
    keep = order[begins] < (order[ends] ^ 1)  # of an arc and its reverse, the one with the lower first edge
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
    """Topology of the chosen chains: ``order[begins[i] : ends[i] + 1]`` are the directed edges of arc i."""
    steps = ends - begins + 1
    offset = np.r_[0, np.cumsum(steps + 1)]
    within = counters(steps)
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


def _loop_starts(before: NDArray[np.int64], origin: NDArray[np.int64]) -> NDArray[np.int64]:
    """Directed edges that leave the lowest vertex of a ring without a node, one for each direction.

    Pointer doubling marks every edge that follows a node; edges that are never marked belong to such rings.
    """
    ended = before == np.arange(len(before))
    far, count = before, -1
    while count != (count := int(np.count_nonzero(ended))):  # stops when a round marks no further edge
        ended = ended[far] | ended
        far = far[far]
    looped = np.flatnonzero(~ended)
    if len(looped) == 0:
        return looped  # the usual case: no island, no cell inside another
    number = np.empty(len(before), dtype=np.int64)
    number[looped] = np.arange(len(looped))
    far, lowest = number[before[looped]], origin[looped]
    for _ in range(len(looped).bit_length()):
        lowest = np.minimum(lowest, lowest[far])
        far = far[far]
    return np.asarray(looped[origin[looped] == lowest], dtype=np.int64)


def _doubling(before: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First element of the chain of each directed edge, and the number of steps to it, by pointer doubling."""
    rank = (before != np.arange(len(before))).astype(np.int64)
    while True:
        further = before[before]
        if np.array_equal(further, before):
            return before, rank
        rank += rank[before]
        before = further
