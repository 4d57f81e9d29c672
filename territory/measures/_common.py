"""What every measure starts from: which days, and whose ground."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from territory.timeline.base import BaseTimeline, By
from territory.timeline.changes import Day, State


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
