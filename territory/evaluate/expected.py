"""Expected error of a front drawn from places, by their spacing, from a table measured on another map."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from territory.measures.surfaces import spacing
from territory.records.estimator import Method
from territory.timeline.base import BaseTimeline

MEASURED = "measured in Ukraine, on six dates of DeepState's map from 2024 to 2026, for places of that spacing"
SPACING_KM = (10.5, 14.8, 21.1, 32.8)
MEAN_KM: dict[Method, tuple[float, ...]] = {
    "nearest": (3.6, 5.9, 8.6, 12.8),
    "kriging": (3.6, 6.0, 8.7, 12.5),
    "tin": (3.5, 5.9, 8.6, 12.8),  # measured at the closest spacing only; the others are those of nearest
}
P95_KM: dict[Method, float] = {"nearest": 9.5, "kriging": 10.0, "tin": 9.2}  # at the closest spacing, the only one


class Expected(NamedTuple):
    """Expected distance from the true front to the drawn one.

    Parameters
    ----------
    mean_km, p95_km : float
        NaN with fewer than two places.
    spacing_km : float
        ``sqrt(area / places)``.
    nearest_km : float
        Mean distance from a place to the nearest other one.
    places : int
        Number of places, sites not counted.
    measured : bool
        Whether the spacing lies in the measured range; outside it the error is scaled in proportion.
    """

    mean_km: float
    p95_km: float
    spacing_km: float
    nearest_km: float
    places: int
    measured: bool

    def __str__(self) -> str:
        if not np.isfinite(self.mean_km):
            return "The error of the front is not known: fewer than two places have ground."
        how = "as" if self.measured else "scaled from what was"
        return (
            f"Expect a front to be drawn {self.mean_km:.1f} km off on average, and within {self.p95_km:.1f} km for "
            f"95 % of its length: {self.places} places, {self.spacing_km:.1f} km apart (square root of area by places; "
            f"the nearest other place lies {self.nearest_km:.1f} km away on average), {how} {MEASURED}."
        )


def expected(timeline: BaseTimeline, method: Method = "nearest") -> Expected:
    """Expected error of the front from the spacing of places.

    Between measured spacings the error is interpolated; below and above them it is in proportion to the spacing. The
    95th percentile was measured at one spacing only, so its ratio to the mean is kept.

    Parameters
    ----------
    timeline : Timeline
    method : {"nearest", "kriging", "tin"}
        Estimator that drew the front; fronts of the fold are ``nearest``.

    Returns
    -------
    Expected
    """
    found = spacing(timeline)
    mean = error_km(found.km, method)
    ratio = P95_KM[method] / MEAN_KM[method][0]
    measured = SPACING_KM[0] <= found.km <= SPACING_KM[-1]
    return Expected(mean, mean * ratio, found.km, found.nearest_km, found.places, measured)


def error_km(spacing_km: float, method: Method = "nearest") -> float:
    """Mean error of the front at a spacing of places, km.

    Examples
    --------
    >>> error_km(10.5), error_km(65.6), round(error_km(12.65), 3)
    (3.6, 25.6, 4.75)
    """
    mean = MEAN_KM[method]
    if spacing_km > SPACING_KM[-1]:
        return mean[-1] * spacing_km / SPACING_KM[-1]
    return float(np.interp(spacing_km, (0.0, *SPACING_KM), (0.0, *mean)))
