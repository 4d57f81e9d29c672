"""Arcs, nodes and the cells beside them: Euler's formula first, then the smallest coverages written out."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
import topojson
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import coverages, rings_of, topology_of

from territory.errors import TopologyError
from territory.space.topology import build

box = shapely.box


def of(*cells):
    return topology_of(np.array(cells, dtype=object))


def described(topology):
    """Each arc as its vertices with the cells beside it: what must not depend on numbering."""
    lines = [topology.line(arc) for arc in range(len(topology))]
    sides = zip(topology.left.tolist(), topology.right.tolist(), strict=True)
    return [(line.tolist(), *beside) for line, beside in zip(lines, sides, strict=True)]


@given(coverages)
@settings(max_examples=60)
def test_nodes_less_arcs_plus_faces_are_one_more_than_connected_pieces(cells):
    topology = topology_of(cells)
    nodes = np.unique(np.concatenate([topology.start, topology.end]))
    parent = {int(node): int(node) for node in nodes}

    def find(node):
        while parent[node] != node:
            node = parent[node]
        return node

    for start, end in zip(topology.start.tolist(), topology.end.tolist(), strict=True):
        parent[find(start)] = find(end)
    pieces = len({find(int(node)) for node in nodes})
    # Faces are the cells, and each part of what is around them: lakes, holes that no cell fills, the outside.
    around = shapely.box(-9, -9, 19, 19) - shapely.union_all(cells)
    faces = len(cells) + shapely.get_num_geometries(around)
    assert len(nodes) - len(topology) + faces == 1 + pieces


@given(coverages)
@settings(max_examples=60)
def test_geometry_agrees_with_left_and_right_of_every_arc(cells):
    topology = topology_of(cells)
    for arc in range(len(topology)):
        line = topology.line(arc)
        a, b = line[0], line[1]
        step = 1e-4 * np.array([a[1] - b[1], b[0] - a[0]])  # to the left of the walk, scaled with the edge
        for side, point in ((topology.left[arc], (a + b) / 2 + step), (topology.right[arc], (a + b) / 2 - step)):
            there = np.flatnonzero(shapely.contains_xy(cells, *point))
            assert there.tolist() == ([side] if side >= 0 else [])


@given(coverages)
@settings(max_examples=40)
def test_the_arcs_around_a_cell_are_its_boundary(cells):
    topology = topology_of(cells)
    for cell in range(len(cells)):
        own = np.flatnonzero((topology.left == cell) | (topology.right == cell))
        around = shapely.union_all([shapely.LineString(topology.line(arc)) for arc in own])
        assert around.equals(cells[cell].boundary)
        assert around.length == pytest.approx(cells[cell].boundary.length)


@given(coverages, st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_arcs_do_not_depend_on_the_order_of_cells_or_of_rings(cells, random):
    order = list(range(len(cells)))
    random.shuffle(order)
    shuffled = topology_of(cells[order])
    names = {-1: -1, **dict(enumerate(order))}
    plain = described(topology_of(cells))
    assert [(line, names[left], names[right]) for line, left, right in described(shuffled)] == plain

    rings, owner = rings_of(cells)
    order = list(range(len(rings)))
    random.shuffle(order)
    assert described(build([rings[i] for i in order], owner[order])) == plain


@given(coverages, st.integers(1, 40))
@settings(max_examples=40)
def test_where_a_ring_is_written_to_begin_does_not_matter(cells, shift):
    rings, owner = rings_of(cells)
    turned = [
        np.concatenate([ring[shift % (len(ring) - 1) : -1], ring[: shift % (len(ring) - 1) + 1]]) for ring in rings
    ]
    assert described(build(turned, owner)) == described(topology_of(cells))


@given(coverages)
@settings(max_examples=20)
def test_the_topojson_package_finds_the_same_shared_borders(cells):
    ours = topology_of(cells)
    theirs = topojson.Topology(list(cells), prequantize=False, shared_coords=False).to_dict()
    used = np.zeros(len(theirs["arcs"]), dtype=int)

    def count(arcs):
        for arc in arcs:
            if isinstance(arc, list):
                count(arc)
            else:
                used[arc if arc >= 0 else ~arc] += 1

    for shape in theirs["objects"]["data"]["geometries"]:
        count(shape["arcs"])
    shared = (ours.left >= 0) & (ours.right >= 0)
    length = np.array([shapely.LineString(ours.line(arc)).length for arc in range(len(ours))])
    their_length = np.array([shapely.LineString(arc).length for arc in theirs["arcs"]])
    assert length[shared].sum() == pytest.approx(their_length[used == 2].sum())
    assert length.sum() == pytest.approx(their_length.sum())


def test_two_squares_share_one_arc():
    topology = of(box(0, 0, 1, 1), box(1, 0, 2, 1))
    assert len(topology) == 3
    assert described(topology) == [
        ([[1, 0], [0, 0], [0, 1], [1, 1]], -1, 0),
        ([[1, 0], [1, 1]], 0, 1),
        ([[1, 0], [2, 0], [2, 1], [1, 1]], 1, -1),
    ]


def test_an_island_is_one_arc_without_a_node():
    topology = of(box(0, 0, 1, 1), box(5, 5, 6, 6))
    assert len(topology) == 2
    assert topology.start.tolist() == topology.end.tolist()
    assert {frozenset(pair) for pair in zip(topology.left.tolist(), topology.right.tolist(), strict=True)} == {
        frozenset({-1, 0}),
        frozenset({-1, 1}),
    }


def test_a_cell_in_a_cell_has_one_arc_around_it():
    inner = box(1, 1, 2, 2)
    topology = of(box(0, 0, 3, 3) - inner, inner)
    assert len(topology) == 2
    shared = int(np.flatnonzero((topology.left >= 0) & (topology.right >= 0))[0])
    assert topology.start[shared] == topology.end[shared]
    assert shapely.LineString(topology.line(shared)).length == 4
    assert {topology.left[shared], topology.right[shared]} == {0, 1}


def test_an_arc_of_a_ring_without_a_node_starts_at_its_lowest_vertex():
    assert of(box(0, 0, 1, 1)).line(0)[0].tolist() == [0, 0]


def test_cells_that_touch_at_a_point_share_a_node_and_no_arc():
    topology = of(box(0, 0, 1, 1), box(1, 1, 2, 2))
    assert len(topology) == 2
    assert topology.start.tolist() == topology.end.tolist()
    assert len(set(topology.start.tolist())) == 1
    assert not ((topology.left >= 0) & (topology.right >= 0)).any()


def test_a_reversed_arc_is_the_same_line_backwards():
    topology = of(box(0, 0, 1, 1), box(1, 0, 2, 1))
    assert topology.line(~1).tolist() == topology.line(1)[::-1].tolist()


def test_minus_zero_is_zero():
    left, right = np.array([(-1, 0), (0, 0), (0, 1), (-1, 0)], float), np.array([(0, 0), (1, 0), (0, 1), (0, 0)], float)
    right[0, 0] = -0.0
    assert ((build([left, right], [0, 1]).left >= 0) & (build([left, right], [0, 1]).right >= 0)).sum() == 1


def test_two_cells_on_one_side_of_an_edge_are_refused_by_number():
    with pytest.raises(TopologyError, match=r"Cells 0, 2 overlap: 4 edges have two cells on one side"):
        of(box(0, 0, 1, 1), box(5, 0, 6, 1), box(0, 0, 1, 1))


def test_a_cell_that_touches_itself_along_an_edge_is_refused():
    ring = np.array([(0, 0), (2, 0), (2, 1), (0, 1), (0, 0)], float)
    other = np.array([(0, 1), (2, 1), (2, 2), (0, 2), (0, 1)], float)
    with pytest.raises(TopologyError, match=r"Cells 7 touch themselves along an edge; dissolve them first"):
        build([ring, other], [7, 7])


def test_nothing_at_all_is_refused():
    with pytest.raises(TopologyError, match="no ring"):
        build([], [])
