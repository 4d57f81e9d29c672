"""The timeline: records folded over cells into a list of changes, each of which names its record.

Changes are the truth; the state on a day, matrices, cubes and pictures are views of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from territory import fronts, rules
from territory.campaign import Campaign
from territory.errors import OutsidePeriod
from territory.events import Event
from territory.partition import Partition
from territory.rules import NOTHING_KNOWN, Held

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
    was_controller, was_status, was_rival : (change,) int8
        The state before.
    """

    day: NDArray[np.datetime64]
    cell: NDArray[np.int32]
    event: NDArray[np.int32]
    controller: NDArray[np.int8]
    status: NDArray[np.int8]
    rival: NDArray[np.int8]
    was_controller: NDArray[np.int8]
    was_status: NDArray[np.int8]
    was_rival: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.cell)


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


@dataclass(frozen=True)
class Timeline:
    """A campaign folded over a partition.

    Parameters
    ----------
    campaign : Campaign
    partition : Partition
    changes : Changes
    outcome : tuple of str
        For each record what became of it: a verb of ``rules.Decision``, or ``contest`` (two takers on one day, order
        unknown), ``before_baseline``, ``after_period``, ``alternative``, ``superseded``, ``off_map``.
    """

    campaign: Campaign
    partition: Partition
    changes: Changes = field(repr=False)
    outcome: tuple[str, ...] = field(repr=False)

    @property
    def first_day(self) -> date:
        """The first day that is shown."""
        return self.campaign.first_day

    @property
    def last_day(self) -> date:
        """The last day that is shown; it is in the period."""
        return self.campaign.last_day

    @cached_property
    def days(self) -> NDArray[np.datetime64]:
        """(n,) datetime64[D]: the first day and every later day of the period on which something changed."""
        first = np.datetime64(self.first_day, "D")
        return np.unique(np.append(self.changes.day[self.changes.day > first], first))

    @cached_property
    def side(self) -> NDArray[np.int8]:
        """(actor,) int8: for each actor code the code of its side."""
        return self.campaign.actors.root

    def day(self, day: Day) -> np.datetime64:
        """A day of the period as datetime64[D].

        Raises
        ------
        OutsidePeriod
            Where the timeline says nothing about it.
        """
        try:
            wanted = as_day(day)
        except ValueError:
            raise OutsidePeriod(
                f"'{day}' is not a day; write it as {self.campaign.key_day or self.first_day}."
            ) from None
        if not np.datetime64(self.first_day) <= wanted <= np.datetime64(self.last_day):
            raise OutsidePeriod(
                f"{wanted} is outside the period of {self.campaign.id}: {self.first_day} to {self.last_day}."
            )
        return wanted

    def state(self, day: Day) -> State:
        """Who holds every cell at the end of a day."""
        return self.state_after(int(np.searchsorted(self.changes.day, self.day(day), side="right")))

    def state_after(self, count: int) -> State:
        """The state after the first ``count`` changes; a later change to a cell overwrites an earlier one."""
        changes, size = self.changes, len(self.partition)
        cell = changes.cell[:count]
        columns = []
        for after in (changes.controller, changes.status, changes.rival):
            column = np.zeros(size, dtype=np.int8)
            column[cell] = after[:count]
            columns.append(column)
        event = np.full(size, -1, dtype=np.int32)
        event[cell] = changes.event[:count]
        held = np.full(size, -1, dtype=np.int32)
        moved = changes.controller[:count] != changes.was_controller[:count]
        held[cell[moved]] = changes.event[:count][moved]
        return State(columns[0], columns[1], columns[2], held, event)

    def front_arcs(self, day: Day) -> NDArray[np.int64]:
        """(front,) int64: the arcs between hostile sides at the end of a day."""
        return fronts.front(self.partition.topology, self.side[self.state(day).controller])


def fold(campaign: Campaign, partition: Partition) -> Timeline:
    """Fold the records of a campaign over the cells of a partition.

    The order is total (day, seq, reported, id), so the order of rows in the file and the names of places and actors
    do not matter. Two sides that take one cell on one day, with no record saying who came last, leave it contested.

    Parameters
    ----------
    campaign : Campaign
    partition : Partition
        Made from the same gazetteer.
    """
    ledger = _Ledger(campaign, partition)
    for index in campaign.events.in_order(campaign.policy):
        ledger.post(index)
    return Timeline(campaign, partition, ledger.changes(), tuple(ledger.outcome))


class _Ledger:
    """The book that a fold writes: the state so far, the changes, and what became of each record."""

    def __init__(self, campaign: Campaign, partition: Partition) -> None:
        self.campaign, self.partition = campaign, partition
        self.root = campaign.actors.root.tolist()
        self.held = [NOTHING_KNOWN] * len(partition)
        self.rows: list[tuple[int, int, int, Held, Held]] = []
        self.outcome = ["alternative" if event.alternative_to else "superseded" for event in campaign.events]
        self.taken: dict[
            int, tuple[date, int, Held]
        ] = {}  # cell -> day and seq of the last taking, state before that day
        self.cells_of = _cells_by_place(partition)

    def post(self, index: int) -> None:
        """Enter one record."""
        event = self.campaign.events[index]
        kind = self.campaign.events.acting_kind(event)
        day = event.span.day(self.campaign.policy)
        if day < self.campaign.baseline:
            self.outcome[index] = "before_baseline"
            return
        if day > self.campaign.last_day:
            self.outcome[index] = "after_period"
            return
        cells = self._cells(event)
        self.outcome[index] = "off_map"
        for cell in reversed(cells):  # the home cell comes first in the list and has the last word
            self.outcome[index] = self._enter(index, event, kind, day, cell)

    def _cells(self, event: Event) -> Sequence[int]:
        if event.place >= 0:
            return self.cells_of.get(event.place, ())
        cell = self.partition.locate(event.lon, event.lat)
        return (cell,) if cell >= 0 else ()

    def _enter(self, index: int, event: Event, kind: str, day: date, cell: int) -> str:
        before = self.held[cell]
        actor = event.actor[0] if event.actor else 0
        against = event.against[0] if event.against else 0
        verb: str
        verb, after = rules.decide(before, kind, actor, against, self.root)
        if rules.EFFECTS[kind].does == "take":
            day_before, seq, opening = self.taken.get(cell, (None, 0, before))
            if day_before == day and seq == event.seq and self.root[before.controller] != self.root[actor]:
                verb, after = "contest", rules.unordered(opening, before.controller, actor, self.root)
            self.taken[cell] = (day, event.seq, opening if day_before == day else before)
        if after != before:
            self.rows.append((day.toordinal(), cell, index, before, after))
            self.held[cell] = after
        return verb

    def changes(self) -> Changes:
        """The book as columns."""
        rows = self.rows
        epoch = date(1970, 1, 1).toordinal()
        ordinal = np.array([row[0] - epoch for row in rows], dtype=np.int64)
        before = np.array([row[3] for row in rows], dtype=np.int8).reshape(-1, 3)
        after = np.array([row[4] for row in rows], dtype=np.int8).reshape(-1, 3)
        return Changes(
            ordinal.astype("datetime64[D]"),
            np.array([row[1] for row in rows], dtype=np.int32),
            np.array([row[2] for row in rows], dtype=np.int32),
            *after.T.copy(),
            *before.T.copy(),
        )


def _cells_by_place(partition: Partition) -> dict[int, list[int]]:
    """For each place its cells, the one that it lies in first."""
    cells: dict[int, list[int]] = {}
    for cell in np.flatnonzero(partition.place >= 0).tolist():
        cells.setdefault(int(partition.place[cell]), []).append(cell)
    for place, own in cells.items():
        own.sort(key=lambda cell: (cell != partition.home[place], cell))
    return cells
