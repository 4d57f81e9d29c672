"""Build raster cubes (time, y, x): cells are rasterised once, control is looked up chunk by chunk with dask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from territory._util.extras import require
from territory._util.lazy import Lazy
from territory.cube._lookup import MISSING, OUTSIDE, SHIFT, Lookup, block, since_1970
from territory.cube.cells import flags
from territory.cube.grid import Grid, rasterise
from territory.measures.surfaces import estimator_notes
from territory.records.kinds import STATUSES
from territory.timeline.base import BaseTimeline
from territory.timeline.changes import Day

if TYPE_CHECKING:
    import dask.array as da
    import xarray as xr
else:
    xr = Lazy("xarray")

VARIABLES = ("controller", "status", "rival")
LONG_NAMES = {
    "controller": "who holds the ground",
    "status": "how it is held",
    "rival": "who contests, besieges or claims it",
}
CHUNKS = (365, 128, 128)


def build(
    timeline: BaseTimeline,
    resolution_m: float,
    crs: str | None = None,
    days: str | Sequence[Day] = "daily",
    variables: Sequence[str] = VARIABLES,
    *,
    chunks: tuple[int, int, int] = CHUNKS,
) -> xr.Dataset:
    """Build a lazy Dataset of controller, status and rival of each pixel on each day.

    A pixel belongs to the cell in which its centre lies. Cells without a pixel's centre vanish; the attributes
    ``cells_without_pixel`` and ``km2_without_pixel`` count them. Memory depends on the chunks, not on the period, and
    on a ``dask.distributed`` cluster the chunks are computed there.

    Parameters
    ----------
    timeline : Timeline
    resolution_m : float
        Width and height of a pixel, in metres of ``crs``.
    crs : str, optional
        A projected CRS in metres. By default an equal-area one (LAEA) centred on the partition, so that counts of
        pixels give areas.
    days : {"daily", "changes"} or sequence of days
        Every day of the period; or the first day and each day of change, for ``sel(time=day, method="pad")``; or
        these.
    variables : sequence of {"controller", "status", "rival"}
    chunks : (int, int, int)
        Days, rows and columns of a chunk.

    Returns
    -------
    Dataset
        (time, y, x) int8. 0 is missing: outside the partition. Every other value is an actor or status code plus 1, as
        ``flag_values`` and ``flag_meanings`` say: controller and rival 1 unknown, 2 none, then the actors; status 1
        control, 2 contested and so on. ``cell`` is the (y, x) int32 index of the cells, -1 outside.

    Raises
    ------
    MissingExtra
        Where rasterio, rioxarray or dask is not installed.
    ValueError
        Where the CRS is not in metres, the resolution not above 0, or a variable is not one of the three.
    """
    require("cube", "rasterio", "rioxarray", "dask", what="Raster cubes")
    import dask.array as da

    unknown = sorted(set(variables) - set(VARIABLES))
    if unknown or not variables:
        raise ValueError(f"variables are {list(variables)}; they must be one or more of {', '.join(VARIABLES)}.")
    wanted = _days(timeline, days)
    grid = Grid.around(timeline.partition.cells, resolution_m, crs)
    index = rasterise(timeline.partition.cells, grid)
    numbers = da.from_array(since_1970(wanted), chunks=chunks[0], name=False)
    pixels = da.from_array(index, chunks=chunks[1:], name=False)
    data = {
        name: (("time", "y", "x"), _lazy(timeline, name, numbers, pixels), _attributes(timeline, name))
        for name in variables
    }
    attributes = {"long_name": "index of the cell", "_FillValue": np.int32(OUTSIDE)}
    cube = xr.Dataset({**data, "cell": (("y", "x"), index, attributes)}, coords=_coordinates(wanted, grid))
    cube.attrs = {**_provenance(timeline), **_without_pixel(timeline, index), "resolution_m": float(resolution_m)}
    return _with_crs(cube, grid)


def _days(timeline: BaseTimeline, days: str | Sequence[Day]) -> NDArray[np.datetime64]:
    """(day,) datetime64[D], ascending, all in the period."""
    if isinstance(days, str):
        if days == "changes":
            return timeline.days
        if days == "daily":
            return np.arange(timeline.day(timeline.first_day), timeline.day(timeline.last_day) + 1)
        raise ValueError(f"days is {days!r}; it must be 'daily', 'changes' or a sequence of days.")
    if not len(days):
        raise ValueError("days is empty; give one day at least.")
    return np.unique(np.array([timeline.day(day) for day in days], dtype="datetime64[D]"))


def _lazy(timeline: BaseTimeline, name: str, days: da.Array, pixels: da.Array) -> da.Array:
    """A variable as a lazy dask array.

    One task per chunk, where ``isel`` with the index raster would make ten thousand. The lookup is one node of the
    graph, sent once to each worker.
    """
    import dask.array as da
    from dask.delayed import delayed

    lookup = delayed(Lookup.of(timeline, name), pure=True, traverse=False)
    kind = {"dtype": np.int8, "meta": np.empty((0, 0, 0), dtype=np.int8), "align_arrays": False}
    lazy: da.Array = da.blockwise(block, "tyx", days, "t", pixels, "yx", lookup=lookup, **kind)
    return lazy


def _attributes(timeline: BaseTimeline, name: str) -> dict[str, Any]:  # Any: attributes are numbers, texts and arrays
    words = STATUSES if name == "status" else timeline.campaign.actors.ids.tolist()
    shifted = flags(words, SHIFT)
    comment = "0 is missing (outside the partition); a value is the code of territory plus 1"
    return {"long_name": LONG_NAMES[name], "_FillValue": np.int8(MISSING), **shifted, "comment": comment}


def _coordinates(days: NDArray[np.datetime64], grid: Grid) -> dict[str, Any]:  # Any: as xarray takes them
    time = days.astype("datetime64[ns]")
    return {
        "time": ("time", time, {"standard_name": "time", "comment": "civil dates"}),
        "y": ("y", grid.y),
        "x": ("x", grid.x),
    }


def _provenance(timeline: BaseTimeline) -> dict[str, str]:
    """Title, source, licence and estimator, as attributes."""
    campaign = timeline.campaign
    return {
        "title": campaign.title,
        "Conventions": "CF-1.11",
        "source": campaign.attribution,
        "licence": campaign.licence,
        **{f"estimator_{key}": str(value) for key, value in estimator_notes(timeline).items()},
    }


def _without_pixel(timeline: BaseTimeline, index: NDArray[np.int32]) -> dict[str, int | float]:
    """Number and area of the cells that no pixel's centre lies in, as attributes."""
    part = timeline.partition
    seen = np.zeros(len(part), dtype=bool)
    seen[np.unique(index[index >= 0])] = True
    return {
        "cells_without_pixel": int((~seen).sum()),
        "km2_without_pixel": round(float(part.area_km2[~seen].sum()), 6),
    }


def _with_crs(cube: xr.Dataset, grid: Grid) -> xr.Dataset:
    """The cube with CRS, transform and coordinate attributes written by rioxarray."""
    import rioxarray  # noqa: F401  # registers the accessor `rio`

    projected = cube.rio.write_crs(grid.crs).rio.write_transform(grid.transform)
    with_crs: xr.Dataset = projected.rio.write_coordinate_system()
    return with_crs
