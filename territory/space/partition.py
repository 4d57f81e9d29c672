"""The Partition: cells that tile the ground, whose they are, and what is measured of them once and for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from territory.errors import PartitionError, UnknownName
from territory.records.gazetteer import Gazetteer
from territory.records.names import suggest
from territory.space import topology as arcs
from territory.space.geodesic import GEOD, measure_topology
from territory.space.shapes import Shapes, points
from territory.space.topology import Topology

NOBODY_SPEAKS = -1
HIGHEST_LAT = 89.9  # nearer to a pole a cell has no west and east
WIDEST_DEG = 180.0


@dataclass(frozen=True)
class Partition:
    """Cells with their topology, areas and arc lengths.

    A cell is one polygon without loose parts; where the coast cuts a place's ground in two, two cells belong to it.

    Parameters
    ----------
    cells : (cell,) array of shapely.Polygon
        WGS 84, outer rings anticlockwise.
    place : (cell,) int32
        Row of the gazetteer of the place that speaks for the cell; -1 where none does. Cut from places, such a cell
        is unknown for good; cut otherwise, records reach it through its unit or by where it lies.
    home : (place,) int32
        The cell in which each place lies; -1 for a place without one.
    topology : Topology
    area_km2 : (cell,) float64
        Geodesic.
    arc_km : (arc,) float64
        Geodesic length.
    method : mapping
        How the ground was cut, with every parameter, and what was repaired, merged or left out on the way.
    unit : (cell,) int32
        Row of ``units`` to which the cell belongs; -1 for ground of no unit.
    units : tuple of str
        Ids of what the cells are pieces of: places, admin units, hexagons, or the faces of a map.
    lonlat : (place, 2) float64
        Where the places lie.
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

    def __len__(self) -> int:
        return len(self.cells)

    def cells_of(self, place: int) -> NDArray[np.int64]:
        """(n,) int64: the cells for which a place speaks."""
        return np.flatnonzero(self.place == place)

    def cells_of_unit(self, unit: str) -> NDArray[np.int64]:
        """(n,) int64: the cells that belong to a unit; raises UnknownName with the nearest ids."""
        try:
            return np.flatnonzero(self.unit == self._unit_rows[unit])
        except KeyError:
            raise UnknownName("unit", unit, suggest(unit, self._unit_rows)) from None

    def locate(self, lon: float, lat: float) -> int:
        """The cell at a point in degrees; -1 outside the partition."""
        return int(self.locate_all(np.array([[lon, lat]]))[0])

    def locate_all(self, lonlat: NDArray[np.float64]) -> NDArray[np.int64]:
        """(point,) int64: the cell at each point, the lower one on a border; -1 outside the partition."""
        found = np.full(len(lonlat), -1, dtype=np.int64)
        point, cell = self._tree.query(points(lonlat), predicate="intersects")
        order = np.lexsort((-cell, point))  # written in this order, the lowest cell comes last and stays
        found[point[order]] = cell[order]
        return found

    @cached_property
    def reach_km(self) -> NDArray[np.float64]:
        """(cell,) float64: how far the farthest point of each cell lies from the place that speaks for it.

        NaN where no place speaks.
        """
        xy, cell = shapely.get_coordinates(self.cells, return_index=True)
        spoken = self.place[cell] >= 0
        xy, cell = xy[spoken], cell[spoken]
        _, _, metres = GEOD.inv(*self.lonlat[self.place[cell]].T, *xy.T)
        reach = np.full(len(self), np.nan)
        np.fmax.at(reach, cell, np.asarray(metres) / 1000.0)
        return reach

    def observed(self, within_km: float | None = None) -> NDArray[np.bool_]:
        """(cell,) bool: land that a source names, apart from land credited through the nearest reporting place.

        With a distance, a cell is observed where no point of it lies farther than that from its place, or where the
        ground was cut at such a distance (``observed_km``) and this is the inner part. Without one, a cell is
        observed if the place that speaks for it lies in it. A cell of a unit for which no place speaks is observed
        whole, since records name the unit itself.
        """
        as_unit = (self.place < 0) & (self.unit >= 0) if len(self.unit) else np.zeros(len(self), dtype=bool)
        if within_km is None:
            own = np.zeros(len(self), dtype=bool)
            own[self.home[self.home >= 0]] = True
            return own & (self.place >= 0) | as_unit
        with np.errstate(invalid="ignore"):
            return np.asarray(self.reach_km <= within_km * 1.01) | as_unit  # a disc is a polygon in a projection

    @property
    def total_km2(self) -> float:
        """Geodesic area of the whole partition."""
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
    """A partition of cells that are given: checked, put in order of place and position, measured.

    Parameters
    ----------
    cells : (cell,) array of shapely.Polygon
        WGS 84.
    place : (cell,) int32
        Row of the gazetteer of the place that speaks for each; -1 for none.
    gazetteer : Gazetteer
    method : mapping
        How they were made.
    unit : (cell,) int32, optional
        Row of ``units`` of each; without it the places are the units.
    units : sequence of str
    warnings : sequence of str
    proven : bool
        The maker has shown that the cells tile the ground, so that is not looked at again.

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
        tuple(units) if unit is not None else tuple(one.id for one in gazetteer),
        gazetteer.lonlat,
        tuple(warnings),
    )


def topology_of(cells: Shapes) -> Topology:
    """Topology of polygons that are a coverage, outer rings anticlockwise."""
    if not shapely.get_num_interior_rings(cells).any():  # one ring a cell, so no ring need be made
        return arcs.from_flat(*shapely.get_coordinates(cells, return_index=True), np.arange(len(cells)))
    rings, owner = shapely.get_rings(cells, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    return arcs.from_flat(xy, ring, owner)


def _refuse_unmappable(cells: Shapes) -> None:
    if len(cells) == 0:
        raise PartitionError("There is no cell; a partition needs one at least.")
    kinds = {str(shape.geom_type) for shape in cells[shapely.get_type_id(cells) != shapely.GeometryType.POLYGON]}
    if kinds or shapely.is_empty(cells).any():
        raise PartitionError(
            f"A cell must be one polygon, and here is {' and '.join(sorted(kinds)) or 'an empty one'}; "
            "take multipart shapes apart first (from_units does)."
        )
    west, south, east, north = shapely.bounds(cells).T
    if not np.isfinite(west).all() or west.min() < -180 or east.max() > 180 or south.min() < -90 or north.max() > 90:
        raise PartitionError(
            f"Cells reach from {west.min():g}, {south.min():g} to {east.max():g}, {north.max():g}: these are no "
            "longitudes and latitudes. Are they in metres? Reproject to EPSG:4326 first."
        )
    if (np.maximum(abs(south), abs(north)) > HIGHEST_LAT).any():
        raise PartitionError(f"A cell reaches beyond latitude {HIGHEST_LAT}; cells at a pole cannot be mapped.")
    if (east - west > WIDEST_DEG).any():
        raise PartitionError("A cell is wider than half the globe; cut it at the antimeridian (RFC 7946, 3.1.9).")


def _homes(cells: Shapes, place: NDArray[np.int32], gazetteer: Gazetteer, *, everywhere: bool) -> NDArray[np.int32]:
    """The cell each place lies in, which must be one for which it speaks; or any, where places speak for none."""
    home = np.full(len(gazetteer), -1, dtype=np.int32)
    if everywhere and len(gazetteer):
        which, cell = shapely.STRtree(cells).query(points(gazetteer.lonlat), predicate="intersects")
        np.maximum.at(home, which, cell)
    own = np.flatnonzero(place >= 0)
    home[place[own]] = -1
    hit = own[shapely.intersects_xy(cells[own], gazetteer.lonlat[place[own]])]
    home[place[hit]] = hit
    lost = [gazetteer[row].id for row in np.unique(place[own]) if home[row] < 0]
    if lost:
        raise PartitionError(f"These places do not lie in their own cells: {', '.join(lost)}.")
    return home
