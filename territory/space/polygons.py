"""Ground of every label on every day as polygons with holes: ragged arrays in the layout of GeoArrow, or shapely.

Rings live from a change to a change, so each is measured and laid out once, however many days it lasts. Whether it is
an outer ring or a hole is its direction. A hole belongs to the smallest outer ring around it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray

from territory._util.ragged import Index, ranges
from territory.space.rings import HalfEdges, Ints, Rings, half_edges
from territory.space.topology import Topology

Floats = NDArray[np.float64]
Number = TypeVar("Number", np.int64, np.float64)


@dataclass(frozen=True)
class Steps:
    """What the cells of a coverage are called from day to day.

    Parameters
    ----------
    opening : (cell,) int
        Labels on day 0; any numbers but -1.
    day : (step,) int
        Ascending, from 1 to ``days - 1``.
    cell, after : (step,) int
        A cell at most once a day.
    days : int
    """

    opening: Ints
    day: Ints
    cell: Ints
    after: Ints
    days: int


@dataclass(frozen=True)
class Polygons:
    """Multipolygons by day and label, as nested offsets into one array of vertices (GeoArrow).

    Multipolygon g has polygons ``part[g] : part[g + 1]``, polygon p has rings ``ring[p] : ring[p + 1]``, the outer one
    first, and ring r has vertices ``vertex[r] : vertex[r + 1]``, the first one repeated at the end. Outer rings run
    anticlockwise, holes clockwise.

    Parameters
    ----------
    day : (geometry,) int64
        Ascending.
    label : (geometry,) int32
        Ascending within a day.
    part, ring, vertex : int64
        Offsets.
    xy : (vertex, 2) float64
    """

    day: Index
    label: NDArray[np.int32]
    part: Index
    ring: Index
    vertex: Index
    xy: Floats

    def shapes(self) -> NDArray[np.object_]:
        """(geometry,) array of shapely.MultiPolygon."""
        kind = shapely.GeometryType.MULTIPOLYGON
        shapes = shapely.from_ragged_array(kind, self.xy, (self.vertex, self.ring, self.part))
        return np.asarray(shapes, dtype=object)


def polygons(topology: Topology, steps: Steps, known: HalfEdges | None = None) -> Polygons:
    """The ground of every label on every day.

    Cells must be single polygons. What stays on a day is taken over from the day before; only rings that a change
    touches are walked.

    Parameters
    ----------
    topology : Topology
    steps : Steps
    known : HalfEdges, optional
        ``walks.ways`` of the topology, where it is at hand.
    """
    history = _History.of(topology, steps, known or half_edges(topology, len(steps.opening)))
    day, label, outer, inner, home = _nested(history, _alive(history))
    rings_of = 1 + np.bincount(home, minlength=len(outer))
    ring = np.r_[0, np.cumsum(rings_of)]
    sequence = np.empty(ring[-1], dtype=np.int64)
    sequence[ring[:-1]] = outer
    place = np.argsort(home, kind="stable")
    own = home[place]
    sequence[ring[own] + 1 + np.arange(len(own)) - np.searchsorted(own, own)] = inner[place]
    first = np.flatnonzero(np.r_[True, (day[1:] != day[:-1]) | (label[1:] != label[:-1])][: len(day)])
    size = np.diff(history.vertex)[sequence]
    return Polygons(
        day=day[first],
        label=label[first],
        part=np.r_[first, len(day)],
        ring=ring,
        vertex=np.r_[0, np.cumsum(size)],
        xy=history.xy[ranges(history.vertex[sequence], size)],
    )


def on_one_day(topology: Topology, label: Ints) -> Polygons:
    """The ground of every label, on a day by itself."""
    none = np.empty(0, dtype=np.int64)
    return polygons(topology, Steps(label, none, none, none, 1))


@dataclass(frozen=True)
class _History:
    """Every ring there ever was: its label, its days ``[since, until)``, its arcs."""

    topology: Topology
    label: NDArray[np.int32]
    since: Index
    until: Index
    arc: NDArray[np.int32]
    offset: Index

    @classmethod
    def of(cls, topology: Topology, steps: Steps, known: HalfEdges) -> _History:
        """Walk the rings of the first day, and then those that changes touch."""
        rings = Rings(known, steps.opening)
        count = len(rings.arcs)
        labels = [rings.label[known.left[[ring[0] for ring in rings.arcs]]]]
        born, gone = [0] * count, {}
        bound = np.searchsorted(steps.day, np.arange(steps.days + 1)).tolist()
        for day in np.unique(steps.day).tolist():
            today = slice(bound[day], bound[day + 1])
            ended, first = rings.change(steps.cell[today], steps.after[today])
            gone.update(dict.fromkeys(ended, day))
            fresh = rings.arcs[first:]
            labels.append(rings.label[known.left[[ring[0] for ring in fresh]]] if fresh else labels[0][:0])
            born += [day] * len(fresh)
        until = np.full(len(born), steps.days)
        until[list(gone)] = list(gone.values())
        size = np.array([len(ring) for ring in rings.arcs], dtype=np.int64)
        arcs = np.concatenate(rings.arcs) if len(size) else np.empty(0, dtype=np.int32)
        since = np.array(born, dtype=np.int64)
        return cls(topology, np.concatenate(labels), since, until, arcs, np.r_[0, np.cumsum(size)])

    @cached_property
    def vertex(self) -> Index:
        """(ring + 1,) int64: where the vertices of each ring begin."""
        steps = np.diff(self.topology.offset) - 1
        total = np.r_[0, np.cumsum(_both(steps, steps)[self.arc])]
        return np.asarray(total[self.offset] + np.arange(len(self.offset)))  # and one to close each

    @cached_property
    def xy(self) -> Floats:
        """(vertex, 2) float64: the rings as closed coordinates, one after the other."""
        offset = self.topology.offset
        steps = np.diff(offset) - 1
        size, back = _both(steps, steps)[self.arc], self.arc < 0
        begin = _both(offset[:-1], offset[1:] - 1)[self.arc]
        within = ranges(np.zeros_like(size), size)
        index = np.repeat(begin, size) + np.where(np.repeat(back, size), -within, within)
        inside = np.ones(self.vertex[-1], dtype=bool)
        inside[self.vertex[1:] - 1] = False
        whole = np.empty(len(inside), dtype=np.int64)
        whole[inside] = index
        whole[~inside] = whole[self.vertex[:-1]]
        return np.asarray(self.topology.xy[whole])

    @cached_property
    def area(self) -> Floats:
        """(ring,) float64: signed areas in square degrees, holes negative."""
        xy = self.topology.xy - self.topology.xy.mean(axis=0)
        cross = np.append(xy[:-1, 0] * xy[1:, 1] - xy[1:, 0] * xy[:-1, 1], 0.0)
        cross[self.topology.offset[1:] - 1] = 0.0  # from arc to arc is no step
        twice = np.add.reduceat(cross, self.topology.offset[:-1])
        return np.asarray(np.add.reduceat(_both(twice, -twice)[self.arc], self.offset[:-1]) / 2)

    def middle(self, rings: Index) -> Floats:
        """(ring, 2) float64: the middle of the first step of some rings, where no other ring can touch."""
        begin = self.vertex[rings]
        return np.asarray((self.xy[begin] + self.xy[begin + 1]) / 2)

    def around(self, rings: Index, points: Floats) -> NDArray[np.bool_]:
        """Whether each ring runs around its point: a ray to the east crosses it an odd number of times."""
        count = np.diff(self.vertex)[rings] - 1
        at = ranges(self.vertex[rings], count)
        x, y = np.repeat(points, count, axis=0).T
        (ax, ay), (bx, by) = self.xy[at].T, self.xy[at + 1].T
        spans = np.flatnonzero((ay > y) != (by > y))
        ax, ay, bx, by, x, y = (one[spans] for one in (ax, ay, bx, by, x, y))
        crossed = x < ax + (y - ay) / (by - ay) * (bx - ax)
        pair = np.repeat(np.arange(len(rings)), count)[spans]
        return np.asarray(np.bincount(pair[crossed], minlength=len(rings)) % 2 == 1)


def _both(forwards: NDArray[Number], backwards: NDArray[Number]) -> NDArray[Number]:
    """A value of every directed arc; ``~i`` is arc i walked backwards."""
    return np.concatenate([forwards, backwards[::-1]])


def _alive(history: _History) -> tuple[Index, Index]:
    """Day and ring of every ring on every day, in order of day, label and ring."""
    life = history.until - history.since
    ring = np.repeat(np.arange(len(life)), life)
    day = ranges(history.since, life)
    order = np.lexsort((ring, history.label[ring], day))
    return day[order], ring[order]


def _nested(history: _History, alive: tuple[Index, Index]) -> tuple[Index, NDArray[np.int32], Index, Index, Index]:
    """Outer rings with their days and labels, and holes with the position of the outer ring that each lies in."""
    day, ring = alive
    is_outer = history.area[ring] > 0
    outer, inner = ring[is_outer], ring[~is_outer]
    key = day * (int(history.label.max(initial=0)) + 1) + history.label[ring]
    shells, holes = key[is_outer], key[~is_outer]
    first = np.searchsorted(shells, holes)
    count = np.searchsorted(shells, holes, side="right") - first
    home = first.copy()
    several = np.flatnonzero(count > 1)
    if len(several):
        home[several] = _smallest_around(history, inner[several], outer, first[several], count[several])
    return day[is_outer], history.label[outer], outer, inner, home


def _smallest_around(history: _History, hole: Index, outer: Index, first: Index, count: Index) -> Index:
    """For each hole, of the outer rings from ``first`` on, the position of the smallest that runs around it.

    One of them does. So the largest, which is long to look along, is looked at last, that is, never.
    """
    position = ranges(first, count)
    which = np.repeat(np.arange(len(hole)), count)
    size = history.area[outer[position]]
    begin = np.cumsum(count) - count
    home = position[np.lexsort((-size, which))[begin]]
    others = position != home[which]
    position, which, size = position[others], which[others], size[others]
    # On most days the same hole lies in the same ring, so each pair is looked at once.
    pair, again = np.unique(hole[which] * len(history.since) + outer[position], return_inverse=True)
    small, large = np.divmod(pair, len(history.since))
    points = history.middle(small)
    near = np.flatnonzero(_in_box(history, large, points))
    inside = np.zeros(len(pair), dtype=bool)
    inside[near] = history.around(large[near], points[near])
    found = np.flatnonzero(inside[again])
    found = found[np.lexsort((-size[found], which[found]))]
    home[which[found]] = position[found]  # of several the smallest comes last, and stays
    return np.asarray(home)


def _in_box(history: _History, rings: Index, points: Floats) -> NDArray[np.bool_]:
    """Whether each point lies in the box around its ring."""
    ring, again = np.unique(rings, return_inverse=True)
    size = np.diff(history.vertex)[ring]
    xy = history.xy[ranges(history.vertex[ring], size)]
    begin = np.cumsum(size) - size
    low, high = np.minimum.reduceat(xy, begin), np.maximum.reduceat(xy, begin)
    return np.asarray(((low[again] <= points) & (points <= high[again])).all(axis=1))
