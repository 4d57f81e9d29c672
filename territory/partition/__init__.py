"""Space, cut once: a coverage of cells that neither overlap nor leave gaps. One maker per file.

``whole`` has the Partition and what holds of every one; ``measure`` its areas and lengths; the other files make
partitions: of places, units, hexagons, dated polygons and dated lines, and finer ones of coarse ones.
"""

from __future__ import annotations

from territory.partition.cutting import Shapes
from territory.partition.hexagons import from_h3
from territory.partition.lines import from_lines
from territory.partition.measure import GEOD
from territory.partition.places import from_places
from territory.partition.refining import refine
from territory.partition.snapshots import Drawn, from_snapshots
from territory.partition.units import from_units
from territory.partition.whole import NOBODY_SPEAKS, Partition, from_cells

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
