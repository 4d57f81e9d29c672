"""Columns that a fold gives: changes, mentions of cells by events, and the state of every cell on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from territory._util.brief import Brief

Day = date | str | np.datetime64


def as_day(day: Day) -> np.datetime64:
    """Convert a day (date, text or datetime64) to datetime64[D].

    Raises
    ------
    ValueError
        Where the text is not a day.
    """
    if isinstance(day, np.datetime64):
        return np.datetime64(day.astype("datetime64[D]").item())
    return np.datetime64(str(day), "D")


@dataclass(frozen=True, repr=False)
class Changes(Brief):
    """Changes of cells in order of time, as columns of equal length.

    Parameters
    ----------
    day : (change,) datetime64[D]
        Ascending.
    cell : (change,) int32
    event : (change,) int32
        Row of the event that caused it.
    controller, status, rival : (change,) int8
        The state after.
    prev_controller, prev_status, prev_rival : (change,) int8
        The state before.
    """

    day: NDArray[np.datetime64]
    cell: NDArray[np.int32]
    event: NDArray[np.int32]
    controller: NDArray[np.int8]
    status: NDArray[np.int8]
    rival: NDArray[np.int8]
    prev_controller: NDArray[np.int8]
    prev_status: NDArray[np.int8]
    prev_rival: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.cell)


@dataclass(frozen=True, repr=False)
class Mentions(Brief):
    """Which events named which cells, whether they changed them or not: columns in order of time.

    Parameters
    ----------
    day : (mention,) datetime64[D]
        Ascending.
    cell, event : (mention,) int32
    """

    day: NDArray[np.datetime64]
    cell: NDArray[np.int32]
    event: NDArray[np.int32]


@dataclass(frozen=True, repr=False)
class State(Brief):
    """Controller, status and rival of every cell on a day, with the events behind them.

    Parameters
    ----------
    controller, status, rival : (cell,) int8
        Actor code, status code, actor code.
    held_event : (cell,) int32
        Row of the event since which the controller holds the cell; -1 where no event has named it.
    event : (cell,) int32
        Row of the event that last changed the state (perhaps the status alone); -1 likewise.
    """

    controller: NDArray[np.int8]
    status: NDArray[np.int8]
    rival: NDArray[np.int8]
    held_event: NDArray[np.int32]
    event: NDArray[np.int32]
