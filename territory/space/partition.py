"""Partition: a coverage of cells with their places or units, topology, areas and lengths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from territory._util.brief import Brief, fact
from territory._util.gc_pause import gc_paused
from territory.errors import PartitionError, UnknownName
from territory.records.gazetteer import Gazetteer
from territory.records.names import suggest
from territory.space import topology as arcs
from territory.space.geodesic import GEOD, measure_topology
from territory.space.shapes import Shapes, points
from territory.space.topology import Topology

NO_PLACE = -1
_HIGHEST_LAT = 89.9  # closer to a pole the west and east of a cell are undefined
_WIDEST_DEG = 180.0
_CHUNK = 50_000  # points that one thread searches for at a time
_STRIPES = 10  # per degree: points are searched for in stripes from south to north


@dataclass(frozen=True, repr=False)
class Partition(Brief):
    """Cells with their places or units, topology, areas and arc lengths.

    A cell is one polygon; where the coast cuts a place's ground in two, two cells belong to the place.

    Parameters
    ----------
    cells : (cell,) array of shapely.Polygon
        WGS 84, outer rings anticlockwise.
    place : (cell,) int32
        Row of the gazetteer of the place that the cell belongs to; -1 (``NO_PLACE``) where it belongs to none. Such a
        cell always stays unknown in a partition from places; in others, events reach it by its unit or location.
    home : (place,) int32
        The cell in which each place lies; -1 for a place without one.
    topology : Topology
    area_km2 : (cell,) float64
        Geodesic.
    arc_km : (arc,) float64
        Geodesic length.
    method : mapping
        How the cells were made, with every parameter, and counts of what was repaired, merged or left out.
    unit : (cell,) int32
        Row of ``units`` that the cell belongs to; -1 for none.
    units : tuple of str
        Ids of the units: places, admin units, hexagons, or faces of a map.
    lonlat : (place, 2) float64
        Coordinates of the places in degrees.
    warnings : tuple of str
        What was odd in the input but could be used.
    """

    cells: Shapes
    place: NDArray[np.int32]
    home: NDArray[np.int32]
    topology: Topology
    area_km2: NDArray[np.float64]
    arc_km: NDArray[np.float64]
    method: Mapping[str, object] = field(default_factory=dict)
    unit: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, dtype=np.int32))
    units: tuple[str, ...] = ()
    lonlat: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 2)))
    warnings: tuple[str, ...] = ()

    def _facts(self) -> list[tuple[str, str]]:
        return [
            ("cells", f"{len(self):,}, {self.total_km2:,.0f} km2"),
            ("places", f"{len(self.home):,}"),
            ("arcs", f"{len(self.topology):,}, {self.arc_km.sum():,.0f} km"),
            *((name, fact(value)) for name, value in list(self.method.items())[:5]),
        ]

    def __len__(self) -> int:
        return len(self.cells)

    def cells_of(self, place: int) -> NDArray[np.int64]:
        """(n,) int64: cells that belong to a place, given by its row in the gazetteer."""
        return np.flatnonzero(self.place == place)

    def cells_of_unit(self, unit: str) -> NDArray[np.int64]:
        """(n,) int64: cells that belong to a unit, given by its id.

        Raises
        ------
        UnknownName
            With the nearest ids.
        """
        try:
            return np.flatnonzero(self.unit == self._unit_rows[unit])
        except KeyError:
            raise UnknownName("unit", unit, suggest(unit, self._unit_rows)) from None

    def locate(self, lon: float, lat: float) -> int:
        """Cell at a point in degrees; -1 outside the partition."""
        return int(self.locate_all(np.array([[lon, lat]]))[0])

    @gc_paused()
    def locate_all(self, lonlat: NDArray[np.float64]) -> NDArray[np.int64]:
        """Cell at each point.

        Parameters
        ----------
        lonlat : (point, 2) float64
            Degrees.

        Returns
        -------
        (point,) int64
            The lowest cell for a point on a border; -1 outside the partition.
        """
        found = np.full(len(lonlat), -1, dtype=np.int64)
        near = np.lexsort(
            (lonlat * _STRIPES).astype(np.int64).T
        )  # neighbours meet the same cells, while they are at hand

        def search(start: int) -> NDArray[np.int64]:
            own = near[start : start + _CHUNK]
            point, cell = self._tree.query(points(lonlat[own]), predicate="intersects")
            return np.stack([own[point], cell])

        with ThreadPoolExecutor() as pool:  # the search leaves Python's lock
            hits = [np.empty((2, 0), dtype=np.int64), *pool.map(search, range(0, len(near), _CHUNK))]
        point, cell = np.concatenate(hits, axis=1)
        order = np.lexsort((-cell, point))  # the lowest cell is written last
        found[point[order]] = cell[order]
        return found

    @cached_property
    def reach_km(self) -> NDArray[np.float64]:
        """(cell,) float64: distance of the farthest point of each cell from its place, km; NaN without a place."""
        xy, cell = shapely.get_coordinates(self.cells, return_index=True)
        assigned = self.place[cell] >= 0
        xy, cell = xy[assigned], cell[assigned]
        _, _, metres = GEOD.inv(*self.lonlat[self.place[cell]].T, *xy.T)
        reach = np.full(len(self), np.nan)
        np.fmax.at(reach, cell, np.asarray(metres) / 1000.0)
        return reach

    def observed(self, within_km: float | None = None) -> NDArray[np.bool_]:
        """Cells that sources name directly; other cells are inferred from the nearest place.

        A cell of a unit without a place is observed, since events name the unit itself.

        Parameters
        ----------
        within_km : float, optional
            A cell is observed if no point of it lies farther than this from its place. Without it, a cell is observed
            if its place lies in it.

        Returns
        -------
        (cell,) bool
        """
        of_unit = (self.place < 0) & (self.unit >= 0) if len(self.unit) else np.zeros(len(self), dtype=bool)
        if within_km is None:
            home = np.zeros(len(self), dtype=bool)
            home[self.home[self.home >= 0]] = True
            return home & (self.place >= 0) | of_unit
        with np.errstate(invalid="ignore"):
            return np.asarray(self.reach_km <= within_km * 1.01) | of_unit  # a disc is a polygon in a projection

    @property
    def total_km2(self) -> float:
        """Geodesic area of the whole partition, km2."""
        return float(self.area_km2.sum())

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.cells)

    @cached_property
    def _unit_rows(self) -> dict[str, int]:
        return {unit: row for row, unit in enumerate(self.units)}


def from_cells(
    cells: Shapes,
    place: NDArray[np.int32],
    gazetteer: Gazetteer,
    method: Mapping[str, object],
    *,
    unit: NDArray[np.int32] | None = None,
    units: Sequence[str] = (),
    warnings: Sequence[str] = (),
    proven: bool = False,
) -> Partition:
    """Partition of given cells: check them, sort them by place, unit and position, build the topology, measure.

    Parameters
    ----------
    cells : (cell,) array of shapely.Polygon
        WGS 84.
    place : (cell,) int32
        Row of the gazetteer of the place that each belongs to; -1 for none.
    gazetteer : Gazetteer
    method : mapping
        How the cells were made.
    unit : (cell,) int32, optional
        Row of ``units`` of each; by default the places are the units.
    units : sequence of str
    warnings : sequence of str
    proven : bool
        The caller has checked that the cells are a valid coverage, so that is not checked again.

    Raises
    ------
    PartitionError
        Where a cell is no polygon on the map, cells overlap, or a shared border has different vertices on its two
        sides.
    """
    _refuse_unmappable(cells)
    of_unit = place if unit is None else unit
    cells = np.asarray(shapely.orient_polygons(cells), dtype=object)
    centre = shapely.get_coordinates(shapely.point_on_surface(cells))
    order = np.lexsort((centre[:, 1], centre[:, 0], of_unit, place))
    cells, place, of_unit = cells[order], place[order], of_unit[order]
    if not proven and not shapely.coverage_is_valid(cells):
        edges = shapely.coverage_invalid_edges(cells)
        bad = np.flatnonzero(~shapely.is_empty(edges))
        raise PartitionError(
            f"Cells {bad[:10].tolist()} overlap or do not share their vertices; repair the coverage first."
        )
    topology = topology_of(cells)
    area_km2, arc_km = measure_topology(topology, len(cells))
    return Partition(
        cells,
        place,
        _homes(cells, place, gazetteer, everywhere=unit is not None),
        topology,
        area_km2,
        arc_km,
        method,
        of_unit.astype(np.int32),
        tuple(units) if unit is not None else tuple(place.id for place in gazetteer),
        gazetteer.lonlat,
        tuple(warnings),
    )


def topology_of(cells: Shapes) -> Topology:
    """Topology of polygons that are a valid coverage.

    Parameters
    ----------
    cells : (cell,) array of shapely.Polygon
        Outer rings anticlockwise.
    """
    if not shapely.get_num_interior_rings(cells).any():  # faster without ring objects, where each cell has one ring
        return arcs.from_flat(*shapely.get_coordinates(cells, return_index=True), np.arange(len(cells)))
    rings, owner = shapely.get_rings(cells, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    return arcs.from_flat(xy, ring, owner)


def _refuse_unmappable(cells: Shapes) -> None:
    """Raise for cells that are no single polygons, not in degrees, at a pole or wider than half the globe."""
    if len(cells) == 0:
        raise PartitionError("There is no cell; a partition needs one at least.")
    kinds = {str(shape.geom_type) for shape in cells[shapely.get_type_id(cells) != shapely.GeometryType.POLYGON]}
    if kinds or shapely.is_empty(cells).any():
        raise PartitionError(
            f"A cell must be one polygon, and here is {' and '.join(sorted(kinds)) or 'an empty one'}; "
            "explode multipart shapes first (from_units does)."
        )
    west, south, east, north = shapely.bounds(cells).T
    if not np.isfinite(west).all() or west.min() < -180 or east.max() > 180 or south.min() < -90 or north.max() > 90:
        raise PartitionError(
            f"Cells reach from {west.min():g}, {south.min():g} to {east.max():g}, {north.max():g}: these are no "
            "longitudes and latitudes. Are they in metres? Reproject them to EPSG:4326 first."
        )
    if (np.maximum(abs(south), abs(north)) > _HIGHEST_LAT).any():
        raise PartitionError(f"A cell reaches beyond latitude {_HIGHEST_LAT}; cells at a pole cannot be mapped.")
    if (east - west > _WIDEST_DEG).any():
        raise PartitionError("A cell is wider than half the globe; cut it at the antimeridian (RFC 7946, 3.1.9).")


def _homes(cells: Shapes, place: NDArray[np.int32], gazetteer: Gazetteer, *, everywhere: bool) -> NDArray[np.int32]:
    """(place,) int32: the cell in which each place lies, which must belong to it; with ``everywhere`` any cell."""
    home = np.full(len(gazetteer), -1, dtype=np.int32)
    if everywhere and len(gazetteer):
        which, cell = shapely.STRtree(cells).query(points(gazetteer.lonlat), predicate="intersects")
        np.maximum.at(home, which, cell)
    assigned = np.flatnonzero(place >= 0)
    home[place[assigned]] = -1
    hit = assigned[shapely.intersects_xy(cells[assigned], gazetteer.lonlat[place[assigned]])]
    home[place[hit]] = hit
    outside = [gazetteer[row].id for row in np.unique(place[assigned]) if home[row] < 0]
    if outside:
        raise PartitionError(f"These places do not lie in their own cells: {', '.join(outside)}.")
    return home
