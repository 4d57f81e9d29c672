"""Events and places of a campaign as columns, a structure of arrays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from territory._util.brief import Brief
from territory.render import certainty
from territory.timeline.base import BaseTimeline

NO_DAY = -1
Texts = tuple[str, ...]
Codes = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, repr=False)
class EventColumns(Brief):
    """The events, in the order of events.csv.

    Parameters
    ----------
    id, kind, locator, quote, claimed_by, grounding, note : tuple of str
    day : (event,) int64
        Days since the first day of the period; ``NO_DAY`` for an event outside it.
    date, reported : tuple of str
        As recorded, in EDTF; ``reported`` is empty where the table does not say it.
    early, late : (event,) int64
        Days before and after the shown day on which it may have happened.
    place : (event,) int64
        Row of the place, -1 for none.
    lonlat : (event, 2) float64
        Degrees; NaN where the event has no point.
    actor, against, sources : tuple of tuples of int
        Codes of actors, rows of sources.
    counts : tuple of tuples of (str, str)
        What was counted and the figure, sorted.
    alternative_to : (event,) int64
        Row of the main account of the same thing, -1 for none.
    outcome : tuple of str
        What became of it, as in ``BaseTimeline.outcome``.
    """

    id: Texts
    day: NDArray[np.int64]
    date: Texts
    early: NDArray[np.int64]
    late: NDArray[np.int64]
    kind: Texts
    place: NDArray[np.int64]
    lonlat: NDArray[np.float64]
    actor: Codes
    against: Codes
    sources: Codes
    locator: Texts
    quote: Texts
    claimed_by: Texts
    reported: Texts
    grounding: Texts
    counts: tuple[tuple[tuple[str, str], ...], ...]
    note: Texts
    alternative_to: NDArray[np.int64]
    outcome: Texts

    def __len__(self) -> int:
        return len(self.id)


@dataclass(frozen=True, repr=False)
class PlaceColumns(Brief):
    """The gazetteer, in the order of places.csv.

    Parameters
    ----------
    id, name, kind : tuple of str
    names : tuple of (str, tuple of str)
        For each further language that the page offers its tag, and the name of every place in it, or an empty text.
    aliases : tuple of tuples of str
        Other spellings, and names in languages that the page does not offer.
    approximate : tuple of bool
    lonlat : (place, 2) float64
        Degrees.
    cell : (place,) int32
        The cell that the place lies in, -1 for none.
    """

    id: Texts
    name: Texts
    names: tuple[tuple[str, Texts], ...]
    aliases: tuple[Texts, ...]
    kind: Texts
    approximate: tuple[bool, ...]
    lonlat: NDArray[np.float64]
    cell: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.id)


def events_of(timeline: BaseTimeline) -> EventColumns:
    """The events of a timeline as columns."""
    campaign = timeline.campaign
    events, policy = campaign.events.all, campaign.policy
    day = _integers(event.span.day(policy).toordinal() for event in events)
    first, last = campaign.first_day.toordinal(), campaign.last_day.toordinal()
    early, late = certainty.leeways(timeline).T
    main = {event.id: row for row, event in enumerate(events)}
    return EventColumns(
        id=tuple(event.id for event in events),
        day=np.where((first <= day) & (day <= last), day - first, NO_DAY),
        date=tuple(event.span.text for event in events),
        early=early,
        late=late,
        kind=tuple(event.kind for event in events),
        place=_integers(event.place for event in events),
        lonlat=_lonlat((event.lon, event.lat) for event in events),
        actor=tuple(event.actor for event in events),
        against=tuple(event.against for event in events),
        sources=tuple(event.sources for event in events),
        locator=tuple(event.locator for event in events),
        quote=tuple(event.quote for event in events),
        claimed_by=tuple(event.claimed_by for event in events),
        reported=tuple(event.reported.text if event.reported else "" for event in events),
        grounding=tuple(event.grounding for event in events),
        counts=tuple(tuple(sorted(event.counts.items())) for event in events),
        note=tuple(event.note for event in events),
        alternative_to=_integers(main[event.alternative_to] if event.alternative_to else -1 for event in events),
        outcome=timeline.outcome,
    )


def places_of(timeline: BaseTimeline) -> PlaceColumns:
    """The gazetteer of a timeline as columns."""
    campaign = timeline.campaign
    places, offered = list(campaign.places), campaign.languages
    return PlaceColumns(
        id=tuple(place.id for place in places),
        name=tuple(place.name for place in places),
        names=tuple(
            (tag, tuple(place.names.get(tag, "") for place in places)) for tag in offered if tag != campaign.language
        ),
        aliases=tuple(
            (*place.aliases, *(name for tag, name in place.names.items() if tag not in offered)) for place in places
        ),
        kind=tuple(place.kind for place in places),
        approximate=tuple(place.approximate for place in places),
        lonlat=_lonlat((place.lon, place.lat) for place in places),
        cell=timeline.partition.home,
    )


def _integers(values: Iterable[int]) -> NDArray[np.int64]:
    return np.fromiter(values, dtype=np.int64)


def _lonlat(points: Iterable[tuple[float, float]]) -> NDArray[np.float64]:
    return np.array(list(points), dtype=np.float64).reshape(-1, 2)
