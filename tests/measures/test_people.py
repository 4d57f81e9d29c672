"""Population by actor, from places, units and rasters; totals are kept."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
import xarray as xr
from drawn import drawings, drawn, few_examples, on
from hypothesis import given
from hypothesis import strategies as st

from territory.errors import UnknownName
from territory.measures import people


def under(world, headcount, number):
    frame = people.population_by_actor(world, headcount, on(number))
    return dict(zip(frame.actor, frame.people.round(6), strict=True))


def test_people_of_a_place_change_hands_with_its_cell():
    world = drawn({0: "AB", 2: "AA"})
    count = people.of_places(world, pd.DataFrame({"place": ["Place 0", "p1"], "people": [100, 20]}))
    assert under(world, count, 0) == {"alpha": 100, "bravo": 20}
    assert under(world, count, 2) == {"alpha": 120}


def test_people_of_a_unit_are_spread_over_its_ground():
    # A unit over cell 0 (alpha) and half of cell 1 (bravo), and as much again west of the map: 300 people,
    # 1/3 in cell 0, 1/6 in cell 1, half of them outside.
    world = drawn("AB")
    units = gpd.GeoDataFrame(
        {"code": ["u"], "people": [300]}, geometry=[shapely.box(-0.15, -0.05, 0.15, 0.05)], crs="EPSG:4326"
    )
    headcount = people.of_units(world, units)
    assert under(world, headcount, 0) == pytest.approx({"alpha": 100, "bravo": 50, "": 150}, rel=1e-4)


def test_a_pixel_on_a_border_is_shared():
    # Three pixels of a tenth of a degree, half a cell off: the first lies half outside, the middle one is shared.
    world = drawn("AB")
    raster = xr.DataArray([[10.0, 20.0, 40.0]], coords={"lat": [0.0], "lon": [0.0, 0.1, 0.2]}, dims=("lat", "lon"))
    tall = xr.concat([raster * 0, raster, raster * 0], "lat").assign_coords(lat=[-0.1, 0.0, 0.1])
    count = people.of_raster(world, tall)
    assert under(world, count, 0) == pytest.approx({"alpha": 5 + 10, "bravo": 10 + 20, "": 5 + 20}, rel=1e-6)


def test_rasters_come_either_way_up():
    world = drawn("A\nB")
    up = xr.DataArray([[1.0, 0], [5.0, 0]], coords={"y": [-0.05, 0.05], "x": [0.05, 0.15]}, dims=("y", "x"))
    for raster in (up, up.sortby("y", ascending=False), up.transpose()):
        assert under(world, people.of_raster(world, raster), 0) == pytest.approx({"alpha": 5, "bravo": 1})


@pytest.mark.parametrize(
    ("table", "error", "said"),
    [
        ({"place": ["p0", "nowhere"], "people": [1, 2]}, UnknownName, "nowhere"),
        ({"place": ["p0", "Place 0"], "people": [1, 2]}, ValueError, "twice in the table: p0"),
        ({"place": ["p0", "p1"], "people": [1, -2]}, ValueError, r"Rows \[1\]"),
        ({"place": ["p0"], "souls": [1]}, ValueError, "no column 'people'"),
    ],
)
def test_a_table_that_cannot_be_used_says_why(table, error, said):
    with pytest.raises(error, match=said):
        people.of_places(drawn("AB"), pd.DataFrame(table))


@few_examples
@given(drawings(days=2, largest=3), st.lists(st.floats(0, 1e6), min_size=30, max_size=30), st.floats(-0.1, 0.1))
def test_nobody_is_lost(by_day, counts, shift):
    world = drawn(by_day)
    x, y = np.linspace(-0.1, 0.4, 6) + shift, np.linspace(-0.2, 0.2, 5)
    raster = xr.DataArray(np.array(counts).reshape(5, 6), coords={"lat": y, "lon": x}, dims=("lat", "lon"))
    headcount = people.of_raster(world, raster)
    assert headcount.total == pytest.approx(sum(counts), rel=1e-6, abs=1e-6)
    found = people.population_by_actor(world, headcount, status=True)
    assert np.allclose(found.groupby("day").people.sum(), sum(counts), rtol=1e-6, atol=1e-6)
    units = gpd.GeoDataFrame(
        {"code": ["w", "e"], "people": counts[:2]},
        geometry=[shapely.box(-0.1, -0.3, 0.13, 0.3), shapely.box(0.13, -0.3, 0.5, 0.3)],
        crs="EPSG:4326",
    )
    assert people.of_units(world, units).total == pytest.approx(sum(counts[:2]), rel=1e-9, abs=1e-9)
