"""What every measure starts from: which days, and whose ground."""

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
    """The days that are asked for, in order and once each.

    None stands for the first day and every later day on which something changed: the state holds from each to the next.

    Raises
    ------
    OutsidePeriod
        Where one of them is no day of the period.
    """
    if days is None:
        return timeline.days
    if isinstance(days, str) or not isinstance(days, Iterable):
        days = [days]
    return np.unique(np.array([timeline.day(day) for day in days], dtype="datetime64[D]"))


def step_of(timeline: BaseTimeline, start: Day, stop: Day) -> tuple[np.datetime64, np.datetime64]:
    """Two days of the period in order; ValueError where the second is not the later one."""
    first, last = timeline.day(start), timeline.day(stop)
    if last <= first:
        raise ValueError(f"The step from {first} to {last} has no length; the second day must be the later one.")
    return first, last


def holders(timeline: BaseTimeline, state: State, by: By) -> NDArray[np.int8]:
    """(cell,) int8: code of the side, or of the very actor, that holds each cell."""
    return timeline.code_by(by)[state.controller]


def as_days(days: NDArray[np.datetime64]) -> NDArray[np.datetime64]:
    """Days as pandas keeps them, to the second."""
    return days.astype("datetime64[s]")


def group_of(timeline: BaseTimeline, actor: str, allies: Sequence[str] = ()) -> NDArray[np.bool_]:
    """(actor,) bool: which codes belong to the side of an actor or of one of its allies."""
    roots = {int(timeline.side_of[timeline.campaign.actors.code(name)]) for name in (actor, *allies)}
    return np.isin(timeline.side_of, list(roots))


def long_frame(
    days: NDArray[np.datetime64], columns: Mapping[str, Sequence[str]], name: str, values: NDArray[np.float64]
) -> pd.DataFrame:
    """A row for each day and column of ``values``: day, what each column is, the value.

    Parameters
    ----------
    days : (day,) datetime64[D]
    columns : mapping of str to (column,) sequence of str
    name : str
        Of the values.
    values : (day, column) float64
    """
    frame = pd.DataFrame({"day": np.repeat(as_days(days), values.shape[1])})
    for title, words in columns.items():
        frame[title] = np.tile(np.array(words, dtype=object), len(days))
    return frame.assign(**{name: values.reshape(-1)})


def square_frame(timeline: BaseTimeline, matrix: NDArray[np.float64], there: NDArray[np.int64]) -> pd.DataFrame:
    """Rows ``from`` and columns ``to`` of an (actor, actor) matrix, for the actors that are there."""
    names = timeline.campaign.actors.ids[there]
    index, columns = pd.Index(names, name="from"), pd.Index(names, name="to")
    return pd.DataFrame(matrix[np.ix_(there, there)], index=index, columns=columns)
