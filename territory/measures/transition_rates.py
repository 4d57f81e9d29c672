"""Transitions: from whom to whom cells pass, as counts and as rates."""

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
    """Transition counts n_ij: how many cells (or km2) passed from i to j from the end of one day to that of the next.

    Returns
    -------
    DataFrame
        Square; index ``from``, columns ``to``: actor ids. The diagonal is 0: staying is not counted, it is time, and
        belongs to ``exposure``.
    """
    passed, time = _passed(timeline, start, stop, by, weight)
    return square_frame(timeline, passed, _there(passed, time))


def exposure(
    timeline: BaseTimeline,
    start: Day | None = None,
    stop: Day | None = None,
    *,
    by: By = "side",
    weight: Weight = "cells",
) -> pd.Series:
    """Time at risk T_i: cell-days (or km2-days) in the hands of i, from the end of ``start`` to the end of ``stop``."""
    passed, time = _passed(timeline, start, stop, by, weight)
    there = _there(passed, time)
    return pd.Series(
        time[there], index=pd.Index(timeline.campaign.actors.ids[there], name="from"), name=f"{weight}_days"
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

    Unequal steps are never pooled: every calendar day is one step, whether anything changed on it or not.

    Returns
    -------
    DataFrame
        Square, per day; index ``from``, columns ``to``. Who holds nothing has a row of zeros.
    """
    passed, time = _passed(timeline, start, stop, by, weight)
    rate = passed / np.where(time > 0, time, 1.0)[:, None]
    rate = rate - np.diag(rate.sum(axis=1))
    return square_frame(timeline, rate, _there(rate, time))


def probabilities(rate: pd.DataFrame, days: float) -> pd.DataFrame:
    """P(days) = exp(Q days): with what chance ground of i is j's after so many days at these rates; rows sum to 1.

    Only as good as its assumption that a cell's chance to pass depends on nothing but who holds it.

    Parameters
    ----------
    rate : DataFrame
        From ``rates``.
    days : float
        Not negative.
    """
    if days < 0:
        raise ValueError(f"days is {days}; time runs forward.")
    from scipy.linalg import expm  # takes a while to import

    chances = np.asarray(expm(rate.to_numpy(dtype=np.float64) * days))
    return pd.DataFrame(chances, index=rate.index, columns=rate.columns)


def _passed(
    timeline: BaseTimeline, start: Day | None, stop: Day | None, by: By, weight: Weight
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """n_ij and T_i over the days of ``(start, stop]``."""
    if weight not in ("cells", "area_km2"):
        raise ValueError(f"weight is '{weight}'; it must be 'cells' or 'area_km2'.")
    ends = timeline.first_day if start is None else start, timeline.last_day if stop is None else stop
    first, last = step_of(timeline, *ends)
    part, size = timeline.partition, len(timeline.campaign.actors)
    worth = part.area_km2 if weight == "area_km2" else np.ones(len(part))
    passed, time = np.zeros((size, size)), np.zeros(size)
    held, since = holders(timeline, timeline.state(first), by), first
    for day in timeline.days[(timeline.days > first) & (timeline.days <= last)]:
        time += np.bincount(held, weights=worth, minlength=size) * int((day - since).astype(int))
        after = holders(timeline, timeline.state(day), by)
        moved = held != after
        np.add.at(passed, (held[moved], after[moved]), worth[moved])
        held, since = after, day
    time += np.bincount(held, weights=worth, minlength=size) * int((last - since).astype(int))
    return passed, time


def _there(passed: NDArray[np.float64], time: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.flatnonzero((time > 0) | passed.any(axis=0) | passed.any(axis=1))
