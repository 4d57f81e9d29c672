"""The arcs of W3's cells against Python topojson."""

from __future__ import annotations

from collections.abc import Iterator

import geopandas as gpd
import topojson

from benchmarks.bench import Row, timed
from benchmarks.worlds import world
from territory.space.partition import topology_of


def rows() -> Iterator[Row]:
    """One row: from shapely polygons to arcs, without quantising."""
    cells = world("W3").partition.cells
    ours, _ = timed(lambda: topology_of(cells), times=3)
    frame = gpd.GeoDataFrame(geometry=cells)
    peer, _ = timed(lambda: topojson.Topology(frame, prequantize=False))
    yield Row("topology W3", ours, peer, 40, note="peer: topojson.Topology, prequantize=False")
