"""Probability surfaces: interpolate the side of each cell or square on a day from nearby places.

The fold gives each cell the state of its place. A surface estimates the ground between places by other weights; it is
unknown wherever the fold is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from territory._util.brief import Brief
from territory._util.lazy import Lazy
from territory.records.actors import UNKNOWN
from territory.records.estimator import Estimator
from territory.records.gazetteer import Gazetteer
from territory.records.kinds import SHARED
from territory.space.partition import Partition, from_cells
from territory.space.projection import LONLAT, Plane
from territory.space.shapes import Floats, points
from territory.space.weights import weigh
from territory.timeline.base import BaseTimeline
from territory.timeline.changes import Day, State

if TYPE_CHECKING:
    import geopandas as gpd
    import xarray as xr
else:
    gpd = Lazy("geopandas")
    xr = Lazy("xarray")

RESOLUTION_M = 1000.0
MOST_SQUARES = 2_000_000


@dataclass(frozen=True, repr=False)
class SamplePoints(Brief):
    """Sample points of the interpolation: one for each place that has cells, or for each unit's cell without places.

    Parameters
    ----------
    cell : (sample,) int64
        The cell in which each point lies.
    place : (sample,) int64
        Row of the gazetteer; -1 for the centre of a unit's cell.
    xy_km : (sample, 2) float64
        Plane coordinates around the partition, km.
    """

    cell: NDArray[np.int64]
    place: NDArray[np.int64]
    xy_km: Floats

    @classmethod
    def of(cls, partition: Partition) -> SamplePoints:
        """The places that have cells in a partition; without any, the centres of the units' cells."""
        place = np.unique(partition.place[partition.place >= 0]).astype(np.int64)
        if len(place):
            cell, lonlat = partition.home[place].astype(np.int64), partition.lonlat[place]
        else:
            cell = np.flatnonzero(partition.unit >= 0)
            place, lonlat = np.full(len(cell), -1), cell_centres(partition, cell)
        return cls(cell, place, Plane.around(partition).km(lonlat))


class Spacing(NamedTuple):
    """Spacing of places, km: ``sqrt(area / places)``, and the mean distance to the nearest other place.

    Sites with a disc of their own (a base, a hospital) are not counted.
    """

    places: int
    area_km2: float
    km: float
    nearest_km: float


def spacing(timeline: BaseTimeline) -> Spacing:
    """Spacing of the places, or units, that have cells; NaN with fewer than two."""
    part = timeline.partition
    samples = SamplePoints.of(part)
    sites = set(_mapping(part.method.get("site_radius_km")))
    places = timeline.campaign.places
    counted = np.array([row < 0 or places[row].kind not in sites for row in samples.place.tolist()], dtype=bool)
    covered = part.place >= 0 if (samples.place >= 0).any() else part.unit >= 0
    count, area = int(counted.sum()), float(part.area_km2[covered].sum())
    if count < 2:
        return Spacing(count, area, float("nan"), float("nan"))
    shapes = points(samples.xy_km[counted])
    _, away = shapely.STRtree(shapes).query_nearest(shapes, exclusive=True, return_distance=True, all_matches=False)
    return Spacing(count, area, float(np.sqrt(area / count)), float(away.mean()))


def resolve_estimator(timeline: BaseTimeline, estimator: Estimator | None = None) -> Estimator:
    """The campaign's estimator, or the given one, with automatic parameters filled in.

    Parameters
    ----------
    timeline : Timeline
    estimator : Estimator, optional

    Returns
    -------
    Estimator
    """
    chosen = estimator or timeline.campaign.estimator
    if chosen.method == "kriging" and chosen.range_km is None:
        km = spacing(timeline).km
        return replace(chosen, range_km=3.0 * km if np.isfinite(km) else 30.0)
    return chosen


def estimator_notes(timeline: BaseTimeline, estimator: Estimator | None = None) -> dict[str, str | float | int]:
    """Method and parameters of the estimator, and of the cells, for the metadata of every output."""
    return {
        **resolve_estimator(timeline, estimator).parameters(),
        "cells": "nearest" if timeline.partition.method.get("method") == "places" else "as given",
    }


def likelihoods(timeline: BaseTimeline, state: State) -> Floats:
    """(cell, actor) float64: likelihood of each side in each cell: 1 for its holder, 0.5 each where both count."""
    side, rows = timeline.side_of, np.arange(len(timeline.partition))
    likelihood = np.zeros((len(rows), len(side)))
    likelihood[rows, side[state.controller]] = 1.0
    halved = SHARED[state.status] & (state.rival != UNKNOWN)
    likelihood[rows[halved]] *= 0.5
    np.add.at(likelihood, (rows[halved], side[state.rival[halved]]), 0.5)
    return likelihood


def estimate(
    timeline: BaseTimeline, state: State, lonlat: Floats, cell: NDArray[np.int64], estimator: Estimator
) -> Floats:
    """Interpolate the probability of each side at points.

    Where the fold is unknown, *unknown* has probability 1. ``nearest`` is the fold itself, with its barriers and sites.

    Parameters
    ----------
    timeline : Timeline
    state : State
    lonlat : (point, 2) float64
        Degrees.
    cell : (point,) int64
        The cell in which each point lies; -1 for none.
    estimator : Estimator
        With every parameter (see ``resolve_estimator``).

    Returns
    -------
    (point, actor) float64
        Rows sum to 1.
    """
    likelihood = likelihoods(timeline, state)
    found = np.where((cell >= 0)[:, None], likelihood[cell], np.eye(1, likelihood.shape[1]))
    if estimator.method == "nearest":
        return np.asarray(found)
    samples = SamplePoints.of(timeline.partition)
    known = np.flatnonzero(state.controller[samples.cell] != UNKNOWN)
    wanted = np.flatnonzero(found[:, UNKNOWN] < 1.0)
    if len(known) and len(wanted):
        at = Plane.around(timeline.partition).km(lonlat[wanted])
        weights = weigh(estimator, samples.xy_km[known], at)
        found[wanted] = weights.probabilities(likelihood[samples.cell[known]])
    return np.asarray(found)


def probabilities(
    timeline: BaseTimeline, day: Day, on: Partition | float = RESOLUTION_M, estimator: Estimator | None = None
) -> xr.Dataset:
    """Probability of each side in each cell or square at the end of a day.

    Ground unknown to the fold is *unknown* with probability 1. Contested places count half for either side.

    Parameters
    ----------
    timeline : Timeline
    day : date, str or datetime64
    on : Partition or float
        Cells, estimated at their centres; or the side of squares, m.
    estimator : Estimator, optional
        By default the campaign's.

    Returns
    -------
    Dataset
        probability (cell, side) float64, rows summing to 1; likeliest (cell) int8, an actor code with CF flags; grey
        (cell) bool, where no side reaches ``grey_below``. Coordinates: side (ids), cell, lon, lat, area_km2,
        geometry (shapely, EPSG:4326), parent (cell of the timeline, -1 for none).
    """
    wanted, chosen = timeline.day(day), resolve_estimator(timeline, estimator)
    fine = on if isinstance(on, Partition) else squares(timeline.partition, on)
    lonlat = cell_centres(fine)
    parent = timeline.partition.locate_all(lonlat)
    found = estimate(timeline, timeline.state(wanted), lonlat, parent, chosen)
    sides = np.unique(timeline.side_of)
    shares, ids = found[:, sides], timeline.campaign.actors.ids.tolist()
    flags = {"flag_values": np.arange(len(ids), dtype=np.int8), "flag_meanings": " ".join(ids)}
    return xr.Dataset(
        {
            "probability": (("cell", "side"), shares, {"long_name": "probability that a side holds the cell"}),
            "likeliest": ("cell", sides[shares.argmax(axis=1)], {"long_name": "likeliest holder", **flags}),
            "grey": ("cell", shares.max(axis=1) < chosen.grey_below, {"long_name": "nobody is likely"}),
        },
        coords={
            "side": ("side", np.array([ids[code] for code in sides])),
            "cell": ("cell", np.arange(len(fine))),
            "lon": ("cell", lonlat[:, 0], {"units": "degrees_east"}),
            "lat": ("cell", lonlat[:, 1], {"units": "degrees_north"}),
            "area_km2": ("cell", fine.area_km2, {"units": "km2", "long_name": "geodesic area"}),
            "geometry": ("cell", fine.cells, {"crs": LONLAT}),
            "parent": ("cell", parent),
        },
        attrs={
            "title": timeline.campaign.title,
            "day": str(wanted),
            "source": timeline.campaign.attribution,
            "licence": timeline.campaign.licence,
            **{f"estimator_{key}": value for key, value in estimator_notes(timeline, chosen).items()},
        },
    )


def surface(
    timeline: BaseTimeline, day: Day, on: Partition | float = RESOLUTION_M, estimator: Estimator | None = None
) -> gpd.GeoDataFrame:
    """Polygons of the likeliest side: one row for each side, one for grey (none likely), one for unknown.

    Parameters
    ----------
    timeline, day, on, estimator
        See ``probabilities``.

    Returns
    -------
    GeoDataFrame
        actor (id, or ``grey``), label, area_km2, probability (mean by area), geometry (EPSG:4326); the estimator
        is in ``attrs``.
    """
    data = probabilities(timeline, day, on, estimator)
    grey, code = data["grey"].to_numpy(), data["likeliest"].to_numpy().astype(np.int64)
    key, area = np.where(grey, -1, code), data["area_km2"].to_numpy()
    best, shapes = data["probability"].to_numpy().max(axis=1), data["geometry"].to_numpy()
    rows = []
    for one in np.unique(key).tolist():
        inside, actor = key == one, timeline.campaign.actors[max(one, 0)]
        ground = shapely.coverage_union_all(shapes[inside])
        name = (actor.id, actor.label) if one >= 0 else ("grey", "Nobody is likely")
        rows.append((*name, area[inside].sum(), np.average(best[inside], weights=area[inside]), ground))
    columns = ["actor", "label", "area_km2", "probability", "geometry"]
    frame = gpd.GeoDataFrame(rows, columns=columns, geometry="geometry", crs=LONLAT)
    frame.attrs.update(data.attrs)
    return frame


def squares(partition: Partition, resolution_m: float) -> Partition:
    """Squares in an equal-area plane whose centres lie in a partition; the unit of each is the cell of its centre.

    Squares at the edge of the partition are not clipped.

    Parameters
    ----------
    partition : Partition
    resolution_m : float
        Side of the squares.

    Returns
    -------
    Partition
    """
    if not 0 < resolution_m < np.inf:
        raise ValueError(f"resolution_m is {resolution_m!r}; it must be a number of metres above 0.")
    plane = Plane.around(partition)
    west, south, east, north = shapely.total_bounds(plane.metres(partition.cells))
    columns, rows = (int(np.ceil(length / resolution_m)) for length in (east - west, north - south))
    if rows * columns > MOST_SQUARES:
        raise ValueError(
            f"{rows:,} x {columns:,} squares of {resolution_m:g} m are too many; choose a coarser resolution."
        )
    x, y = west + resolution_m * np.arange(columns + 1), south + resolution_m * np.arange(rows + 1)
    corner = _degrees(plane, *np.meshgrid(x, y))
    centre = _degrees(plane, *np.meshgrid(x[:-1] + resolution_m / 2, y[:-1] + resolution_m / 2)).reshape(-1, 2)
    parent = partition.locate_all(centre)
    ring = np.stack([corner[:-1, :-1], corner[:-1, 1:], corner[1:, 1:], corner[1:, :-1], corner[:-1, :-1]], axis=2)
    shapes = np.asarray(shapely.polygons(ring.reshape(-1, 5, 2)[parent >= 0]), dtype=object)
    inside = parent[parent >= 0].astype(np.int32)
    return from_cells(
        shapes,
        np.full(len(shapes), -1, dtype=np.int32),
        Gazetteer.of([]),
        {"method": "squares", "resolution_m": resolution_m, "of": dict(partition.method)},
        unit=inside,
        units=[str(cell) for cell in range(len(partition))],
        proven=True,
    )


def cell_centres(partition: Partition, cells: NDArray[np.int64] | None = None) -> Floats:
    """(cell, 2) float64: a point inside each cell, degrees; its centroid where that lies inside."""
    shapes = partition.cells if cells is None else partition.cells[cells]
    centre = shapely.centroid(shapes)
    inside = shapely.intersects(shapes, centre)
    return shapely.get_coordinates(np.where(inside, centre, shapely.point_on_surface(shapes)))


def _degrees(plane: Plane, x: Floats, y: Floats) -> Floats:
    """Plane coordinates in metres as (..., 2) degrees."""
    flat = points(np.stack([x.reshape(-1), y.reshape(-1)], axis=1))
    return shapely.get_coordinates(plane.degrees(flat)).reshape(*x.shape, 2)


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
