"""Sums of an amount (area, people) by state of the cells, on every day of change.

Every such figure comes from here. Totals are updated change by change in exact fixed-point numbers, so they never
drift: the last day of a series equals a fresh sum.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from territory._util.brief import Brief
from territory._util.exact_sums import ExactSums
from territory._util.ragged import Groups, gather
from territory.timeline.base import BaseTimeline, By
from territory.timeline.series import WIDTH, row_of

Codes = NDArray[np.int64]
Key = Callable[[Codes, Codes, Codes], Codes]


@dataclass(frozen=True, repr=False)
class Totals(Brief):
    """Totals by day and key; each row holds until the next day.

    Parameters
    ----------
    day : (day,) datetime64[D]
        The first day, and every day of change.
    key : (column,) int64
        Every key that ever has an amount, ascending.
    amount : (day, column) float64
    """

    day: NDArray[np.datetime64]
    key: Codes
    amount: NDArray[np.float64]

    def on(self, days: NDArray[np.datetime64]) -> Totals:
        """Totals on other days; keys without an amount on any of them are left out.

        Parameters
        ----------
        days : (day,) datetime64[D]
            Not before the first of ``day``.
        """
        amount = self.amount[np.searchsorted(self.day, days, side="right") - 1]
        seen = (amount > 0).any(axis=0)
        return Totals(days, self.key[seen], amount[:, seen])


@dataclass(frozen=True, repr=False)
class Pieces(Brief):
    """Amounts of parts of cells, each part with a class.

    Parameters
    ----------
    cell, cls : (piece,) int64
        The cell of each, ascending; and its class, from 0.
    amount : (piece,) float64
        Not negative.
    classes : int
        How many classes there are.
    """

    cell: Codes
    cls: Codes
    amount: NDArray[np.float64]
    classes: int


def totals(timeline: BaseTimeline, amount: NDArray[np.float64], key: Key) -> Totals:
    """The sum of an amount over the cells of each key, on the first day and on every day of change.

    Parameters
    ----------
    timeline : BaseTimeline
    amount : (cell,) float64
        Not negative.
    key : callable
        A number from 0 for each state, from arrays of controller, status and rival codes; 0 where the
        controller is unknown.
    """
    changes = timeline.changes
    before, after = _keys(timeline, key)
    opening = np.zeros(len(amount), dtype=np.int64)
    return _summed(timeline, ExactSums(amount), (changes.cell, changes.day, before, after), opening)


def totals_by_class(timeline: BaseTimeline, pieces: Pieces, key: Key, none: int | None = None) -> Totals:
    """Sums of amounts of parts of cells, by key and class: the key of a column is ``key * classes + class``.

    Parameters
    ----------
    timeline : BaseTimeline
    pieces : Pieces
    key : callable
        As in ``totals``.
    none : int, optional
        Class in which pieces of cells with unknown controller are counted; by default their own.
    """
    changes, classes = timeline.changes, pieces.classes
    begin = np.searchsorted(pieces.cell, np.arange(len(timeline.partition) + 1))
    piece, change = gather(Groups(begin, np.arange(len(pieces.cell))), changes.cell)
    known = [controller > 0 for controller in (changes.prev_controller, changes.controller)]
    before, after = (
        one[change] * classes + _class(pieces.cls[piece], aware[change], none)
        for one, aware in zip(_keys(timeline, key), known, strict=True)
    )
    opening = _class(pieces.cls, np.zeros(len(pieces.cls), dtype=bool), none)
    return _summed(timeline, ExactSums(pieces.amount), (piece, changes.day[change], before, after), opening)


def _class(cls: Codes, known: NDArray[np.bool_], none: int | None) -> Codes:
    """Class of each piece, or ``none`` where its controller is unknown."""
    return cls if none is None else np.where(known, cls, none)


def _keys(timeline: BaseTimeline, key: Key) -> tuple[Codes, Codes]:
    """The key of the cell of each change, before and after it."""
    changes = timeline.changes
    before = (changes.prev_controller, changes.prev_status, changes.prev_rival)
    after = (changes.controller, changes.status, changes.rival)
    (*one,), (*other,) = ((column.astype(np.int64) for column in state) for state in (before, after))
    return key(*one), key(*other)


def _summed(
    timeline: BaseTimeline,
    sums: ExactSums,
    moves: tuple[NDArray[np.integer], NDArray[np.datetime64], Codes, Codes],
    opening: Codes,
) -> Totals:
    """Totals from the opening key of each piece and its moves: (piece, day, key before, key after)."""
    of, day, before, after = moves
    seen = np.unique(np.concatenate([before, after, np.unique(opening)]))
    before, after, opening = (np.searchsorted(seen, one) for one in (before, after, opening))
    table = sums.table(of, row_of(timeline, day), before, after, len(timeline.days), len(seen), opening=opening)
    there = (table > 0).any(axis=0)
    return Totals(timeline.days, seen[there], table[:, there])


@dataclass(frozen=True, repr=False)
class Areas(Brief):
    """Area by day, holder and status; each row holds until the next day.

    Parameters
    ----------
    day : (day,) datetime64[D]
    who, status : (column,) int8
        Actor code and status code; every combination that ever occurs, ascending.
    km2 : (day, column) float64
    """

    day: NDArray[np.datetime64]
    who: NDArray[np.int8]
    status: NDArray[np.int8]
    km2: NDArray[np.float64]


def by_holder(timeline: BaseTimeline, by: By = "side", *, status: bool = True) -> Key:
    """Key function for ``totals``: ``code * len(STATUSES) + status`` of the holder; status 0 if not wanted."""
    code = timeline.code_by(by).astype(np.int64)
    return lambda controller, how, _rival: code[controller] * WIDTH + (how if status else 0)


def areas(timeline: BaseTimeline, *, by: By = "side") -> Areas:
    """Area of every side or controller by status, on the first day and on every day of change.

    Parameters
    ----------
    timeline : BaseTimeline
    by : {"side", "controller"}
        Whether members of a side are counted together.
    """
    found = totals(timeline, timeline.partition.area_km2, by_holder(timeline, by))
    who, status = np.divmod(found.key, WIDTH)
    return Areas(found.day, who.astype(np.int8), status.astype(np.int8), found.amount)
