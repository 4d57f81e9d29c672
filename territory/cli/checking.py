"""What ``territory check`` finds.

Faults stop a campaign from being used; warnings are records that the map cannot use as they stand.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import territory
from territory.errors import InputError, PartitionError, TableErrors
from territory.shown import Timeline

ODD = {
    "conflict": "says otherwise than what was held, and a record of its kind cannot change it",
    "contest": "takes a place that another side takes on that day; no seq says who came last, so it is contested",
    "off_map": "is about a place without ground on this map",
}


@dataclass(frozen=True)
class Report:
    """Faults and warnings, a line each, and a summary."""

    faults: tuple[str, ...]
    warnings: tuple[str, ...]
    summary: str


def checked(name: str) -> Report:
    """Read and fold a campaign, and gather what is odd about it."""
    try:
        timeline = territory.open(name)
    except TableErrors as error:
        faults = tuple(str(fault) for fault in error.faults)
        return Report(faults, (), f"{len(faults)} faults; nothing can be drawn until they are mended.")
    except (InputError, PartitionError) as error:
        return Report((str(error),), (), "1 fault; nothing can be drawn until it is mended.")
    warnings = (*timeline.campaign.warnings, *_odd_records(timeline))
    return Report((), warnings, _summary(timeline, len(warnings)))


def _odd_records(timeline: Timeline) -> list[str]:
    campaign = timeline.campaign
    lines = []
    for event, outcome in zip(campaign.events, timeline.outcome, strict=True):
        where = campaign.places[event.place].name if event.place >= 0 else f"{event.lon}, {event.lat}"
        if outcome in ODD:
            lines.append(
                f"events.csv:{event.line}: {event.id} ({event.kind}, {where}, {event.span.text}) {ODD[outcome]}."
            )
        elif not event.sources:
            lines.append(f"events.csv:{event.line}: {event.id} ({event.kind}, {where}) names no source.")
    return lines


def _summary(timeline: Timeline, warnings: int) -> str:
    campaign, part = timeline.campaign, timeline.partition
    did = Counter(timeline.outcome)
    changed = sum(did[verb] for verb in ("take", "leave", "mark", "clear", "contest"))
    return (
        f"{campaign.title}: {len(campaign.events)} records of {len(campaign.places)} places "
        f"from {len(campaign.sources)} sources; "
        f"{changed} changed the map, {did['confirm']} confirmed it, {did['alternative']} are conflicting accounts, "
        f"{did['before_baseline']} lie before the baseline. "
        f"{len(part)} cells cover {part.total_km2:,.0f} km2 without gap or overlap. "
        f"No fault, {warnings} warnings."
    )
