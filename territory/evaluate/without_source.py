"""Leave one source, or one side's sources, out: how much of the map depends on it alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from territory._util.lazy import Lazy
from territory.measures.surfaces import SamplePoints
from territory.records.actors import UNKNOWN
from territory.records.events import Events
from territory.records.fusion import NEUTRAL, NOT_KNOWN, SourceProfiles
from territory.timeline.base import BaseTimeline
from territory.timeline.fold import fold

if TYPE_CHECKING:
    import pandas as pd
else:
    pd = Lazy("pandas")

MOST = 40  # sources left out in turn, those with most events first; each costs a fold
COLUMNS = (
    *("who", "name", "events", "share_of_events", "day", "places", "places_unknown"),
    *("km2", "km2_unknown", "share_of_km2"),
)


def leave_one_source_out(timeline: BaseTimeline, days: NDArray[np.datetime64], most: int = MOST) -> pd.DataFrame:
    """Fold the map without the events that rest on one source alone, source by source.

    An event rests on a source if each source that it names is this one or relays it. Events of other sources are folded
    as usual.

    Parameters
    ----------
    timeline : Timeline
    days : (day,) datetime64[D]
    most : int
        How many sources to leave out in turn: those on which most events rest.

    Returns
    -------
    DataFrame
        who (source_id), name, events (that rest on it alone) and their share of all events that reached the map,
        day (of ``days``, the one with the largest effect), places whose side would differ on it, places_unknown
        (of these, about which nothing would be known), km2 and km2_unknown likewise, share_of_km2 (of known ground).
        The largest effect comes first.
    """
    sources, reached = timeline.campaign.sources, _reached(timeline)
    relayed = [frozenset(one.id for one in sources.chain(row)) for row in range(len(sources))]
    resting: dict[str, list[int]] = {}
    for index, event in enumerate(timeline.campaign.events):
        chains = [relayed[row] for row in event.sources]
        for name in frozenset.intersection(*chains) if chains else ():
            resting.setdefault(name, []).append(index)
    effective = [item for item in resting.items() if not reached.isdisjoint(item[1])]
    ranked = sorted(effective, key=lambda item: (-len(reached.intersection(item[1])), item[0]))[:most]
    rows = [(name, sources.cite(sources.index(name)), records) for name, records in ranked]
    return _audit(timeline, days, rows, reached)


def leave_one_side_out(timeline: BaseTimeline, days: NDArray[np.datetime64]) -> pd.DataFrame:
    """Fold the map without the events that rest on sources of one side alone; columns as ``leave_one_source_out``.

    A relay counts as its first source. ``neutral`` stands for neutral sources, ``not known`` for those without a side
    in sources.csv.

    Parameters
    ----------
    timeline : Timeline
    days : (day,) datetime64[D]
    """
    campaign, reached = timeline.campaign, _reached(timeline)
    side = [profile.side for profile in SourceProfiles.of(campaign.sources, campaign.actors).profiles]
    resting: dict[int, list[int]] = {}
    for index, event in enumerate(campaign.events):
        sides = {side[row] for row in event.sources}
        if len(sides) == 1:
            resting.setdefault(sides.pop(), []).append(index)
    words = {NEUTRAL: ("neutral", "Neutral sources"), NOT_KNOWN: ("not known", "Sources of no known side")}
    rows = []
    for code, records in sorted(resting.items()):
        actor = campaign.actors[max(code, 0)]
        rows.append((*words.get(code, (actor.id, f"Sources of {actor.label}")), records))
    return _audit(timeline, days, rows, reached)


def _reached(timeline: BaseTimeline) -> frozenset[int]:
    """Rows of the events that named a cell of the map."""
    return frozenset(np.unique(timeline.mentions.event).tolist())


def _audit(
    timeline: BaseTimeline,
    days: NDArray[np.datetime64],
    rows: list[tuple[str, str, list[int]]],
    reached: frozenset[int],
) -> pd.DataFrame:
    """Table of the effects of leaving out each set of events, given as (id, name, rows)."""
    samples, area = SamplePoints.of(timeline.partition).cell, timeline.partition.area_km2
    whole = [timeline.side_of[timeline.state(day).controller] for day in days]
    table = []
    for who, name, records in rows:
        less = _without(timeline, set(records))
        effects = []
        for day, then in zip(days, whole, strict=True):
            now = timeline.side_of[less.state(day).controller]
            other, gone = now != then, (now == UNKNOWN) & (then != UNKNOWN)
            km2, known = float(area[other].sum()), float(area[then != UNKNOWN].sum())
            counts = (int(other[samples].sum()), int(gone[samples].sum()))
            effects.append((day, *counts, km2, float(area[gone].sum()), km2 / known if known else float("nan")))
        widest = int(np.argmax([effect[3] for effect in effects]))
        count = len(reached.intersection(records))
        table.append((who, name, count, count / len(reached), *effects[widest]))
    frame = pd.DataFrame(table, columns=list(COLUMNS)).astype({"day": "datetime64[s]"})
    return frame.sort_values(["km2", "events", "who"], ascending=[False, False, True], ignore_index=True)


def _without(timeline: BaseTimeline, gone: set[int]) -> BaseTimeline:
    """Fold again without some events.

    An event that a remaining one supersedes is kept: it does not act, and the remaining one refers to it.
    """
    everything = timeline.campaign.events
    kept = set(range(len(everything))) - gone
    waiting = list(kept)
    while waiting:
        referred = everything[waiting.pop()].supersedes
        if referred and (index := everything.index(referred)) not in kept:
            kept.add(index)
            waiting.append(index)
    events = [everything[index] for index in sorted(kept)]
    campaign = replace(timeline.campaign, events=Events.of(events))
    return fold(campaign, timeline.partition, rule=timeline.rule, known_on=timeline.known_on)
