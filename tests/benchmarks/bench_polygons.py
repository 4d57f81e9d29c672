"""The ground of every side of W3 on every day as polygons, against GEOS's coverage union and geopandas' dissolve."""

from __future__ import annotations

from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import shapely

from benchmarks.bench import Row, timed
from benchmarks.worlds import world
from territory.api import Timeline
from territory.space import polygons
from territory.timeline import series

SAMPLED, DISSOLVED = 5, 2


def rows() -> Iterator[Row]:
    """Ragged arrays, and shapely objects, which must equal the unions of the sampled days vertex by vertex."""
    timeline = world("W3")
    days = timeline.days
    ours, found = timed(lambda: _ragged(timeline), times=2)
    shapes_s, shapes = timed(found.shapes, times=2)
    pick = np.linspace(0, len(days) - 1, SAMPLED).astype(int)
    seconds = []
    for row in pick:
        side = timeline.side_of[timeline.state(days[row]).controller]
        spent, unions = timed(lambda side=side: _unions(timeline, side))
        seconds.append(spent)
        _check(shapes[found.day == row], unions)
    union = float(np.mean(seconds)) * len(days)
    frame = gpd.GeoDataFrame(geometry=timeline.partition.cells)
    dissolve = np.mean([
        timed(lambda row=row: frame.dissolve(by=timeline.side_of[timeline.state(days[row]).controller]))[0]
        for row in pick[:DISSOLVED]
    ]) * len(days)  # fmt: skip
    note = f"mean of {SAMPLED} dates times {len(days):,}"
    yield Row("polygons W3, all dates, ragged", ours, union, 100, note=f"peer: coverage_union_all, {note}; equal")
    slow = f"peer: dissolve(), mean of {DISSOLVED} dates times {len(days):,}"
    yield Row("polygons W3, all dates, ragged", ours, float(dissolve), 1000, note=slow)
    yield Row("polygons W3, all dates, shapely", ours + shapes_s, union, 20, note=f"peer: coverage_union_all, {note}")


def _ragged(timeline: Timeline) -> polygons.Polygons:
    step = series.holders(timeline)
    steps = polygons.Steps(step.opening, step.day, step.cell, step.after, len(timeline.days))
    return polygons.polygons(timeline.partition.topology, steps)


def _unions(timeline: Timeline, side: np.ndarray) -> list[shapely.Geometry]:
    return [shapely.coverage_union_all(timeline.partition.cells[side == code]) for code in np.unique(side)]


def _check(ours: np.ndarray, unions: list[shapely.Geometry]) -> None:
    for one, union in zip(ours, unions, strict=True):
        wanted = shapely.multipolygons(shapely.get_parts(union)).normalize()
        if not one.normalize().equals_exact(wanted, tolerance=0):
            raise AssertionError("Our polygons are not those of coverage_union_all.")
