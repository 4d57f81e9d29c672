"""Projections: degrees to metres and back, and whether a system is in metres at all."""

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
TOUCH_M = 1e-3  # a point of a line may lie this far off it after rounding

Move = Callable[[Floats, Floats], tuple[Floats, Floats]]


def metric_crs(crs: str) -> CRS:
    """A projected system in metres.

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
    """The function that takes x and y from one system to another."""
    forward: Move = Transformer.from_crs(source, target, always_xy=True).transform
    return forward


def moved(shape: Any, way: Move) -> Any:  # Any: one geometry or many, as shapely.transform
    """Geometries with every vertex moved; their edges are straight in either system."""
    return shapely.transform(shape, lambda xy: np.stack(way(xy[:, 0], xy[:, 1]), axis=1))


@dataclass(frozen=True)
class Plane:
    """Metres around a point: Lambert's azimuthal equal-area projection.

    Within 300 km of the point, distances are right to 0.06 %, areas everywhere. It serves tolerances, samples
    and nearest distances; lengths and areas that are reported come from the ellipsoid.
    """

    lon: float
    lat: float

    @classmethod
    def around(cls, partition: Partition) -> Plane:
        """The plane around the middle of a partition."""
        west, south, east, north = shapely.total_bounds(partition.cells)
        return cls((west + east) / 2, (south + north) / 2)

    @property
    def crs(self) -> str:
        """As PROJ writes it."""
        return f"+proj=laea +lat_0={self.lat} +lon_0={self.lon} +ellps=WGS84 +units=m +type=crs"

    def metres(self, shapes: ShapesLike) -> Shapes:
        """(n,) geometries from degrees to metres."""
        return np.asarray(moved(as_shapes(shapes), move(LONLAT, self.crs)), dtype=object)

    def degrees(self, shapes: ShapesLike) -> Shapes:
        """(n,) geometries from metres back to degrees."""
        return np.asarray(moved(as_shapes(shapes), move(self.crs, LONLAT)), dtype=object)

    def metre_points(self, lonlat: Floats) -> Shapes:
        """(n,) points out of (n, 2) degrees, in metres."""
        return self.metres(points(lonlat))

    def km(self, lonlat: Floats) -> Floats:
        """(n, 2) float64: degrees as km in the plane."""
        return shapely.get_coordinates(self.metre_points(lonlat)) / 1000.0


def nearest_km(from_shapes: Shapes, to_shapes: Shapes) -> NDArray[np.float64]:
    """(n,) float64: distance of each of some geometries to the nearest of others, km; both in metres.

    NaN where there is nothing to be near to.
    """
    nearest = np.full(len(from_shapes), np.nan)
    if len(to_shapes) == 0 or len(from_shapes) == 0:
        return nearest
    pair, metres = shapely.STRtree(to_shapes).query_nearest(from_shapes, return_distance=True, all_matches=False)
    nearest[pair[0]] = np.where(metres < TOUCH_M, 0.0, metres / 1000.0)
    return nearest
