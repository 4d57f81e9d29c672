"""Turnover: gain/loss matrix between two days, its sum over the steps of a period, and the balance of each side."""

from __future__ import annotations

from itertools import pairwise
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

Step = Literal["day", "record"]


def gains(timeline: BaseTimeline, start: Day, stop: Day, *, by: By = "side") -> pd.DataFrame:
    """Gain/loss matrix M_ij(t0, t1): km2 that i held at the end of ``start`` and j holds at the end of ``stop``.

    Rows sum to A_i(t0), columns to A_j(t1); the diagonal is ground with the same holder on both days. An actor without
    ground on both days has no row.

    Parameters
    ----------
    timeline : Timeline
    start, stop : date, str or datetime64
    by : {"side", "controller"}

    Returns
    -------
    DataFrame
        Square, in km2; index ``from``, columns ``to``: actor ids.
    """
    first, last = step_of(timeline, start, stop)
    before = holders(timeline, timeline.state(first), by)
    after = holders(timeline, timeline.state(last), by)
    matrix = _matrix(timeline, before, after, timeline.partition.area_km2)
    return square_frame(timeline, matrix, _occurring(matrix))


def steps(timeline: BaseTimeline, start: Day, stop: Day, *, by: By = "side", step: Step = "day") -> pd.DataFrame:
    """Sum of the gain/loss matrices of all steps of a period; round trips count in both directions.

    It differs from ``gains`` over the period, where ground that was lost and regained is on the diagonal. Here the
    diagonal is ground that never changed hands, so rows do not sum to areas.

    Parameters
    ----------
    timeline : Timeline
    start, stop : date, str or datetime64
    by : {"side", "controller"}
    step : {"day", "record"}
        From the end of one day to the end of the next, or from event to event, which includes round trips within a day.

    Returns
    -------
    DataFrame
        Square, in km2; index ``from``, columns ``to``: actor ids.
    """
    if step not in ("day", "record"):
        raise ValueError(f"step is '{step}'; it must be 'day' or 'record'.")
    first, last = step_of(timeline, start, stop)
    area = timeline.partition.area_km2
    held = holders(timeline, timeline.state(first), by)
    stayed = np.ones(len(area), dtype=bool)
    total = np.zeros((len(timeline.campaign.actors),) * 2)
    moves = _by_event(timeline, first, last, by) if step == "record" else _by_day(timeline, first, last, by)
    for cell, before, after in moves:
        moved = before != after
        np.add.at(total, (before[moved], after[moved]), area[cell[moved]])
        stayed[cell[moved]] = False
    np.add.at(total, (held[stayed], held[stayed]), area[stayed])
    return square_frame(timeline, total, _occurring(total))


Move = tuple[NDArray[np.int64], NDArray[np.int8], NDArray[np.int8]]


def _by_day(timeline: BaseTimeline, first: np.datetime64, last: np.datetime64, by: By) -> list[Move]:
    """For each day of change: every cell, its holder before the day and after it."""
    days = timeline.days[(timeline.days > first) & (timeline.days <= last)]
    states = [holders(timeline, timeline.state(day), by) for day in (first, *days)]
    cells = np.arange(len(timeline.partition))
    return [(cells, before, after) for before, after in pairwise(states)]


def _by_event(timeline: BaseTimeline, first: np.datetime64, last: np.datetime64, by: By) -> list[Move]:
    """All changes in ``(first, last]``: cell, its holder before and after the change."""
    changes = timeline.changes
    rows = slice(*np.searchsorted(changes.day, np.array([first, last]), side="right").tolist())
    pair = changes.prev_controller[rows], changes.controller[rows]
    before, after = (timeline.side_of[one] if by == "side" else one for one in pair)
    return [(changes.cell[rows].astype(np.int64), before, after)]


def _matrix(
    timeline: BaseTimeline, before: NDArray[np.int8], after: NDArray[np.int8], area: NDArray[np.float64]
) -> NDArray[np.float64]:
    """(actor, actor) float64: area by holder before and after, km2."""
    size = len(timeline.campaign.actors)
    key = before.astype(np.int64) * size + after
    return np.asarray(np.bincount(key, weights=area, minlength=size * size).reshape(size, size), dtype=np.float64)


def _occurring(matrix: NDArray[np.float64]) -> NDArray[np.int64]:
    """Codes of the actors with ground in the matrix."""
    return np.flatnonzero((matrix > 0).any(axis=0) | (matrix > 0).any(axis=1))


def balance(timeline: BaseTimeline, start: Day, stop: Day, *, by: By = "side") -> pd.DataFrame:
    """Areas, net change and gross change of each side or controller between two days.

    Parameters
    ----------
    timeline : Timeline
    start, stop : date, str or datetime64
    by : {"side", "controller"}

    Returns
    -------
    DataFrame
        Index ``actor``; start_km2, stop_km2, gained_km2, lost_km2, net_km2 (gained minus lost), gross_km2 (gained
        plus lost), and gained_in_steps_km2, lost_in_steps_km2, which count round trips in both directions.
    """
    matrix, through = gains(timeline, start, stop, by=by), steps(timeline, start, stop, by=by)
    sums = {"": matrix, "_in_steps": through}
    columns = {"start_km2": matrix.sum(axis=1), "stop_km2": matrix.sum(axis=0)}
    for suffix, one in sums.items():
        stayed = pd.Series(np.diag(one), index=one.index)
        columns[f"gained{suffix}_km2"] = one.sum(axis=0) - stayed
        columns[f"lost{suffix}_km2"] = one.sum(axis=1) - stayed
    frame = pd.DataFrame(columns)
    order = [actor for actor in timeline.campaign.actors.ids if actor in frame.index]
    frame = frame.loc[order].fillna(0.0).rename_axis("actor")
    net, gross = frame.gained_km2 - frame.lost_km2, frame.gained_km2 + frame.lost_km2
    frame.insert(4, "net_km2", net)
    frame.insert(5, "gross_km2", gross)
    return frame
