"""Fronts and boundaries of territories, as filters over the arcs of a topology."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from territory.records.actors import FIRST
from territory.space.topology import Topology


def front(topology: Topology, side: NDArray[np.int8]) -> NDArray[np.int64]:
    """Arcs whose two sides are held by different known actors.

    The outer border is never a front, nor is the edge of unknown ground or of ground that nobody holds.

    Parameters
    ----------
    topology : Topology
    side : (cell,) int8
        Code of the side that holds each cell; 0 is unknown, 1 is none.

    Returns
    -------
    (front,) int64
        Indices of arcs, ascending.
    """
    left, right = sides(topology, side)
    return np.flatnonzero((left >= FIRST) & (right >= FIRST) & (left != right))


def sides(topology: Topology, side: NDArray[np.int8]) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """Sides on the left and on the right of every arc.

    Parameters
    ----------
    topology : Topology
    side : (cell,) int8
        Code of the side that holds each cell.

    Returns
    -------
    (arc,) int8, (arc,) int8
        Left and right; -1 is outside.
    """
    padded = np.append(side, np.int8(-1))  # index -1, outside, takes the last
    return padded[topology.left], padded[topology.right]


def boundary(topology: Topology, inside: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Arcs with cells of a set on exactly one side, directed so that these are on the left.

    Parameters
    ----------
    topology : Topology
    inside : (cell,) bool
        The set of cells.

    Returns
    -------
    (n,) int64
        Directed arcs, in order of the arc; ``~i`` is arc i reversed.
    """
    padded = np.append(inside, False)
    left, right = padded[topology.left], padded[topology.right]
    arcs = np.flatnonzero(left != right)
    return np.where(left[arcs], arcs, ~arcs)
