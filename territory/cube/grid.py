"""The pixel grid of a cube, and the rasterisation of the cells on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS

from territory.cube._lookup import OUTSIDE
from territory.space.projection import LONLAT, metric_crs, move, moved
from territory.space.shapes import Shapes

if TYPE_CHECKING:
    from affine import Affine

MOST_PIXELS = 2**31 - 1
STEP_DEG = 0.02  # edges are straight in degrees; with vertices this close, projected edges deviate by less than 0.2 m


@dataclass(frozen=True)
class Grid:
    """A grid of square pixels, rows from the north, columns from the west; edges are multiples of the resolution.

    Parameters
    ----------
    crs : pyproj.CRS
    resolution_m : float
    left, top : float
        The north-west corner, m.
    height, width : int
        Rows and columns.
    """

    crs: CRS
    resolution_m: float
    left: float
    top: float
    height: int
    width: int

    @classmethod
    def around(cls, cells: Shapes, resolution_m: float, crs: str | None = None) -> Grid:
        """The smallest grid that covers some cells.

        Edges are multiples of the resolution, so cubes in one CRS at one resolution are aligned.

        Parameters
        ----------
        cells : (cell,) array of shapely polygons
            EPSG:4326.
        resolution_m : float
        crs : str, optional
            Projected, in metres; by default ``equal_area(cells)``.

        Raises
        ------
        ValueError
            Where the resolution is not above 0, the CRS not in metres, or the grid too large.
        """
        if not (np.isfinite(resolution_m) and resolution_m > 0):
            raise ValueError(f"resolution_m is {resolution_m}; it must be a number of metres above 0.")
        system = metric_crs(crs) if crs else equal_area(cells)
        west, south, east, north = shapely.total_bounds(_projected_cells(cells, system))
        first = np.floor(np.array([west, south]) / resolution_m)
        last = np.ceil(np.array([east, north]) / resolution_m)
        width, height = (int(size) for size in np.maximum(last - first, 1))
        if width * height > MOST_PIXELS:
            raise ValueError(
                f"{width:,} x {height:,} pixels of {resolution_m:g} m are more than a cube can have ({MOST_PIXELS:,}); "
                "choose a coarser resolution."
            )
        return cls(system, float(resolution_m), first[0] * resolution_m, last[1] * resolution_m, height, width)

    @property
    def x(self) -> NDArray[np.float64]:
        """(width,) float64: x of the centres of the columns, m."""
        return np.asarray(self.left + (np.arange(self.width) + 0.5) * self.resolution_m)

    @property
    def y(self) -> NDArray[np.float64]:
        """(height,) float64: y of the centres of the rows from the north, m."""
        return np.asarray(self.top - (np.arange(self.height) + 0.5) * self.resolution_m)

    @property
    def transform(self) -> Affine:
        """Affine transform from column and row to x and y, as in rasterio."""
        from affine import Affine

        return Affine(self.resolution_m, 0.0, self.left, 0.0, -self.resolution_m, self.top)


def equal_area(cells: Shapes) -> CRS:
    """Lambert azimuthal equal-area CRS centred on some cells (EPSG:4326), rounded to a tenth of a degree."""
    west, south, east, north = shapely.total_bounds(cells)
    lat, lon = round((south + north) / 2, 1), round((west + east) / 2, 1)
    return CRS.from_proj4(f"+proj=laea +lat_0={lat} +lon_0={lon} +datum=WGS84 +units=m +no_defs")


def rasterise(cells: Shapes, grid: Grid) -> NDArray[np.int32]:
    """(height, width) int32: the cell (EPSG:4326) in which the centre of each pixel lies; -1 outside."""
    from rasterio.features import rasterize

    shapes = _projected_cells(cells, grid.crs)
    drawn: NDArray[np.int32] = rasterize(
        zip(shapes, range(len(shapes)), strict=True),
        out_shape=(grid.height, grid.width),
        fill=OUTSIDE,
        transform=grid.transform,
        dtype="int32",
    )
    return drawn


def _projected_cells(cells: Shapes, system: CRS) -> Shapes:
    """Cells in the CRS of the grid, with edges densified first."""
    return np.asarray(moved(shapely.segmentize(cells, STEP_DEG), move(LONLAT, system)), dtype=object)
