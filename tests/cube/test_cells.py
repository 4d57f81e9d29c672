"""Time by cell: any day is a padded selection, codes carry their meanings, and xvec and netCDF take it."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
import xarray as xr
from hypothesis import given, settings
from strategies import event_lists
from worlds import ALPHA, BRAVO, day, event, folded

EVENTS = [
    event("b", 0, "baseline", 0, ALPHA),
    event("c", 4, "capture", 1, BRAVO),
    event("s", 6, "siege_start", 0, BRAVO, ALPHA),
]


@given(event_lists())
@settings(max_examples=25)
def test_a_padded_selection_is_the_state_of_any_day(events):
    timeline = folded(events)
    cube = timeline.to_xarray()
    for when in range(10):
        there, state = cube.sel(time=str(day(when)), method="pad"), timeline.state(day(when))
        for name in ("controller", "status", "rival"):
            assert np.array_equal(there[name], getattr(state, name))
        assert np.array_equal(there.event, state.event)


def test_its_parts_have_their_names_types_and_flags():
    cube = folded(EVENTS).to_xarray()
    assert dict(cube.sizes) == {"time": 3, "cell": 3}
    assert {name: str(cube[name].dtype) for name in cube.data_vars} == {
        "controller": "int8",
        "status": "int8",
        "rival": "int8",
        "event": "int32",
    }
    assert cube.time.dtype.kind == "M"
    assert cube.time.values.astype("datetime64[D]").tolist() == [day(0), day(4), day(6)]
    for name in ("controller", "rival"):
        meanings = cube[name].attrs["flag_meanings"].split()
        assert meanings == ["unknown", "none", "alpha", "bravo", "wing", "charlie"]
        assert cube[name].attrs["flag_values"].tolist() == list(range(6))
        assert cube[name].attrs["flag_values"].dtype == cube[name].dtype
    assert cube.status.attrs["flag_meanings"] == "control contested besieged claimed truce mixed"
    assert cube.attrs["Conventions"].startswith("CF-1.")
    assert cube.place_id.values.tolist() == ["p0", "p1", "p2"]


def test_it_survives_netcdf_without_its_geometry(tmp_path):
    cube = folded(EVENTS).to_xarray().drop_vars("geometry")
    cube.to_netcdf(tmp_path / "cube.nc")
    with xr.open_dataset(tmp_path / "cube.nc") as back:
        back.load()
    xr.testing.assert_equal(back, cube)
    assert back.controller.dtype == np.int8
    assert back.event.dtype == np.int32
    assert back.controller.attrs["flag_meanings"] == cube.controller.attrs["flag_meanings"]
    assert back.controller.attrs["flag_values"].tolist() == cube.controller.attrs["flag_values"].tolist()


def test_xvec_finds_cells_by_their_geometry():
    pytest.importorskip("xvec")
    cube = folded(EVENTS).to_xarray().swap_dims(cell="geometry").xvec.set_geom_indexes("geometry", crs="EPSG:4326")
    found = cube.xvec.query("geometry", shapely.box(0.2, 35.2, 1.2, 35.4), predicate="intersects")
    assert sorted(found.place_id.values.tolist()) == ["p0", "p1"]
    assert cube.geometry.attrs["crs"] == "EPSG:4326" or cube.xvec.geom_coords_indexed["geometry"].crs == "EPSG:4326"
