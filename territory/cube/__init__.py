"""A timeline as labelled arrays: time by cell, and time by pixels, in memory, as Zarr and as NetCDF.

``cells`` needs xarray alone; what works on pixels needs ``pip install territory[cube]``.
"""

from __future__ import annotations

from territory.cube.cells import cells
from territory.cube.raster import build

__all__ = ["build", "cells"]
