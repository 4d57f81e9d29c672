"""Fronts and territories, compared with boolean geometry."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import controlled, coverages, topology_of

from territory.measures import frames
from territory.space import fronts, rings

box = shapely.box
FIRST = 2


def lines(topology, arcs):
    return shapely.union_all([shapely.LineString(topology.line(int(arc))) for arc in arcs])


def ground(cells, inside):
    """The land of some cells as traced along the arcs."""
    timeline = SimpleNamespace(partition=SimpleNamespace(topology=topology_of(cells)))
    return frames.polygons(timeline, np.asarray(inside))


def shared_line(one, other):
    """The one-dimensional part of what two areas share."""
    parts = shapely.get_parts(shapely.intersection(one.boundary, other.boundary))
    return shapely.union_all(parts[shapely.get_dimensions(parts) == 1])


@given(controlled())
@settings(max_examples=60)
def test_a_front_is_the_border_that_hostile_sides_share(world):
    cells, side = world
    topology = topology_of(cells)
    found = lines(topology, fronts.front(topology, side))
    held = {code: shapely.coverage_union_all(cells[side == code]) for code in np.unique(side) if code >= FIRST}
    pairs = [(a, b) for a in held for b in held if a < b]
    wanted = shapely.union_all([shared_line(held[a], held[b]) for a, b in pairs])
    assert found.length == pytest.approx(wanted.length)
    assert found.equals(wanted) or found.symmetric_difference(wanted).length < 1e-9


@given(controlled())
@settings(max_examples=60)
def test_there_is_no_front_just_when_all_neighbours_agree(world):
    cells, side = world
    topology = topology_of(cells)
    neighbours = zip(topology.left.tolist(), topology.right.tolist(), strict=True)
    hostile = [
        (a, b) for a, b in neighbours if min(a, b) >= 0 and side[a] != side[b] and min(side[a], side[b]) >= FIRST
    ]
    assert (len(fronts.front(topology, side)) == 0) == (hostile == [])


@given(coverages, st.integers(0, 4))
@settings(max_examples=30)
def test_one_controller_has_no_front(cells, code):
    topology = topology_of(cells)
    assert len(fronts.front(topology, np.full(len(cells), code, dtype=np.int8))) == 0


@given(controlled(), st.permutations([2, 3, 4]))
@settings(max_examples=30)
def test_a_front_does_not_care_which_side_is_which(world, names):
    cells, side = world
    topology = topology_of(cells)
    renamed = np.array([0, 1, *names], dtype=np.int8)[side]
    assert np.array_equal(fronts.front(topology, side), fronts.front(topology, renamed))


@given(controlled())
@settings(max_examples=80)
def test_traced_ground_is_the_union_of_its_cells_and_valid(world):
    cells, side = world
    for code in np.unique(side):
        walked, wanted = ground(cells, side == code), shapely.coverage_union_all(cells[side == code])
        assert walked.is_valid, shapely.is_valid_reason(walked)
        assert walked.area == pytest.approx(wanted.area, rel=1e-12)
        assert walked.symmetric_difference(wanted).area < 1e-12 * wanted.area
        assert len(walked.geoms) == shapely.get_num_geometries(wanted)


@given(controlled())
@settings(max_examples=30)
def test_the_boundary_of_a_territory_is_the_arcs_with_one_side_in_it(world):
    cells, side = world
    topology = topology_of(cells)
    inside = side == side[0]
    arcs = fronts.boundary(topology, inside)
    assert lines(topology, arcs).equals(shapely.coverage_union_all(cells[inside]).boundary)
    turned = np.where(arcs >= 0, topology.left[np.maximum(arcs, ~arcs)], topology.right[np.maximum(arcs, ~arcs)])
    assert inside[turned].all()


@given(controlled())
@settings(max_examples=30)
def test_every_arc_of_a_boundary_is_used_once(world):
    cells, side = world
    topology = topology_of(cells)
    inside = side == side[0]
    arcs = fronts.boundary(topology, inside).tolist()
    known = rings.half_edges(topology, len(cells))
    walked = [arc for ring in rings.Rings(known, inside).arcs if inside[known.left[ring[0]]] for arc in ring.tolist()]
    assert sorted(walked) == sorted(arcs)


def test_a_front_runs_between_two_squares():
    topology = topology_of(np.array([box(0, 0, 1, 1), box(1, 0, 2, 1)], dtype=object))
    arcs = fronts.front(topology, np.array([2, 3], dtype=np.int8))
    assert [topology.line(int(arc)).tolist() for arc in arcs] == [[[1, 0], [1, 1]]]


@pytest.mark.parametrize("side", [[0, 2], [1, 2], [0, 1], [2, 2]])
def test_unknown_ground_and_ground_of_nobody_have_no_front(side):
    topology = topology_of(np.array([box(0, 0, 1, 1), box(1, 0, 2, 1)], dtype=object))
    assert len(fronts.front(topology, np.array(side, dtype=np.int8))) == 0


def test_touching_at_a_point_is_no_front():
    cells = np.array([box(0, 0, 1, 1), box(1, 1, 2, 2)], dtype=object)
    assert len(fronts.front(topology_of(cells), np.array([2, 3], dtype=np.int8))) == 0


def test_ground_that_touches_at_a_point_is_two_polygons():
    cells = np.array([box(0, 0, 1, 1), box(1, 0, 2, 1), box(0, 1, 1, 2), box(1, 1, 2, 2)], dtype=object)
    walked = ground(cells, [True, False, False, True])
    assert walked.normalize() == shapely.MultiPolygon([cells[0], cells[3]]).normalize()


def test_an_enclave_is_a_hole_and_an_island_in_it_is_ground_again():
    nested = [box(n, n, 10 - n, 10 - n) for n in range(4)]
    cells = np.array([*(a - b for a, b in pairwise(nested)), nested[-1]], dtype=object)
    walked = ground(cells, [True, False, True, False])
    assert walked.normalize() == shapely.MultiPolygon([cells[0], cells[2]]).normalize()


def test_a_hole_that_touches_the_shell_at_a_point_stays_a_hole():
    squares = {(x, y): box(x, y, x + 1, y + 1) for x in range(3) for y in range(3)}
    outside = {(1, 1), (2, 2)}  # the hole in the middle touches the bite out of the corner
    walked = ground(np.array(list(squares.values()), dtype=object), [at not in outside for at in squares])
    wanted = shapely.union_all([square for at, square in squares.items() if at not in outside])
    assert walked.is_valid
    assert walked.normalize().equals(shapely.normalize(wanted))
    assert [len(part.interiors) for part in walked.geoms] == [len(part.interiors) for part in shapely.get_parts(wanted)]


def test_no_ground_is_an_empty_shape():
    assert ground(np.array([box(0, 0, 1, 1)], dtype=object), [False]).is_empty
