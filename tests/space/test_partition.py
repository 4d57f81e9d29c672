"""Partitions from places: whatever the places and the land, the cells are a coverage and each place lies in its own."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyproj import Geod, Transformer

from territory.errors import PartitionError
from territory.records.gazetteer import Gazetteer, Place
from territory.space.makers import from_places
from territory.space.partition import from_cells

CRS = "EPSG:32637"
METRES = Transformer.from_crs("EPSG:4326", CRS, always_xy=True)
GEOD = Geod(ellps="WGS84")
SNAP_M = 0.1
box = shapely.box
LANDS = {
    "a plain": box(36, 35, 37, 36),
    "a coast": shapely.Polygon([(36, 35), (37, 35.2), (36.9, 36), (36.5, 35.6), (36.1, 36)]),
    "a lake": box(36, 35, 37, 36) - shapely.Point(36.5, 35.5).buffer(0.15),
    "islands": shapely.MultiPolygon([box(36, 35, 36.4, 36), box(36.6, 35, 37, 36)]),
}


def planar(shapes):
    return shapely.transform(shapes, lambda xy: np.stack(METRES.transform(*xy.T), axis=1))


def area_km2(shape):
    return abs(GEOD.geometry_area_perimeter(shapely.orient_polygons(shape))[0]) / 1e6


@st.composite
def worlds(draw):
    """Land, places on it (some of them sites), and the largest radius."""
    land = shapely.segmentize(LANDS[draw(st.sampled_from(sorted(LANDS)))], 0.02)
    spots = draw(st.lists(st.tuples(st.integers(1, 99), st.integers(1, 99)), min_size=1, max_size=14, unique=True))
    kinds = draw(st.lists(st.sampled_from(["village", "village", "base"]), min_size=len(spots), max_size=len(spots)))
    places = [
        Place(f"p{n}", f"P{n}", 36 + x / 100, 35 + y / 100, kind=kind)
        for n, ((x, y), kind) in enumerate(zip(spots, kinds, strict=True))
    ]
    inner = land.buffer(-0.002)
    places = [place for place in places if inner.contains(shapely.Point(place.lon, place.lat))]
    assume(places)
    return land, Gazetteer.of(places), draw(st.sampled_from([4.0, 12.0, 60.0]))


def cut(world):
    land, places, reach = world
    return from_places(places, land, crs=CRS, max_radius_km=reach, site_radius_km={"base": 1.5})


@given(worlds())
@settings(max_examples=40)
def test_cells_are_a_valid_coverage_of_the_land(world):
    part, (land, *_) = cut(world), world
    assert shapely.coverage_is_valid(part.cells)
    assert shapely.is_valid(part.cells).all()
    snap = SNAP_M / 1000 * sum(ring.length for ring in shapely.get_parts(planar(land).boundary)) / 1000
    whole = area_km2(land)
    assert part.total_km2 == pytest.approx(whole, abs=snap)  # linework may move by 10 cm, and no more
    assert part.total_km2 == pytest.approx(whole, rel=1e-5)
    union = planar(shapely.coverage_union_all(part.cells))
    assert shapely.area(planar(part.cells)).sum() == pytest.approx(union.area, rel=1e-9)


@given(worlds())
@settings(max_examples=40)
def test_each_place_lies_in_its_own_cell(world):
    part, (_, places, _) = cut(world), world
    for row, place in enumerate(places):
        home = part.home[row]
        assert part.place[home] == row
        assert part.cells[home].contains(shapely.Point(place.lon, place.lat))
        assert part.locate(place.lon, place.lat) == home
        assert home in part.cells_of(row)


@given(worlds())
@settings(max_examples=40)
def test_no_ground_is_farther_from_its_place_than_the_radius(world):
    part, (_, places, reach) = cut(world), world
    assigned = part.place >= 0
    own = shapely.points(np.stack(METRES.transform(*places.lonlat[part.place[assigned]].T), axis=1))
    away = shapely.hausdorff_distance(planar(part.cells[assigned]), own)
    assert (away <= reach * 1000 + 1).all()


@given(worlds(), st.integers(0, 2**32 - 1))
@settings(max_examples=40)
def test_ground_away_from_sites_belongs_to_the_nearest_place_if_one_is_near(world, seed):
    part, (land, places, reach) = cut(world), world
    west, south, east, north = land.bounds
    random = np.random.default_rng(seed)
    spots = random.uniform((west, south), (east, north), (40, 2))
    spots = spots[shapely.contains_xy(land.buffer(-1e-4), *spots.T)]
    xy = np.stack(METRES.transform(*spots.T), axis=1)
    homes = np.stack(METRES.transform(*places.lonlat.T), axis=1)
    is_site = np.array([place.kind == "base" for place in places])
    if is_site.all():
        return
    away = np.linalg.norm(xy[:, None] - homes[None], axis=2)
    clear = (away[:, is_site] > 1501).all(axis=1)
    others = np.sort(away[:, ~is_site], axis=1)
    nearest = np.flatnonzero(~is_site)[away[:, ~is_site].argmin(axis=1)]
    # Near an edge between two cells, or at the edge of reach (a polygon of 96 corners), either answer is right. An edge
    # is straight in degrees between its ends: in the middle of 50 km that is 11 m beside the line of equal distance.
    sure = clear & (np.abs(others[:, 0] - reach * 1000) > 0.002 * reach * 1000)
    if others.shape[1] > 1:
        sure &= others[:, 1] - others[:, 0] > 150
    for (lon, lat), place, distance in zip(spots[sure], nearest[sure], others[sure, 0], strict=True):
        found = part.place[part.locate(lon, lat)]
        assert found == (place if distance <= reach * 1000 else -1)


@given(worlds())
@settings(max_examples=30)
def test_a_site_holds_itself_and_no_other_place(world):
    part, (_, places, _) = cut(world), world
    for row, place in enumerate(places):
        if place.kind == "base":
            own = shapely.union_all(part.cells[part.cells_of(row)])
            inside = shapely.contains_xy(own, *places.lonlat.T)
            assert np.flatnonzero(inside).tolist() == [row]
            assert area_km2(own) <= np.pi * 1.5**2 * 1.01


@given(worlds(), st.randoms(use_true_random=False))
@settings(max_examples=20)
def test_the_order_of_places_does_not_matter_to_the_ground(world, random):
    land, places, reach = world
    shuffled = list(places)
    random.shuffle(shuffled)
    here, there = cut(world), cut((land, Gazetteer.of(shuffled), reach))
    for row, place in enumerate(places):
        own = shapely.union_all(here.cells[here.cells_of(row)])
        same = shapely.union_all(there.cells[there.cells_of(shuffled.index(place))])
        assert own.symmetric_difference(same).area < 1e-9


def village(name, lon, lat, kind="village"):
    return Place(name, name.title(), lon, lat, kind=kind)


def test_one_place_alone_has_all_ground_within_its_radius():
    part = from_places(Gazetteer.of([village("a", 36.5, 35.5)]), box(36, 35, 37, 36), crs=CRS, max_radius_km=10)
    assert part.place.tolist() == [-1, 0]
    assert part.area_km2[1] == pytest.approx(np.pi * 100, rel=5e-3)


def test_sites_alone_leave_the_rest_unknown():
    sites = Gazetteer.of([village("a", 36.4, 35.5, "base"), village("b", 36.6, 35.5, "base")])
    part = from_places(sites, box(36, 35, 37, 36), crs=CRS, max_radius_km=10, site_radius_km={"base": 2})
    assert part.place.tolist() == [-1, 0, 1]
    assert part.area_km2[1:] == pytest.approx(np.pi * 4, rel=0.02)


def test_a_site_shrinks_so_that_no_neighbour_is_in_it():
    places = Gazetteer.of([village("a", 36.5, 35.5, "base"), village("b", 36.51, 35.5)])
    part = from_places(places, box(36, 35, 37, 36), crs=CRS, max_radius_km=50, site_radius_km={"base": 20})
    apart = GEOD.inv(36.5, 35.5, 36.51, 35.5)[2] / 1000
    assert part.area_km2[part.home[0]] < np.pi * (apart / 2) ** 2


def test_a_place_of_a_kind_without_ground_gets_none():
    places = Gazetteer.of([village("a", 36.5, 35.5), village("plain", 36.6, 35.6, "area")])
    part = from_places(places, box(36, 35, 37, 36), crs=CRS, max_radius_km=10)
    assert part.home.tolist() == [1, -1]


def test_where_the_coast_cuts_a_place_s_ground_in_two_both_parts_are_its_own():
    land = shapely.MultiPolygon([box(36, 35, 36.4, 36), box(36.45, 35, 37, 36)])
    part = from_places(Gazetteer.of([village("a", 36.2, 35.5)]), land, crs=CRS, max_radius_km=500)
    assert part.cells_of(0).tolist() == [0, 1]
    assert part.home[0] == part.locate(36.2, 35.5)


def test_places_off_the_land_or_on_one_spot_are_all_named():
    places = [village("sea", 30, 35), village("one", 36.5, 35.5), village("two", 36.5, 35.5), village("pole", 0, 89)]
    with pytest.raises(PartitionError) as caught:
        from_places(Gazetteer.of(places), box(36, 35, 37, 36), crs=CRS, max_radius_km=10)
    said = str(caught.value)
    for words in (
        "one and two have the same coordinates",
        "sea (lon 30, lat 35) lies off",
        "pole (lon 0, lat 89) lies",
    ):
        assert words in said


@pytest.mark.parametrize("gap", [1e-7, 9e-6])
@pytest.mark.parametrize("limit", [{}, {"max_radius_km": 10}])
def test_places_too_near_for_a_border_are_named_with_what_to_do(gap, limit):
    places = [village("one", 2.8646, 51.0325), village("two", 2.8646 + gap, 51.0325), village("far", 2.9, 51.03)]
    with pytest.raises(
        PartitionError, match=r"one and two lie 0\.\d+ m apart, too near .*; move or merge them"
    ) as caught:
        from_places(Gazetteer.of(places), box(2.7, 51, 3, 51.2), crs="EPSG:32631", **limit)
    assert "far" not in str(caught.value)


@given(st.floats(1.01, 30), st.floats(0, 2 * np.pi), st.sampled_from([None, 10, 500]))
@settings(max_examples=40)
def test_places_a_metre_apart_have_ground_of_their_own(metres, turn, limit):
    to_degrees = Transformer.from_crs(CRS, "EPSG:4326", always_xy=True).transform
    east, north = 270_000.0, 3_930_000.0
    one, two = to_degrees(east, north), to_degrees(east + metres * np.cos(turn), north + metres * np.sin(turn))
    places = Gazetteer.of([village("one", *one), village("two", *two)])
    part = from_places(places, box(36, 35, 37, 36), crs=CRS, max_radius_km=limit)
    assert part.place[part.home].tolist() == [0, 1]


def test_no_place_at_all_is_refused():
    with pytest.raises(PartitionError, match="There is no place to make cells of"):
        from_places(Gazetteer.of([]), box(36, 35, 37, 36), crs=CRS, max_radius_km=10)


@pytest.mark.parametrize("cells", [[box(0, 0, 2, 1), box(1, 0, 3, 1)], [box(0, 0, 1, 2), box(1, 0, 2, 1)]])
def test_cells_that_overlap_or_do_not_share_their_vertices_are_refused(cells):
    with pytest.raises(PartitionError):
        from_cells(np.array(cells, dtype=object), np.array([-1, -1], dtype=np.int32), Gazetteer.of([]), {})


def test_areas_and_lengths_are_geodesic():
    cells = np.array([box(36, 35, 37, 36), box(37, 35, 38, 36)], dtype=object)
    part = from_cells(cells, np.array([-1, -1], dtype=np.int32), Gazetteer.of([]), {})
    assert part.area_km2 == pytest.approx([area_km2(cell) for cell in cells], rel=1e-9)
    shared = (part.topology.left >= 0) & (part.topology.right >= 0)
    assert part.arc_km[shared] == pytest.approx([GEOD.inv(37, 35, 37, 36)[2] / 1000])
    assert part.total_km2 == pytest.approx(part.area_km2.sum())
    assert part.locate(0, 0) == -1
