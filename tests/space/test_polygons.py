"""Rings updated from change to change are the rings of each day, as GEOS's coverage union has them."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from benchmarks.worlds import world
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from strategies import coverages, topology_of

from territory.space import polygons, rings
from territory.space.partition import Partition
from territory.timeline import series


@st.composite
def histories(draw):
    """A coverage, and the labels of its cells on each of some days."""
    cells = draw(coverages)
    days = draw(st.integers(1, 5))
    return cells, draw(arrays.arrays(np.int64, (days, len(cells)), elements=st.integers(0, 2)))


def steps_of(table):
    """Days of labels as an opening and net changes."""
    day, cell = np.nonzero(table[1:] != table[:-1])
    return polygons.Steps(table[0], day + 1, cell, table[1:][day, cell], len(table))


def union(cells):
    found = shapely.coverage_union_all(cells)
    return shapely.multipolygons(shapely.get_parts(found)).normalize()


def judge(cells, table, found, days=None):
    shapes = found.shapes()
    for day in range(len(table)) if days is None else days:
        today = np.flatnonzero(found.day == day)
        assert found.label[today].tolist() == np.unique(table[day]).tolist()
        for shape, label in zip(shapes[today], found.label[today], strict=True):
            assert shape.is_valid
            assert shape.normalize().equals_exact(union(cells[table[day] == label]), tolerance=0)


@given(histories())
@settings(max_examples=150)
def test_polygons_along_a_history_are_the_coverage_unions_of_each_day(history):
    cells, table = history
    judge(cells, table, polygons.polygons(topology_of(cells), steps_of(table)))


@given(arrays.arrays(np.int64, (3, 64), elements=st.integers(0, 1), fill=st.nothing()))
@settings(max_examples=80)
def test_a_chessboard_may_be_coloured_in_any_way(table):
    """Where four cells meet, ground touches itself at points, holes touch holes, and islands touch shores."""
    cells = np.array([shapely.box(x, y, x + 1, y + 1) for y in range(8) for x in range(8)], dtype=object)
    judge(cells, table, polygons.polygons(topology_of(cells), steps_of(table)))


@pytest.mark.parametrize("after", [[34, 43], [33, 34, 43], [34, 36, 43]])
def test_holes_that_touch_at_points_stay_right_when_one_of_them_changes(after):
    """Squares 34, 41 and 43 meet at corners: one walk around the ground outside is split into their three holes."""
    table = np.zeros((3, 64), dtype=np.int64)
    table[1, [34, 41, 43]] = 1
    table[2, after] = 1
    cells = np.array([shapely.box(x, y, x + 1, y + 1) for y in range(8) for x in range(8)], dtype=object)
    judge(cells, table, polygons.polygons(topology_of(cells), steps_of(table)))


def test_each_arc_bounds_one_kind_of_ground_in_one_ring():
    timeline = world("W1")
    known = rings.half_edges(timeline.partition.topology, len(timeline.partition))
    step = series.holders(timeline)
    walked = rings.Rings(known, step.opening)
    for day in np.unique(step.day):
        today = step.day == day
        ended, first = walked.change(step.cell[today], step.after[today])
        assert ended
        border = walked.label[known.left] != walked.label[known.left[::-1]]  # backwards, ~i stands where i stood
        assert np.array_equal(walked.ring_of >= 0, border & (known.left >= 0))
        for ring in range(first, len(walked.arcs)):
            arcs = walked.arcs[ring]
            assert (walked.ring_of[arcs] == ring).all()
            assert np.array_equal(known.start[~arcs], known.start[np.roll(arcs, -1)])
            assert len(set(walked.label[known.left[arcs]].tolist())) == 1


def test_rings_far_from_a_change_stay_as_they_are():
    cells = np.array([shapely.box(x, 0, x + 1, 1) for x in range(9)], dtype=object)
    topology = topology_of(cells)
    walked = rings.Rings(rings.half_edges(topology, 9), np.array([1, 0, 0, 0, 0, 0, 0, 0, 1]))
    before = len(walked.arcs)
    ended, first = walked.change(np.array([7]), np.array([1]))
    assert (before, first, len(walked.arcs)) == (3, 3, 5)
    assert len(ended) == 2  # the middle and the east; the west is not walked again


def test_a_step_that_changes_nothing_leaves_all_rings_the_same_ground():
    cells = np.array([shapely.box(x, y, x + 1, y + 1) for y in range(3) for x in range(3)], dtype=object)
    table = np.array([[0, 0, 0, 0, 1, 0, 0, 0, 0]] * 2)
    step = polygons.Steps(table[0], np.array([1]), np.array([4]), np.array([1]), 2)
    judge(cells, table, polygons.polygons(topology_of(cells), step))


@pytest.mark.parametrize("name", ["W1", "idlib"])
def test_the_ground_of_a_timeline_is_the_same_as_by_coverage_union(name, idlib):
    timeline = world("W1") if name == "W1" else idlib
    part: Partition = timeline.partition
    step = series.holders(timeline, with_status=True)
    found = polygons.polygons(
        part.topology, polygons.Steps(step.opening, step.day, step.cell, step.after, len(timeline.days))
    )
    states = [timeline.state(day) for day in timeline.days]
    table = np.array([timeline.side_of[one.controller].astype(int) * 6 + one.status for one in states])
    judge(part.cells, table, found, range(0, len(table), 9))


def test_islands_in_holes_in_islands_find_their_own_shores():
    """Boxes in boxes: each hole belongs to the smallest ring around it, not to the largest."""
    rings = [shapely.box(-n, -n, n, n) for n in range(1, 8)]
    cells = np.array([rings[0], *(one - other for one, other in zip(rings[1:], rings, strict=False))], dtype=object)
    table = np.array([[0, 1, 0, 1, 0, 1, 0], [0, 0, 0, 1, 0, 1, 0], [1, 0, 1, 1, 1, 0, 1]])
    judge(cells, table, polygons.polygons(topology_of(cells), steps_of(table)))


def test_offsets_nest_as_geoarrow_wants_them():
    cells = np.array([shapely.box(0, 0, 3, 3) - shapely.box(1, 1, 2, 2), shapely.box(5, 0, 6, 1)], dtype=object)
    found = polygons.on_one_day(topology_of(cells), np.array([4, 3]))
    assert (found.day.tolist(), found.label.tolist()) == ([0, 0], [3, 4])
    assert (found.part.tolist(), found.ring.tolist()) == ([0, 1, 2], [0, 1, 3])
    assert found.vertex.tolist() == [0, 5, 10, 15]
    assert (found.xy[found.vertex[:-1]] == found.xy[found.vertex[1:] - 1]).all()
    shell, hole = found.xy[5:10], found.xy[10:15]
    assert (shapely.is_ccw(shapely.LinearRing(shell)), shapely.is_ccw(shapely.LinearRing(hole))) == (True, False)
