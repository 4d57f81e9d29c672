"""A timeline as labelled arrays (xarray): time by cell, and time by pixel, in memory, as Zarr and as NetCDF.

``cells`` needs only xarray; raster cubes need ``pip install territory[cube]``.
"""

from __future__ import annotations

from territory.cube.cells import cells
from territory.cube.raster import build
from territory.cube.store import open, to_netcdf, to_zarr  # noqa: A004  # cube.open reads as it should

__all__ = ["build", "cells", "open", "to_netcdf", "to_zarr"]
