"""Space, cut once: a coverage of cells that neither overlap nor leave gaps. One maker per file.

They make a ``Partition`` (``space.partition``) of places, units, hexagons, dated polygons or dated lines, or a finer
one of a coarse one.
"""

from __future__ import annotations

from territory.space.geodesic import GEOD
from territory.space.makers.dated_lines import from_lines
from territory.space.makers.h3 import from_h3
from territory.space.makers.refine import refine
from territory.space.makers.snapshots import Drawn, from_snapshots
from territory.space.makers.units import from_units
from territory.space.makers.voronoi import from_places
from territory.space.partition import NOBODY_SPEAKS, Partition, from_cells
from territory.space.shapes import Shapes

__all__ = [
    "GEOD",
    "NOBODY_SPEAKS",
    "Drawn",
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
