"""Events, the dated and sourced records of a campaign, and the total order in which they act."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from shapely.geometry.base import BaseGeometry

from territory._util.brief import Brief
from territory.errors import UnknownName
from territory.records.dates import Policy, Span
from territory.records.names import suggest


@dataclass(frozen=True, slots=True, repr=False)
class Event(Brief):
    """One row of events.csv, typed. Its location is one of a place, a unit, a point, a polygon or one side of a line.

    Parameters
    ----------
    span : Span
        When it happened.
    kind : str
        A key of ``kinds.KINDS``.
    place : int
        Row of the gazetteer, or -1 where the location is given otherwise.
    lon, lat : float
        Degrees: of the place, of the point, or of a point in the polygon or on the line; NaN for a unit.
    unit : str
        Id of a unit of the partition, or of an admin unit: all places with this admin1 or admin2.
    radius_km : float
        With a point: the ground within this distance. With a line: at most this far from it; 0 is no limit.
    shape : shapely geometry or None
        A polygon, or a line; WGS 84.
    line_side : {"", "left", "right"}
        The side of the line that is meant.
    actor, against : tuple of int
        Actor codes; the first of ``actor`` is the one that acts.
    sources : tuple of int
        Rows of the sources.
    reported : Span or None
        When it became known, where events.csv says so.
    grounding : {"cited", "implied", "map", "recalled", ""}
        How the record was come by: read in the source, implied by what was read, from another map only, or from memory.
    seq : int
        Order among the events of one day, smaller first; 0 where none is given.
    supersedes : str
        Id of the event that a correction or retraction is about.
    alternative_to : str
        Id of the event of which this is a conflicting account; such an event is shown, never folded.
    counts : dict of str to str
        ``{"airstrikes": "34", "killed.government": "30"}``; text, since reports give ranges.
    locator, quote : str
        Where in the source it stands (page, paragraph, timestamp), and the words read there.
    drafted_by : str
        What drafted the record, where a person accepted a draft.
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
    grounding: str = ""
    seq: int = 0
    supersedes: str = ""
    alternative_to: str = ""
    counts: dict[str, str] = field(default_factory=dict)
    note: str = ""
    locator: str = ""
    quote: str = ""
    drafted_by: str = ""
    line: int = 0
    unit: str = ""
    radius_km: float = 0.0
    shape: BaseGeometry | None = None
    line_side: str = ""

    def key(self, policy: Policy) -> tuple[date, int, date, str]:
        """Sort key of the total order: day, seq, day reported, id. Never a name, never the order of the file."""
        return (self.span.day(policy), self.seq, self.known(policy), self.id)

    def known(self, policy: Policy) -> date:
        """Day on which the event became known: when it was reported, or else the day that it acts on."""
        return self.reported.day("latest") if self.reported else self.span.day(policy)


@dataclass(frozen=True, repr=False)
class Events(Brief):
    """The events of a campaign, in the order of events.csv."""

    all: tuple[Event, ...]
    _ids: dict[str, int] = field(repr=False, compare=False)

    @classmethod
    def of(cls, events: Sequence[Event]) -> Events:
        """Index the events by id; the reader has checked that ids are unique."""
        return cls(tuple(events), {event.id: index for index, event in enumerate(events)})

    def __getitem__(self, index: int) -> Event:
        return self.all[index]

    def __len__(self) -> int:
        return len(self.all)

    def __iter__(self) -> Iterator[Event]:
        return iter(self.all)

    def index(self, event_id: str) -> int:
        """Row of an event id.

        Raises
        ------
        UnknownName
            With the nearest ids.
        """
        try:
            return self._ids[event_id]
        except KeyError:
            raise UnknownName("event", event_id, suggest(event_id, self._ids)) from None

    def acting_kind(self, event: Event) -> str:
        """Kind whose effect an event has: a correction has that of the event that it corrects."""
        while event.kind == "correction" and event.supersedes:
            event = self.all[self._ids[event.supersedes]]
        return event.kind

    def alternative_to(self, event: Event) -> str:
        """Id of the event that this one contradicts, or ""; a correction of an alternative account is one too."""
        while not event.alternative_to and event.kind == "correction" and event.supersedes:
            event = self.all[self._ids[event.supersedes]]
        return event.alternative_to

    def in_order(self, policy: Policy, *, known_on: date | None = None, with_alternatives: bool = False) -> list[int]:
        """Rows of the events that a fold applies, in their total order.

        Left out are superseded events, conflicting accounts (``alternative_to``) unless they are asked for, and what
        was not yet reported on the day ``known_on``, corrections and retractions included. A correction or retraction
        that was itself retracted has no effect.

        Parameters
        ----------
        policy : {"earliest", "latest", "midpoint"}
            Which day of an uncertain date counts.
        known_on : date, optional
            Only events known by this day.
        with_alternatives : bool
            Whether conflicting accounts are included.
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
        """Ids of the events that another one supersedes; an event that was itself retracted supersedes nothing."""
        retractions = [event for event in known if event.kind == "retraction"]
        retracted: set[str] = set()
        for _ in retractions:  # each round resolves one more link of a chain of retractions; two are usual
            resolved = {event.supersedes for event in retractions if event.id not in retracted}
            if resolved == retracted:
                break
            retracted = resolved
        return {event.supersedes for event in known if event.supersedes and event.id not in retracted}
