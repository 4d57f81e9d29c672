"""Memory of a cube depends on its chunks, not on the period: measured in separate processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent.parent
PROGRAM = """
import sys, dask
from pathlib import Path
from benchmarks.worlds import world
from territory import cube
def rss_mb(which):
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(which))
timeline = world("W1", scale=int(sys.argv[1]))
data = cube.build(timeline, 600, variables=["controller"], chunks=(200, 128, 128))
Path("/proc/self/clear_refs").write_text("5")  # the high-water mark starts anew
before = rss_mb("VmRSS")
with dask.config.set(scheduler="threads", num_workers=2):  # as many chunks at a time on any machine
    cube.to_zarr(data, sys.argv[2])
print(data.controller.nbytes / 2**20, rss_mb("VmHWM") - before)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_sixteen_times_the_days_need_no_more_memory(tmp_path):
    path = os.pathsep.join([str(TESTS.parent), str(TESTS)])
    whole_mb, peak_mb = {}, {}
    for scale in (1, 4, 16):
        words = [sys.executable, "-c", PROGRAM, str(scale), str(tmp_path / f"{scale}.zarr")]
        done = subprocess.run(
            words, env={**os.environ, "PYTHONPATH": path}, check=True, stdout=subprocess.PIPE, text=True
        )
        whole_mb[scale], peak_mb[scale] = (float(figure) for figure in done.stdout.split())
    assert whole_mb[16] > 200
    assert max(peak_mb.values()) < min(peak_mb.values()) + 40, peak_mb
