"""Ground cut by places: each piece belongs to the nearest place, if one is near enough and nothing lies between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from territory._util.gc_pause import gc_paused
from territory.errors import PartitionError
from territory.records.gazetteer import Gazetteer
from territory.space.makers._barriers import Barriers, dissolved
from territory.space.makers._faces import SNAP_M, edges_of, faces_between, moved_polygons, split, voronoi
from territory.space.partition import NOBODY_SPEAKS, Partition, from_cells
from territory.space.projection import LONLAT, Move, metric_crs, move, moved
from territory.space.shapes import Floats, Shapes, points

NEAREST_M = 10 * SNAP_M  # nearer places leave no room for a border on the grid that lines are noded on
SHORTER_M = (5_000.0, 1_000.0, 200.0, 50.0)
STRAIGHT_DEG = 0.01  # over such a step a line straight in degrees and one straight in the projection part by 1 cm


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
    """Clipped Voronoi cells of places: each piece of land belongs to the nearest place, if one is near enough.

    Land farther than ``max_radius_km`` from every place is cut into cells of its own for which nobody speaks. Places
    of the kinds in ``site_radius_km`` (a hospital, a base, a checkpoint) get a disc inside the land around them,
    shrunk so that it holds no other place. All lines are noded together and polygonised, so the cells are a coverage
    by construction.

    A barrier stops a cell: a place speaks only for ground that can be got to from it over land, within its radius,
    without crossing one. What a barrier cuts off goes to the nearest place on its own side, or is unknown where none
    is in reach. A river that ends inside the radius can be walked round. Bridges are not modelled: a place that lies on
    the line itself has both banks, and no other crossing counts.

    Parameters
    ----------
    gazetteer : Gazetteer
    land : shapely.Polygon or MultiPolygon
        What is to be cut; WGS 84.
    crs : str
        Projected system in metres, for distances; nearly equidistant over the land.
    max_radius_km : float, optional
        How far a place speaks for the ground around it, km; without it, as far as no other is nearer.
    site_radius_km : mapping of str to float
        For each kind of site the radius of its disc, km.
    without : sequence of str
        Kinds of places that get no ground.
    barriers : sequence of shapely geometries
        Lines (rivers) stop a cell; polygons (lakes) do so too, and are no ground themselves; WGS 84.
    coast : bool
        Whether the edge of the land is a barrier, so that no cell reaches over a bay; it is one beside any other.
    observed_km : float, optional
        Cuts each place's ground at this distance, so that the inner part can be told as observed from the outer,
        inferred one.

    Raises
    ------
    PartitionError
        Where places lie off the land, or nearer to each other than a metre, all of them named; where ``crs`` is none,
        or not in metres.
    """
    sites = dict(site_radius_km or {})
    rows = np.array([row for row, place in enumerate(gazetteer) if place.kind not in without], dtype=np.int32)
    try:
        system = metric_crs(crs)
    except ValueError as error:
        raise PartitionError(str(error)) from None
    to_metres = move(LONLAT, system)
    walls = [moved(shapely.segmentize(shape, STRAIGHT_DEG), to_metres) for shape in barriers]
    ground = _dry(moved(land, to_metres), walls)
    xy = np.stack(to_metres(*gazetteer.lonlat[rows].T), axis=1)
    _refuse_misplaced(gazetteer, rows, xy, ground)
    radius = np.zeros(len(rows))
    if sites:
        radius = _site_radius(xy, np.array([sites.get(gazetteer[row].kind, 0.0) * 1000.0 for row in rows]))
    reach = np.inf if max_radius_km is None else max_radius_km * 1000.0
    stop = Barriers(xy, walls, ground, reach) if walls or coast else None
    found = None
    if observed_km is None and stop is None and not radius.any():
        found = _nearest(xy, ground, reach)
    to_degrees = move(system, LONLAT)
    method: dict[str, object] = {"method": "places", "crs": crs, "max_radius_km": max_radius_km}
    method |= {"site_radius_km": sites, "barriers": len(walls), "coast": coast, "observed_km": observed_km}

    def made(cut: tuple[Shapes, NDArray[np.int64]], *, proven: bool) -> Partition:
        faces, speaker = cut
        place = np.where(speaker < 0, NOBODY_SPEAKS, rows[speaker]).astype(np.int32)
        mapped = _in_degrees(faces, speaker, gazetteer.lonlat[rows], to_degrees, proven=proven)
        return from_cells(mapped, place, gazetteer, method, proven=proven)

    if found is not None:
        quick = made(found, proven=True)
        if _closed(quick, land):
            return quick
    return made(_cut(xy, radius, ground, reach, (observed_km or 0.0) * 1000.0, stop), proven=False)


def _closed(partition: Partition, land: BaseGeometry) -> bool:
    """Whether cells meet everywhere but at the edge of the land: what has nothing beside it is as long as that edge."""
    topology = partition.topology
    outer = (topology.left < 0) | (topology.right < 0)
    step = np.hypot(*np.diff(topology.xy, axis=0).T)
    step[topology.offset[1:-1] - 1] = 0.0  # from arc to arc is no step
    length = np.add.reduceat(step, topology.offset[:-1])[outer].sum()
    return bool(abs(length - land.length) <= 1e-6 * land.length) and bool(shapely.is_valid(partition.cells).all())


def _in_degrees(faces: Shapes, speaker: NDArray[np.int64], lonlat: Floats, way: Move, *, proven: bool) -> Shapes:
    """Faces as they lie on the map, with every point in a face for which it speaks.

    Over 100 km a line straight in degrees lies as much as 100 m beside one straight in the projection. Where that
    leaves a point outside, between two places near each other, or lets a line cross a disc that it passes narrowly,
    the steps of these faces are cut into shorter ones.
    """
    own = np.flatnonzero(speaker >= 0)
    for longest in SHORTER_M:
        mapped = moved_polygons(faces, way)
        inside = shapely.intersects_xy(mapped[own], lonlat[speaker[own]])
        lost = np.setdiff1d(speaker[own], speaker[own[inside]])
        bent = np.isin(speaker, lost)
        if not proven:
            bent |= ~shapely.is_valid(mapped) | ~shapely.is_empty(shapely.coverage_invalid_edges(mapped))
        if not bent.any():
            break
        faces = split(faces, np.flatnonzero(bent), longest)
    return mapped


def _dry(ground: BaseGeometry, walls: Sequence[BaseGeometry]) -> BaseGeometry:
    """The ground without the water of lakes, which nobody holds."""
    water = [shape for shape in walls if shape.area > 0]
    return shapely.difference(ground, shapely.union_all(water)) if water else ground


def _refuse_misplaced(gazetteer: Gazetteer, rows: NDArray[np.int32], xy: Floats, ground: BaseGeometry) -> None:
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
    """Pairs of points so near that a border between them would drown in the grid; each pair once."""
    suspect = np.ones(len(xy), dtype=bool)
    for along in xy.T:  # few have a neighbour that near in both directions
        order = np.argsort(along)
        near = np.r_[False, np.diff(along[order]) <= NEAREST_M, False]
        suspect[order] &= near[1:] | near[:-1]
    who = np.flatnonzero(suspect)
    shapes = points(xy[who])
    first, second = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=NEAREST_M)
    return sorted((int(who[i]), int(who[j])) for i, j in zip(first, second, strict=True) if i < j)


def _site_radius(xy: Floats, wanted: Floats) -> Floats:
    """Radius of each site's disc: as wanted, but under half the way to the nearest other place. 0 for other places."""
    if len(xy) < 2 or not wanted.any():
        return wanted
    shapes = points(xy)
    pair, distance = shapely.STRtree(shapes).query_nearest(
        shapes, exclusive=True, return_distance=True, all_matches=False
    )
    nearest = np.full(len(xy), np.inf)
    nearest[pair[0]] = distance
    return np.minimum(wanted, 0.45 * nearest)


def _nearest(xy: Floats, ground: BaseGeometry, reach: float) -> tuple[Shapes, NDArray[np.int64]] | None:
    """Each point's whole Voronoi cell within the ground; None where one is out of its reach or rounding left gaps.

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
    """The ground cut along every line that parts one speaker's land from another's, and who speaks for each face."""
    site = np.flatnonzero(radius > 0)
    discs = np.asarray(shapely.buffer(points(xy[site]), radius[site], quad_segs=8), dtype=object)
    lines, edges = _lines(xy[radius == 0], discs, ground, reach, near)
    walls = stop.lines if stop else []
    faces = faces_between([*lines, *walls], ground, edges)
    speaker = _speakers(faces, xy, radius == 0, reach)
    if stop is None and not _at_home(faces, speaker, xy, radius == 0):  # an edge went astray on the grid
        faces = faces_between([*lines, *edges], ground)
        speaker = _speakers(faces, xy, radius == 0, reach)
    own = _sites(faces, discs)
    if stop is not None:
        faces, speaker = stop.settle(faces, speaker, own >= 0, ground)
        own = _sites(faces, discs)
    if len(site):
        speaker = np.where(own >= 0, site[own], speaker)
    away = shapely.distance(shapely.point_on_surface(faces), points(xy)[speaker])
    left = stop is None and speaker < 0  # without barriers, ground of nobody is cut only where it must be
    return dissolved(faces, speaker, (speaker >= 0) & (away <= near), np.broadcast_to(left, len(faces)))


def _lines(
    xy: Floats, discs: Shapes, ground: BaseGeometry, reach: float, near: float
) -> tuple[list[BaseGeometry], Shapes]:
    """The outline, the sites' discs, the edges of reach and of what is observed; and apart, the Voronoi edges."""
    lines = [ground.boundary, *shapely.boundary(discs)]
    if len(xy) == 0:
        return lines, np.empty(0, dtype=object)
    cells = voronoi(xy, ground.envelope.buffer(1000.0))
    sites = shapely.union_all(discs)
    silent: BaseGeometry = shapely.MultiPolygon()
    if np.isfinite(reach):
        silent = shapely.intersection(_unheard(xy, cells, reach), ground)
        lines.append(silent.boundary)
    if near > 0:
        seen = shapely.union_all(shapely.buffer(points(xy), near, quad_segs=8)).boundary
        lines.append(shapely.difference(shapely.intersection(seen, ground), sites))
    return lines, _without(edges_of(cells), shapely.union_all([silent, sites]))


def _unheard(xy: Floats, cells: Shapes, reach: float) -> BaseGeometry:
    """The parts of Voronoi cells that are out of reach; discs are drawn only where a cell is larger than one."""
    quad = 24
    corner, cell = shapely.get_coordinates(cells, return_index=True)
    beyond = np.hypot(*(corner - xy[cell]).T) > reach * np.cos(np.pi / (4 * quad))  # a drawn disc is a little smaller
    far = np.unique(cell[beyond])
    around = np.unique(shapely.STRtree(cells).query(cells[far], predicate="intersects")[1])
    heard = shapely.union_all(shapely.buffer(points(xy[around]), reach, quad_segs=quad))
    return shapely.difference(shapely.coverage_union_all(cells[far]), heard)


def _without(edges: Shapes, taken: BaseGeometry) -> Shapes:
    """The edges, or what of them lies outside of some ground."""
    touched = shapely.STRtree(edges).query(taken, predicate="intersects")
    left = shapely.get_parts(shapely.difference(edges[touched], taken))
    return np.concatenate([np.delete(edges, touched), left[~shapely.is_empty(left)]])


def _speakers(faces: Shapes, xy: Floats, ordinary: NDArray[np.bool_], reach: float) -> NDArray[np.int64]:
    """For each face the nearest ordinary point, if it is within reach; else -1."""
    speaker = np.full(len(faces), NOBODY_SPEAKS, dtype=np.int64)
    who = np.flatnonzero(ordinary)
    if len(who):
        pair, distance = shapely.STRtree(points(xy[who])).query_nearest(
            shapely.point_on_surface(faces), return_distance=True, all_matches=False
        )
        near = distance <= reach
        speaker[pair[0][near]] = who[pair[1][near]]
    return speaker


def _at_home(faces: Shapes, speaker: NDArray[np.int64], xy: Floats, ordinary: NDArray[np.bool_]) -> bool:
    """Whether every ordinary point lies in a face for which it speaks."""
    own = np.flatnonzero(speaker >= 0)
    homes = np.unique(speaker[own[shapely.intersects_xy(faces[own], xy[speaker[own]])]])
    return len(homes) == int(ordinary.sum())


def _sites(faces: Shapes, discs: Shapes) -> NDArray[np.int64]:
    """For each face the disc in which it lies; -1 for none."""
    inside = np.full(len(faces), -1, dtype=np.int64)
    which, face = shapely.STRtree(shapely.point_on_surface(faces)).query(discs, predicate="intersects")
    inside[face] = which
    return inside
