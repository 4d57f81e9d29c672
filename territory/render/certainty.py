"""Certainty in the payload: estimator and expected error, inferred cells, stale cells, uncertain days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from territory._util.brief import Brief
from territory.evaluate import expected
from territory.measures.surfaces import estimator_notes
from territory.records.dates import Policy
from territory.records.events import Event
from territory.records.kinds import DISPUTED, KINDS
from territory.timeline.base import BaseTimeline


@dataclass(frozen=True, repr=False)
class Stale(Brief):
    """Periods during which contested and claimed cells were stale, as half-open ranges of days.

    Parameters
    ----------
    cell : (period,) int32
        Ascending.
    start, stop : (period,) int64
        Days since the first day; ``stop`` is exclusive.
    """

    cell: NDArray[np.int32]
    start: NDArray[np.int64]
    stop: NDArray[np.int64]


def drawn_by(timeline: BaseTimeline) -> dict[str, Any]:  # Any: JSON
    """Estimator of the map, and the expected error of its fronts; None where that is not known."""
    found = expected(timeline)
    known = np.isfinite(found.mean_km)
    error = {"mean": round(found.mean_km, 1), "p95": round(found.p95_km, 1), "spacing": round(found.spacing_km, 1)}
    return {"estimator": estimator_notes(timeline), "expected_front_error_km": error if known else None}


def inferred(timeline: BaseTimeline) -> NDArray[np.int64]:
    """(n,) int64: cells that follow a place outside them, farther off than ``observed_km``; ascending."""
    part = timeline.partition
    near = part.observed(timeline.campaign.partition_spec.observed_km)
    return np.flatnonzero(~near & (part.place >= 0))


def stale(timeline: BaseTimeline) -> Stale:
    """Periods during which contested and claimed cells were stale.

    Equal to ``BaseTimeline.stale`` on every day: a status changes only where an event names the cell, so between two
    mentions staleness depends on the days since the first.
    """
    campaign, mentions = timeline.campaign, timeline.mentions
    first, end = np.datetime64(campaign.first_day, "D"), np.datetime64(campaign.last_day, "D") + 1
    order = np.lexsort((mentions.day, mentions.cell))
    cell, day = mentions.cell[order], mentions.day[order]
    last_of_day = np.append((cell[1:] != cell[:-1]) | (day[1:] != day[:-1]), True)[: len(cell)]
    cell, day = cell[last_of_day], day[last_of_day]
    after = np.append(day[1:], end)[: len(day)]
    after[np.append(cell[1:] != cell[:-1], True)[: len(cell)]] = end
    begins = np.maximum(day + np.timedelta64(campaign.stale_after_days + 1, "D"), first)
    status = _status_after(timeline, cell, day)
    long = (np.minimum(after, end) > begins) & DISPUTED[status]
    start, stop = (days.astype(np.int64) for days in (begins[long] - first, np.minimum(after, end)[long] - first))
    return Stale(cell[long], start, stop)


def _status_after(timeline: BaseTimeline, cell: NDArray[np.int32], day: NDArray[np.datetime64]) -> NDArray[np.int8]:
    """(n,) int8: the status of cells at the end of days; 0 before their first change."""
    return np.append(timeline.changes.status, np.int8(0))[timeline.changes.last(cell, day)]


def leeways(timeline: BaseTimeline) -> NDArray[np.int64]:
    """(event, 2) int64: the days before and after the shown day of every event on which it may have happened.

    What a reading shows came about on some day since an event last said who holds the same place, unit or point, unless
    its own date is an interval.
    """
    campaign = timeline.campaign
    events, policy = campaign.events, campaign.policy
    found = [_leeway(event, policy) for event in events]
    last: dict[object, date] = {}  # by location
    for row in events.in_order(policy, known_on=timeline.known_on):
        event, kind = events[row], events.acting_kind(events[row])
        if not KINDS[kind].takes:
            continue
        where: object = event.place if event.place >= 0 else event.unit or (event.lon, event.lat)
        day = event.span.day(policy)
        if KINDS[kind].does == "read" and found[row] == (0, 0):
            found[row] = max(0, (day - last.get(where, campaign.baseline)).days - 1), 0
        last[where] = day
    return np.array(found, dtype=np.int64).reshape(-1, 2)


def _leeway(event: Event, policy: Policy) -> tuple[int, int]:
    day = event.span.day(policy)
    early, late = event.span.earliest or day, event.span.latest or day
    return max(0, (day - early).days), max(0, (late - day).days)
