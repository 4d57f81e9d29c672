"""Polygons of all cells with one label, on every day, as ragged arrays in the layout of GeoArrow or as shapely.

A ring lasts from one change to another, so it is measured and written once, for however many days. Outer rings run
anticlockwise, holes clockwise. A hole belongs to the smallest outer ring around it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray

from territory._util.brief import Brief
from territory._util.ragged import Index, ranges
from territory.space.rings import HalfEdges, Ints, Rings, half_edges
from territory.space.topology import Topology

Floats = NDArray[np.float64]
Number = TypeVar("Number", np.int64, np.float64)


@dataclass(frozen=True)
class Steps:
    """Labels of cells from day to day, as the labels of the first day and changes.

    Parameters
    ----------
    opening : (cell,) int
        Labels on day 0; any numbers but -1.
    day : (change,) int
        Ascending, from 1 to ``days - 1``.
    cell, after : (change,) int
        Cell and its new label; each cell at most once a day.
    days : int
        Number of days.
    """

    opening: Ints
    day: Ints
    cell: Ints
    after: Ints
    days: int


@dataclass(frozen=True, repr=False)
class Polygons(Brief):
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
    """Multipolygon of every label on every day.

    Cells must be single polygons. Rings that no change touches are taken over from the day before.

    Parameters
    ----------
    topology : Topology
    steps : Steps
    known : HalfEdges, optional
        ``half_edges`` of the topology, where they were computed already.
    """
    history = _History.of(topology, steps, known or half_edges(topology, len(steps.opening)))
    day, label, outer, inner, home = _nested(history, _rings_by_day(history))
    rings_of = 1 + np.bincount(home, minlength=len(outer))
    ring = np.r_[0, np.cumsum(rings_of)]
    sequence = np.empty(ring[-1], dtype=np.int64)
    sequence[ring[:-1]] = outer
    by_home = np.argsort(home, kind="stable")
    polygon = home[by_home]
    sequence[ring[polygon] + 1 + np.arange(len(polygon)) - np.searchsorted(polygon, polygon)] = inner[by_home]
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
    """Multipolygon of every label on a single day.

    Parameters
    ----------
    topology : Topology
    label : (cell,) int
        Any numbers but -1.
    """
    none = np.empty(0, dtype=np.int64)
    return polygons(topology, Steps(label, none, none, none, 1))


@dataclass(frozen=True)
class _History:
    """All rings of a series of days: label, days ``[since, until)`` and arcs of each.

    Parameters
    ----------
    topology : Topology
    label : (ring,) int32
    since, until : (ring,) int64
        Day on which it begins, and day on which it is no more.
    arc : (n,) int32
        Directed arcs of the rings, one ring after the other.
    offset : (ring + 1,) int64
        Where in ``arc`` each ring begins.
    """

    topology: Topology
    label: NDArray[np.int32]
    since: Index
    until: Index
    arc: NDArray[np.int32]
    offset: Index

    @classmethod
    def of(cls, topology: Topology, steps: Steps, known: HalfEdges) -> _History:
        """Trace the rings of the first day, then those that changes touch."""
        rings = Rings(known, steps.opening)
        count = len(rings.arcs)
        labels = [rings.label[known.left[[ring[0] for ring in rings.arcs]]]]
        since, until = [0] * count, {}
        bound = np.searchsorted(steps.day, np.arange(steps.days + 1)).tolist()
        for day in np.unique(steps.day).tolist():
            today = slice(bound[day], bound[day + 1])
            ended, first = rings.change(steps.cell[today], steps.after[today])
            until.update(dict.fromkeys(ended, day))
            new = rings.arcs[first:]
            labels.append(rings.label[known.left[[ring[0] for ring in new]]] if new else labels[0][:0])
            since += [day] * len(new)
        end = np.full(len(since), steps.days)
        end[list(until)] = list(until.values())
        size = np.array([len(ring) for ring in rings.arcs], dtype=np.int64)
        arcs = np.concatenate(rings.arcs) if len(size) else np.empty(0, dtype=np.int32)
        start = np.array(since, dtype=np.int64)
        return cls(topology, np.concatenate(labels), start, end, arcs, np.r_[0, np.cumsum(size)])

    @cached_property
    def vertex(self) -> Index:
        """(ring + 1,) int64: offset of the vertices of each ring in ``xy``."""
        steps = np.diff(self.topology.offset) - 1
        total = np.r_[0, np.cumsum(_both(steps, steps)[self.arc])]
        return np.asarray(total[self.offset] + np.arange(len(self.offset)))  # one more vertex closes each ring

    @cached_property
    def xy(self) -> Floats:
        """(vertex, 2) float64: coordinates of the closed rings, one after the other, degrees."""
        offset = self.topology.offset
        steps = np.diff(offset) - 1
        size, back = _both(steps, steps)[self.arc], self.arc < 0
        begin = _both(offset[:-1], offset[1:] - 1)[self.arc]
        within = ranges(np.zeros_like(size), size)
        index = np.repeat(begin, size) + np.where(np.repeat(back, size), -within, within)
        inside = np.ones(self.vertex[-1], dtype=bool)
        inside[self.vertex[1:] - 1] = False
        closed = np.empty(len(inside), dtype=np.int64)
        closed[inside] = index
        closed[~inside] = closed[self.vertex[:-1]]
        return np.asarray(self.topology.xy[closed])

    @cached_property
    def area(self) -> Floats:
        """(ring,) float64: signed areas in square degrees, holes negative."""
        xy = self.topology.xy - self.topology.xy.mean(axis=0)
        cross = np.append(xy[:-1, 0] * xy[1:, 1] - xy[1:, 0] * xy[:-1, 1], 0.0)
        cross[self.topology.offset[1:] - 1] = 0.0  # the end of one arc and the start of the next make no step
        twice = np.add.reduceat(cross, self.topology.offset[:-1])
        return np.asarray(np.add.reduceat(_both(twice, -twice)[self.arc], self.offset[:-1]) / 2)

    def middle(self, rings: Index) -> Floats:
        """(n, 2) float64: midpoint of the first segment of each ring, where no other ring can touch it."""
        begin = self.vertex[rings]
        return np.asarray((self.xy[begin] + self.xy[begin + 1]) / 2)

    def around(self, rings: Index, points: Floats) -> NDArray[np.bool_]:
        """(n,) bool: whether each ring contains its point, by the parity of crossings of a ray to the east."""
        count = np.diff(self.vertex)[rings] - 1
        at = ranges(self.vertex[rings], count)
        x, y = np.repeat(points, count, axis=0).T
        (ax, ay), (bx, by) = self.xy[at].T, self.xy[at + 1].T
        spans = np.flatnonzero((ay > y) != (by > y))
        ax, ay, bx, by, x, y = (values[spans] for values in (ax, ay, bx, by, x, y))
        crossed = x < ax + (y - ay) / (by - ay) * (bx - ax)
        pair = np.repeat(np.arange(len(rings)), count)[spans]
        return np.asarray(np.bincount(pair[crossed], minlength=len(rings)) % 2 == 1)


def _both(forwards: NDArray[Number], backwards: NDArray[Number]) -> NDArray[Number]:
    """Values of directed arcs, such that ``values[~i]`` is that of arc i reversed."""
    return np.concatenate([forwards, backwards[::-1]])


def _rings_by_day(history: _History) -> tuple[Index, Index]:
    """Day and ring of every ring on every day, in order of day, label and ring."""
    days = history.until - history.since
    ring = np.repeat(np.arange(len(days)), days)
    day = ranges(history.since, days)
    order = np.lexsort((ring, history.label[ring], day))
    return day[order], ring[order]


def _nested(history: _History, by_day: tuple[Index, Index]) -> tuple[Index, NDArray[np.int32], Index, Index, Index]:
    """Day and label of the outer rings, the outer rings, the holes, and the position of each hole's outer ring."""
    day, ring = by_day
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
    """For each hole, of ``count`` outer rings from ``first`` on, the position of the smallest that contains it.

    One of them does. So the largest, which is slow to test, is taken where no other one contains the hole.
    """
    position = ranges(first, count)
    which = np.repeat(np.arange(len(hole)), count)
    size = history.area[outer[position]]
    begin = np.cumsum(count) - count
    home = position[np.lexsort((-size, which))[begin]]
    others = position != home[which]
    position, which, size = position[others], which[others], size[others]
    # The same pairs of hole and ring come on many days, so each pair is tested once.
    pair, again = np.unique(hole[which] * len(history.since) + outer[position], return_inverse=True)
    small, large = np.divmod(pair, len(history.since))
    points = history.middle(small)
    near = np.flatnonzero(_in_box(history, large, points))
    inside = np.zeros(len(pair), dtype=bool)
    inside[near] = history.around(large[near], points[near])
    found = np.flatnonzero(inside[again])
    found = found[np.lexsort((-size[found], which[found]))]
    home[which[found]] = position[found]  # of several rings the smallest is written last
    return np.asarray(home)


def _in_box(history: _History, rings: Index, points: Floats) -> NDArray[np.bool_]:
    """(n,) bool: whether each point lies in the bounding box of its ring."""
    ring, again = np.unique(rings, return_inverse=True)
    size = np.diff(history.vertex)[ring]
    xy = history.xy[ranges(history.vertex[ring], size)]
    begin = np.cumsum(size) - size
    low, high = np.minimum.reduceat(xy, begin), np.maximum.reduceat(xy, begin)
    return np.asarray(((low[again] <= points) & (points <= high[again])).all(axis=1))
