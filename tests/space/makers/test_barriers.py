"""Rivers, lakes and the coast stop a cell; ground cut off goes to the nearest place that reaches it, or is unknown."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Point, box
from shapely.ops import split

from territory.errors import PartitionError
from territory.records.gazetteer import Gazetteer, Place
from territory.space.makers import from_places

CRS = "EPSG:32637"
LAND = shapely.segmentize(box(36, 35, 37, 36), 0.01)
RIVER = LineString([(36.4, 34.9), (36.42, 35.3), (36.38, 35.6), (36.4, 36.1)])


def villages(*lonlat):
    return Gazetteer.of([Place(f"p{row}", f"p{row}", lon, lat) for row, (lon, lat) in enumerate(lonlat)])


def ground_of(part, place):
    return shapely.union_all(part.cells[part.place == place])


def test_each_bank_has_its_own_place():
    part = from_places(villages((36.1, 35.5), (36.45, 35.5)), LAND, crs=CRS, barriers=[RIVER])
    west = shapely.get_parts(split(LAND, RIVER))
    west = min(west, key=lambda shape: shape.centroid.x)
    assert shapely.hausdorff_distance(ground_of(part, 0), west) < 1e-3
    assert len(part) == 2


def test_ground_cut_off_goes_to_the_nearest_on_its_own_side():
    gazetteer = villages((36.1, 35.5), (36.45, 35.2), (36.45, 35.8))
    free = from_places(gazetteer, LAND, crs=CRS, max_radius_km=60)
    part = from_places(gazetteer, LAND, crs=CRS, max_radius_km=60, barriers=[RIVER])
    at = np.array([[36.35, 35.2], [36.35, 35.8], [36.6, 35.2]])
    assert free.place[free.locate_all(at)].tolist() == [1, 2, 1]
    assert part.place[part.locate_all(at)].tolist() == [0, 0, 1]


def test_ground_cut_off_from_all_in_reach_is_unknown():
    part = from_places(villages((36.45, 35.5)), LAND, crs=CRS, max_radius_km=30, barriers=[RIVER])
    assert part.place[part.locate(36.35, 35.5)] == -1
    assert part.place[part.locate(36.5, 35.5)] == 0


def test_a_river_that_ends_in_reach_can_be_passed_at_its_end():
    stub = LineString([(36.4, 35.4), (36.4, 35.6)])
    part = from_places(villages((36.45, 35.5)), LAND, crs=CRS, max_radius_km=40, barriers=[stub])
    assert part.place[part.locate(36.35, 35.5)] == 0
    assert len(part) == 2  # the place's disc and the rest: the stub parts nothing


def test_a_place_on_the_line_has_both_banks():
    part = from_places(
        villages((36.4, 35.5)),
        LAND,
        crs=CRS,
        max_radius_km=20,
        barriers=[LineString([(36.4, 34), (36.4, 35.5), (36.4, 37)])],
    )
    assert set(part.place[part.locate_all(np.array([[36.35, 35.5], [36.45, 35.5]]))].tolist()) == {0}


def test_no_area_is_credited_on_a_lake():
    lake = Point(36.5, 35.5).buffer(0.1)
    part = from_places(villages((36.1, 35.5), (36.9, 35.5)), LAND, crs=CRS, barriers=[lake])
    assert part.locate(36.5, 35.5) == -1
    assert shapely.union_all(part.cells).intersection(lake).area < 1e-6
    with pytest.raises(PartitionError, match=r"p0 .* lies off the land"):
        from_places(villages((36.5, 35.5), (36.9, 35.5)), LAND, crs=CRS, barriers=[lake])


def test_with_the_coast_as_a_barrier_no_cell_reaches_over_a_bay():
    bay = LAND - box(36.45, 35.2, 36.55, 36)
    over = from_places(villages((36.4, 35.9)), bay, crs=CRS, max_radius_km=30)
    round_ = from_places(villages((36.4, 35.9)), bay, crs=CRS, max_radius_km=30, coast=True)
    assert over.place[over.locate(36.6, 35.9)] == 0
    assert round_.place[round_.locate(36.6, 35.9)] == -1


def test_the_inner_part_of_a_place_s_ground_is_observed():
    part = from_places(villages((36.3, 35.5), (36.7, 35.5)), LAND, crs=CRS, max_radius_km=15, observed_km=2)
    seen = part.observed(2)
    assert seen.sum() == 2
    assert part.area_km2[seen] == pytest.approx(np.pi * 4, rel=0.01)
    assert np.isnan(part.reach_km[part.place < 0]).all()
    assert part.reach_km[part.place >= 0].max() == pytest.approx(15, rel=0.01)


@st.composite
def countries(draw):
    """Places, a river from the south edge to the north one, and the largest radius."""
    grid = st.tuples(st.integers(1, 19), st.integers(1, 19))
    spots = draw(st.lists(grid, min_size=1, max_size=7, unique=True))
    bends = draw(st.lists(st.integers(0, 20), min_size=2, max_size=5))
    line = [(36 + x / 20 + 0.013, 34.9 + 1.2 * row / (len(bends) - 1)) for row, x in enumerate(bends)]
    gazetteer = villages(*[(36 + x / 20, 35 + y / 20) for x, y in spots])
    return gazetteer, LineString(line), draw(st.sampled_from([None, 15.0, 40.0]))


@given(countries())
@settings(max_examples=40)
def test_with_a_barrier_cells_still_tile_the_land_and_none_lies_on_both_banks(country):
    gazetteer, river, radius = country
    part = from_places(gazetteer, LAND, crs=CRS, max_radius_km=radius, barriers=[river])
    free = from_places(gazetteer, LAND, crs=CRS, max_radius_km=radius)
    assert shapely.coverage_is_valid(part.cells)
    assert part.total_km2 == pytest.approx(free.total_km2, rel=1e-6)
    near = river.buffer(2e-3)  # the projection and the grid move the line by less than this
    for place in np.unique(part.place[part.place >= 0]).tolist():
        at = Point(gazetteer.lonlat[place])
        if near.intersects(at):
            continue  # on the line, or as good as
        banks = shapely.get_parts(shapely.difference(LAND, near))
        own = banks[shapely.intersects(banks, at)]
        assert shapely.difference(ground_of(part, place), shapely.union_all([near, *own])).area < 1e-5


@given(countries())
@settings(max_examples=30)
def test_a_place_never_loses_its_own_spot_nor_has_ground_beyond_its_radius(country):
    gazetteer, river, radius = country
    part = from_places(gazetteer, LAND, crs=CRS, max_radius_km=radius, barriers=[river])
    assert (part.place[part.home] == np.arange(len(gazetteer))).all()
    if radius is not None:
        assert np.nanmax(part.reach_km) < radius * 1.01
