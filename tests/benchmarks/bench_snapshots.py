"""W4: two years of dated polygons laid over each other, against overlaying one day after the other."""

from __future__ import annotations

import resource
from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import shapely

from benchmarks.bench import Row, timed
from benchmarks.worlds import SEED
from territory.space.makers import MapSeries, from_snapshots
from territory.space.partition import Partition

DAYS, VERTICES, MOVED = 769, 2_940, 23  # 2.26 million vertices, and about 21,000 distinct segments
RESOLUTION_M = 0.0115  # a tenth of the millionth of a degree that vertices are on, so that next to nothing is a sliver
SAMPLED = 80


def rows() -> Iterator[Row]:
    """Seconds, the process's peak memory and the largest error of a day's area; and the ratio to the peer."""
    first = np.datetime64("2022-02-24")
    days, shapes = [first + day for day in range(DAYS)], list(front(np.random.default_rng(SEED)))
    ours, (part, drawn) = timed(lambda: from_snapshots(days, shapes, ["a"] * DAYS, resolution_m=RESOLUTION_M), times=2)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    slivers = part.method["slivers"]
    size = f"{DAYS} days, {sum(map(shapely.get_num_coordinates, shapes)):,} vertices, {len(part):,} faces"
    yield Row("snapshots W4, arrangement", ours, None, 2, note=size)
    yield Row("  its peak memory", float(peak), None, 1000, "MB", note="of the whole process, shapes included")
    note = f"largest of all days, in degrees; {slivers} slivers merged"
    yield Row("  error of a day's area", _error(part, drawn, days, shapes), None, 1e-12, "", note=note)
    peer, _ = timed(lambda: _one_by_one(shapes[:SAMPLED]))
    note = f"peer: gpd.overlay day by day, first {SAMPLED} days, taken to all linearly, so too low"
    yield Row("snapshots W4 against overlays", ours, peer * DAYS / SAMPLED, 50, note=note)


def front(rng: np.random.Generator) -> Iterator[shapely.Polygon]:
    """Ground around a centre; each day its edge moves along one stretch, in or out. No edge can cross another."""
    turn = np.linspace(0, 2 * np.pi, VERTICES, endpoint=False)
    reach = 1 + 0.2 * np.sin(3 * turn) + 0.05 * np.sin(17 * turn) + rng.uniform(-0.002, 0.002, VERTICES)
    swell = np.sin(np.linspace(0, np.pi, MOVED + 2)[1:-1])
    for _ in range(DAYS):
        xy = np.stack([36.5 + reach * np.cos(turn), 48.5 + 0.7 * reach * np.sin(turn)], axis=1)
        yield shapely.Polygon(np.round(xy, 6))
        stretch = (rng.integers(VERTICES) + np.arange(MOVED)) % VERTICES
        reach[stretch] += rng.choice([-1, 1]) * rng.uniform(0.005, 0.03) * swell


def _error(part: Partition, drawn: MapSeries, days: list[np.datetime64], shapes: list[shapely.Polygon]) -> float:
    """The largest share of a day's area that the cells held on that day have too much or too little."""
    area, held = shapely.area(part.cells), np.stack([drawn.state(day, len(part)) >= 0 for day in days])
    return float(abs(held @ area / shapely.area(shapes) - 1).max())


def _one_by_one(shapes: list[shapely.Polygon]) -> int:
    """Faces cut by one day after the other."""
    faces = gpd.GeoDataFrame(geometry=shapes[:1])
    for shape in shapes[1:]:
        union = gpd.overlay(faces, gpd.GeoDataFrame(geometry=[shape]), how="union", keep_geom_type=True)
        faces = union.explode(ignore_index=True)
    return len(faces)
