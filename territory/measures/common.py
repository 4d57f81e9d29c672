"""What every measure starts from: which days, whose ground, and a plane in metres around a partition."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from territory.partition import GEOD, Partition
from territory.timeline import Day, State, Timeline

By = Literal["side", "controller"]
Shapes = NDArray[np.object_]
ShapesLike = Shapes | Sequence[shapely.Geometry]


def days_of(timeline: Timeline, days: Day | Iterable[Day] | None) -> NDArray[np.datetime64]:
    """The days that are asked for, in order and once each.

    None stands for the first day and every later day on which something changed: the state holds from each to the next.

    Raises
    ------
    OutsidePeriod
        Where one of them is no day of the period.
    """
    if days is None:
        return timeline.days
    if isinstance(days, str) or not isinstance(days, Iterable):
        days = [days]
    return np.unique(np.array([timeline.day(day) for day in days], dtype="datetime64[D]"))


def step_of(timeline: Timeline, start: Day, stop: Day) -> tuple[np.datetime64, np.datetime64]:
    """Two days of the period in order; ValueError where the second is not the later one."""
    first, last = timeline.day(start), timeline.day(stop)
    if last <= first:
        raise ValueError(f"The step from {first} to {last} has no length; the second day must be the later one.")
    return first, last


def holders(timeline: Timeline, state: State, by: By) -> NDArray[np.int8]:
    """(cell,) int8: code of the side, or of the very actor, that holds each cell."""
    if by not in ("side", "controller"):
        raise ValueError(f"by is '{by}'; it must be 'side' or 'controller'.")
    return timeline.side[state.controller] if by == "side" else state.controller


def names_of(timeline: Timeline) -> NDArray[np.object_]:
    """(actor,) ids by code."""
    return np.array([actor.id for actor in timeline.campaign.actors.all], dtype=object)


def as_days(days: NDArray[np.datetime64]) -> NDArray[np.datetime64]:
    """Days as pandas keeps them, to the second."""
    return days.astype("datetime64[s]")


def group_of(timeline: Timeline, actor: str, allies: Sequence[str] = ()) -> NDArray[np.bool_]:
    """(actor,) bool: which codes belong to the side of an actor or of one of its allies."""
    roots = {int(timeline.side[timeline.campaign.actors.code(name)]) for name in (actor, *allies)}
    return np.isin(timeline.side, list(roots))


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
        return _turned(shapes, "EPSG:4326", self.crs)

    def degrees(self, shapes: ShapesLike) -> Shapes:
        """(n,) geometries from metres back to degrees."""
        return _turned(shapes, self.crs, "EPSG:4326")


def _turned(shapes: ShapesLike, source: str, target: str) -> Shapes:
    how = Transformer.from_crs(source, target, always_xy=True)
    array = np.empty(len(shapes), dtype=object)
    array[:] = shapes
    turned = shapely.transform(array, lambda xy: np.stack(how.transform(xy[:, 0], xy[:, 1]), axis=1))
    return np.asarray(turned, dtype=object)


def geodesic_km(lines: ShapesLike) -> NDArray[np.float64]:
    """(n,) float64: lengths on the ellipsoid of lines in degrees, km."""
    return np.array([GEOD.geometry_length(line) / 1000.0 for line in lines], dtype=np.float64)


def geodesic_km2(shapes: ShapesLike) -> NDArray[np.float64]:
    """(n,) float64: areas on the ellipsoid of what is polygonal in geometries in degrees, km2."""
    parts, owner = shapely.get_parts(shapely.get_parts(np.asarray(shapes, dtype=object)), return_index=True)
    _, whose = shapely.get_parts(np.asarray(shapes, dtype=object), return_index=True)
    flat = shapely.area(parts) > 0  # two cells that touch have a line or a point in common
    upright = shapely.orient_polygons(parts[flat])  # a hole must turn the other way to be taken off
    km2 = [abs(GEOD.geometry_area_perimeter(one)[0]) / 1e6 for one in upright]
    return np.asarray(np.bincount(whose[owner[flat]], weights=km2, minlength=len(shapes)), dtype=np.float64)
