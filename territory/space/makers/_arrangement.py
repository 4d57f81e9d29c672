"""Overlay of many polygon layers: their distinct segments, the faces between them, slivers, and ray crossings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from territory.errors import PartitionError
from territory.space.geodesic import measure_topology
from territory.space.partition import topology_of
from territory.space.shapes import Floats, Shapes
from territory.space.topology import Topology

_M_PER_DEG = 111_320.0
_COARSEST_M = 50_000.0
Index = NDArray[np.int64]


def grid_step(resolution_m: float) -> float:
    """Grid step for a resolution, in degrees: the largest 1, 2 or 5 times a power of ten that is not coarser.

    Parameters
    ----------
    resolution_m : float
        m.

    Raises
    ------
    PartitionError
        Where the resolution is not above 0, or is above 50 km.
    """
    if not 0 < resolution_m <= _COARSEST_M:
        raise PartitionError(
            f"resolution_m is {resolution_m}; give the size in metres below which differences between maps do not "
            f"count, more than 0 and at most {_COARSEST_M:g}."
        )
    most = resolution_m / _M_PER_DEG
    power = 10.0 ** np.floor(np.log10(most * (1 + 1e-9)))
    return float(max(factor * power for factor in (1, 2, 5) if factor * power <= most * (1 + 1e-9)))


def snapped(shape: Any, step: float) -> Any:  # Any: one geometry or many, as shapely.transform
    """Geometries with their vertices rounded to a grid; the result may be invalid.

    Parameters
    ----------
    shape : shapely geometry, or array of them
    step : float
        As of ``grid_step``.
    """
    per_degree = round(1 / step)  # dividing by a whole number gives the float nearest to the decimal degree
    return shapely.transform(shape, lambda xy: np.round(xy * per_degree) / per_degree)


def segments(layers: Sequence[BaseGeometry], step: float) -> tuple[Floats, tuple[Index, Index]]:
    """Distinct border segments of layers on a grid, and which layer has which.

    Parameters
    ----------
    layers : sequence of Polygon or MultiPolygon
        Vertices on the grid.
    step : float
        Of the grid, degrees.

    Returns
    -------
    (segment, 2, 2) float64
        Both ends of each, the western one first.
    (n,) int64, (n,) int64
        Layer, and directed segment that has the layer on its left: 2i is segment i westward, 2i + 1 eastward.
    """
    parts, layer = shapely.get_parts(shapely.orient_polygons(np.array(layers, dtype=object)), return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    column, row = np.rint((xy - xy.min(axis=0)) / step).astype(np.int64).T
    _, first, number = _unique(column * (int(row.max()) + 1) + row)
    at = np.flatnonzero((ring[1:] == ring[:-1]) & (number[1:] != number[:-1]))
    tail, head = number[at], number[at + 1]
    key, _, which = _unique(np.minimum(tail, head) * len(first) + np.maximum(tail, head))
    pair = xy[first[np.stack(np.divmod(key, len(first)), axis=1)]]
    return pair, (layer[part[ring[at]]], 2 * which + (tail < head))


def _unique(key: Index) -> tuple[Index, Index, Index]:
    """Distinct keys in order, the index of one occurrence of each, and the rank of every key.

    As np.unique, but faster, as the sort need not be stable.
    """
    order = np.argsort(key)
    new = np.r_[True, key[order[1:]] != key[order[:-1]]]
    rank = np.empty(len(key), dtype=np.int64)
    rank[order] = np.cumsum(new) - 1
    return key[order[new]], order[new], rank


def faces_of(
    ends: Floats, ground: BaseGeometry | None, resolution_m: float
) -> tuple[Shapes, Floats, dict[str, object]]:
    """Faces between segments, sorted by position, with slivers merged into their neighbours.

    Parameters
    ----------
    ends : (segment, 2, 2) float64
        Both ends of each segment.
    ground : shapely geometry or None
        Its border bounds faces too, and faces outside are left out.
    resolution_m : float
        Narrower faces are slivers, m.

    Returns
    -------
    (face,) array of Polygon
    (face, 2) float64
        A point inside each, and not inside a sliver that was merged into it.
    dict
        Number of slivers, and their km2.
    """
    lines = _lines_of(ends)
    if ground is not None:
        lines = np.concatenate([lines, shapely.get_parts(ground.boundary)])
    noded = shapely.union_all(lines)
    faces = np.asarray(shapely.get_parts(shapely.polygonize(shapely.get_parts(noded))), dtype=object)
    if ground is not None:
        shapely.prepare(ground)
        faces = faces[shapely.intersects(ground, shapely.point_on_surface(faces))]
    faces = np.asarray(shapely.orient_polygons(faces), dtype=object)
    inner = shapely.get_coordinates(shapely.point_on_surface(faces))
    order = np.lexsort((inner[:, 1], inner[:, 0]))
    faces, hosts, report = without_slivers(faces[order], resolution_m)
    return faces, inner[order][hosts], report


def _lines_of(ends: Floats) -> Shapes:
    """(segment,) array of LineString from (segment, 2, 2) float64 ends."""
    return np.asarray(shapely.linestrings(ends), dtype=object).reshape(-1)


def without_slivers(
    faces: Shapes, resolution_m: float, group: Index | None = None
) -> tuple[Shapes, Index, dict[str, object]]:
    """Merge faces narrower than the resolution into the larger neighbour with the longest common border.

    Parameters
    ----------
    faces : (face,) array of Polygon
        Outer rings anticlockwise.
    resolution_m : float
        m.
    group : (face,) int64, optional
        Only faces of one group are merged.

    Returns
    -------
    (n,) array of Polygon
        The remaining faces.
    (n,) int64
        For each the face that it was before slivers were merged into it.
    dict
        Number of slivers, and their km2.
    """
    topology = topology_of(faces)
    _, arc_km = measure_topology(topology, len(faces))
    middle = np.radians(shapely.get_coordinates(shapely.centroid(faces))[:, 1])
    # Not geodesic: a geodesic lies farther from the straight line in degrees than a sliver is wide.
    km2 = shapely.area(faces) * np.cos(middle) * (_M_PER_DEG / 1000) ** 2
    around = np.zeros(len(faces) + 1)
    np.add.at(around, topology.left, arc_km)
    np.add.at(around, topology.right, arc_km)
    narrow = 2 * km2 / around[:-1] < resolution_m / 1000  # mean width: twice the area over the perimeter
    rank = np.empty(len(faces), dtype=np.int64)
    rank[np.argsort(km2, kind="stable")] = np.arange(len(faces))
    group = np.zeros(len(faces), dtype=np.int64) if group is None else group
    into = _hosts(topology, arc_km, narrow, rank, group)
    merged = into != np.arange(len(faces))
    while not np.array_equal(into, into[into]):
        into = into[into]
    hosts, size = np.unique(into, return_counts=True)
    whole, members, ends = faces[hosts], np.argsort(into, kind="stable"), np.cumsum(size)
    for spot in np.flatnonzero(size > 1).tolist():
        whole[spot] = shapely.coverage_union_all(faces[members[ends[spot] - size[spot] : ends[spot]]])
    return whole, hosts, {"slivers": int(merged.sum()), "slivers_km2": float(km2[merged].sum())}


def _hosts(topology: Topology, arc_km: Floats, narrow: NDArray[np.bool_], rank: Index, group: Index) -> Index:
    """(face,) int64: the face that each narrow face is merged into; itself for any other."""
    into = np.arange(len(narrow))
    beside = np.concatenate([topology.left, topology.right])
    order = np.argsort(beside, kind="stable")
    begins = np.searchsorted(beside[order], np.arange(len(narrow) + 1))
    for face in np.flatnonzero(narrow).tolist():
        mine = order[begins[face] : begins[face + 1]]
        other = beside[(mine + len(topology)) % len(beside)]
        # Always into a larger face, so that there is no cycle.
        larger = (other >= 0) & (rank[other] > rank[face]) & (group[other] == group[face])
        if larger.any():
            neighbour, which = np.unique(other[larger], return_inverse=True)
            border = np.bincount(which, weights=arc_km[mine[larger] % len(topology)])
            into[face] = neighbour[border.argmax()]
    return into


def crossings(inner: Floats, ends: Floats) -> tuple[Index, Index]:
    """Crossings of segments by a ray northward from each point.

    Parameters
    ----------
    inner : (point, 2) float64
    ends : (segment, 2, 2) float64
        Both ends of each segment, the western one first.

    Returns
    -------
    (n,) int64, (n,) int64
        Point and segment of each crossing.
    """
    north = np.full(len(inner), ends[:, :, 1].max() + 1.0)
    rays = _lines_of(np.stack([inner, np.stack([inner[:, 0], north], axis=1)], axis=1))
    point, segment = shapely.STRtree(_lines_of(ends)).query(rays)
    (west, south), (east, north_) = ends[segment, 0].T, ends[segment, 1].T
    x, y = inner[point].T
    under = (west <= x) & (x < east)  # half-open, so that a ray through a vertex crosses one of the two segments
    with np.errstate(divide="ignore", invalid="ignore"):
        above = south + (north_ - south) * ((x - west) / (east - west)) > y
    hit = under & above
    return point[hit], segment[hit]
