"""Projections between degrees and metres."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from territory.space.partition import Partition
from territory.space.shapes import Floats, Shapes, ShapesLike, as_shapes, points

LONLAT = "EPSG:4326"
_TOUCH_M = 1e-3  # a point of a line may lie this far off it after rounding

Move = Callable[[Floats, Floats], tuple[Floats, Floats]]


def metric_crs(crs: str) -> CRS:
    """CRS from text, checked to be a projected system in metres.

    Parameters
    ----------
    crs : str
        As pyproj reads it, such as ``EPSG:32637``.

    Raises
    ------
    ValueError
        Where ``crs`` is no known system, or not in metres.
    """
    try:
        system = CRS.from_user_input(crs)
    except CRSError:
        raise ValueError(f"crs is '{crs}', which is no known system; write one as 'EPSG:32637'.") from None
    if not system.is_projected or any(axis.unit_conversion_factor != 1 for axis in system.axis_info):
        raise ValueError(f"crs '{crs}' ({system.name}) is not in metres; write one that is, as 'EPSG:32637'.")
    return system


def move(source: str | CRS, target: str | CRS) -> Move:
    """Function from x and y in one CRS to x and y in another."""
    forward: Move = Transformer.from_crs(source, target, always_xy=True).transform
    return forward


def moved(shape: Any, transform: Move) -> Any:  # Any: one geometry or many, as shapely.transform
    """Geometries with every vertex transformed; edges are straight in either CRS.

    Parameters
    ----------
    shape : shapely geometry, or array of them
    transform : callable
        As of ``move``.
    """
    return shapely.transform(shape, lambda xy: np.stack(transform(xy[:, 0], xy[:, 1]), axis=1))


@dataclass(frozen=True)
class Plane:
    """Lambert azimuthal equal-area projection around a point, in metres.

    Distances are within 0.06 % up to 300 km from the point, areas are exact everywhere. It is for tolerances, samples
    and nearest distances; reported lengths and areas are geodesic.

    Parameters
    ----------
    lon, lat : float
        The point, degrees.
    """

    lon: float
    lat: float

    @classmethod
    def around(cls, partition: Partition) -> Plane:
        """Projection around the middle of a partition's bounding box."""
        west, south, east, north = shapely.total_bounds(partition.cells)
        return cls((west + east) / 2, (south + north) / 2)

    @property
    def crs(self) -> str:
        """PROJ string of the projection."""
        return f"+proj=laea +lat_0={self.lat} +lon_0={self.lon} +ellps=WGS84 +units=m +type=crs"

    def metres(self, shapes: ShapesLike) -> Shapes:
        """(n,) geometries projected from degrees to metres."""
        return np.asarray(moved(as_shapes(shapes), move(LONLAT, self.crs)), dtype=object)

    def degrees(self, shapes: ShapesLike) -> Shapes:
        """(n,) geometries projected from metres to degrees."""
        return np.asarray(moved(as_shapes(shapes), move(self.crs, LONLAT)), dtype=object)

    def metre_points(self, lonlat: Floats) -> Shapes:
        """(n,) points in metres from (n, 2) coordinates in degrees."""
        return self.metres(points(lonlat))

    def km(self, lonlat: Floats) -> Floats:
        """(n, 2) float64: coordinates projected from degrees to km."""
        return shapely.get_coordinates(self.metre_points(lonlat)) / 1000.0


def nearest_km(from_shapes: Shapes, to_shapes: Shapes) -> NDArray[np.float64]:
    """Distance from each geometry to the nearest of others.

    Parameters
    ----------
    from_shapes, to_shapes : (n,), (m,) array of shapely geometries
        In metres.

    Returns
    -------
    (n,) float64
        km; NaN where ``to_shapes`` is empty.
    """
    nearest = np.full(len(from_shapes), np.nan)
    if len(to_shapes) == 0 or len(from_shapes) == 0:
        return nearest
    pair, metres = shapely.STRtree(to_shapes).query_nearest(from_shapes, return_distance=True, all_matches=False)
    nearest[pair[0]] = np.where(metres < _TOUCH_M, 0.0, metres / 1000.0)
    return nearest
