"""Fronts and territories as filters over arcs, and walks along them. Pure: topology and control in, arcs out."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from territory.actors import FIRST
from territory.topology import Topology


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
    """(arc,), (arc,) int8: who is left and right of every arc; -1 is outside."""
    padded = np.append(side, np.int8(-1))  # index -1, outside, finds the last
    return padded[topology.left], padded[topology.right]


def boundary(topology: Topology, inside: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Arcs with ``inside`` cells on exactly one side, turned to have these on the left (``~i`` is i reversed)."""
    padded = np.append(inside, False)
    left, right = padded[topology.left], padded[topology.right]
    arcs = np.flatnonzero(left != right)
    return np.where(left[arcs], arcs, ~arcs)


def rings(topology: Topology, walked: Iterable[int]) -> list[list[int]]:
    """String directed arcs together into closed rings.

    Where more than one way leads on from a node, the one nearest on the left hand is taken, so that a ring bounds
    ground that hangs together; a ring that comes back to a node on its way is split there, so that no ring touches
    itself.

    Parameters
    ----------
    topology : Topology
    walked : iterable of int
        Directed arcs (``~i`` for arc i reversed) with the inside on the left.

    Returns
    -------
    list of list of int
        Directed arcs, ring by ring; outer rings run anticlockwise, holes clockwise.
    """
    leaving: dict[int, list[int]] = {}
    for arc in walked:
        leaving.setdefault(_start(topology, arc), []).append(int(arc))
    found: list[list[int]] = []
    for node in sorted(leaving):
        while leaving[node]:
            found += _split(topology, _walk(topology, leaving, leaving[node][0]))
    return found


def _walk(topology: Topology, leaving: dict[int, list[int]], first: int) -> list[int]:
    leaving[_start(topology, first)].remove(first)
    ring, arc = [first], first
    goal = _start(topology, first)
    while _start(topology, ~arc) != goal or _open_wedge(topology, leaving, arc, first):
        ways = leaving[_start(topology, ~arc)]
        arc = ways[0] if len(ways) == 1 else min(ways, key=lambda way: _turn(topology, arc, way))
        leaving[_start(topology, arc)].remove(arc)
        ring.append(arc)
    return ring


def _open_wedge(topology: Topology, leaving: dict[int, list[int]], arc: int, first: int) -> bool:
    """Back at the first node: does another way on lie before the one that the walk began with?"""
    ways = leaving[_start(topology, ~arc)]
    return bool(ways) and min(_turn(topology, arc, way) for way in ways) < _turn(topology, arc, first)


def _split(topology: Topology, ring: list[int]) -> list[list[int]]:
    """Cut a ring into rings that visit each node once."""
    done: list[list[int]] = []
    path: list[int] = []
    at: dict[int, int] = {_start(topology, ring[0]): 0}
    for arc in ring:
        path.append(arc)
        node = _start(topology, ~arc)
        if node in at:
            loop = path[at[node] :]
            del path[at[node] :]
            done.append(loop)
            for left_behind in loop[1:]:
                at.pop(_start(topology, left_behind), None)
        else:
            at[node] = len(path)
    return done


def _start(topology: Topology, arc: int) -> int:
    return int(topology.start[arc] if arc >= 0 else topology.end[~arc])


def _turn(topology: Topology, arc: int, way: int) -> float:
    """Clockwise angle from the way back to a way on: the inside, on the left of ``arc``, is swept first."""
    line, onward = topology.line(arc), topology.line(way)
    back = line[-2] - line[-1]
    ahead = onward[1] - onward[0]
    angle = math.atan2(back[1], back[0]) - math.atan2(ahead[1], ahead[0])
    return angle % math.tau or math.tau


def coordinates(topology: Topology, ring: list[int]) -> NDArray[np.float64]:
    """(vertex, 2) float64: a ring of directed arcs as closed coordinates."""
    lines = [topology.line(arc) for arc in ring]
    return np.concatenate([line[:-1] for line in lines] + [lines[0][:1]])
