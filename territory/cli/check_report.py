"""Report of ``territory check``: faults, which keep a campaign from opening, and warnings about odd events."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import territory
from territory.api import Timeline
from territory.errors import CampaignError, InputError, PartitionError
from territory.records.events import Event

_ODD_OUTCOMES = {
    "conflict": "says otherwise than what was held, and a record of its kind cannot change it",
    "contest": "takes a place that another side takes on that day; no seq says who came last, so it is contested",
    "off_map": "is about a place without ground on this map",
}


@dataclass(frozen=True)
class Report:
    """Faults and warnings of a campaign, one line each, and a summary."""

    faults: tuple[str, ...]
    warnings: tuple[str, ...]
    summary: str


def check_campaign(name: str) -> Report:
    """Open a campaign and report its faults and warnings.

    Parameters
    ----------
    name : str
        A campaign folder, or the id of a campaign that comes with the package.
    """
    try:
        timeline = territory.open(name)
    except CampaignError as error:
        faults = tuple(str(fault) for fault in error.faults)
        said = (
            "1 fault; nothing can be drawn until it is"
            if len(faults) == 1
            else f"{len(faults)} faults; nothing can be drawn until they are"
        )
        return Report(faults, (), f"{said} corrected.")
    except (InputError, PartitionError) as error:
        return Report((str(error),), (), "1 fault; nothing can be drawn until it is corrected.")
    warnings = (*timeline.campaign.warnings, *_odd_events(timeline))
    return Report((), warnings, _summary(timeline, len(warnings)))


def _odd_events(timeline: Timeline) -> list[str]:
    """A line for each event that the map cannot use as it is, or whose dates or sources are odd."""
    campaign = timeline.campaign
    lines = []
    for index, (event, outcome) in enumerate(zip(campaign.events, timeline.outcome, strict=True)):
        where = campaign.places[event.place].name if event.place >= 0 else event.unit or "point, polygon or line"
        about = f"events.csv:{event.line}: {event.id} ({event.kind}, {where}, {event.span.text})"
        if residual := timeline.residual_km2.get(index):
            lines.append(f"{about} covers {residual:,.1f} km2 that lie in none of the cells it was assigned to.")
        if snapped := timeline.snapped_km.get(index):
            lines.append(f"{about} lies {snapped:.1f} km off the map and was moved to its edge.")
        if event.reported and _reported_early(event):
            lines.append(f"{about} was reported on {event.reported.text}, before it happened.")
        if outcome in _ODD_OUTCOMES:
            lines.append(f"{about} {_ODD_OUTCOMES[outcome]}.")
        elif not event.sources:
            lines.append(f"{about} names no source.")
    return lines


def _reported_early(event: Event) -> bool:
    """Whether an event was reported more than a day before it happened."""
    known, first = event.reported and event.reported.latest, event.span.earliest
    return known is not None and first is not None and (first - known).days > 1


def _summary(timeline: Timeline, warnings: int) -> str:
    """Counts of events, places, sources and cells in a sentence."""
    campaign, part = timeline.campaign, timeline.partition
    count = Counter(timeline.outcome)
    changed = sum(count[outcome] for outcome in ("take", "leave", "mark", "clear", "contest"))
    return (
        f"{campaign.title}: {len(campaign.events)} records of {len(campaign.places)} places "
        f"from {len(campaign.sources)} sources; "
        f"{changed} changed the map, {count['confirm']} confirmed it, {count['alternative']} are conflicting accounts, "
        f"{count['before_baseline']} lie before the baseline. "
        f"{len(part)} cells cover {part.total_km2:,.0f} km2 without gap or overlap. "
        f"No fault, {warnings} warnings."
    )
