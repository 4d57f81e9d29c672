"""Laws of cutting: what may not change when the same ground is cut finer, elsewhere, larger or with one more place."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shapely import LineString, box
from strategies import mosaics

from territory.records.gazetteer import Gazetteer, Place
from territory.space import fronts
from territory.space import makers as maker
from territory.timeline.fold import fold

LAND = shapely.segmentize(box(36, 35, 37, 36), 0.02)
SPOTS = st.lists(st.tuples(st.integers(1, 19), st.integers(1, 19)), min_size=2, max_size=8, unique=True)


def places(spots):
    return Gazetteer.of([Place(f"p{x}-{y}", f"p{x}-{y}", 36 + x / 20, 35 + y / 20) for x, y in spots])


def whole(spots, **how):
    return maker.from_places(places(spots), LAND, crs="EPSG:32637", **how)


def front_km(part, side):
    return part.arc_km[fronts.front(part.topology, np.asarray(side, dtype=np.int8))].sum()


@st.composite
def cuts(draw):
    """Lines across the land, to cut cells by."""
    ends = st.tuples(st.floats(35.9, 37.1), st.floats(34.9, 36.1))
    pairs = draw(st.lists(st.tuples(ends, ends), min_size=1, max_size=4))
    return [LineString(pair) for pair in pairs if pair[0] != pair[1]] or [LineString([(36, 34.9), (37, 36.2)])]


@given(SPOTS, cuts(), st.integers(0, 2**32 - 1))
@settings(max_examples=30)
def test_splitting_cells_leaves_areas_and_fronts_as_they_were(spots, lines, seed):
    coarse = whole(spots)
    fine, parent = maker.refine(coarse, lines)
    side = np.random.default_rng(seed).integers(0, 4, len(coarse)).astype(np.int8)
    assert shapely.coverage_is_valid(fine.cells)
    assert fine.total_km2 == pytest.approx(coarse.total_km2, rel=1e-4)
    pieces = np.bincount(parent, weights=shapely.area(fine.cells))
    assert pieces == pytest.approx(shapely.area(coarse.cells), rel=1e-9)
    assert front_km(fine, side[parent]) == pytest.approx(front_km(coarse, side), rel=1e-5)
    assert (fine.place == coarse.place[parent]).all()


def test_refining_by_nothing_new_changes_nothing():
    coarse = whole([(4, 5), (14, 9), (8, 17)])
    fine, parent = maker.refine(coarse, coarse)
    assert parent.tolist() == [0, 1, 2]
    assert fine.area_km2 == pytest.approx(coarse.area_km2, rel=1e-12)
    assert fine.home.tolist() == coarse.home.tolist()


@pytest.mark.parametrize("day", ["2015-03-01", "2015-04-25", "2015-07-28", "2015-11-30"])
def test_refine_then_apply_is_apply_then_refine(idlib, day, refined):
    _, parent, timeline = refined
    state, coarse = timeline.state(day), idlib.state(day)
    for column in ("controller", "status", "rival", "event", "held_event"):
        assert (getattr(state, column) == getattr(coarse, column)[parent]).all()


@pytest.fixture(scope="module")
def refined(idlib):
    grid = [LineString([(lon, 34), (lon, 38)]) for lon in np.arange(35.7, 37.5, 0.21)]
    fine, parent = maker.refine(idlib.partition, grid)
    assert len(fine) > len(idlib.partition) * 1.2
    return fine, parent, fold(idlib.campaign, fine)


@given(SPOTS, st.sampled_from([2.0, 3.0]))
@example([(6, 5), (9, 15), (10, 9), (10, 12), (13, 5), (18, 15), (17, 12), (11, 6)], 3.0)  # four meet in a point
@example([(1, 8), (15, 10), (6, 9), (8, 5), (17, 15), (2, 15), (13, 9)], 2.0)  # GEOS draws an edge too many
@settings(max_examples=20)
def test_twice_as_large_is_four_times_the_area(spots, scale):
    """At the equator, where degrees are square: lengths grow with the scale, areas with its square.

    Lines are noded on a grid of 10 cm that does not grow, so a border may lie that far beside, all along a cell's rim.
    """
    small = np.array(spots) * 0.001

    def cut(factor):
        land = shapely.segmentize(box(0, 0, 0.02 * factor, 0.02 * factor), 0.001 * factor)
        gazetteer = Gazetteer.of([Place(f"p{row}", "", *at) for row, at in enumerate((small * factor).tolist())])
        return maker.from_places(gazetteer, land, crs="EPSG:3857")

    one, many = cut(1.0), cut(scale)
    assert one.place.tolist() == many.place.tolist() == list(range(len(spots)))
    before, after = borders(one), borders(many)
    rim = np.array([sum(km for pair, km in before.items() if cell in pair) for cell in range(len(one))])
    assert (abs(many.area_km2 / scale**2 - one.area_km2) < 1e-4 * rim).all()
    for pair in before.keys() | after.keys():
        assert after.get(pair, 0.0) == pytest.approx(before.get(pair, 0.0) * scale, rel=1e-3, abs=1e-4)


def borders(part):
    """Length of the border of every two cells; where four meet in a point, rounding may give two of them some mm."""
    pairs = np.sort(np.stack([part.topology.left, part.topology.right], axis=1), axis=1)
    lengths = {}
    for pair, km in zip(map(tuple, pairs.tolist()), part.arc_km.tolist(), strict=True):
        lengths[pair] = lengths.get(pair, 0.0) + km
    return lengths


@given(SPOTS)
@settings(max_examples=20)
def test_the_projection_hardly_matters_to_areas(spots):
    utm = whole(spots)
    laea = maker.from_places(places(spots), LAND, crs="+proj=laea +lat_0=35.5 +lon_0=36.5 +units=m")
    by_place = [np.bincount(part.place, weights=part.area_km2) for part in (utm, laea)]
    assert by_place[0] == pytest.approx(by_place[1], rel=2e-3)


@given(SPOTS, st.integers(0, 2**32 - 1))
@settings(max_examples=30)
def test_a_new_place_changes_no_ground_but_what_it_is_nearest_to(spots, seed):
    """That it changes no label where it says what its spot said already does not hold: its cell may cross a front."""
    rng = np.random.default_rng(seed)
    at = rng.uniform([36.02, 35.02], [36.98, 35.98])
    if np.hypot(*(places(spots).lonlat - at).T).min() < 1e-3:
        return
    part = whole(spots)
    more = Gazetteer.of([*places(spots), Place("new", "new", *at.tolist())])
    richer = maker.from_places(more, LAND, crs="EPSG:32637")
    where = rng.uniform([36, 35], [37, 36], (400, 2))
    before, after = part.locate_all(where), richer.locate_all(where)
    both = (before >= 0) & (after >= 0)
    old, new = part.place[before[both]], richer.place[after[both]]
    changed = np.flatnonzero((old != new) & (new != len(spots)))
    edges = shapely.union_all(shapely.boundary(np.concatenate([part.cells, richer.cells])))
    # Long edges are straight in the projection once and in degrees twice, each time between other vertices.
    assert (shapely.distance(shapely.points(where[both][changed]), edges) < 2e-3).all()


@given(SPOTS)
@settings(max_examples=20)
def test_without_a_limit_the_quick_way_and_the_thorough_way_agree(spots):
    quick = whole(spots)
    thorough = whole(spots, max_radius_km=1000)
    assert quick.place.tolist() == thorough.place.tolist()
    assert quick.area_km2 == pytest.approx(thorough.area_km2, rel=1e-5)


@given(mosaics(), st.integers(0, 2**32 - 1))
@settings(max_examples=40)
def test_units_dissolve_into_what_shapely_makes_of_them(cells, seed):
    cells = shapely.transform(cells, lambda xy: xy * 0.1 + [36, 35])
    part = maker.from_units(cells, [f"u{row}" for row in range(len(cells))], gaps="keep")
    inside = np.random.default_rng(seed).random(len(part)) < 0.5
    rim = shapely.union_all(
        [LineString(part.topology.line(int(arc))) for arc in fronts.boundary(part.topology, inside)]
    )
    assert shapely.equals(rim, shapely.boundary(shapely.coverage_union_all(part.cells[inside]))) or not inside.any()


def test_arcs_are_those_of_topojson(idlib):
    topojson = pytest.importorskip("topojson")
    cells = whole([(4, 5), (14, 9), (8, 17), (3, 12), (17, 16)]).cells
    arcs = topojson.Topology(list(cells), prequantize=False, shared_coords=True).output["arcs"]
    theirs = {tuple(sorted(map(tuple, np.round(arc, 9).tolist()))) for arc in arcs}
    part = whole([(4, 5), (14, 9), (8, 17), (3, 12), (17, 16)])
    inner = np.flatnonzero((part.topology.left >= 0) & (part.topology.right >= 0))
    ours = {tuple(sorted(map(tuple, np.round(part.topology.line(int(arc)), 9).tolist()))) for arc in inner}
    assert ours <= theirs
