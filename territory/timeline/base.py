"""The timeline: events folded over cells into a list of changes, each of which names its event.

Changes are the truth; the state on a day, matrices, cubes and pictures are views of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from territory._util.brief import Brief
from territory.errors import OutsidePeriod
from territory.records import fusion
from territory.records.actors import FIRST
from territory.records.campaign import Campaign
from territory.records.kinds import DISPUTED
from territory.space import fronts
from territory.space.partition import Partition
from territory.timeline.changes import Changes, Day, Mentions, State, as_day

By = Literal["side", "controller"]


@dataclass(frozen=True, repr=False)
class BaseTimeline(Brief):
    """A campaign folded over a partition.

    Parameters
    ----------
    campaign : Campaign
    partition : Partition
    changes : Changes
    outcome : tuple of str
        For each event what became of it: a verb of ``transitions.Decision``, or ``contest`` (two takers on one day,
        order unknown), ``claim`` (not believed by the fusion rule), ``before_baseline``, ``after_period``,
        ``alternative``, ``superseded``, ``not_yet_known``, ``off_map``.
    mentions : Mentions
        Which events named which cells.
    residual_km2 : mapping of int to float
        For events that name an area: how much of it lies in none of their cells, by row of the event.
    snapped_km : mapping of int to float
        For points outside the partition: how far they were moved to its edge, by row of the event.
    rule : str
        The fusion rule.
    known_on : date or None
        Only events reported by the end of that day are in it; None: all events.
    """

    campaign: Campaign
    partition: Partition
    changes: Changes = field(repr=False)
    outcome: tuple[str, ...] = field(repr=False)
    mentions: Mentions = field(repr=False)
    residual_km2: Mapping[int, float] = field(default_factory=dict, repr=False)
    snapped_km: Mapping[int, float] = field(default_factory=dict, repr=False)
    rule: fusion.Rule = "latest"
    known_on: date | None = None

    def _facts(self) -> list[tuple[str, str]]:
        campaign, part = self.campaign, self.partition
        sides = [
            campaign.actors[code].label for code in range(FIRST, len(campaign.actors)) if self.side_of[code] == code
        ]
        facts = [
            ("campaign", f"{campaign.title} ({campaign.id})"),
            ("period", f"{self.first_day} to {self.last_day}, {len(self.days):,} days with changes"),
            ("sides", ", ".join(sides)),
            (
                "events",
                f"{len(campaign.events):,} of {len(campaign.places):,} places, {len(campaign.sources):,} sources",
            ),
            ("cells", f"{len(part):,}, {part.total_km2:,.0f} km2; {len(self.changes):,} changes"),
            ("rule", self.rule),
        ]
        return facts + ([("known on", str(self.known_on))] if self.known_on else [])

    @property
    def first_day(self) -> date:
        """First day of the period."""
        return self.campaign.first_day

    @property
    def last_day(self) -> date:
        """Last day of the period, included in it."""
        return self.campaign.last_day

    @cached_property
    def days(self) -> NDArray[np.datetime64]:
        """(n,) datetime64[D]: the first day and every later day of the period on which something changed."""
        first = np.datetime64(self.first_day, "D")
        return np.unique(np.append(self.changes.day[self.changes.day > first], first))

    @cached_property
    def side_of(self) -> NDArray[np.int8]:
        """(actor,) int8: for each actor code the code of its side."""
        return self.campaign.actors.side_of

    def code_by(self, by: By) -> NDArray[np.int8]:
        """(actor,) int8: for each actor code the code of its side, or (by controller) its own code.

        Raises
        ------
        ValueError
            Where ``by`` is neither.
        """
        if by not in ("side", "controller"):
            raise ValueError(f"by is '{by}'; it must be 'side' or 'controller'.")
        return self.side_of if by == "side" else np.arange(len(self.campaign.actors), dtype=np.int8)

    def day(self, day: Day) -> np.datetime64:
        """A day of the period as datetime64[D].

        Raises
        ------
        OutsidePeriod
            Where it is not a day, or lies outside the period.
        """
        try:
            wanted = as_day(day, self.campaign.key_day or self.first_day)
        except ValueError as error:
            raise OutsidePeriod(str(error)) from None
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
        moved = changes.controller[:count] != changes.prev_controller[:count]
        held[cell[moved]] = changes.event[:count][moved]
        return State(columns[0], columns[1], columns[2], held, event)

    def stale(self, day: Day) -> NDArray[np.bool_]:
        """Contested or claimed cells that no event has named for longer than the campaign's ``stale_after_days``.

        A stale cell keeps its state; it never reverts by itself.

        Returns
        -------
        (cell,) bool
        """
        wanted = self.day(day)
        count = int(np.searchsorted(self.mentions.day, wanted, side="right"))
        last_mention = np.full(len(self.partition), np.datetime64(self.campaign.baseline, "D"))
        last_mention[self.mentions.cell[:count]] = self.mentions.day[:count]  # ascending by day, so the latest stays
        disputed = DISPUTED[self.state(wanted).status]
        return np.asarray(disputed & (wanted - last_mention > np.timedelta64(self.campaign.stale_after_days, "D")))

    def front_arcs(self, day: Day) -> NDArray[np.int64]:
        """(front,) int64: the arcs between hostile sides at the end of a day."""
        return fronts.front(self.partition.topology, self.side_of[self.state(day).controller])
