"""How likely each side is on each piece of ground on a day: an estimator applied to a timeline.

The cells of the fold stay the truth of the fold: what an event says of a place, credited to the ground around it. A
surface is a second opinion on the ground between the places, and it is silent wherever the fold is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from territory._util.lazy import Lazy
from territory.records.actors import UNKNOWN
from territory.records.estimator import Estimator
from territory.records.gazetteer import Gazetteer
from territory.records.kinds import Status
from territory.space.partition import Partition, from_cells
from territory.space.projection import Plane
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

SIDE_KM = 1.0
MOST_SQUARES = 2_000_000


@dataclass(frozen=True)
class SamplePoints:
    """Where the fold knows: one point for each place, or for each unit where no place speaks.

    Parameters
    ----------
    cell : (witness,) int64
        The cell in which each lies.
    place : (witness,) int64
        Row of the gazetteer; -1 for the middle of a unit.
    xy_km : (witness, 2) float64
        In the plane around the partition.
    """

    cell: NDArray[np.int64]
    place: NDArray[np.int64]
    xy_km: Floats

    @classmethod
    def of(cls, partition: Partition) -> SamplePoints:
        """The places that speak; without any, the middles of the units' cells."""
        place = np.unique(partition.place[partition.place >= 0]).astype(np.int64)
        if len(place):
            cell, lonlat = partition.home[place].astype(np.int64), partition.lonlat[place]
        else:
            cell = np.flatnonzero(partition.unit >= 0)
            place, lonlat = np.full(len(cell), -1), middles(partition, cell)
        return cls(cell, place, Plane.around(partition).km(lonlat))


class Spacing(NamedTuple):
    """How densely places lie: ``sqrt(area / places)``, and the mean way to the nearest other place.

    Sites with a disc of their own (a base, a hospital) speak for no ground beyond it and are not counted.
    """

    places: int
    area_km2: float
    km: float
    nearest_km: float


def spacing(timeline: BaseTimeline) -> Spacing:
    """The spacing of the places, or units, that speak for ground."""
    part = timeline.partition
    seen = SamplePoints.of(part)
    sites = set(_mapping(part.method.get("site_radius_km")))
    places = timeline.campaign.places
    counted = np.array([row < 0 or places[row].kind not in sites for row in seen.place.tolist()], dtype=bool)
    spoken = part.place >= 0 if (seen.place >= 0).any() else part.unit >= 0
    count, area = int(counted.sum()), float(part.area_km2[spoken].sum())
    if count < 2:
        return Spacing(count, area, float("nan"), float("nan"))
    shapes = points(seen.xy_km[counted])
    _, away = shapely.STRtree(shapes).query_nearest(shapes, exclusive=True, return_distance=True, all_matches=False)
    return Spacing(count, area, float(np.sqrt(area / count)), float(away.mean()))


def resolved(timeline: BaseTimeline, estimator: Estimator | None = None) -> Estimator:
    """The estimator of the campaign, or another one, with every parameter as a number."""
    chosen = estimator or timeline.campaign.estimator
    if chosen.method == "kriging" and chosen.range_km is None:
        km = spacing(timeline).km
        return replace(chosen, range_km=3.0 * km if np.isfinite(km) else 30.0)
    return chosen


def about(timeline: BaseTimeline, estimator: Estimator | None = None) -> dict[str, str | float | int]:
    """What every output says: the estimator with its parameters, and what drew the cells."""
    return {
        **resolved(timeline, estimator).parameters(),
        "cells": "nearest" if timeline.partition.method.get("method") == "places" else "as given",
    }


def likelihoods(timeline: BaseTimeline, state: State) -> Floats:
    """(cell, actor) float64: 1 for the side that holds a cell; contested ground counts half for either side."""
    side, rows = timeline.side_of, np.arange(len(timeline.partition))
    belief = np.zeros((len(rows), len(side)))
    belief[rows, side[state.controller]] = 1.0
    halved = (state.status == Status.CONTESTED) & (state.rival != UNKNOWN)
    belief[rows[halved]] *= 0.5
    np.add.at(belief, (rows[halved], side[state.rival[halved]]), 0.5)
    return belief


def estimated(
    timeline: BaseTimeline, state: State, lonlat: Floats, cell: NDArray[np.int64], estimator: Estimator
) -> Floats:
    """(point, actor) float64: the probability of each side at points that lie in known cells (-1: none).

    Unknown has 1 wherever the fold knows nothing. ``nearest`` is the fold itself, with its barriers and sites.
    """
    belief = likelihoods(timeline, state)
    found = np.where((cell >= 0)[:, None], belief[cell], np.eye(1, belief.shape[1]))
    if estimator.method == "nearest":
        return np.asarray(found)
    seen = SamplePoints.of(timeline.partition)
    known = np.flatnonzero(state.controller[seen.cell] != UNKNOWN)
    asked = np.flatnonzero(found[:, UNKNOWN] < 1.0)
    if len(known) and len(asked):
        at = Plane.around(timeline.partition).km(lonlat[asked])
        found[asked] = weigh(estimator, seen.xy_km[known], at).probabilities(belief[seen.cell[known]])
    return np.asarray(found)


def probabilities(
    timeline: BaseTimeline, day: Day, on: Partition | float = SIDE_KM, estimator: Estimator | None = None
) -> xr.Dataset:
    """How likely each side is on each piece of ground at the end of a day.

    Ground about which the fold knows nothing is *unknown* with probability 1. Contested places count half for either
    side.

    Parameters
    ----------
    timeline : Timeline
    day : date, str or datetime64
    on : Partition or float
        Cells whose middles are asked about; or the side of squares, km.
    estimator : Estimator, optional
        By default the campaign's.

    Returns
    -------
    Dataset
        probability (cell, side) float64, rows summing to 1; likeliest (cell) int8, an actor code with CF flags; grey
        (cell) bool, where nobody is as likely as ``grey_below``. Coordinates: side (ids), cell, lon, lat, area_km2,
        geometry (shapely, EPSG:4326), parent (cell of the timeline, -1 for none).
    """
    wanted, chosen = timeline.day(day), resolved(timeline, estimator)
    fine = on if isinstance(on, Partition) else squares(timeline.partition, on)
    lonlat = middles(fine)
    parent = timeline.partition.locate_all(lonlat)
    found = estimated(timeline, timeline.state(wanted), lonlat, parent, chosen)
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
            "geometry": ("cell", fine.cells, {"crs": "EPSG:4326"}),
            "parent": ("cell", parent),
        },
        attrs={
            "title": timeline.campaign.title,
            "day": str(wanted),
            "source": timeline.campaign.attribution,
            "licence": timeline.campaign.licence,
            **{f"estimator_{key}": value for key, value in about(timeline, chosen).items()},
        },
    )


def surface(
    timeline: BaseTimeline, day: Day, on: Partition | float = SIDE_KM, estimator: Estimator | None = None
) -> gpd.GeoDataFrame:
    """The likeliest holder as ground that can be drawn: one row for each side, one for grey, one for unknown.

    Returns
    -------
    GeoDataFrame
        actor (id, or ``grey``), label, area_km2, probability (mean over the ground), geometry (EPSG:4326); what drew
        it is in ``attrs``.
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
    frame = gpd.GeoDataFrame(rows, columns=columns, geometry="geometry", crs="EPSG:4326")
    frame.attrs.update(data.attrs)
    return frame


def squares(partition: Partition, side_km: float) -> Partition:
    """Squares in an equal-area plane whose middles lie in a partition; the unit of each is the cell it lies in.

    A square is whole even where the edge of the partition passes through it.
    """
    if not 0 < side_km < np.inf:
        raise ValueError(f"The side of the squares is {side_km!r}; it must be a number of km above 0.")
    plane = Plane.around(partition)
    west, south, east, north = shapely.total_bounds(plane.metres(partition.cells))
    metres = side_km * 1000.0
    columns, rows = (int(np.ceil(length / metres)) for length in (east - west, north - south))
    if rows * columns > MOST_SQUARES:
        raise ValueError(f"{rows:,} x {columns:,} squares of {side_km:g} km are too many; choose a longer side.")
    x, y = west + metres * np.arange(columns + 1), south + metres * np.arange(rows + 1)
    corner = _degrees(plane, *np.meshgrid(x, y))
    middle = _degrees(plane, *np.meshgrid(x[:-1] + metres / 2, y[:-1] + metres / 2)).reshape(-1, 2)
    parent = partition.locate_all(middle)
    ring = np.stack([corner[:-1, :-1], corner[:-1, 1:], corner[1:, 1:], corner[1:, :-1], corner[:-1, :-1]], axis=2)
    shapes = np.asarray(shapely.polygons(ring.reshape(-1, 5, 2)[parent >= 0]), dtype=object)
    inside = parent[parent >= 0].astype(np.int32)
    return from_cells(
        shapes,
        np.full(len(shapes), -1, dtype=np.int32),
        Gazetteer.of([]),
        {"method": "squares", "side_km": side_km, "of": dict(partition.method)},
        unit=inside,
        units=[str(cell) for cell in range(len(partition))],
        proven=True,
    )


def middles(partition: Partition, cells: NDArray[np.int64] | None = None) -> Floats:
    """(cell, 2) float64: a point inside each cell, degrees; the centre of gravity wherever it lies inside."""
    shapes = partition.cells if cells is None else partition.cells[cells]
    centre = shapely.centroid(shapes)
    inside = shapely.intersects(shapes, centre)
    return shapely.get_coordinates(np.where(inside, centre, shapely.point_on_surface(shapes)))


def _degrees(plane: Plane, x: Floats, y: Floats) -> Floats:
    flat = points(np.stack([x.reshape(-1), y.reshape(-1)], axis=1))
    return shapely.get_coordinates(plane.degrees(flat)).reshape(*x.shape, 2)


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
