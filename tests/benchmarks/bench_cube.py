"""The raster cube of W3 at 1 km, every day, against dissolving the cells and rasterising the result on each date."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import dask.array as da
import geopandas as gpd
import numpy as np
from rasterio.features import rasterize

from benchmarks.bench import Row, timed
from benchmarks.worlds import world
from territory import cube
from territory.api import Timeline
from territory.cube.grid import Grid

RESOLUTION_M = 1000
SAMPLED = 7
MEMORY = """
import sys, tempfile, dask
from pathlib import Path
from benchmarks.worlds import world
from territory import cube
def rss_mb(which):
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(which))
data = cube.build(world("W1", scale=int(sys.argv[1])), 400, variables=["controller"], chunks=(100, 128, 128))
Path("/proc/self/clear_refs").write_text("5")
before = rss_mb("VmRSS")
with tempfile.TemporaryDirectory() as folder, dask.config.set(scheduler="threads", num_workers=2):
    cube.to_zarr(data, Path(folder) / "x.zarr")
print(rss_mb("VmHWM") - before)
"""


class Sink:
    """Takes chunks and keeps none, so that only making them is measured."""

    def __setitem__(self, where: object, chunk: object) -> None:
        pass


def rows() -> Iterator[Row]:
    """Speed with and without the index, size on disk, and memory at 1, 4 and 16 times the days."""
    timeline = world("W3")
    built_s, data = timed(lambda: cube.build(timeline, RESOLUTION_M, variables=["controller"]), times=2)
    filled_s, _ = timed(lambda: da.store(data.controller.data, Sink(), lock=False, scheduler="synchronous"), times=3)
    days = data.sizes["time"]
    peer_s = min(_dissolved_and_drawn(timeline)) * days
    note = f"one thread each; peer: dissolve() and rasterize, the fastest of {SAMPLED} dates times {days:,}"
    yield Row("cube W3 at 1 km, index there", filled_s, peer_s, 1000, note=note)
    yield Row("cube W3 at 1 km, with its index", built_s + filled_s, peer_s, 25, note=note)
    with tempfile.TemporaryDirectory() as folder:
        size_mb = _megabytes(cube.to_zarr(data, Path(folder) / "chunks.zarr"))
    note = "compressed and with checksums: int8 controller, and the cell index"
    yield Row("cube W3 at 1 km as Zarr: size", size_mb, None, 3, "MB", note)
    if sys.platform == "linux":
        once, four, sixteen = (_peak_mb(scale) for scale in (1, 4, 16))
        for scale, peak in ((4, four), (16, sixteen)):
            yield Row(
                f"memory to write a cube of {scale} times the days", peak, once, 0.8, "MB", "peer: ours at 1 time"
            )


def _dissolved_and_drawn(timeline: Timeline) -> list[float]:
    """Seconds for each of some dates."""
    grid = Grid.around(timeline.partition.cells, RESOLUTION_M)
    cells = gpd.GeoDataFrame(geometry=timeline.partition.cells, crs=4326).to_crs(grid.crs)
    took = []
    for day in timeline.days[np.linspace(0, len(timeline.days) - 1, SAMPLED).astype(int)]:
        held = timeline.state(day).controller

        def draw(held=held):
            land = cells.assign(held=held).dissolve(by="held")
            shapes = zip(land.geometry, land.index, strict=True)
            return rasterize(shapes, out_shape=(grid.height, grid.width), transform=grid.transform, dtype="uint8")

        took.append(timed(draw)[0])
    return took


def _megabytes(path: Path) -> float:
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file()) / 1e6


def _peak_mb(scale: int) -> float:
    """What writing a cube needs beyond what the process held before, in a process of its own."""
    words = [sys.executable, "-c", MEMORY, str(scale)]
    return float(subprocess.run(words, env=dict(os.environ), check=True, stdout=subprocess.PIPE, text=True).stdout)
