"""Records: what a source says happened, typed and checked; nothing here decides what it means for the map."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from shapely.geometry.base import BaseGeometry

from territory.errors import UnknownName
from territory.records.dates import Policy, Span
from territory.records.names import suggest


@dataclass(frozen=True, slots=True)
class Event:
    """One dated, sourced record.

    Parameters
    ----------
    place : int
        Row of the gazetteer, or -1 where the record points otherwise.
    lon, lat : float
        Degrees: the place's own, the point given, or a point of the ground or line given; NaN for a unit.
    unit : str
        The id of a unit that the ground is cut by; or an admin unit: all places of which it is the admin1 or admin2.
    radius_km : float
        With a point: the ground this near. With a line: how far from it; 0 is no limit.
    shape, line_side : shapely geometry or None, {"", "left", "right"}
        Ground; or a line, and on which side of it the ground lies.
    actor, against : tuple of int
        Actor codes; the first is the one that acts.
    sources : tuple of int
        Rows of the sources.
    seq : int
        Order among the records of one day, smaller first; 0 where the record gives none.
    alternative_to : str
        Id of the record of which this is a conflicting account; such a record is shown, never folded.
    counts : dict of str to str
        ``{"airstrikes": "34", "killed.government": "30"}``; text, since reports give ranges.
    line : int
        Line of events.csv.
    """

    id: str
    span: Span
    kind: str
    place: int
    lon: float
    lat: float
    actor: tuple[int, ...] = ()
    against: tuple[int, ...] = ()
    sources: tuple[int, ...] = ()
    claimed_by: str = ""
    reported: Span | None = None
    confidence: str = ""
    seq: int = 0
    supersedes: str = ""
    alternative_to: str = ""
    counts: dict[str, str] = field(default_factory=dict)
    note: str = ""
    line: int = 0
    unit: str = ""
    radius_km: float = 0.0
    shape: BaseGeometry | None = None
    line_side: str = ""

    def key(self, policy: Policy) -> tuple[date, int, date, str]:
        """The total order of records: day, seq, when reported, id. Never a name, never the order of the file."""
        return (self.span.day(policy), self.seq, self.known(policy), self.id)

    def known(self, policy: Policy) -> date:
        """The day on which it became known: when it was reported, or else the day itself."""
        return self.reported.day("latest") if self.reported else self.span.day(policy)


@dataclass(frozen=True)
class Events:
    """The records of a campaign, in the order of events.csv."""

    all: tuple[Event, ...]
    _ids: dict[str, int] = field(repr=False, compare=False)

    @classmethod
    def of(cls, events: Sequence[Event]) -> Events:
        """Index the records by id; ids are taken to be unique (the reader checks)."""
        return cls(tuple(events), {event.id: index for index, event in enumerate(events)})

    def __getitem__(self, index: int) -> Event:
        return self.all[index]

    def __len__(self) -> int:
        return len(self.all)

    def __iter__(self) -> Iterator[Event]:
        return iter(self.all)

    def index(self, event_id: str) -> int:
        """Row of an event id; raises UnknownName with the nearest ids."""
        try:
            return self._ids[event_id]
        except KeyError:
            raise UnknownName("event", event_id, suggest(event_id, self._ids)) from None

    def acting_kind(self, event: Event) -> str:
        """The kind by which a record acts: a correction acts as the kind of the record that it corrects."""
        while event.kind == "correction" and event.supersedes:
            event = self.all[self._ids[event.supersedes]]
        return event.kind

    def alternative_to(self, event: Event) -> str:
        """The record that this one contradicts, if any; the correction of an alternative account is one too."""
        while not event.alternative_to and event.kind == "correction" and event.supersedes:
            event = self.all[self._ids[event.supersedes]]
        return event.alternative_to

    def in_order(self, policy: Policy, *, known_on: date | None = None, with_alternatives: bool = False) -> list[int]:
        """Rows of the records that may act, in their total order.

        Left out are records that another one supersedes, conflicting accounts (``alternative_to``) unless they are
        asked for, and what was not yet reported on the day ``known_on``, corrections and retractions included. A
        correction or retraction that was itself retracted is as if it had never been.
        """
        known = [i for i, event in enumerate(self.all) if known_on is None or event.known(policy) <= known_on]
        superseded = self._superseded([self.all[i] for i in known])
        acting = [
            i
            for i in known
            if self.all[i].id not in superseded and (with_alternatives or not self.alternative_to(self.all[i]))
        ]
        return sorted(acting, key=lambda index: self.all[index].key(policy))

    @staticmethod
    def _superseded(known: Sequence[Event]) -> set[str]:
        """Ids of the records for which another one stands. What was taken back itself supersedes nothing any more."""
        retractions = [event for event in known if event.kind == "retraction"]
        taken_back: set[str] = set()
        for _ in retractions:  # each round settles one more link of a chain of retractions; two are the rule
            settled = {event.supersedes for event in retractions if event.id not in taken_back}
            if settled == taken_back:
                break
            taken_back = settled
        return {event.supersedes for event in known if event.supersedes and event.id not in taken_back}
