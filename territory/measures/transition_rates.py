"""Transition counts, exposure and rates of cells between holders, as of a continuous-time Markov chain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from territory._util.lazy import Lazy
from territory.measures._common import holders, square_frame, step_of
from territory.timeline.base import BaseTimeline, By
from territory.timeline.changes import Day

if TYPE_CHECKING:
    import pandas as pd
else:
    pd = Lazy("pandas")

Weight = Literal["cells", "area_km2"]


def counts(
    timeline: BaseTimeline,
    start: Day | None = None,
    stop: Day | None = None,
    *,
    by: By = "side",
    weight: Weight = "cells",
) -> pd.DataFrame:
    """Transition counts n_ij: how many cells (or km2) passed from i to j from one day to the next.

    Parameters
    ----------
    timeline : Timeline
    start, stop : date, str or datetime64, optional
        By default the first and the last day.
    by : {"side", "controller"}
    weight : {"cells", "area_km2"}

    Returns
    -------
    DataFrame
        Square; index ``from``, columns ``to``: actor ids. The diagonal is 0: cells that stay count in ``exposure``.
    """
    passed, time = _passed(timeline, start, stop, by, weight)
    return square_frame(timeline, passed, _occurring(passed, time))


def exposure(
    timeline: BaseTimeline,
    start: Day | None = None,
    stop: Day | None = None,
    *,
    by: By = "side",
    weight: Weight = "cells",
) -> pd.Series:
    """Time at risk T_i: cell-days (or km2-days) held by i, from the end of ``start`` to the end of ``stop``.

    Parameters
    ----------
    timeline, start, stop, by, weight
        See ``counts``.
    """
    passed, time = _passed(timeline, start, stop, by, weight)
    codes = _occurring(passed, time)
    return pd.Series(
        time[codes], index=pd.Index(timeline.campaign.actors.ids[codes], name="from"), name=f"{weight}_days"
    )


def rates(
    timeline: BaseTimeline,
    start: Day | None = None,
    stop: Day | None = None,
    *,
    by: By = "side",
    weight: Weight = "cells",
) -> pd.DataFrame:
    """Transition rates q_ij = n_ij / T_i, per day; the diagonal is minus the sum of its row.

    Every calendar day is one step, whether anything changed on it or not.

    Parameters
    ----------
    timeline, start, stop, by, weight
        See ``counts``.

    Returns
    -------
    DataFrame
        Square, per day; index ``from``, columns ``to``. An actor without ground has a row of zeros.
    """
    passed, time = _passed(timeline, start, stop, by, weight)
    rate = passed / np.where(time > 0, time, 1.0)[:, None]
    rate = rate - np.diag(rate.sum(axis=1))
    return square_frame(timeline, rate, _occurring(rate, time))


def probabilities(rate: pd.DataFrame, days: float) -> pd.DataFrame:
    """Transition probabilities P(days) = exp(Q days): that ground of i is held by j after some days; rows sum to 1.

    It assumes that a cell's chance to change hands depends on its holder only.

    Parameters
    ----------
    rate : DataFrame
        From ``rates``.
    days : float
        Not negative.
    """
    if days < 0:
        raise ValueError(f"days is {days}; it must be 0 or more.")
    from scipy.linalg import expm  # takes a while to import

    chances = np.asarray(expm(rate.to_numpy(dtype=np.float64) * days))
    return pd.DataFrame(chances, index=rate.index, columns=rate.columns)


def _passed(
    timeline: BaseTimeline, start: Day | None, stop: Day | None, by: By, weight: Weight
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Counts n_ij and exposure T_i over the days of ``(start, stop]``."""
    if weight not in ("cells", "area_km2"):
        raise ValueError(f"weight is '{weight}'; it must be 'cells' or 'area_km2'.")
    ends = timeline.first_day if start is None else start, timeline.last_day if stop is None else stop
    first, last = step_of(timeline, *ends)
    part, size = timeline.partition, len(timeline.campaign.actors)
    weights = part.area_km2 if weight == "area_km2" else np.ones(len(part))
    passed, time = np.zeros((size, size)), np.zeros(size)
    held, since = holders(timeline, timeline.state(first), by), first
    for day in timeline.days[(timeline.days > first) & (timeline.days <= last)]:
        time += np.bincount(held, weights=weights, minlength=size) * int((day - since).astype(int))
        after = holders(timeline, timeline.state(day), by)
        moved = held != after
        np.add.at(passed, (held[moved], after[moved]), weights[moved])
        held, since = after, day
    time += np.bincount(held, weights=weights, minlength=size) * int((last - since).astype(int))
    return passed, time


def _occurring(passed: NDArray[np.float64], time: NDArray[np.float64]) -> NDArray[np.int64]:
    """Codes of the actors that held ground."""
    return np.flatnonzero((time > 0) | passed.any(axis=0) | passed.any(axis=1))
