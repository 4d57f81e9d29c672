"""Columns that a fold gives: changes, mentions of cells by events, and the state of every cell on a day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time

import numpy as np
from numpy.typing import NDArray

from territory._util.brief import Brief

Day = date | str | np.datetime64
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def as_day(day: Day, example: object = "2015-04-25") -> np.datetime64:
    """Convert a day (date, text as 2015-04-25, or datetime64) to datetime64[D].

    A month or a year is no day, and neither is a moment: what has a time of day or a zone is refused.

    Parameters
    ----------
    day : date, str or datetime64
    example : object
        A day that an error shows.

    Raises
    ------
    ValueError
        Where it is not a day; the message says what it is.
    """
    if isinstance(day, np.datetime64):
        if np.isnat(day) or np.datetime_data(day)[0] in ("Y", "M", "W") or day != day.astype("datetime64[D]"):
            raise ValueError(f"{day} is {_kind_of(str(day))}; give a day, as {example}.")
        return np.datetime64(np.datetime_as_string(day, unit="D"), "D")
    if isinstance(day, datetime):
        if day.tzinfo is not None or day.time() != time.min:
            raise ValueError(f"{day} is a moment; give its day, day.date(), in the campaign's time zone.")
        return np.datetime64(day.date(), "D")
    text = str(day)
    if not _ISO.fullmatch(text):
        raise ValueError(f"'{text}' is {_kind_of(text)}; give a day, as {example}.")
    return np.datetime64(text, "D")


def _kind_of(text: str) -> str:
    """What a text is that is not a day."""
    if re.fullmatch(r"\d{4}", text):
        return "a year"
    if re.fullmatch(r"\d{4}-\d{2}", text):
        return "a month"
    return "a moment" if re.match(r"\d{4}-\d{2}-\d{2}[T ]", text) else "not a day"


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

    def by_cell(self) -> NDArray[np.int64]:
        """(change,) int64: the rows by cell, and within a cell in order of time."""
        return np.lexsort((np.arange(len(self)), self.day, self.cell))

    def last(self, cell: NDArray[np.int32] | NDArray[np.int64], day: NDArray[np.datetime64]) -> NDArray[np.int64]:
        """Row of the last change of cells up to the end of days.

        Parameters
        ----------
        cell : (n,) int
        day : (n,) datetime64[D]

        Returns
        -------
        (n,) int64
            -1 before the first change of a cell.
        """
        if len(self) == 0:
            return np.full(len(cell), -1, dtype=np.int64)
        order, span = self.by_cell(), np.int64(1) << 32
        key = self.cell[order] * span + self.day[order].astype("datetime64[D]").astype(np.int64)
        wanted = cell.astype(np.int64) * span + day.astype("datetime64[D]").astype(np.int64)
        at = np.searchsorted(key, wanted, side="right") - 1
        found = order[np.maximum(at, 0)]
        return np.where((at >= 0) & (self.cell[found] == cell), found, -1)


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
