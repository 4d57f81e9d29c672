"""Why a place looks as it does: the way back from a cell to its records and their sources.

It is stored by the fold, never inferred.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from territory.records.actors import UNKNOWN, Actor
from territory.records.events import Event
from territory.records.gazetteer import Place
from territory.records.kinds import Status, status_name
from territory.timeline.base import BaseTimeline
from territory.timeline.changes import Day


@dataclass(frozen=True)
class Entry:
    """One record about a place, and what became of it.

    Parameters
    ----------
    event : Event
    day : date
        The day on which it acts, by the campaign's date policy.
    who, whom : str
        Labels of the actors named.
    outcome : str
        See ``Timeline.outcome``.
    sources : tuple of str
        Each source as its chain: ``SOHR via AFP via Al Bawaba``.
    """

    event: Event
    day: date
    who: str
    whom: str
    outcome: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Why:
    """The answer to *who, since when, says who, how sure* for one place on one day.

    Parameters
    ----------
    controller : Actor
        Who holds it; *unknown* and *none* are answers too.
    lineage : tuple of Actor
        The controller and all above it on that day, nearest first.
    status : str
    rival : Actor or None
        Who contests, besieges or claims it.
    held : Entry or None
        The record since which the controller holds it.
    marked : Entry or None
        The record that gave it its status, where that is another one.
    history : tuple of Entry
        Every record about the place up to the day, in order; conflicting accounts stand on their own dates.
    later : tuple of Entry
        Records dated after the day.
    """

    place: Place
    day: date
    controller: Actor
    lineage: tuple[Actor, ...]
    status: str
    rival: Actor | None
    held: Entry | None
    marked: Entry | None
    history: tuple[Entry, ...]
    later: tuple[Entry, ...]

    def holder(self) -> str:
        """The controller's label, with that of the body nearest above it: ``Nusra Front (Army of Conquest)``."""
        return self.controller.label + (f" ({self.lineage[1].label})" if len(self.lineage) > 1 else "")

    def sentence(self) -> str:
        """The answer in one sentence."""
        said = f"{self.place.name} on {self.day}: {', '.join(filter(None, (self.status, self.holder())))}"
        if self.rival:
            verb = {"contested": "contested", "besieged": "besieged", "claimed": "claimed"}.get(self.status, "shared")
            said += f" ({verb} by {self.rival.label})"
        if self.held:
            said += f"; held since {self.held.day} by record {self.held.event.id} ({'; '.join(self.held.sources)})"
        if self.marked:
            said += f"; {self.status} since {self.marked.day} by record {self.marked.event.id}"
            said += f" ({'; '.join(self.marked.sources)})"
        return said + "."

    def __str__(self) -> str:
        lines = [self.sentence()]
        for entry in self.history:
            said = "; ".join(entry.sources) or "no source"
            lines.append(f"  {entry.event.id}  {entry.event.span.text}  {describe(entry)}  [{entry.outcome}]  {said}")
        return "\n".join(lines)


def describe(entry: Entry) -> str:
    """A record's kind and parties in words: ``capture by Army of Conquest from Government``."""
    kind = entry.event.kind.replace("_", " ")
    by = f" by {entry.who}" if entry.who else ""
    return f"{kind}{by}" + (f", against {entry.whom}" if entry.whom else "")


def why(timeline: BaseTimeline, name: str, day: Day | None = None) -> Why:
    """Who holds a place, since when, by which records, from which sources.

    Parameters
    ----------
    timeline : Timeline
    name : str
        Any name of the place, in any spelling that the gazetteer has.
    day : date, str or datetime64, optional
        By default the last day, so that the whole history is told.

    Raises
    ------
    UnknownName, AmbiguousName, OutsidePeriod
    """
    campaign = timeline.campaign
    row = campaign.places.find(name)
    wanted = timeline.day(timeline.last_day if day is None else day)
    entries = sorted(_entries(timeline, row), key=lambda one: one.event.key(campaign.policy))
    on = wanted.astype(object)
    cell = int(timeline.partition.home[row])
    history = tuple(entry for entry in entries if entry.day <= on)
    later = tuple(entry for entry in entries if entry.day > on)
    if cell < 0:
        return Why(campaign.places[row], on, campaign.actors[UNKNOWN], (), "", None, None, None, history, later)
    state = timeline.state(wanted)
    by_id = {entry.event.id: entry for entry in entries}
    held, marked = (_entry_of(timeline, by_id, int(which[cell])) for which in (state.held_event, state.event))
    rival = int(state.rival[cell])
    return Why(
        place=campaign.places[row],
        day=on,
        controller=campaign.actors[int(state.controller[cell])],
        lineage=tuple(campaign.actors.lineage(int(state.controller[cell]), on)),
        status=status_name(int(state.controller[cell]), int(state.status[cell])),
        rival=campaign.actors[rival] if rival else None,
        held=held,
        marked=marked if state.status[cell] != Status.CONTROL and marked != held else None,
        history=history,
        later=later,
    )


def entry(timeline: BaseTimeline, index: int) -> Entry:
    """A record of the timeline as an entry."""
    campaign = timeline.campaign
    event = campaign.events[index]
    who, whom = (", ".join(campaign.actors[code].label for code in codes) for codes in (event.actor, event.against))
    cited = tuple(campaign.sources.cite(source) for source in event.sources)
    return Entry(event, event.span.day(campaign.policy), who, whom, timeline.outcome[index], cited)


def _entries(timeline: BaseTimeline, place: int) -> list[Entry]:
    return [entry(timeline, index) for index, event in enumerate(timeline.campaign.events) if event.place == place]


def _entry_of(timeline: BaseTimeline, known: dict[str, Entry], index: int) -> Entry | None:
    """The entry of a record; it may lie outside the place, where a point in the same cell was named."""
    if index < 0:
        return None
    return known.get(timeline.campaign.events[index].id) or entry(timeline, index)
