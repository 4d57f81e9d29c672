"""Predict nodes as circumcentres of the three adjacent places, so that only small residuals are stored.

In a Voronoi partition three cells meet where their places are equally far. Python and the player predict with the same
operations in the same order (``player/src/codec/nodes.js``), so nothing here may use a function that two machines may
round differently.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from territory._util.ragged import counters
from territory.render.codec.connectivity import Connectivity
from territory.render.codec.gridded import Grid

MAX_REACH = 4.0  # times the distance between the places: a circumcentre farther off predicts badly
COSINE_TERMS = tuple(float(term) for term in (1, -1 / 2, 1 / 24, -1 / 720, 1 / 40320, -1 / 3628800, 1 / 479001600))


def arc_ends(encoded: Connectivity) -> NDArray[np.int64]:
    """(arc, 2) int64: the node at the start and at the end of every arc, numbered in order of first use.

    Ends are one node where the rings say that one arc leads to the next. Half-edge 2a + side begins at end 2a + side of
    arc a, and ends at the other one.
    """
    lowest = np.arange(2 * len(encoded.source_arc))
    inner = np.flatnonzero(encoded.next_half_edge >= 0)
    one, two = inner ^ 1, encoded.next_half_edge[inner]  # the same node
    while True:
        lower = np.minimum(lowest[one], lowest[two])
        if np.array_equal(lower, lowest[one]) and np.array_equal(lower, lowest[two]):
            return np.unique(lowest, return_inverse=True)[1].reshape(-1, 2)
        lowest[one] = lower
        lowest[two] = np.minimum(lowest[two], lower)


def first_three_places(
    ends: NDArray[np.int64], sides: NDArray[np.int32], place: NDArray[np.int64]
) -> NDArray[np.int64]:
    """(node, 3) int64: the first three places around each node, in the order of arcs; -1 where there are fewer.

    Parameters
    ----------
    ends : (arc, 2) int64
        Nodes at the ends of every arc.
    sides : (arc, 2) int32
        Cells left and right, -1 outside.
    place : (cell,) int64
        The place of every cell, -1 for none.
    """
    three = np.full((int(ends.max(initial=-1)) + 1, 3), -1, dtype=np.int64)
    own = np.append(place, -1)[np.repeat(sides, 2, axis=0)].reshape(-1)  # both sides at the start, then at the end
    node = np.repeat(ends.reshape(-1), 2)
    known = np.flatnonzero(own >= 0)
    key = node[known] * (int(place.max(initial=0)) + 1) + own[known]
    first = np.sort(known[np.unique(key, return_index=True)[1]])
    first = first[np.argsort(node[first], kind="stable")]
    rank = counters(np.bincount(node[first], minlength=len(three)))
    first, rank = first[rank < 3], rank[rank < 3]
    three[node[first], rank] = own[first]
    return three


def predict(
    three: NDArray[np.int64], xy: NDArray[np.int64], grid: Grid, cos_lat: float
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Predict the positions of all nodes.

    Parameters
    ----------
    three : (node, 3) int64
        Places around each node, -1 for none.
    xy : (place, 2) int64
        Where places lie, in grid steps.
    grid : Grid
    cos_lat : float
        Length of a degree of longitude over one of latitude; 0 takes the cosine of each node's own latitude.

    Returns
    -------
    (node, 2) int64
        Grid steps; 0 where there is no prediction.
    (node,) bool
        Whether there is one: the node has three places, and their circumcentre is not far off.
    """
    predicted = three[:, 2] >= 0
    a, b, c = (xy[np.where(predicted, three[:, k], 0)].astype(np.float64) for k in range(3))
    q = np.full(len(a), cos_lat) if cos_lat else cosine((grid.lat0 + a[:, 1] * grid.step) * (np.pi / 180))
    bx, by, cx, cy = (b[:, 0] - a[:, 0]) * q, b[:, 1] - a[:, 1], (c[:, 0] - a[:, 0]) * q, c[:, 1] - a[:, 1]
    double = 2 * (bx * cy - by * cx)
    b2, c2 = bx * bx + by * by, cx * cx + cy * cy
    with np.errstate(divide="ignore", invalid="ignore"):
        ux, uy = (cy * b2 - by * c2) / double, (bx * c2 - cx * b2) / double
    reach = MAX_REACH * np.max(np.abs([bx, by, cx, cy]), axis=0)
    predicted &= (double != 0) & (np.abs(ux) <= reach) & (np.abs(uy) <= reach)
    position = np.zeros((len(a), 2), dtype=np.int64)
    position[predicted, 0] = np.floor(a[predicted, 0] + ux[predicted] / q[predicted] + 0.5)
    position[predicted, 1] = np.floor(a[predicted, 1] + uy[predicted] + 0.5)
    return position, predicted


def cosine(angle: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cosine by a polynomial that every machine rounds alike; good to a millionth up to the polar circles."""
    square = angle * angle
    value = np.zeros_like(square)
    for term in reversed(COSINE_TERMS):
        value = value * square + term
    return value
