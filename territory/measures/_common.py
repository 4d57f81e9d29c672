"""Helpers shared by the measures: days, holders by code, groups of actors, frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from territory._util.lazy import Lazy
from territory.timeline.base import BaseTimeline, By
from territory.timeline.changes import Day, State

if TYPE_CHECKING:
    import pandas as pd
else:
    pd = Lazy("pandas")


def days_of(timeline: BaseTimeline, days: Day | Iterable[Day] | None) -> NDArray[np.datetime64]:
    """Normalise a day, days or None to sorted unique days of the period.

    Parameters
    ----------
    timeline : BaseTimeline
    days : day, iterable of days or None
        None: the first day and every later day of change.

    Returns
    -------
    (day,) datetime64[D]

    Raises
    ------
    OutsidePeriod
        Where one of them is not a day of the period.
    """
    if days is None:
        return timeline.days
    if isinstance(days, str) or not isinstance(days, Iterable):
        days = [days]
    return np.unique(np.array([timeline.day(day) for day in days], dtype="datetime64[D]"))


def step_of(timeline: BaseTimeline, start: Day, stop: Day) -> tuple[np.datetime64, np.datetime64]:
    """Convert two days of the period to datetime64[D].

    Raises
    ------
    OutsidePeriod
    ValueError
        Where the second is not the later one.
    """
    first, last = timeline.day(start), timeline.day(stop)
    if last <= first:
        raise ValueError(f"stop is {last} and start is {first}; stop must be later than start.")
    return first, last


def holders(timeline: BaseTimeline, state: State, by: By) -> NDArray[np.int8]:
    """(cell,) int8: code of the side, or of the actor itself, that holds each cell."""
    return timeline.code_by(by)[state.controller]


def as_days(days: NDArray[np.datetime64]) -> NDArray[np.datetime64]:
    """Days as datetime64[s], the coarsest unit of pandas."""
    return days.astype("datetime64[s]")


def group_of(timeline: BaseTimeline, actor: str, allies: Sequence[str] = ()) -> NDArray[np.bool_]:
    """(actor,) bool: the codes that belong to the side of an actor or of one of its allies."""
    roots = {int(timeline.side_of[timeline.campaign.actors.code(name)]) for name in (actor, *allies)}
    return np.isin(timeline.side_of, list(roots))


def long_frame(
    days: NDArray[np.datetime64], columns: Mapping[str, Sequence[str]], name: str, values: NDArray[np.float64]
) -> pd.DataFrame:
    """Long frame with a row for each day and column of ``values``: day, labels of the column, value.

    Parameters
    ----------
    days : (day,) datetime64[D]
    columns : mapping of str to (column,) sequence of str
        Labels of the columns of ``values``, by name of the label.
    name : str
        Name of the column of values.
    values : (day, column) float64
    """
    frame = pd.DataFrame({"day": np.repeat(as_days(days), values.shape[1])})
    for title, words in columns.items():
        frame[title] = np.tile(np.array(words, dtype=object), len(days))
    return frame.assign(**{name: values.reshape(-1)})


def square_frame(timeline: BaseTimeline, matrix: NDArray[np.float64], codes: NDArray[np.int64]) -> pd.DataFrame:
    """An (actor, actor) matrix as a frame with rows ``from`` and columns ``to``, for the given actor codes."""
    names = timeline.campaign.actors.ids[codes]
    index, columns = pd.Index(names, name="from"), pd.Index(names, name="to")
    return pd.DataFrame(matrix[np.ix_(codes, codes)], index=index, columns=columns)
