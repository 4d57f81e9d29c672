"""Makers of partitions, one a module: from places, units, hexagons, dated polygons and dated lines, and refinement."""

from __future__ import annotations

from territory.space.geodesic import GEOD
from territory.space.makers.dated_lines import from_lines
from territory.space.makers.h3 import from_h3
from territory.space.makers.refine import refine
from territory.space.makers.snapshots import MapSeries, from_snapshots
from territory.space.makers.units import from_units
from territory.space.makers.voronoi import from_places
from territory.space.partition import NO_PLACE, Partition, from_cells
from territory.space.shapes import Shapes

__all__ = [
    "GEOD",
    "NO_PLACE",
    "MapSeries",
    "Partition",
    "Shapes",
    "from_cells",
    "from_h3",
    "from_lines",
    "from_places",
    "from_snapshots",
    "from_units",
    "refine",
]
