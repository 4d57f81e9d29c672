"""Partition from places: clipped Voronoi cells, with a largest radius, site discs and barriers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from territory._util.gc_pause import gc_paused
from territory.errors import PartitionError
from territory.records.gazetteer import Gazetteer
from territory.space.makers._barriers import NO_POINT, Barriers, dissolve
from territory.space.makers._faces import SNAP_M, edges_of, faces_between, moved_polygons, split, voronoi
from territory.space.partition import NO_PLACE, Partition, from_cells
from territory.space.projection import LONLAT, Move, metric_crs, move, moved
from territory.space.shapes import Floats, Shapes, points

_NEAREST_M = 10 * SNAP_M  # places closer than this leave no room for a border on the grid of nodes
_EDGE_M = (5_000.0, 1_000.0, 200.0, 50.0)  # longest edges that are tried in turn
_STRAIGHT_DEG = 0.01  # on such a length, lines straight in degrees and straight in the projection differ by 1 cm


@gc_paused()
def from_places(
    gazetteer: Gazetteer,
    land: BaseGeometry,
    *,
    crs: str,
    max_radius_km: float | None = None,
    site_radius_km: Mapping[str, float] | None = None,
    without: Sequence[str] = ("area",),
    barriers: Sequence[BaseGeometry] = (),
    coast: bool = False,
    observed_km: float | None = None,
) -> Partition:
    """Partition of land into clipped Voronoi cells: each bit of land belongs to the nearest place within a radius.

    Land farther than ``max_radius_km`` from every place becomes cells without a place. Places of the kinds in
    ``site_radius_km`` (a hospital, a base, a checkpoint) get a disc, clipped to the land and shrunk so that it contains
    no other place. All lines are noded together and polygonized, so the cells are a coverage by construction.

    A barrier stops a cell: ground belongs to a place only if it can be reached from it over land, within the radius,
    without crossing a barrier. Ground that is cut off goes to the nearest place that can reach it, or to none. A river
    that ends inside the radius can be passed at its end. Bridges are not modelled: a place on the line itself reaches
    both banks, and there is no other crossing.

    Parameters
    ----------
    gazetteer : Gazetteer
    land : shapely.Polygon or MultiPolygon
        What is to be cut; WGS 84.
    crs : str
        Projected system in metres, for distances; nearly equidistant over the land.
    max_radius_km : float, optional
        How far the ground of a place extends, km; without it, to where another place is nearer.
    site_radius_km : mapping of str to float
        For each kind of site the radius of its disc, km.
    without : sequence of str
        Kinds of places that get no cell.
    barriers : sequence of shapely geometries
        Lines (rivers) stop a cell; polygons (lakes) do so too, and are no ground themselves; WGS 84.
    coast : bool
        Whether the edge of the land is a barrier, so that no cell reaches over a bay; with ``barriers`` it always is.
    observed_km : float, optional
        Cut the ground of each place at this distance, into an inner, observed part and an outer, inferred one.

    Raises
    ------
    PartitionError
        Where places lie off the land or closer to each other than a metre (all are named), or where ``crs`` is no
        system in metres.
    """
    sites = dict(site_radius_km or {})
    rows = np.array([row for row, place in enumerate(gazetteer) if place.kind not in without], dtype=np.int32)
    try:
        system = metric_crs(crs)
    except ValueError as error:
        raise PartitionError(str(error)) from None
    to_metres = move(LONLAT, system)
    obstacles = [moved(shapely.segmentize(shape, _STRAIGHT_DEG), to_metres) for shape in barriers]
    ground = _without_water(moved(land, to_metres), obstacles)
    xy = np.stack(to_metres(*gazetteer.lonlat[rows].T), axis=1)
    _refuse_misplaced(gazetteer, rows, xy, ground)
    radius = np.zeros(len(rows))
    if sites:
        radius = _site_radius(xy, np.array([sites.get(gazetteer[row].kind, 0.0) * 1000.0 for row in rows]))
    reach = np.inf if max_radius_km is None else max_radius_km * 1000.0
    stop = Barriers(xy, obstacles, ground, reach) if obstacles or coast else None
    to_degrees = move(system, LONLAT)
    method: dict[str, object] = {"method": "places", "crs": crs, "max_radius_km": max_radius_km}
    method |= {"site_radius_km": sites, "barriers": len(obstacles), "coast": coast, "observed_km": observed_km}

    def partition_of(cut: tuple[Shapes, NDArray[np.int64]], *, proven: bool) -> Partition:
        faces, point = cut
        place = np.where(point < 0, NO_PLACE, rows[point]).astype(np.int32)
        cells = _in_degrees(faces, point, gazetteer.lonlat[rows], to_degrees, proven=proven)
        return from_cells(cells, place, gazetteer, method, proven=proven)

    if observed_km is None and stop is None and not radius.any():
        whole = _whole_cells(xy, ground, reach)
        if whole is not None and _is_gapless(quick := partition_of(whole, proven=True), land):
            return quick
    return partition_of(_cut(xy, radius, ground, reach, (observed_km or 0.0) * 1000.0, stop), proven=False)


def _is_gapless(partition: Partition, land: BaseGeometry) -> bool:
    """Whether cells leave no gaps: arcs with the outside beside them are together as long as the edge of the land."""
    topology = partition.topology
    outer = (topology.left < 0) | (topology.right < 0)
    segment = np.hypot(*np.diff(topology.xy, axis=0).T)
    segment[topology.offset[1:-1] - 1] = 0.0  # the end of one arc and the start of the next make no segment
    length = np.add.reduceat(segment, topology.offset[:-1])[outer].sum()
    return bool(abs(length - land.length) <= 1e-6 * land.length) and bool(shapely.is_valid(partition.cells).all())


def _in_degrees(faces: Shapes, point: NDArray[np.int64], lonlat: Floats, transform: Move, *, proven: bool) -> Shapes:
    """Faces in degrees, a valid coverage with every point in a face that belongs to it.

    Over 100 km, a line straight in degrees is up to 100 m from one straight in the projection. Where that leaves a
    point outside its faces, or makes a line cross a disc that it passes closely, the edges of these faces are split.
    """
    assigned = np.flatnonzero(point >= 0)
    for longest in _EDGE_M:
        mapped = moved_polygons(faces, transform)
        inside = shapely.intersects_xy(mapped[assigned], lonlat[point[assigned]])
        outside = np.setdiff1d(point[assigned], point[assigned[inside]])
        wrong = np.isin(point, outside)
        if not proven:
            wrong |= ~shapely.is_valid(mapped) | ~shapely.is_empty(shapely.coverage_invalid_edges(mapped))
        if not wrong.any():
            break
        faces = split(faces, np.flatnonzero(wrong), longest)
    return mapped


def _without_water(ground: BaseGeometry, obstacles: Sequence[BaseGeometry]) -> BaseGeometry:
    """The ground without lakes, which belong to no cell."""
    water = [shape for shape in obstacles if shape.area > 0]
    return shapely.difference(ground, shapely.union_all(water)) if water else ground


def _refuse_misplaced(gazetteer: Gazetteer, rows: NDArray[np.int32], xy: Floats, ground: BaseGeometry) -> None:
    """Raise for places that lie off the land or too close to each other, naming all of them."""
    if len(rows) == 0:
        raise PartitionError("There is no place to make cells of; places.csv needs one at least.")
    faults = []
    for one, other in _too_near(xy):
        names = f"{gazetteer[rows[one]].id} and {gazetteer[rows[other]].id}"
        apart = float(np.hypot(*(xy[one] - xy[other])))
        why = f"lie {apart:.2g} m apart, too near for a border between them" if apart else "have the same coordinates"
        faults.append(f"{names} {why}; move or merge them, or make one a kind without ground.")
    shapely.prepare(ground)
    for index in np.flatnonzero(~shapely.contains_xy(ground, xy)):
        place = gazetteer[rows[index]]
        faults.append(
            f"{place.id} (lon {place.lon}, lat {place.lat}) lies off the land; correct it or the land outline."
        )
    if faults:
        raise PartitionError("Places that cannot have ground:\n" + "\n".join(faults))


def _too_near(xy: Floats) -> list[tuple[int, int]]:
    """Pairs of points too close for a border between them on the grid of nodes; each pair once."""
    suspect = np.ones(len(xy), dtype=bool)
    for along in xy.T:  # sorting by x and by y leaves few points to compare
        order = np.argsort(along)
        near = np.r_[False, np.diff(along[order]) <= _NEAREST_M, False]
        suspect[order] &= near[1:] | near[:-1]
    rows = np.flatnonzero(suspect)
    shapes = points(xy[rows])
    first, second = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=_NEAREST_M)
    return sorted((int(rows[i]), int(rows[j])) for i, j in zip(first, second, strict=True) if i < j)


def _site_radius(xy: Floats, wanted: Floats) -> Floats:
    """Radius of each site's disc, m: as wanted, but at most 0.45 of the distance to the nearest other place."""
    if len(xy) < 2 or not wanted.any():
        return wanted
    shapes = points(xy)
    pair, distance = shapely.STRtree(shapes).query_nearest(
        shapes, exclusive=True, return_distance=True, all_matches=False
    )
    nearest = np.full(len(xy), np.inf)
    nearest[pair[0]] = distance
    return np.minimum(wanted, 0.45 * nearest)


def _whole_cells(xy: Floats, ground: BaseGeometry, reach: float) -> tuple[Shapes, NDArray[np.int64]] | None:
    """Clipped Voronoi cells, and the point of each; None where one exceeds the reach or rounding left gaps.

    Only cells at the border are clipped, each with the whole outline, so that two neighbours meet it in one vertex.
    """
    cells = voronoi(xy, ground)
    shapely.prepare(ground)
    border = np.flatnonzero(~shapely.contains_properly(ground, cells))
    cells[border] = shapely.intersection(cells[border], ground)
    if np.isfinite(reach):
        corner, cell = shapely.get_coordinates(cells, return_index=True)
        if (np.hypot(*(corner - xy[cell]).T) > reach).any():
            return None
    around = np.unique(shapely.STRtree(cells).query(cells[border], predicate="intersects")[1])
    parts, owner = shapely.get_parts(cells, return_index=True)
    area = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    parts, owner = np.asarray(parts[area], dtype=object), owner[area]
    if not shapely.coverage_is_valid(parts[np.isin(owner, around)]):
        return None
    return parts, owner


def _cut(
    xy: Floats, radius: Floats, ground: BaseGeometry, reach: float, near: float, stop: Barriers | None
) -> tuple[Shapes, NDArray[np.int64]]:
    """Faces into which the ground is cut, and the point that each belongs to; -1 for none."""
    site = np.flatnonzero(radius > 0)
    discs = np.asarray(shapely.buffer(points(xy[site]), radius[site], quad_segs=8), dtype=object)
    lines, edges = _lines(xy[radius == 0], discs, ground, reach, near)
    barriers = stop.lines if stop else []
    faces = faces_between([*lines, *barriers], ground, edges)
    point = _nearest_point(faces, xy, radius == 0, reach)
    if stop is None and not _each_in_its_face(faces, point, xy, radius == 0):  # rounding moved an edge over a point
        faces = faces_between([*lines, *edges], ground)
        point = _nearest_point(faces, xy, radius == 0, reach)
    disc = _disc_of(faces, discs)
    if stop is not None:
        faces, point = stop.reassign(faces, point, disc >= 0, ground)
        disc = _disc_of(faces, discs)
    if len(site):
        point = np.where(disc >= 0, site[disc], point)
    away = shapely.distance(shapely.point_on_surface(faces), points(xy)[point])
    fixed = stop is None and point < 0  # without barriers, faces of no point are already as large as they can be
    return dissolve(faces, point, (point >= 0) & (away <= near), np.broadcast_to(fixed, len(faces)))


def _lines(
    xy: Floats, discs: Shapes, ground: BaseGeometry, reach: float, near: float
) -> tuple[list[BaseGeometry], Shapes]:
    """The outline, the discs of sites, the edges of reach and of observed ground; and separately the Voronoi edges."""
    lines = [ground.boundary, *shapely.boundary(discs)]
    if len(xy) == 0:
        return lines, np.empty(0, dtype=object)
    cells = voronoi(xy, ground.envelope.buffer(1000.0))
    sites = shapely.union_all(discs)
    far: BaseGeometry = shapely.MultiPolygon()
    if np.isfinite(reach):
        far = shapely.intersection(_out_of_reach(xy, cells, reach), ground)
        lines.append(far.boundary)
    if near > 0:
        observed = shapely.union_all(shapely.buffer(points(xy), near, quad_segs=8)).boundary
        lines.append(shapely.difference(shapely.intersection(observed, ground), sites))
    return lines, _outside(edges_of(cells), shapely.union_all([far, sites]))


def _out_of_reach(xy: Floats, cells: Shapes, reach: float) -> BaseGeometry:
    """Parts of Voronoi cells out of reach of their points; only points whose cell exceeds the reach get a disc."""
    quad = 24
    corner, cell = shapely.get_coordinates(cells, return_index=True)
    beyond = np.hypot(*(corner - xy[cell]).T) > reach * np.cos(np.pi / (4 * quad))  # a disc is a polygon, a bit smaller
    far = np.unique(cell[beyond])
    around = np.unique(shapely.STRtree(cells).query(cells[far], predicate="intersects")[1])
    reached = shapely.union_all(shapely.buffer(points(xy[around]), reach, quad_segs=quad))
    return shapely.difference(shapely.coverage_union_all(cells[far]), reached)


def _outside(edges: Shapes, ground: BaseGeometry) -> Shapes:
    """The parts of edges that lie outside some ground."""
    touched = shapely.STRtree(edges).query(ground, predicate="intersects")
    rest = shapely.get_parts(shapely.difference(edges[touched], ground))
    return np.concatenate([np.delete(edges, touched), rest[~shapely.is_empty(rest)]])


def _nearest_point(faces: Shapes, xy: Floats, ordinary: NDArray[np.bool_], reach: float) -> NDArray[np.int64]:
    """(face,) int64: the nearest point that is no site, if it is within reach; else -1."""
    point = np.full(len(faces), NO_POINT, dtype=np.int64)
    rows = np.flatnonzero(ordinary)
    if len(rows):
        pair, distance = shapely.STRtree(points(xy[rows])).query_nearest(
            shapely.point_on_surface(faces), return_distance=True, all_matches=False
        )
        near = distance <= reach
        point[pair[0][near]] = rows[pair[1][near]]
    return point


def _each_in_its_face(faces: Shapes, point: NDArray[np.int64], xy: Floats, ordinary: NDArray[np.bool_]) -> bool:
    """Whether every point that is no site lies in a face that belongs to it."""
    assigned = np.flatnonzero(point >= 0)
    inside = shapely.intersects_xy(faces[assigned], xy[point[assigned]])
    return len(np.unique(point[assigned[inside]])) == int(ordinary.sum())


def _disc_of(faces: Shapes, discs: Shapes) -> NDArray[np.int64]:
    """(face,) int64: the disc in which each face lies; -1 for none."""
    inside = np.full(len(faces), -1, dtype=np.int64)
    which, face = shapely.STRtree(shapely.point_on_surface(faces)).query(discs, predicate="intersects")
    inside[face] = which
    return inside
