"""Space, cut once: a coverage of cells that neither overlap nor leave gaps, and what is known of each for good."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod, Transformer
from shapely.geometry.base import BaseGeometry

from territory import topology as arcs
from territory.errors import PartitionError
from territory.places import Gazetteer
from territory.topology import Topology

Shapes = NDArray[np.object_]

GEOD = Geod(ellps="WGS84")
SNAP_M = 0.1  # linework is noded on a 10 cm grid, so that near-coincident lines leave no slivers
NOBODY_SPEAKS = -1


@dataclass(frozen=True)
class Partition:
    """Cells with their topology, areas and arc lengths.

    A cell is one polygon without loose parts; where the coast cuts a place's ground in two, two cells belong to it.

    Parameters
    ----------
    cells : (cell,) array of shapely.Polygon
        WGS 84, outer rings anticlockwise.
    place : (cell,) int32
        Row of the gazetteer of the place that speaks for the cell; -1 where none does, and the cell is unknown for
        good.
    home : (place,) int32
        The cell in which each place lies; -1 for a place without one.
    topology : Topology
    area_km2 : (cell,) float64
        Geodesic.
    arc_km : (arc,) float64
        Geodesic length.
    """

    cells: Shapes
    place: NDArray[np.int32]
    home: NDArray[np.int32]
    topology: Topology
    area_km2: NDArray[np.float64]
    arc_km: NDArray[np.float64]
    method: Mapping[str, object] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.cells)

    def cells_of(self, place: int) -> NDArray[np.int64]:
        """(n,) int64: the cells for which a place speaks."""
        return np.flatnonzero(self.place == place)

    def locate(self, lon: float, lat: float) -> int:
        """The cell at a point in degrees; -1 outside the partition."""
        found = shapely.STRtree(self.cells).query(shapely.Point(lon, lat), predicate="intersects")
        return int(found.min()) if len(found) else -1

    @property
    def total_km2(self) -> float:
        """Geodesic area of the whole partition."""
        return float(self.area_km2.sum())


def from_places(
    gazetteer: Gazetteer,
    land: BaseGeometry,
    *,
    crs: str,
    max_radius_km: float,
    site_radius_km: Mapping[str, float] | None = None,
    without: Sequence[str] = ("area",),
) -> Partition:
    """Clipped Voronoi cells of places: each piece of land belongs to the nearest place, if one is near enough.

    Land farther than ``max_radius_km`` from every place is cut into cells of its own for which nobody speaks. Places
    of the kinds in ``site_radius_km`` (a hospital, a base, a checkpoint) get a disc inside the land around them,
    shrunk so that it holds no other place. All lines are noded together and polygonised, so the cells are a coverage
    by construction.

    Parameters
    ----------
    gazetteer : Gazetteer
    land : shapely.Polygon or MultiPolygon
        What is to be cut; WGS 84.
    crs : str
        Projected system in metres, for distances; nearly equidistant over the land.
    max_radius_km : float
        How far a place speaks for the ground around it, km.
    site_radius_km : mapping of str to float
        For each kind of site the radius of its disc, km.
    without : sequence of str
        Kinds of places that get no ground.

    Raises
    ------
    PartitionError
        Where places coincide or lie off the land, all of them named.
    """
    sites = dict(site_radius_km or {})
    rows = np.array([row for row, place in enumerate(gazetteer) if place.kind not in without], dtype=np.int32)
    to_metres = Transformer.from_crs("EPSG:4326", crs, always_xy=True).transform
    ground = shapely.transform(land, lambda xy: np.stack(to_metres(xy[:, 0], xy[:, 1]), axis=1))
    points = np.stack(to_metres(*gazetteer.lonlat[rows].T), axis=1)
    _refuse_misplaced(gazetteer, rows, points, ground)
    wanted = np.array([sites.get(gazetteer[row].kind, 0.0) * 1000.0 for row in rows])
    radius = _site_radius(points, wanted)
    faces = _faces(points, radius, ground, max_radius_km * 1000.0)
    speaker = _speakers(faces, points, radius, max_radius_km * 1000.0)
    place = np.where(speaker < 0, NOBODY_SPEAKS, rows[speaker]).astype(np.int32)
    to_degrees = Transformer.from_crs(crs, "EPSG:4326", always_xy=True).transform
    cells = shapely.transform(faces, lambda xy: np.stack(to_degrees(xy[:, 0], xy[:, 1]), axis=1))
    method = {"method": "places", "crs": crs, "max_radius_km": max_radius_km, "site_radius_km": sites}
    return from_cells(cells, place, gazetteer, method)


def from_cells(
    cells: Shapes, place: NDArray[np.int32], gazetteer: Gazetteer, method: Mapping[str, object]
) -> Partition:
    """A partition of cells that are given: checked, put in order of place and position, measured.

    Raises
    ------
    PartitionError
        Where cells overlap or a shared border has different vertices on its two sides.
    """
    cells = shapely.orient_polygons(cells)
    centre = shapely.get_coordinates(shapely.point_on_surface(cells))
    order = np.lexsort((centre[:, 1], centre[:, 0], place))
    cells, place = cells[order], place[order]
    if not shapely.coverage_is_valid(cells):
        edges = shapely.coverage_invalid_edges(cells)
        bad = np.flatnonzero(~shapely.is_empty(edges))
        raise PartitionError(
            f"Cells {bad[:10].tolist()} overlap or do not share their vertices; repair the coverage first."
        )
    topology = _topology(cells)
    return Partition(cells, place, _homes(cells, place, gazetteer), topology, _areas(cells), _lengths(topology), method)


def _refuse_misplaced(
    gazetteer: Gazetteer, rows: NDArray[np.int32], points: NDArray[np.float64], ground: BaseGeometry
) -> None:
    if len(rows) == 0:
        raise PartitionError("There is no place to make cells of; places.csv needs one at least.")
    faults = []
    _, first, count = np.unique(points, axis=0, return_index=True, return_counts=True)
    for index in first[count > 1]:
        twins = [gazetteer[rows[i]].id for i in np.flatnonzero((points == points[index]).all(axis=1))]
        faults.append(f"{' and '.join(twins)} have the same coordinates; move one or make it a kind without ground.")
    shapely.prepare(ground)
    for index in np.flatnonzero(~shapely.contains_xy(ground, points)):
        place = gazetteer[rows[index]]
        faults.append(
            f"{place.id} (lon {place.lon}, lat {place.lat}) lies off the land; correct it or the land outline."
        )
    if faults:
        raise PartitionError("Places that cannot have ground:\n" + "\n".join(faults))


def _site_radius(points: NDArray[np.float64], wanted: NDArray[np.float64]) -> NDArray[np.float64]:
    """Radius of each site's disc: as wanted, but under half the way to the nearest other place. 0 for other places."""
    if len(points) < 2:
        return wanted
    shapes = _points(points)
    pair, distance = shapely.STRtree(shapes).query_nearest(
        shapes, exclusive=True, return_distance=True, all_matches=False
    )
    nearest = np.full(len(points), np.inf)
    nearest[pair[0]] = distance
    return np.minimum(wanted, 0.45 * nearest)


def _points(xy: NDArray[np.float64]) -> Shapes:
    return np.asarray(shapely.points(xy), dtype=object).reshape(-1)


def _faces(points: NDArray[np.float64], radius: NDArray[np.float64], ground: BaseGeometry, reach: float) -> Shapes:
    """The ground cut along every line that parts one speaker's land from another's."""
    is_site = radius > 0
    ordinary = _points(points[~is_site])
    discs = shapely.buffer(_points(points[is_site]), radius[is_site], quad_segs=8)
    heard = shapely.union_all(shapely.buffer(ordinary, reach, quad_segs=24))
    voronoi = shapely.voronoi_polygons(shapely.multipoints(ordinary), extend_to=ground.buffer(reach), only_edges=True)
    edges = shapely.difference(shapely.intersection(voronoi, heard), shapely.union_all(discs))
    lines = [ground.boundary, shapely.intersection(heard.boundary, ground), edges, *shapely.boundary(discs)]
    noded = shapely.union_all(lines, grid_size=SNAP_M)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    inside = shapely.contains_properly(ground.buffer(SNAP_M), shapely.point_on_surface(faces))
    return np.asarray(faces[inside], dtype=object)


def _speakers(
    faces: Shapes, points: NDArray[np.float64], radius: NDArray[np.float64], reach: float
) -> NDArray[np.int64]:
    """For each face the point that speaks for it: the site whose disc it is, else the nearest place, else -1."""
    inner = shapely.point_on_surface(faces)
    ordinary = np.flatnonzero(radius == 0)
    speaker = np.full(len(faces), NOBODY_SPEAKS, dtype=np.int64)
    if len(ordinary):
        pair, distance = shapely.STRtree(_points(points[ordinary])).query_nearest(
            inner, return_distance=True, all_matches=False
        )
        near = distance <= reach
        speaker[pair[0][near]] = ordinary[pair[1][near]]
    site = np.flatnonzero(radius > 0)
    discs = shapely.buffer(_points(points[site]), radius[site], quad_segs=8)
    which, face = shapely.STRtree(inner).query(discs, predicate="intersects")
    speaker[face] = site[which]
    return speaker


def _topology(cells: Shapes) -> Topology:
    rings, owner = shapely.get_rings(cells, return_index=True)
    xy, of_ring = shapely.get_coordinates(rings, return_index=True)
    return arcs.build(np.split(xy, np.flatnonzero(np.diff(of_ring)) + 1), owner)


def _homes(cells: Shapes, place: NDArray[np.int32], gazetteer: Gazetteer) -> NDArray[np.int32]:
    """The cell each place lies in, which must be one for which it speaks."""
    home = np.full(len(gazetteer), -1, dtype=np.int32)
    spoken = np.unique(place[place >= 0])
    if len(spoken):
        which, cell = shapely.STRtree(cells).query(_points(gazetteer.lonlat[spoken]), predicate="intersects")
        own = place[cell] == spoken[which]
        home[spoken[which[own]]] = cell[own]
    lost = [gazetteer[row].id for row in spoken if home[row] < 0]
    if lost:
        raise PartitionError(f"These places do not lie in their own cells: {', '.join(lost)}.")
    return home


def _areas(cells: Shapes) -> NDArray[np.float64]:
    """(cell,) float64: geodesic areas, km2 (Karney 2013, as in pyproj)."""
    return np.array([abs(GEOD.geometry_area_perimeter(cell)[0]) / 1e6 for cell in cells])


def _lengths(topology: Topology) -> NDArray[np.float64]:
    """(arc,) float64: geodesic lengths, km; every step of every arc in one call."""
    lon, lat = topology.xy.T
    _, _, metres = GEOD.inv(lon[:-1], lat[:-1], lon[1:], lat[1:])
    inside = np.ones(len(metres), dtype=bool)
    inside[topology.offset[1:-1] - 1] = False  # from the end of one arc to the start of the next is no step
    total = np.r_[0.0, np.cumsum(np.where(inside, metres, 0.0))]
    return np.asarray((total[topology.offset[1:] - 1] - total[topology.offset[:-1]]) / 1000.0)
