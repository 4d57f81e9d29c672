"""Provenance of a place's state: the events and sources behind it, as stored by the fold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape

from territory._util.brief import Brief, html_table
from territory.records.actors import UNKNOWN, Actor
from territory.records.events import Event
from territory.records.gazetteer import Place
from territory.records.kinds import Status, status_name, traits_of
from territory.timeline.base import BaseTimeline
from territory.timeline.changes import Day


@dataclass(frozen=True, repr=False)
class Entry(Brief):
    """An event about a place, with its outcome in the fold.

    Parameters
    ----------
    event : Event
    day : date
        The day on which it acts, by the campaign's date policy.
    who, whom : str
        Labels of the actors, and of those acted against.
    outcome : str
        See ``BaseTimeline.outcome``.
    sources : tuple of str
        Citation of each source with its chain: ``SOHR via AFP via Al Bawaba``.
    """

    event: Event
    day: date
    who: str
    whom: str
    outcome: str
    sources: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class Why(Brief):
    """Who holds a place on a day, since when, and by which events.

    Parameters
    ----------
    controller : Actor
        Who holds it; may be *unknown* or *none*.
    lineage : tuple of Actor
        The controller and its parents on that day, nearest first.
    status : str
    rival : Actor or None
        Who contests, besieges or claims it.
    held : Entry or None
        The event since which the controller holds it.
    marked : Entry or None
        The event that gave it its status, where it differs from ``held``.
    history : tuple of Entry
        Every event about the place up to the day, in order; conflicting accounts keep their own dates.
    later : tuple of Entry
        Events dated after the day.
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

    def _facts(self) -> list[tuple[str, str]]:
        facts = [("place", f"{self.place.name_on(self.day)} ({self.place.id})"), ("day", str(self.day))]
        facts += [("held by", self.holder()), ("status", self.status)]
        if self.rival:
            facts.append(("rival", self.rival.label_on(self.day)))
        for since, entry in (("held since", self.held), ("status since", self.marked)):
            if entry:
                facts.append((since, f"{entry.day} by {entry.event.id} ({'; '.join(entry.sources)})"))
        return [*facts, ("events", f"{len(self.history):,} up to the day, {len(self.later):,} later")]

    def _repr_html_(self) -> str:
        """The sentence, and a table of the events up to the day, newest first."""
        heads = ("event", "date", "what", "effect", "how sure", "source")
        rows = [
            (one.event.id, one.event.span.text, describe(one), one.outcome.replace("_", " "), one.event.grounding,
             "; ".join(one.sources) or "no source")
            for one in reversed(self.history)
        ]  # fmt: skip
        return f"<p>{escape(self.sentence())}</p>{html_table(heads, rows)}"

    def holder(self) -> str:
        """The controller's label, with that of its parent: ``Nusra Front (Army of Conquest)``."""
        above = f" ({self.lineage[1].label_on(self.day)})" if len(self.lineage) > 1 else ""
        return self.controller.label_on(self.day) + above

    def sentence(self) -> str:
        """The answer in one sentence."""
        text = f"{self.place.name_on(self.day)} on {self.day}: {', '.join(filter(None, (self.status, self.holder())))}"
        if self.rival:
            text += f" ({traits_of(self.status).party} {self.rival.label_on(self.day)})"
        if self.held:
            text += f"; held since {self.held.day} by record {self.held.event.id} ({'; '.join(self.held.sources)})"
        if self.marked:
            text += f"; {self.status} since {self.marked.day} by record {self.marked.event.id}"
            text += f" ({'; '.join(self.marked.sources)})"
        return text + "."

    def __str__(self) -> str:
        lines = [self.sentence()]
        for entry in self.history:
            cited = "; ".join(entry.sources) or "no source"
            lines.append(f"  {entry.event.id}  {entry.event.span.text}  {describe(entry)}  [{entry.outcome}]  {cited}")
        return "\n".join(lines)


def describe(entry: Entry) -> str:
    """An event's kind and parties in words: ``capture by Army of Conquest from Government``."""
    kind = entry.event.kind.replace("_", " ")
    by = f" by {entry.who}" if entry.who else ""
    return f"{kind}{by}" + (f", against {entry.whom}" if entry.whom else "")


def why(timeline: BaseTimeline, name: str, day: Day | None = None) -> Why:
    """Who holds a place, since when, by which events, from which sources.

    Parameters
    ----------
    timeline : Timeline
    name : str
        Any name of the place, in any spelling that the gazetteer has.
    day : date, str or datetime64, optional
        By default the last day, so that the whole history is included.

    Returns
    -------
    Why

    Raises
    ------
    UnknownName, AmbiguousName, OutsidePeriod
    """
    campaign = timeline.campaign
    wanted = timeline.day(timeline.last_day if day is None else day)
    row = campaign.places.find(name, wanted.astype(object))
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
    """The event at a row of the campaign as an ``Entry``."""
    campaign = timeline.campaign
    event = campaign.events[index]
    day = event.span.day(campaign.policy)
    who, whom = (
        ", ".join(campaign.actors[code].label_on(day) for code in codes) for codes in (event.actor, event.against)
    )
    cited = tuple(campaign.sources.cite(source) for source in event.sources)
    return Entry(event, day, who, whom, timeline.outcome[index], cited)


def _entries(timeline: BaseTimeline, place: int) -> list[Entry]:
    """Entries of all events about a place."""
    return [entry(timeline, index) for index, event in enumerate(timeline.campaign.events) if event.place == place]


def _entry_of(timeline: BaseTimeline, known: dict[str, Entry], index: int) -> Entry | None:
    """The entry of an event; made anew where it names a point in the same cell rather than the place."""
    if index < 0:
        return None
    return known.get(timeline.campaign.events[index].id) or entry(timeline, index)
