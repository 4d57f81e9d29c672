"""Partition into H3 hexagons of about equal area; needs the optional package h3."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from territory._util.extras import require
from territory.errors import PartitionError
from territory.records.gazetteer import Gazetteer
from territory.space.makers.units import NO_PLACES, from_units
from territory.space.partition import Partition
from territory.space.shapes import Shapes

_MOST_CELLS = 1_000_000


def from_h3(land: BaseGeometry, resolution: int, gazetteer: Gazetteer = NO_PLACES) -> Partition:
    """Partition into the H3 cells that touch the land, each clipped to it; a unit is an H3 cell, named by its index.

    The corners are H3's vertices, shared by the three cells that meet there, so nothing has to be snapped. The extra
    vertices that some hexagons have on the edges of H3's icosahedron are left out.

    Parameters
    ----------
    land : shapely.Polygon or MultiPolygon
        WGS 84.
    resolution : int
        0 (4 million km2 a cell) to 15 (0.9 m2); 7 has about 5 km2 a cell.
    gazetteer : Gazetteer

    Raises
    ------
    MissingExtra
        Where h3 is not installed.
    PartitionError
        Where the resolution does not exist, or gives more than a million cells.
    """
    require("h3", "h3", what="Hexagons")
    import h3

    if resolution not in range(16):
        raise PartitionError(f"H3 has no resolution {resolution}; give one from 0 to 15.")
    parts = [part for part in shapely.get_parts(land) if part.geom_type == "Polygon"]
    about = sum(part.area for part in parts) * 12_364 / h3.average_hexagon_area(resolution, unit="km^2")
    if about > _MOST_CELLS:
        raise PartitionError(
            f"Resolution {resolution} gives about {about:.0f} hexagons, more than {_MOST_CELLS}. Give a lower one."
        )
    found: set[str] = set()
    for part in parts:
        shape = h3.geo_to_h3shape(shapely.geometry.mapping(part))
        found |= set(h3.h3shape_to_cells_experimental(shape, resolution, contain="overlap"))
    ids = sorted(found)
    hexagons = shapely.polygons([_corners(index) for index in ids])
    cells, ids = _clipped(np.asarray(hexagons, dtype=object), ids, land)
    method = {"method": "h3", "resolution": resolution}
    return from_units(cells, ids, gazetteer, gaps="keep", method=method)


def _corners(index: str) -> list[tuple[float, float]]:
    """Lon and lat of the topological vertices of an H3 cell."""
    import h3

    return [h3.vertex_to_latlng(vertex)[::-1] for vertex in h3.cell_to_vertexes(index)]


def _clipped(hexagons: Shapes, ids: list[str], land: BaseGeometry) -> tuple[Shapes, list[str]]:
    """Hexagons and their ids, clipped to the land; those outside are left out."""
    shapely.prepare(land)
    border = np.flatnonzero(~shapely.contains_properly(land, hexagons))
    hexagons[border] = shapely.intersection(hexagons[border], land)
    shapes, names = [], []
    for shape, index in zip(hexagons, ids, strict=True):
        parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
        if parts:
            shapes.append(shapely.MultiPolygon(parts))
            names.append(index)
    return np.array(shapes, dtype=object), names
