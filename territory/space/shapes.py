"""Arrays of shapely geometries: from sequences, coordinates and arcs."""

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
    """(n,) array of shapely geometries from any sequence of them."""
    array = np.empty(len(shapes), dtype=object)
    array[:] = shapes
    return array


def points(xy: Floats) -> Shapes:
    """(point,) array of shapely.Point from (point, 2) coordinates, which may be empty."""
    return np.asarray(shapely.points(np.asarray(xy, dtype=np.float64).reshape(-1, 2)), dtype=object).reshape(-1)


def arc_lines(topology: Topology, arcs: NDArray[np.int64] | None = None) -> Shapes:
    """Arcs as lines.

    Parameters
    ----------
    topology : Topology
    arcs : (n,) int64, optional
        Arcs, all by default.

    Returns
    -------
    (n,) array of shapely.LineString
        Degrees, in the direction of the arc.
    """
    chosen = np.arange(len(topology)) if arcs is None else arcs
    offset = topology.offset.astype(np.int64)
    count = offset[chosen + 1] - offset[chosen]
    line = np.repeat(np.arange(len(chosen)), count)
    xy = topology.xy[ranges(offset[chosen], count)]
    return np.asarray(shapely.linestrings(xy, indices=line), dtype=object).reshape(-1)


def points_along(lines: Shapes, spacing: float) -> tuple[Shapes, NDArray[np.int64], NDArray[np.int64]]:
    """Points along lines: the midpoints of equal parts of each line, none longer than the spacing.

    Parameters
    ----------
    lines : (line,) array of shapely.LineString
    spacing : float
        In the unit of the lines.

    Returns
    -------
    (point,) array of shapely.Point
    (point,) int64
        The line of each.
    (line,) int64
        Number of points of each line, at least one.
    """
    count = np.maximum(np.ceil(shapely.length(lines) / spacing).astype(np.int64), 1)
    line = np.repeat(np.arange(len(lines)), count)
    share = (counters(count) + 0.5) / count[line]
    found = shapely.line_interpolate_point(lines[line], share, normalized=True)
    return np.asarray(found, dtype=object), line, count
