"""The cube runs unchanged on a dask cluster, also when a worker dies."""

from __future__ import annotations

import os
import signal
import threading
import warnings

import dask
import numpy as np
import pytest
import xarray as xr

from territory import cube

distributed = pytest.importorskip("distributed")
pytestmark = [
    pytest.mark.slow,
    # What a killed worker leaves open, and how its nanny starts another, is distributed's own.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def client():
    """Two workers in processes of their own, without a dashboard."""
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, memory_limit=0
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


def test_a_killed_worker_costs_nothing_but_time(idlib, tmp_path, client):
    data = cube.build(idlib, 1000, variables=["controller", "status"], chunks=(70, 96, 96))
    first = client.run(os.getpid)
    assert len(first) == 2
    victim = first[min(first)]
    killer = threading.Timer(0.3, os.kill, (victim, signal.SIGKILL))

    def kill_soon(done, of):
        if done == 2:
            killer.start()  # so that it falls among the tasks of the regions after

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # distributed says that a worker is gone
        path = cube.to_zarr(data, tmp_path / "cluster.zarr", progress=kill_soon)
    killer.join()
    assert victim not in client.run(os.getpid).values()
    with dask.config.set(scheduler="threads"):  # not on the cluster
        local = cube.to_zarr(data, tmp_path / "local.zarr")
    assert (path / "MANIFEST.json").read_bytes() == (local / "MANIFEST.json").read_bytes()
    xr.testing.assert_identical(cube.open(path).compute(), cube.open(local).compute())
    assert np.isin(cube.open(path).controller[0].values, [0, *data.controller.attrs["flag_values"]]).all()
