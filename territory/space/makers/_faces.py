"""Tools with which the makers cut ground: points, Voronoi cells, and the faces between lines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from territory._util.ragged import counters
from territory.space.projection import Move, moved
from territory.space.shapes import Floats, Shapes

NO_SHAPES: Shapes = np.empty(0, dtype=object)
PER_M = 10.0  # grid lines in a metre
SNAP_M = 1 / PER_M  # linework is noded on a 10 cm grid, so that near-coincident lines leave no slivers


def voronoi(xy: Floats, ground: BaseGeometry) -> Shapes:
    """(point,) array of Polygon: Voronoi cells that cover at least the ground, in the order of the points."""
    if len(xy) == 1:
        return np.array([shapely.box(*ground.buffer(1000.0).bounds)], dtype=object)
    found = shapely.voronoi_polygons(shapely.linestrings(xy), extend_to=ground, ordered=True)  # of its vertices
    return np.asarray(shapely.get_parts(found), dtype=object)


def edges_of(cells: Shapes) -> Shapes:
    """(edge,) array of LineString: every edge of Voronoi cells once, with its ends on the grid."""
    xy, cell = shapely.get_coordinates(cells, return_index=True)
    spot, number = np.unique(np.round(xy * PER_M) @ np.array([1, 1j]), return_inverse=True)
    step = np.flatnonzero((cell[1:] == cell[:-1]) & (number[1:] != number[:-1]))
    ends = np.sort(np.stack([number[step], number[step + 1]], axis=1), axis=1)
    low, high = np.divmod(np.unique(ends[:, 0] * len(spot) + ends[:, 1]), len(spot))
    pair = spot[np.stack([low, high], axis=1)]
    lines = shapely.linestrings(np.stack([pair.real, pair.imag], axis=2) / PER_M)  # divided, as GEOS does
    return np.asarray(lines, dtype=object)


def faces_between(lines: Sequence[BaseGeometry], ground: BaseGeometry, edges: Shapes = NO_SHAPES) -> Shapes:
    """Lines noded on a fine grid, and the faces between them that are ground.

    Parameters
    ----------
    lines : sequence of shapely geometries
        May cross and coincide.
    ground : shapely geometry
    edges : (edge,) array of LineString
        Edges that meet only at their ends, which are on the grid: where no line is near they are taken as they are.
    """
    near = np.zeros(len(edges), dtype=bool)
    if len(edges):
        parts = shapely.get_parts(np.asarray(lines, dtype=object))
        steps = np.concatenate([steps_of(shapely.get_coordinates(part)) for part in parts])
        near[np.unique(shapely.STRtree(edges).query(steps, predicate="dwithin", distance=10 * SNAP_M)[1])] = True
    noded = shapely.union_all([*lines, *edges[near]], grid_size=SNAP_M)
    faces = shapely.get_parts(shapely.polygonize([*shapely.get_parts(noded), *edges[~near]]))
    around = ground.buffer(SNAP_M)
    shapely.prepare(around)
    inside = shapely.contains_properly(around, shapely.point_on_surface(faces))
    return np.asarray(faces[inside], dtype=object)


def moved_polygons(shapes: Shapes, way: Move) -> Shapes:
    """``projection.moved``, but faster for polygons without holes."""
    if shapely.get_num_interior_rings(shapes).any():
        return np.asarray(moved(shapes, way), dtype=object)
    xy, owner = shapely.get_coordinates(shapes, return_index=True)
    begins = np.r_[0, np.cumsum(np.bincount(owner, minlength=len(shapes)))]
    there = np.stack(way(*xy.T), axis=1)
    made = shapely.from_ragged_array(shapely.GeometryType.POLYGON, there, (begins, np.arange(len(begins))))
    return np.asarray(made, dtype=object)


def split(shapes: Shapes, chosen: NDArray[np.int64], longest: float) -> Shapes:
    """Polygons of a coverage with the long steps of some of them cut into equal pieces, on both sides alike."""
    rings, owner = shapely.get_rings(shapes, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    spot, number = np.unique(xy @ np.array([1, 1j]), return_inverse=True)
    ahead = np.roll(number, -1)
    low, high = np.minimum(number, ahead), np.maximum(number, ahead)
    last = np.r_[ring[1:] != ring[:-1], True]  # the last vertex of a ring starts no step
    key = low * len(spot) + high
    mine = np.isin(key, key[np.isin(owner[ring], chosen) & ~last]) & ~last
    pieces = np.where(mine, np.maximum(1, np.ceil(abs(spot[high] - spot[low]) / longest)), 1).astype(np.int64)
    of = np.repeat(np.arange(len(xy)), pieces)
    piece = counters(pieces)
    from_low = np.where(number[of] == low[of], piece, pieces[of] - piece)  # whichever way the ring walks
    there = spot[low[of]] + (spot[high[of]] - spot[low[of]]) * (from_low / pieces[of])
    there = np.where(piece == 0, spot[number[of]], there)
    offsets = [np.r_[0, np.cumsum(np.bincount(which))] for which in (ring[of], owner)]
    xy = np.stack([there.real, there.imag], axis=1)
    return np.asarray(shapely.from_ragged_array(shapely.GeometryType.POLYGON, xy, tuple(offsets)), dtype=object)


def steps_of(xy: Floats) -> Shapes:
    """(step,) array of LineString: a line taken apart at its vertices."""
    return np.asarray(shapely.linestrings(np.stack([xy[:-1], xy[1:]], axis=1)), dtype=object).reshape(-1)
