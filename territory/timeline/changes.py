"""What a fold leaves behind: changes as columns, and the state of every cell on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

Day = date | str | np.datetime64


def as_day(day: Day) -> np.datetime64:
    """A day, however it is given, as datetime64[D]; ValueError where it is none."""
    if isinstance(day, np.datetime64):
        return np.datetime64(day.astype("datetime64[D]").item())
    return np.datetime64(str(day), "D")


@dataclass(frozen=True)
class Changes:
    """What altered, in order: columns of equal length.

    Parameters
    ----------
    day : (change,) datetime64[D]
        Ascending.
    cell : (change,) int32
    event : (change,) int32
        Row of the record that caused it.
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


@dataclass(frozen=True)
class Mentions:
    """Which records spoke of which cells, whether they changed them or not: columns, in order of time.

    Parameters
    ----------
    day : (mention,) datetime64[D]
        Ascending.
    cell, event : (mention,) int32
    """

    day: NDArray[np.datetime64]
    cell: NDArray[np.int32]
    event: NDArray[np.int32]


@dataclass(frozen=True)
class State:
    """Who holds every cell on a day.

    Parameters
    ----------
    controller, status, rival : (cell,) int8
        Actor code, status code, actor code.
    held_event : (cell,) int32
        Row of the record since which the controller holds the cell; -1 where nothing is known.
    event : (cell,) int32
        Row of the record that made the state what it is (it may concern the status alone); -1 likewise.
    """

    controller: NDArray[np.int8]
    status: NDArray[np.int8]
    rival: NDArray[np.int8]
    held_event: NDArray[np.int32]
    event: NDArray[np.int32]
