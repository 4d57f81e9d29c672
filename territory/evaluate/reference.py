"""Compare the map with reference polygons: accuracy by square, and distances between fronts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from territory._util.lazy import Lazy
from territory.errors import InputError, TerritoryError
from territory.measures.surfaces import cell_centres, estimate, likelihoods, squares
from territory.records.actors import FIRST, UNKNOWN
from territory.records.estimator import Estimator
from territory.space import fronts
from territory.space.partition import Partition
from territory.space.projection import LONLAT, Plane
from territory.space.shapes import Floats, arc_lines, points_along
from territory.timeline.base import BaseTimeline
from territory.timeline.changes import as_day

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
else:
    gpd = Lazy("geopandas")
    pd = Lazy("pandas")

BAND_KM = 25.0
STEP_KM = 0.25  # spacing of the points of a front from which distances are measured
OUTSIDE = -1
SCORES = (
    *("day", "picture", "ground", "km2", "accuracy", "brier"),
    *("to_front_mean_km", "to_front_p95_km", "from_front_mean_km", "from_front_p95_km"),
)
ACTORS = ("day", "picture", "actor", "iou", "km2", "reference_km2", "bias_km2")


class Truth(NamedTuple):
    """Side of each square in the reference on a day; -1 where it has none."""

    day: np.datetime64
    side: NDArray[np.int8]


class Picture(NamedTuple):
    """A map to be scored: probability (square, actor) of each side, and side (square,) for its fronts."""

    name: str
    chance: Floats
    side: NDArray[np.int8]


def compare_with_reference(
    timeline: BaseTimeline,
    reference: gpd.GeoDataFrame,
    days: NDArray[np.datetime64],
    estimator: Estimator,
    resolution_m: float = 1000.0,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Score the map against reference polygons, square by square, next to naive baselines.

    Baselines are the fold (``nearest``), yesterday's map (the reference of the date before; else the fold on its first
    day) and the side with most ground everywhere. Squares in no reference polygon, or in polygons of two sides, are
    left out. All fronts run along edges of the same squares, so distances are exact to about half their side.

    Parameters
    ----------
    timeline : Timeline
    reference : GeoDataFrame
        Polygons with a column ``actor`` (ids, labels or aliases), and ``date`` where there are several days.
    days : (day,) datetime64[D]
        Without a column ``date``, the one day that the reference shows; with it, the days wanted, or none for all.
    estimator : Estimator
        With every parameter.
    resolution_m : float
        Side of the squares, m.

    Returns
    -------
    scores : DataFrame
        day, picture (the map or baseline), ground (``all``, ``0-25`` km from the reference's front), km2, accuracy,
        brier (half the squared error summed over sides), and the distances from the reference's front to the picture's
        (``to_front``) and back (``from_front``), mean and 95th percentile; NaN where either has none.
    actors : DataFrame
        day, picture, actor, iou, km2, reference_km2, bias_km2 (``km2 - reference_km2``).

    Raises
    ------
    InputError
        Where the reference has no such column, no CRS, unknown actors, or no day in common with the timeline.
    """
    fine = squares(timeline.partition, resolution_m)
    lonlat = cell_centres(fine)
    cell = timeline.partition.locate_all(lonlat)
    scores: list[dict[str, Any]] = []  # Any: rows of a table
    actors: list[dict[str, Any]] = []
    opening = likelihoods(timeline, timeline.state(timeline.first_day))[cell]
    before = Picture("yesterday's map", opening, opening.argmax(axis=1).astype(np.int8))
    for truth in _truths(timeline, reference, days, lonlat):
        state = timeline.state(truth.day)
        fold = estimate(timeline, state, lonlat, cell, Estimator())
        pictures = [Picture("nearest", fold, timeline.side_of[state.controller[cell]])]
        if estimator.method != "nearest":
            chance = estimate(timeline, state, lonlat, cell, estimator)
            pictures.insert(0, Picture(estimator.method, chance, chance.argmax(axis=1).astype(np.int8)))
        pictures += [before, _majority(truth, fine, len(timeline.side_of))]
        for picture in pictures:
            scores += _scores(fine, truth, picture)
            actors += _actors(timeline, fine, truth, picture)
        before = Picture("yesterday's map", _one_hot(truth.side, len(timeline.side_of)), np.maximum(truth.side, 0))
    frames = (pd.DataFrame(scores, columns=list(SCORES)), pd.DataFrame(actors, columns=list(ACTORS)))
    return frames[0].astype({"day": "datetime64[s]"}), frames[1].astype({"day": "datetime64[s]"})


def _truths(
    timeline: BaseTimeline, reference: gpd.GeoDataFrame, days: NDArray[np.datetime64], lonlat: Floats
) -> Iterator[Truth]:
    """Side of each square in the reference, day by day in order."""
    codes = _codes(timeline, reference)
    shapes = np.asarray(reference.geometry.to_crs(LONLAT).array, dtype=object)
    for day, rows in _dated(timeline, reference, days):
        yield Truth(day, _sides_at(lonlat, shapes[rows], codes[rows]))


def _codes(timeline: BaseTimeline, reference: gpd.GeoDataFrame) -> NDArray[np.int8]:
    """(feature,) int8: code of the side of each feature."""
    if reference.crs is None:
        raise InputError("The reference has no CRS; set it with set_crs(...).")
    if "actor" not in reference.columns:
        raise InputError(
            f"The reference has no property 'actor'; it has {', '.join(map(str, reference.columns.drop('geometry')))}."
        )
    faults, codes = [], []
    for number, name in enumerate(reference["actor"]):
        try:
            codes.append(int(timeline.side_of[timeline.campaign.actors.code(str(name))]))
        except TerritoryError as error:
            faults.append(f"feature {number}: {error}")
    if faults:
        raise InputError("The reference names actors that are not in the campaign:\n" + "\n".join(faults))
    return np.array(codes, dtype=np.int8)


def _dated(
    timeline: BaseTimeline, reference: gpd.GeoDataFrame, days: NDArray[np.datetime64]
) -> list[tuple[np.datetime64, NDArray[np.int64]]]:
    """Each requested day of the reference, with its rows."""
    if "date" not in reference.columns:
        if len(days) != 1:
            raise InputError("The reference has no property 'date'; give the one day that it shows (--on DATE).")
        return [(days[0], np.arange(len(reference)))]
    try:
        dated = np.array([as_day(one if isinstance(one, date) else str(one)[:10]) for one in reference["date"]])
    except ValueError as error:
        raise InputError(f"The reference has a date that is not a day: {error}.") from None
    first, last = np.datetime64(timeline.first_day), np.datetime64(timeline.last_day)
    wanted = np.unique(dated[(dated >= first) & (dated <= last) & (np.isin(dated, days) | (len(days) == 0))])
    if len(wanted) == 0:
        found = ", ".join(map(str, np.unique(dated)[:5]))
        raise InputError(f"No date of the reference ({found}) is a requested day within {first} to {last}.")
    return [(day, np.flatnonzero(dated == day)) for day in wanted]


def _sides_at(lonlat: Floats, shapes: NDArray[np.object_], codes: NDArray[np.int8]) -> NDArray[np.int8]:
    """(point,) int8: the side of the polygons at each point; -1 where there is none, or two sides."""
    point, row = shapely.STRtree(np.asarray(shapely.points(lonlat))).query(shapes, predicate="intersects")[::-1]
    lowest, highest = np.full(len(lonlat), 127, dtype=np.int8), np.full(len(lonlat), -1, dtype=np.int8)
    np.minimum.at(lowest, point, codes[row])
    np.maximum.at(highest, point, codes[row])
    return np.where(lowest == highest, highest, OUTSIDE).astype(np.int8)


def _one_hot(side: NDArray[np.int8], actors: int) -> Floats:
    """(square, actor) float64: 1 for the given side; *unknown* where it is -1."""
    return np.asarray(np.eye(actors)[np.maximum(side, 0)])


def _majority(truth: Truth, fine: Partition, actors: int) -> Picture:
    """Baseline: the side with most ground in the reference, everywhere."""
    known = truth.side >= 0
    ground = np.bincount(truth.side[known], weights=fine.area_km2[known], minlength=actors)
    side = np.full(len(fine), ground.argmax(), dtype=np.int8)
    return Picture("majority", _one_hot(side, actors), side)


def _scores(fine: Partition, truth: Truth, picture: Picture) -> Iterator[dict[str, Any]]:
    """Rows of the table of scores for one map and day."""
    known, area = truth.side >= 0, fine.area_km2
    missed = ((picture.chance - _one_hot(truth.side, picture.chance.shape[1])) ** 2).sum(axis=1) / 2.0
    right = picture.side == truth.side
    true_front, drawn = (_front(fine, np.where(known, side, UNKNOWN)) for side in (truth.side, picture.side))
    away = _front_distances(_along(fine, true_front), _along(fine, drawn))
    for name, ground in (("all", known), (f"0-{BAND_KM:.0f}", known & (_to_front_km(fine, true_front) <= BAND_KM))):
        km2 = float(area[ground].sum())
        means = [float(np.average(one[ground], weights=area[ground])) if km2 else np.nan for one in (right, missed)]
        yield dict(zip(SCORES, (truth.day, picture.name, name, km2, *means, *away), strict=True))


def _actors(timeline: BaseTimeline, fine: Partition, truth: Truth, picture: Picture) -> Iterator[dict[str, Any]]:
    """Rows of the table of actors for one map and day."""
    known, area = truth.side >= 0, fine.area_km2
    for code in np.unique(truth.side[truth.side >= FIRST]).tolist():
        true, drawn = known & (truth.side == code), known & (picture.side == code)
        both, either = area[true & drawn].sum(), area[true | drawn].sum()
        km2, real = float(area[drawn].sum()), float(area[true].sum())
        name = timeline.campaign.actors[code].id
        yield dict(zip(ACTORS, (truth.day, picture.name, name, both / either, km2, real, km2 - real), strict=True))


def _front(fine: Partition, side: NDArray[np.int8]) -> NDArray[np.int64]:
    """Arcs of the front between sides of squares."""
    return fronts.front(fine.topology, side.astype(np.int8))


def _along(fine: Partition, arcs: NDArray[np.int64]) -> Floats:
    """(point, 2) float64: points along a front, km in the plane."""
    if len(arcs) == 0:
        return np.empty((0, 2))
    lines = Plane.around(fine).metres(arc_lines(fine.topology, arcs))
    return shapely.get_coordinates(points_along(lines, STEP_KM * 1000.0)[0]) / 1000.0


def _front_distances(true: Floats, drawn: Floats) -> tuple[float, float, float, float]:
    """Mean and 95th percentile of the distance from the true front to the drawn one, and back."""
    if len(true) == 0 or len(drawn) == 0:
        return (np.nan,) * 4
    from scipy.spatial import KDTree  # slow to import

    to, back = KDTree(drawn).query(true)[0], KDTree(true).query(drawn)[0]
    return (float(to.mean()), float(np.percentile(to, 95)), float(back.mean()), float(np.percentile(back, 95)))


def _to_front_km(fine: Partition, arcs: NDArray[np.int64]) -> Floats:
    """(square,) float64: distance from the centre of each square to a front, km; infinite where there is none."""
    from scipy.spatial import KDTree

    line = _along(fine, arcs)
    if len(line) == 0:
        return np.full(len(fine), np.inf)
    return np.asarray(KDTree(line).query(Plane.around(fine).km(cell_centres(fine)))[0])
