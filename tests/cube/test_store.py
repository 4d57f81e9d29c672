"""A stored cube equals the cube that was built, or opening it fails with the name of the faulty file."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading

import pytest
import xarray as xr

from territory import cube
from territory.cube.manifest import MANIFEST
from territory.errors import CubeError, InputError

CHUNKS = (140, 24, 48)


@pytest.fixture(scope="module")
def built(idlib):
    return cube.build(idlib, 4000, chunks=CHUNKS)


@pytest.fixture(scope="module")
def other(idlib):
    return cube.build(idlib, 4000, days="changes", variables=["status"])


@pytest.fixture
def stored(built, tmp_path):
    return cube.to_zarr(built[["controller", "cell"]], tmp_path / "x.zarr")


def chunk_of(path):
    return max((path / "controller" / "c").rglob("*"))


def test_zarr_gives_back_the_cube_that_was_written(built, tmp_path):
    calls = []
    path = cube.to_zarr(built, tmp_path / "x.zarr", progress=lambda done, of: calls.append((done, of)))
    back = cube.open(path)
    xr.testing.assert_identical(back.compute(), built.compute())
    assert back.controller.chunks == built.controller.chunks
    assert back.rio.crs == built.rio.crs
    assert calls == [(done, len(calls)) for done in range(1, len(calls) + 1)]
    assert len(calls) > 1
    assert [one.name for one in tmp_path.iterdir()] == ["x.zarr"]


def test_netcdf_gives_back_the_cube_that_was_written(built, tmp_path):
    path = cube.to_netcdf(built, tmp_path / "x.nc")
    with xr.open_dataset(path, mask_and_scale=False, decode_coords="all") as back:
        xr.testing.assert_identical(back.compute(), built.compute())
    assert [one.name for one in tmp_path.iterdir()] == ["x.nc"]


def test_a_timeline_is_built_on_the_way(idlib, other, tmp_path):
    options = {"resolution_m": 4000, "days": "changes", "variables": ["status"]}
    path = cube.to_zarr(idlib, tmp_path / "x.zarr", **options)
    xr.testing.assert_identical(cube.open(path).compute(), other.compute())
    with pytest.raises(TypeError, match="crs: options of build"):
        cube.to_zarr(other, path, crs="EPSG:32637")


def test_the_same_cube_gives_the_same_bytes(built, tmp_path):
    one, two = (cube.to_zarr(built, tmp_path / name) for name in ("1.zarr", "2.zarr"))
    assert (one / MANIFEST).read_bytes() == (two / MANIFEST).read_bytes()


def lose(path):
    file = chunk_of(path)
    file.unlink()
    return file


def flip(path):
    file = chunk_of(path)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    return file


def truncate(path):
    file = chunk_of(path)
    file.write_bytes(file.read_bytes()[:-5])
    return file


def empty(path):
    file = chunk_of(path)
    file.write_bytes(b"")
    return file


def lose_metadata(path):
    (path / "controller" / "zarr.json").unlink()
    return path / "controller" / "zarr.json"


def truncate_root(path):
    (path / "zarr.json").write_text('{"shape')
    return path / "zarr.json"


def lose_manifest(path):
    (path / MANIFEST).unlink()
    return MANIFEST


def tear_manifest(path):
    (path / MANIFEST).write_text((path / MANIFEST).read_text()[:-40])
    return MANIFEST


def age_manifest(path):
    said = json.loads((path / MANIFEST).read_text())
    (path / MANIFEST).write_text(json.dumps({**said, "version": 99}))
    return "territory-cube 99"


@pytest.mark.parametrize(
    "fault",
    [lose, flip, truncate, empty, lose_metadata, truncate_root, lose_manifest, tear_manifest, age_manifest],
)
def test_a_fault_is_refused_by_the_name_of_its_file(stored, fault):
    named = fault(stored)
    with pytest.raises(CubeError) as caught:
        cube.open(stored)
    assert str(named) in str(caught.value)


@pytest.mark.parametrize("fault", [lose, flip, truncate, empty])
def test_a_fault_that_comes_after_opening_is_met_when_reading(stored, fault):
    opened = cube.open(stored)
    named = fault(stored)
    with pytest.raises(CubeError) as caught:
        opened.controller.compute()
    assert str(named) in str(caught.value)


def test_a_reader_never_mixes_two_cubes(stored, idlib):
    opened = cube.open(stored)
    assert opened.controller[0].compute().any()
    cube.to_zarr(cube.build(idlib, 4000, crs="EPSG:32637", variables=["controller"], chunks=CHUNKS), stored)
    with pytest.raises(CubeError, match="replaced since"):
        opened.controller.compute()


def test_checksums_in_the_chunks_catch_a_flipped_bit_without_the_manifest(stored):
    flip(stored)
    with pytest.raises(ValueError, match=r"(?i)checksum|crc"):
        cube.open(stored, verify=False).controller.compute()


def test_files_that_the_manifest_does_not_name_are_not_read(stored, built):
    (stored / ".DS_Store").write_bytes(b"x")
    (stored / "extra").mkdir()
    (stored / "extra" / "zarr.json").write_text("{")
    xr.testing.assert_equal(cube.open(stored).compute(), built[["controller", "cell"]].compute())


def test_a_place_that_holds_something_else_is_left_alone(built, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("all of it")
    with pytest.raises(InputError, match="no cube"):
        cube.to_zarr(built, tmp_path / "mine")
    with pytest.raises(InputError, match="no folder"):
        cube.to_zarr(built, tmp_path / "nowhere" / "x.zarr")
    with pytest.raises(InputError, match="name a file"):
        cube.to_netcdf(built, tmp_path / "mine")
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "all of it"


def test_a_run_that_fails_leaves_the_old_cube_and_no_litter(built, other, tmp_path):
    path = cube.to_zarr(other, tmp_path / "x.zarr")

    def stop(done, of):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cube.to_zarr(built, path, progress=stop)
    xr.testing.assert_identical(cube.open(path).compute(), other.compute())
    assert [one.name for one in tmp_path.iterdir()] == ["x.zarr"]


def test_a_killed_run_leaves_the_old_cube_and_the_next_run_clears_up(built, other, tmp_path):
    path = cube.to_zarr(other, tmp_path / "x.zarr")
    program = (
        "import os, signal, sys, territory\n"
        "from territory import cube\n"
        "die = lambda done, of: os.kill(os.getpid(), signal.SIGKILL) if done == 2 else None\n"
        "cube.to_zarr(territory.open(), sys.argv[1], resolution_m=4000, chunks=(140, 24, 48), progress=die)\n"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", program, str(path)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert len(list(tmp_path.glob("x.zarr.tmp-*"))) == 1
    xr.testing.assert_identical(cube.open(path).compute(), other.compute())
    cube.to_zarr(built, path)
    xr.testing.assert_identical(cube.open(path).compute(), built.compute())
    assert [one.name for one in tmp_path.iterdir()] == ["x.zarr"]


@pytest.mark.parametrize("exchange", [True, False])
def test_writers_at_once_never_mix(built, other, tmp_path, monkeypatch, exchange):
    if not exchange:
        monkeypatch.setattr("territory._util.atomic._exchange", lambda one, other: False)
    path = tmp_path / "x.zarr"
    cube.to_zarr(other, path)
    both = threading.Barrier(2)

    def write(data):
        cube.to_zarr(data, path, progress=lambda done, of: both.wait(30) if done == 1 else None)

    if exchange:
        writers = [threading.Thread(target=write, args=(data,)) for data in (built, other)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
    else:
        cube.to_zarr(built, path)
    back = cube.open(path).compute()
    assert any(back.identical(data.compute()) for data in (built, other))
    assert [one.name for one in tmp_path.iterdir()] == ["x.zarr"]


def test_a_cube_is_as_readable_as_any_other_file(stored):
    mask = os.umask(0)
    os.umask(mask)
    assert stored.stat().st_mode & 0o777 == 0o777 & ~mask
