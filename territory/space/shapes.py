"""Arrays of geometries: their types, points out of coordinates, and arcs as lines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from territory._util.ragged import counters, ranges
from territory.space.topology import Topology

Floats = NDArray[np.float64]
Shapes = NDArray[np.object_]
ShapesLike = Shapes | Sequence[shapely.Geometry]


def as_shapes(shapes: ShapesLike) -> Shapes:
    """(n,) array of shapely geometries, out of any sequence of them."""
    array = np.empty(len(shapes), dtype=object)
    array[:] = shapes
    return array


def points(xy: Floats) -> Shapes:
    """(point,) array of shapely.Point, also for none at all."""
    return np.asarray(shapely.points(np.asarray(xy, dtype=np.float64).reshape(-1, 2)), dtype=object).reshape(-1)


def arc_lines(topology: Topology, arcs: NDArray[np.int64] | None = None) -> Shapes:
    """(arc,) array of shapely.LineString: arcs as they run, in degrees; all of them by default."""
    chosen = np.arange(len(topology)) if arcs is None else arcs
    offset = topology.offset.astype(np.int64)
    count = offset[chosen + 1] - offset[chosen]
    line = np.repeat(np.arange(len(chosen)), count)
    xy = topology.xy[ranges(offset[chosen], count)]
    return np.asarray(shapely.linestrings(xy, indices=line), dtype=object).reshape(-1)


def points_along(lines: Shapes, spacing: float) -> tuple[Shapes, NDArray[np.int64], NDArray[np.int64]]:
    """Points along lines: each line in equal parts no longer than the spacing, with a point in the middle of each.

    Returns
    -------
    (point,) array of shapely.Point
    (point,) int64
        The line of each.
    (line,) int64
        How many points each line has; one at least.
    """
    count = np.maximum(np.ceil(shapely.length(lines) / spacing).astype(np.int64), 1)
    line = np.repeat(np.arange(len(lines)), count)
    share = (counters(count) + 0.5) / count[line]
    found = shapely.line_interpolate_point(lines[line], share, normalized=True)
    return np.asarray(found, dtype=object), line, count
