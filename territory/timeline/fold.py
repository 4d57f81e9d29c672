"""The book that a fold writes: record by record, the state so far, what changed, and what became of each record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import chain
from typing import NamedTuple, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from territory.records import fusion
from territory.records.campaign import Campaign
from territory.records.events import Event
from territory.records.fusion import Report, SourceProfiles
from territory.records.kinds import EFFECTS
from territory.space.partition import Partition
from territory.timeline.base import BaseTimeline
from territory.timeline.changes import Changes, Day, Mentions, as_day
from territory.timeline.locate import Locator
from territory.timeline.transitions import NOTHING_KNOWN, Held, decide, unordered

EPOCH = date(1970, 1, 1).toordinal()
Number = TypeVar("Number", np.int8, np.int64)
T = TypeVar("T", bound=BaseTimeline)


class Row(NamedTuple):
    """A change: day (ordinal), cell, row of the record, state before and after."""

    day: int
    cell: int
    event: int
    before: Held
    after: Held


class _Taking(NamedTuple):
    """Who took a cell at one point of the order, a day and its seq; the state before, and where the book stood."""

    slot: tuple[date, int]
    opening: Held
    book: int
    takers: set[int]
    events: list[int]


class FoldState:
    """Enters records one by one, in the order in which they are posted.

    Parameters
    ----------
    campaign : Campaign
    partition : Partition
    rule : fusion.Rule
        Whom to believe where reports conflict.
    """

    def __init__(self, campaign: Campaign, partition: Partition, rule: fusion.Rule) -> None:
        self.campaign, self.rule = campaign, rule
        self.side_of = campaign.actors.side_of.tolist()
        self.targets = Locator(campaign, partition)
        self.held = [NOTHING_KNOWN] * len(partition)
        self.rows: list[Row | None] = []  # None where a change was taken back
        self.heard: list[tuple[int, int, int]] = []  # day, cell, record
        self.outcome = [
            "alternative" if campaign.events.alternative_to(event) else "superseded" for event in campaign.events
        ]
        self.residual_km2: dict[int, float] = {}
        self.snapped_km: dict[int, float] = {}
        self.taken: dict[int, _Taking] = {}
        self.said: dict[int, list[Report]] = {}
        self.profiles = SourceProfiles.of(campaign.sources, campaign.actors) if rule != "latest" else None

    def apply(self, index: int) -> None:
        """Enter one record."""
        event = self.campaign.events[index]
        day = event.span.day(self.campaign.policy)
        if day < self.campaign.baseline:
            self.outcome[index] = "before_baseline"
            return
        if day > self.campaign.last_day:
            self.outcome[index] = "after_period"
            return
        target = self.targets.of(event)
        if target.residual_km2:
            self.residual_km2[index] = target.residual_km2
        if target.snapped_km:
            self.snapped_km[index] = target.snapped_km
        self.outcome[index] = "off_map"
        kind = self.campaign.events.acting_kind(event)
        for cell in reversed(target.cells):  # the cell that speaks for the record comes first, and has the last word
            self.outcome[index] = self._enter(index, event, kind, day, cell)

    def _enter(self, index: int, event: Event, kind: str, day: date, cell: int) -> str:
        before = self.held[cell]
        ordinal = day.toordinal()
        self.heard.append((ordinal, cell, index))
        if self.profiles is not None and EFFECTS[kind].does in ("take", "assess"):
            verb, after = self._weigh(self.profiles, event, kind, ordinal, cell)
        else:
            verb, after = self._follow(event, kind, day, cell)
        if verb == "contest":
            before = self._withdraw(cell)
        if after != before:
            self.rows.append(Row(ordinal, cell, index, before, after))
        self.held[cell] = after
        if cell in self.taken and self.taken[cell].slot == (day, event.seq):
            self.taken[cell].events.append(index)
        return verb

    def _withdraw(self, cell: int) -> Held:
        """Take back what the unordered takers of a cell changed one by one: together they make one change.

        So ground that stays with its holder, contested, is held since when it was, not since the quarrel of that day.
        """
        taking = self.taken[cell]
        own = set(taking.events)
        for event in own:
            self.outcome[event] = "contest"
        since = range(taking.book, len(self.rows))
        later = [place for place in since if (row := self.rows[place]) is not None and row.cell == cell]
        if any((row := self.rows[place]) is not None and row.event not in own for place in later):
            return self.held[cell]  # something else happened in between: leave the book as it is
        for place in later:
            self.rows[place] = None
        return taking.opening

    def _follow(self, event: Event, kind: str, day: date, cell: int) -> tuple[str, Held]:
        """Take the record at its word."""
        before, (actor, against) = self.held[cell], _parties(event)
        verb, after = decide(before, kind, actor, against, self.side_of)
        if EFFECTS[kind].does != "take":
            return verb, after
        taking = self.taken.get(cell)
        if taking is None or taking.slot != (day, event.seq):
            taking = self.taken[cell] = _Taking((day, event.seq), before, len(self.rows), set(), [])
        taking.takers.add(actor)
        if len({self.side_of[code] for code in taking.takers}) > 1:
            return "contest", unordered(taking.opening, taking.takers, self.side_of)
        return verb, after

    def _weigh(self, profiles: SourceProfiles, event: Event, kind: str, ordinal: int, cell: int) -> tuple[str, Held]:
        """Hold the record against what was said of the cell before."""
        before, (actor, against) = self.held[cell], _parties(event)
        said = self.said.setdefault(cell, [])
        said.append(Report(ordinal, actor, event.sources))
        if kind == "baseline":
            return decide(before, kind, actor, against, self.side_of)
        believed = fusion.FUSE[self.rule](before.controller, said, profiles)
        if self.side_of[believed] != self.side_of[before.controller]:
            return decide(before, "capture", believed, against, self.side_of)
        if self.side_of[actor] == self.side_of[believed]:
            return decide(before, kind, actor, against, self.side_of)
        return "claim", decide(before, "claim", actor, against, self.side_of).held

    def changes(self) -> Changes:
        """The book as columns."""
        rows = [row for row in self.rows if row is not None]
        before, after = _table((row.before for row in rows), np.int8), _table((row.after for row in rows), np.int8)
        whole = _table((row[:3] for row in rows), np.int64)
        return Changes(
            (whole[:, 0] - EPOCH).astype("datetime64[D]"),
            whole[:, 1].astype(np.int32),
            whole[:, 2].astype(np.int32),
            *after.T.copy(),
            *before.T.copy(),
        )

    def mentions(self) -> Mentions:
        """Which records spoke of which cells, as columns."""
        whole = _table(self.heard, np.int64)
        day = (whole[:, 0] - EPOCH).astype("datetime64[D]")
        return Mentions(day, whole[:, 1].astype(np.int32), whole[:, 2].astype(np.int32))


def _table(rows: Iterable[tuple[int, int, int]], dtype: type[Number]) -> NDArray[Number]:
    """(row, 3): one run through all numbers, which is many times faster than an array of tuples."""
    return np.fromiter(chain.from_iterable(rows), dtype=dtype).reshape(-1, 3)


def _parties(event: Event) -> tuple[int, int]:
    """The first actor of each side of a record; 0 where it names none."""
    return (event.actor[0] if event.actor else 0), (event.against[0] if event.against else 0)


@overload
def fold(
    campaign: Campaign, partition: Partition, *, rule: fusion.Rule | None = None, known_on: Day | None = None
) -> BaseTimeline: ...
@overload
def fold(
    campaign: Campaign,
    partition: Partition,
    *,
    rule: fusion.Rule | None = None,
    known_on: Day | None = None,
    kind: type[T],
) -> T: ...
def fold(
    campaign: Campaign,
    partition: Partition,
    *,
    rule: fusion.Rule | None = None,
    known_on: Day | None = None,
    kind: type[BaseTimeline] = BaseTimeline,
) -> BaseTimeline:
    """Fold the records of a campaign over the cells of a partition.

    The order is total (day, seq, reported, id), so the order of rows in the file and the names of places and actors do
    not matter. Two sides that take one cell on one day, with no record saying who came last, leave it contested.

    Parameters
    ----------
    campaign : Campaign
    partition : Partition
        Made from the same gazetteer.
    rule : {"latest", "majority", "against_interest", "bayes"}, optional
        Whom to believe where reports conflict; by default as the campaign says. All but ``latest`` hear conflicting
        accounts (``alternative_to``) too.
    known_on : date, str or datetime64, optional
        Fold only what had been reported by the end of that day.
    kind : type
        The class of the timeline to make.
    """
    rule = rule or campaign.fusion
    until = None if known_on is None else date.fromisoformat(str(as_day(known_on)))
    ledger = FoldState(campaign, partition, rule)
    if until is not None:
        late = [i for i, event in enumerate(campaign.events) if event.known(campaign.policy) > until]
        for index in late:
            ledger.outcome[index] = "not_yet_known"
    for index in campaign.events.in_order(campaign.policy, known_on=until, with_alternatives=rule != "latest"):
        ledger.apply(index)
    return kind(
        campaign,
        partition,
        ledger.changes(),
        tuple(ledger.outcome),
        mentions=ledger.mentions(),
        residual_km2=ledger.residual_km2,
        snapped_km=ledger.snapped_km,
        rule=rule,
        known_on=until,
    )
