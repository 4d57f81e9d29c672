"""Voronoi cells, noding of lines and the faces between them, for the makers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from territory._util.ragged import counters
from territory.space.projection import Move, moved
from territory.space.shapes import Floats, Shapes

_NO_SHAPES: Shapes = np.empty(0, dtype=object)
_PER_M = 10.0  # grid lines per metre
SNAP_M = 1 / _PER_M  # lines are noded on a 10 cm grid, so that near-coincident ones leave no slivers


def voronoi(xy: Floats, ground: BaseGeometry) -> Shapes:
    """Voronoi cells of points, which cover at least the ground.

    Parameters
    ----------
    xy : (point, 2) float64
        In metres.
    ground : shapely geometry

    Returns
    -------
    (point,) array of Polygon
        In the order of the points.
    """
    if len(xy) == 1:
        return np.array([shapely.box(*ground.buffer(1000.0).bounds)], dtype=object)
    found = shapely.voronoi_polygons(shapely.linestrings(xy), extend_to=ground, ordered=True)  # of the line's vertices
    return np.asarray(shapely.get_parts(found), dtype=object)


def edges_of(cells: Shapes) -> Shapes:
    """(edge,) array of LineString: the distinct edges of Voronoi cells, with their ends on the grid."""
    xy, cell = shapely.get_coordinates(cells, return_index=True)
    spot, number = np.unique(np.round(xy * _PER_M) @ np.array([1, 1j]), return_inverse=True)
    at = np.flatnonzero((cell[1:] == cell[:-1]) & (number[1:] != number[:-1]))
    ends = np.sort(np.stack([number[at], number[at + 1]], axis=1), axis=1)
    low, high = np.divmod(np.unique(ends[:, 0] * len(spot) + ends[:, 1]), len(spot))
    pair = spot[np.stack([low, high], axis=1)]
    lines = shapely.linestrings(np.stack([pair.real, pair.imag], axis=2) / _PER_M)  # divided, as GEOS does
    return np.asarray(lines, dtype=object)


def faces_between(lines: Sequence[BaseGeometry], ground: BaseGeometry, edges: Shapes = _NO_SHAPES) -> Shapes:
    """Node lines on a fine grid and polygonize them: the faces that lie in the ground.

    Parameters
    ----------
    lines : sequence of shapely geometries
        In metres; may cross and coincide.
    ground : shapely geometry
    edges : (edge,) array of LineString
        Edges that meet only at their ends, on the grid; those that are near no line are not noded again.

    Returns
    -------
    (face,) array of Polygon
    """
    near = np.zeros(len(edges), dtype=bool)
    if len(edges):
        parts = shapely.get_parts(np.asarray(lines, dtype=object))
        segments = np.concatenate([segments_of(shapely.get_coordinates(part)) for part in parts])
        near[np.unique(shapely.STRtree(edges).query(segments, predicate="dwithin", distance=10 * SNAP_M)[1])] = True
    noded = shapely.union_all([*lines, *edges[near]], grid_size=SNAP_M)
    faces = shapely.get_parts(shapely.polygonize([*shapely.get_parts(noded), *edges[~near]]))
    around = ground.buffer(SNAP_M)
    shapely.prepare(around)
    inside = shapely.contains_properly(around, shapely.point_on_surface(faces))
    return np.asarray(faces[inside], dtype=object)


def moved_polygons(shapes: Shapes, transform: Move) -> Shapes:
    """``projection.moved``, but faster for polygons without holes."""
    if shapely.get_num_interior_rings(shapes).any():
        return np.asarray(moved(shapes, transform), dtype=object)
    xy, owner = shapely.get_coordinates(shapes, return_index=True)
    begins = np.r_[0, np.cumsum(np.bincount(owner, minlength=len(shapes)))]
    xy = np.stack(transform(*xy.T), axis=1)
    polygons = shapely.from_ragged_array(shapely.GeometryType.POLYGON, xy, (begins, np.arange(len(begins))))
    return np.asarray(polygons, dtype=object)


def split(shapes: Shapes, chosen: NDArray[np.int64], longest: float) -> Shapes:
    """Split the long edges of chosen polygons of a coverage into equal parts, in their neighbours too.

    Parameters
    ----------
    shapes : (polygon,) array of Polygon
        A valid coverage.
    chosen : (n,) int64
        Polygons whose edges are split.
    longest : float
        Longest edge that is left, in the unit of the shapes.

    Returns
    -------
    (polygon,) array of Polygon
    """
    rings, owner = shapely.get_rings(shapes, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    spot, number = np.unique(xy @ np.array([1, 1j]), return_inverse=True)
    ahead = np.roll(number, -1)
    low, high = np.minimum(number, ahead), np.maximum(number, ahead)
    last = np.r_[ring[1:] != ring[:-1], True]  # the last vertex of a ring starts no edge
    key = low * len(spot) + high
    cut = np.isin(key, key[np.isin(owner[ring], chosen) & ~last]) & ~last
    pieces = np.where(cut, np.maximum(1, np.ceil(abs(spot[high] - spot[low]) / longest)), 1).astype(np.int64)
    of = np.repeat(np.arange(len(xy)), pieces)
    piece = counters(pieces)
    from_low = np.where(number[of] == low[of], piece, pieces[of] - piece)  # equal for both directions of an edge
    there = spot[low[of]] + (spot[high[of]] - spot[low[of]]) * (from_low / pieces[of])
    there = np.where(piece == 0, spot[number[of]], there)
    offsets = [np.r_[0, np.cumsum(np.bincount(which))] for which in (ring[of], owner)]
    xy = np.stack([there.real, there.imag], axis=1)
    return np.asarray(shapely.from_ragged_array(shapely.GeometryType.POLYGON, xy, tuple(offsets)), dtype=object)


def segments_of(xy: Floats) -> Shapes:
    """(segment,) array of LineString: the segments of a line, given its (vertex, 2) coordinates."""
    return np.asarray(shapely.linestrings(np.stack([xy[:-1], xy[1:]], axis=1)), dtype=object).reshape(-1)
