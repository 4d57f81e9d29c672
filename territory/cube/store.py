"""Write cubes to Zarr (by regions, with a manifest of checksums) and NetCDF, and open them.

Zarr reads an absent chunk as an empty one, so lost data would read as missing. So every folder has a manifest with the
sha256 of each file; a cube is opened only if all agree, and each chunk is checked again when it is read. Chunks also
carry a crc32c checksum, for readers that ignore the manifest.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from territory._util.atomic import draft_file
from territory._util.extras import require
from territory._util.lazy import Lazy
from territory.cube.manifest import draft_cube, manifest, verify
from territory.cube.raster import build
from territory.timeline.base import BaseTimeline

if TYPE_CHECKING:
    import xarray as xr
else:
    xr = Lazy("xarray")

Progress = Callable[[int, int], None]
NO_FILL: dict[str, Any] = {"_FillValue": None}  # coordinates have no missing values
DIMS = ("time", "y", "x")
TIME: dict[str, Any] = {"units": "days since 1970-01-01", "calendar": "proleptic_gregorian", "dtype": "int32"}


def to_zarr(
    cube: xr.Dataset | BaseTimeline,
    path: str | os.PathLike[str],
    *,
    progress: Progress | None = None,
    **options: Any,  # Any: handed to build as they are
) -> Path:
    """Write a cube as a Zarr folder, atomically.

    It is written region by region into a folder beside ``path``, which is renamed once all is there, manifest included;
    readers see the old cube or the new one. Memory holds a few chunks at a time, whatever the period. Where a
    ``dask.distributed`` client is active, its workers compute and write; they must share the disk.

    Parameters
    ----------
    cube : Dataset or Timeline
        From ``build``, or a timeline to build one from.
    path : str or path
    progress : callable, optional
        Called with the number of regions done and the total.
    **options
        For ``build``, where a timeline is given: ``resolution_m``, ``crs``, ``days``, ``variables``, ``chunks``.

    Returns
    -------
    Path

    Raises
    ------
    InputError
        Where ``path`` cannot be written, or exists and is not a cube.
    """
    require("cube", "dask", "zarr", "rioxarray", what="Stored cubes")
    data, path = _dataset(cube, options), Path(path)
    with draft_cube(path) as draft:
        data.to_zarr(draft, mode="w-", compute=False, zarr_format=3, consolidated=False, encoding=_zarr_encoding(data))
        regions = list(_regions(data))
        lazy = xr.Dataset({name: (DIMS, data[name].data) for name in _raster_names(data)})  # all else is written
        for done, region in enumerate(regions, start=1):
            lazy.isel(region).to_zarr(draft, region=region, zarr_format=3, consolidated=False)
            if progress:
                progress(done, len(regions))
    return path


def open(path: str | os.PathLike[str], *, verify: bool = True) -> xr.Dataset:  # noqa: A001  # cube.open reads well
    """Open a cube that ``to_zarr`` wrote, lazily.

    Parameters
    ----------
    path : str or path
    verify : bool
        Compare every file with the manifest first, and each chunk again when it is read: a cube that is replaced while
        it is read gives an error, never a mix. Without it, a lost chunk reads as missing.

    Returns
    -------
    Dataset
        As from ``build``: int8, with 0 for missing.

    Raises
    ------
    CubeError
        Where a file is missing, truncated or altered, with its name.
    """
    require("cube", "dask", "zarr", "rioxarray", what="Stored cubes")
    return _open(Path(path), check=verify)


def _open(path: Path, *, check: bool) -> xr.Dataset:
    """Open a cube through ``CheckedStore``."""
    from zarr.storage import LocalStore

    from territory.cube._checked_store import CheckedStore

    digests = manifest(path)
    if check:
        verify(path)
    store = CheckedStore(LocalStore(path, read_only=True), digests, check=check)
    data: xr.Dataset = xr.open_zarr(store, zarr_format=3, consolidated=False, mask_and_scale=False, decode_coords="all")
    return data


def to_netcdf(
    cube: xr.Dataset | BaseTimeline, path: str | os.PathLike[str], **options: Any
) -> Path:  # Any: as in to_zarr
    """Write a cube as one NetCDF-4 file, compressed and with checksums (fletcher32), atomically.

    Parameters
    ----------
    cube : Dataset or Timeline
    path : str or path
    **options
        For ``build``, where a timeline is given.

    Returns
    -------
    Path

    Raises
    ------
    InputError
        Where ``path`` cannot be written.
    """
    require("cube", "dask", "netCDF4", "rioxarray", what="NetCDF cubes")
    data, path = _dataset(cube, options), Path(path)
    with draft_file(path) as draft:
        data.to_netcdf(draft, engine="netcdf4", format="NETCDF4", encoding=_netcdf_encoding(data))
    return path


def _dataset(cube: xr.Dataset | BaseTimeline, options: dict[str, Any]) -> xr.Dataset:
    """The cube to write: the given one, or built from a timeline."""
    if isinstance(cube, BaseTimeline):
        return _without_encoding(build(cube, **options))
    if options:
        raise TypeError(f"{', '.join(options)}: options of build, but this is a cube already; leave them out.")
    if not _raster_names(cube):
        raise ValueError(f"This dataset has no variable with the dimensions {', '.join(DIMS)}; build one first.")
    return _without_encoding(cube)


def _without_encoding(data: xr.Dataset) -> xr.Dataset:
    """The dataset without old encodings, except for ``grid_mapping``, which is kept as an attribute."""
    bare = data.drop_encoding()
    for name in data.variables:
        if mapping := data[name].encoding.get("grid_mapping"):
            bare[name].attrs["grid_mapping"] = mapping
    return bare


def _raster_names(data: xr.Dataset) -> list[str]:
    """Names of the variables with the dimensions of a cube."""
    return [str(name) for name in data.data_vars if data[name].dims == DIMS]


def _regions(data: xr.Dataset) -> Iterator[dict[str, slice]]:
    """Regions of whole chunks: some days by some rows, over the full width."""
    days, rows, _ = (data.chunksizes.get(dim, (data.sizes[dim],)) for dim in DIMS)
    for (day, count), (row, height) in product(_spans(days), _spans(rows)):
        yield {"time": slice(day, day + count), "y": slice(row, row + height), "x": slice(0, data.sizes["x"])}


def _spans(sizes: tuple[int, ...]) -> list[tuple[int, int]]:
    """Start and size of each chunk along one dimension."""
    starts = [sum(sizes[:i]) for i in range(len(sizes))]
    return list(zip(starts, sizes, strict=True))


def _zarr_encoding(data: xr.Dataset) -> dict[str, dict[str, Any]]:  # Any: as xarray takes it
    from zarr.codecs import Crc32cCodec, TransposeCodec, ZstdCodec

    packed = {"compressors": (ZstdCodec(level=9), Crc32cCodec())}
    # With time as the last axis a pixel's history is a run of equal bytes: a third of the size of time first.
    by_pixel = {**packed, "filters": (TransposeCodec(order=(1, 2, 0)),), "fill_value": 0}
    cubes = {name: {**by_pixel, "chunks": _chunks(data, name)} for name in _raster_names(data)}
    others = {str(name): dict(packed) for name in data.variables if name not in cubes}
    own = {"x": {**packed, **NO_FILL}, "y": {**packed, **NO_FILL}, "time": {**packed, **TIME}}
    return {**others, **cubes, **own}


def _netcdf_encoding(data: xr.Dataset) -> dict[str, dict[str, Any]]:  # Any: as xarray takes it
    packed = {"zlib": True, "complevel": 4, "fletcher32": True}
    return {
        **{name: {**packed, "chunksizes": _chunks(data, name)} for name in _raster_names(data)},
        "x": NO_FILL,
        "y": NO_FILL,
        "time": TIME,
    }


def _chunks(data: xr.Dataset, name: str) -> tuple[int, ...]:
    """The largest chunk along each dimension; those at the far edges may be smaller."""
    sizes = data[name].chunksizes
    return tuple(max(sizes.get(dim, (data.sizes[dim],))) for dim in DIMS)
