"""Leave-one-out cross-validation of places: predict the side of each place from the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from territory._util.lazy import Lazy
from territory.measures.surfaces import SamplePoints, likelihoods
from territory.records.actors import FIRST
from territory.records.estimator import Estimator
from territory.space import fronts
from territory.space.partition import Partition
from territory.space.projection import Plane, nearest_km
from territory.space.shapes import Floats, arc_lines, points
from territory.space.weights import weigh_without_each
from territory.timeline.base import BaseTimeline

if TYPE_CHECKING:
    import pandas as pd
else:
    pd = Lazy("pandas")

BANDS_KM = ((0.0, 5.0), (5.0, 10.0), (10.0, 25.0), (25.0, np.inf))
NEAR_KM = 10.0
COLUMNS = ("day", "km_to_front", "places", "accuracy", "brier", "grey", "nearest", "majority", "as_on_first_day")


def leave_one_out(timeline: BaseTimeline, days: NDArray[np.datetime64], estimator: Estimator) -> pd.DataFrame:
    """Share of places whose side the other places predict, by day and distance to that day's front.

    Only places held uncontested are scored. A lone place of another side has a front around it, so the nearest band
    holds all such places, which no estimator can predict. Barriers are ignored.

    Parameters
    ----------
    timeline : Timeline
    days : (day,) datetime64[D]
    estimator : Estimator
        With every parameter.

    Returns
    -------
    DataFrame
        day, km_to_front (``all``, ``0-10`` and bands), places; accuracy, brier (half the squared error summed over
        sides: 1 - accuracy for probabilities of 0 and 1) and grey (share of places where no side is likely) of the
        estimator; and as baselines the accuracy of the nearest other place, of the majority side everywhere, and of
        each place's side on the first day (NaN on that day). NaN where no place lies in a band.
    """
    samples = SamplePoints.of(timeline.partition)
    opening = timeline.side_of[timeline.state(timeline.first_day).controller[samples.cell]]
    rows: list[dict[str, Any]] = []  # Any: a row of a table
    for day in days:
        state = timeline.state(day)
        likelihood, side = likelihoods(timeline, state)[samples.cell], timeline.side_of[state.controller[samples.cell]]
        sure = (side >= FIRST) & (likelihood.max(axis=1) == 1.0)
        known = np.flatnonzero(likelihood[:, 0] < 1.0)
        if len(known) < 2 or not sure.any():
            continue
        table = _scored(samples.xy_km[known], likelihood[known], side[known], estimator)
        first = np.full(len(known), np.nan)
        if day > np.datetime64(timeline.first_day):
            first = (opening == side)[known].astype(np.float64)
        arcs = fronts.front(timeline.partition.topology, timeline.side_of[state.controller])
        table = table.assign(as_on_first_day=first, km=_front_km(timeline.partition, arcs, samples.xy_km[known]))
        rows += [{"day": day, **row} for row in _banded(table[sure[known]])]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"day": "datetime64[s]"})


def _scored(xy_km: Floats, likelihood: Floats, side: NDArray[np.int8], estimator: Estimator) -> pd.DataFrame:
    """Scores of each place when predicted from the others, one row each."""
    found = weigh_without_each(estimator, xy_km).probabilities(likelihood)
    nearest = weigh_without_each(Estimator(), xy_km).probabilities(likelihood)
    weight = likelihood[:, FIRST:].sum(axis=0)
    others = weight - likelihood[:, FIRST:]  # the majority among the other places, for each place
    return pd.DataFrame(
        {
            "accuracy": (found.argmax(axis=1) == side).astype(np.float64),
            "brier": ((found - likelihood) ** 2).sum(axis=1) / 2.0,
            "grey": (found.max(axis=1) < estimator.grey_below).astype(np.float64),
            "nearest": (nearest.argmax(axis=1) == side).astype(np.float64),
            "majority": (others.argmax(axis=1) + FIRST == side).astype(np.float64),
        }
    )


def _banded(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Means over all places, over those near the front, and over each band; values as in the table's columns."""
    bands = {"all": (0.0, np.inf), f"0-{NEAR_KM:.0f}": (0.0, NEAR_KM)}
    bands |= {f"{low:.0f}-{high:.0f}" if np.isfinite(high) else f">{low:.0f}": (low, high) for low, high in BANDS_KM}
    rows = []
    for name, (low, high) in bands.items():
        inside = table[(table.km >= low) & ((table.km < high) | np.isinf(high))].drop(columns="km")
        rows.append({"km_to_front": name, "places": len(inside), **inside.mean().to_dict()})
    return rows


def _front_km(partition: Partition, arcs: NDArray[np.int64], xy_km: Floats) -> Floats:
    """(point,) float64: distance to the nearest front arc, km; infinite where there is no front."""
    lines = Plane.around(partition).metres(arc_lines(partition.topology, arcs))
    away = nearest_km(points(xy_km * 1000.0), lines)
    return np.where(np.isnan(away), np.inf, away)
