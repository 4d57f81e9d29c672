"""From the places and the outline of W3 to cells with arcs, against Voronoi, gpd.clip and Python topojson."""

from __future__ import annotations

from collections.abc import Iterator

import geopandas as gpd
import shapely
import topojson

from benchmarks.bench import Row, timed
from benchmarks.worlds import world
from territory.api import Timeline
from territory.space import makers

CRS = "EPSG:3857"


def rows() -> Iterator[Row]:
    """The ratio, and our seconds by themselves. Ours also checks the coverage and measures cells and arcs."""
    timeline = world("W3")
    places, land = timeline.campaign.places, timeline.campaign.layers[0].shapes[0]
    ours, _ = timed(lambda: makers.from_places(places, land, crs=CRS, max_radius_km=400), times=2)
    peer, _ = timed(lambda: _clipped(timeline))
    note = "ours with check of the coverage, areas and lengths; peer: voronoi_polygons, gpd.clip, topojson"
    yield Row("partition W3 from places", ours, peer, 20, note=note)
    yield Row("partition W3 from places, by itself", ours, None, 0.6)


def _clipped(timeline: Timeline) -> topojson.Topology:
    outline = gpd.GeoSeries(timeline.campaign.layers[0].shapes, crs="EPSG:4326").to_crs(CRS)
    points = gpd.points_from_xy(*timeline.campaign.places.lonlat.T, crs="EPSG:4326").to_crs(CRS)
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points), extend_to=outline[0]))
    return topojson.Topology(gpd.clip(gpd.GeoDataFrame(geometry=cells, crs=CRS), outline), prequantize=False)
