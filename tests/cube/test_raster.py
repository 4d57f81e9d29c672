"""Each pixel of the raster cube on each day equals the timeline's cell under its centre."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
import shapely
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from pyproj import Transformer

from territory import cube
from territory._util import extras
from territory.cube._lookup import Lookup, block
from territory.cube.grid import Grid
from territory.errors import MissingExtra, OutsidePeriod


@pytest.fixture(scope="module")
def daily(idlib):
    return cube.build(idlib, 2000, chunks=(100, 40, 30)).compute()


def test_a_pixel_is_what_the_timeline_says_of_the_cell_under_its_centre(idlib, daily):
    under, sure = _cells_under(idlib, daily)
    assert sure.mean() > 0.999
    np.testing.assert_array_equal(daily.cell.values[sure], under[sure])
    for at, day in enumerate(daily.time.values):
        state = idlib.state(day)
        for name in ("controller", "status", "rival"):
            expected = np.where(under >= 0, getattr(state, name)[under] + 1, 0)
            np.testing.assert_array_equal(daily[name].values[at][sure], expected[sure])


def _cells_under(timeline, data):
    """The cell under each pixel's centre, and which centres lie farther than 1 m from any border."""
    x, y = np.meshgrid(data.x.values, data.y.values)
    lonlat = Transformer.from_crs(data.rio.crs.to_wkt(), "EPSG:4326", always_xy=True).transform(x.ravel(), y.ravel())
    centres = shapely.points(np.stack(lonlat, axis=1))
    tree = shapely.STRtree(timeline.partition.cells)
    point, cell = tree.query(centres, predicate="within")
    under = np.full(x.size, -1)
    under[point] = cell
    borders = shapely.STRtree(shapely.boundary(timeline.partition.cells))
    near, _ = borders.query(centres, predicate="dwithin", distance=1e-5)
    sure = np.ones(x.size, dtype=bool)
    sure[near] = False
    return under.reshape(x.shape), sure.reshape(x.shape)


def test_days_of_change_padded_are_all_days(idlib, daily):
    changes = cube.build(idlib, 2000, days="changes")
    assert changes.sizes["time"] == len(idlib.days) < daily.sizes["time"]
    xr.testing.assert_equal(changes.sel(time=daily.time, method="pad").assign_coords(time=daily.time).compute(), daily)


def test_days_can_be_chosen_in_any_order(idlib, daily):
    days = ["2015-04-25", "2015-03-28", "2015-04-25"]
    some = cube.build(idlib, 2000, days=days, variables=["controller"])
    xr.testing.assert_equal(some.controller.compute(), daily.controller.sel(time=sorted(set(days))))


def test_counted_pixels_come_ever_closer_to_geodesic_areas(idlib):
    part, held = idlib.partition, idlib.state("2015-04-25").controller
    truth = np.bincount(held, weights=part.area_km2, minlength=len(idlib.side_of))
    worst = []
    for resolution_m in (4000, 1000, 250):
        day = cube.build(idlib, resolution_m, days=["2015-04-25"], variables=["controller"]).controller
        pixels = np.bincount(day.values.ravel(), minlength=len(truth) + 1)[1:]
        worst.append(np.abs(pixels * resolution_m**2 / 1e6 - truth).max() / part.total_km2)
    assert worst[0] < 0.02
    assert worst[1] < 0.005
    assert worst[2] < 0.0005


def test_values_have_names_and_0_is_missing(idlib, daily):
    about = daily.controller.attrs
    names = dict(zip(about["flag_values"].tolist(), about["flag_meanings"].split(), strict=True))
    assert names[1] == "unknown"
    assert names[2] == "none"
    assert names[idlib.campaign.actors.code("government") + 1] == "government"
    assert 0 not in names
    assert daily.controller.rio.nodata == 0
    assert (daily.controller.values[:, daily.cell.values < 0] == 0).all()
    assert (daily.controller.values[:, daily.cell.values >= 0] > 0).all()


def test_cells_without_a_pixel_are_counted(idlib, daily):
    lost = np.setdiff1d(np.arange(len(idlib.partition)), daily.cell.values)
    assert daily.attrs["cells_without_pixel"] == len(lost) > 0
    assert daily.attrs["km2_without_pixel"] == pytest.approx(idlib.partition.area_km2[lost].sum(), abs=1e-6)


def test_cubes_of_one_crs_and_resolution_fit_pixel_on_pixel(idlib):
    some = Grid.around(idlib.partition.cells[:40], 700, "EPSG:32637")
    whole = Grid.around(idlib.partition.cells, 700, "EPSG:32637")
    assert np.isin(some.x, whole.x).all()
    assert np.isin(some.y, whole.y).all()


def test_nothing_is_computed_before_it_is_asked_for(idlib):
    lazy = cube.build(idlib, 1000)
    assert {lazy[name].chunks[0] for name in ("controller", "status", "rival")} == {(275,)}
    pieces = np.prod([len(sizes) for sizes in lazy.controller.chunks])
    assert len(lazy.controller.__dask_graph__()) <= 3 * pieces + 3  # not a task a pixel


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"resolution_m": 0}, "above 0"),
        ({"resolution_m": 1000, "crs": "EPSG:4326"}, "not in metres"),
        ({"resolution_m": 1000, "crs": "EPSG:2225"}, "not in metres"),  # US survey feet
        ({"resolution_m": 1000, "crs": "nonsense"}, "no known system"),
        ({"resolution_m": 1000, "variables": ["event"]}, "controller, status, rival"),
        ({"resolution_m": 1000, "days": "weekly"}, "'daily', 'changes'"),
        ({"resolution_m": 1000, "days": []}, "one day at least"),
        ({"resolution_m": 0.5}, "coarser"),
    ],
)
def test_what_cannot_be_a_cube_is_refused_with_advice(idlib, options, said):
    with pytest.raises(ValueError, match=said):
        cube.build(idlib, **options)


def test_a_day_outside_the_period_is_refused(idlib):
    with pytest.raises(OutsidePeriod, match="2014-01-01"):
        cube.build(idlib, 1000, days=["2014-01-01"])


@st.composite
def histories(draw):
    """Changes of a few cells as (cell, day, code), in order of time, with days and pixels to look at."""
    cells = draw(st.integers(1, 5))
    rows = draw(st.lists(st.tuples(st.integers(0, cells - 1), st.integers(0, 12), st.integers(0, 6)), max_size=25))
    days = draw(st.sets(st.integers(0, 14), min_size=1))
    index = draw(arrays.arrays(np.int32, (3, 4), elements=st.integers(-1, cells - 1)))
    return cells, sorted(rows, key=lambda row: row[1]), np.array(sorted(days), dtype=np.int32), index


@given(histories())
def test_a_chunk_is_a_replay_of_the_changes(history):
    cells, rows, days, index = history
    by_cell = sorted(rows, key=lambda row: row[0])
    count = np.bincount([row[0] for row in by_cell] or [0], minlength=cells) * bool(rows)
    lookup = Lookup(
        np.r_[0, np.cumsum(count)],
        np.array([row[1] for row in by_cell], dtype=np.int32),
        np.array([row[2] + 1 for row in by_cell], dtype=np.int8),
    )
    for day, shown in zip(days, block(days, index, lookup), strict=True):
        state = [1] * cells
        for cell, when, code in rows:
            if when <= day:
                state[cell] = code + 1
        np.testing.assert_array_equal(shown, [[state[c] if c >= 0 else 0 for c in row] for row in index])


def test_the_cube_imports_no_more_than_it_needs():
    program = (
        "import sys, territory.cube\n"
        "print(sorted({'dask', 'rasterio', 'rioxarray', 'zarr', 'netCDF4', 'distributed'} & set(sys.modules)))\n"
        "print(sorted(m for m in sys.modules if m in ('territory.shown', 'territory.render', 'territory.io')))"
    )
    said = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout
    assert said == "[]\n[]\n"


def test_a_missing_package_is_named_with_the_way_to_install_it(idlib, monkeypatch):
    monkeypatch.setattr(extras, "find_spec", lambda name: None if name == "dask" else object())
    with pytest.raises(MissingExtra, match=r"need dask, .*pip install 'territory\[cube\]'"):
        cube.build(idlib, 1000)
