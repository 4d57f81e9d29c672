"""What the page says of how sure it is: inferred ground, ground long unconfirmed, days that are not certain."""

from __future__ import annotations

from typing import Any

import numpy as np

from territory.evaluate import expected
from territory.measures.surfaces import about
from territory.records.campaign import Campaign
from territory.records.events import Event
from territory.records.kinds import Status
from territory.timeline.base import BaseTimeline


def drawn_by(timeline: BaseTimeline) -> dict[str, Any]:
    """What drew the map, and how far off its fronts may be: null where that cannot be told."""
    found = expected(timeline)
    known = np.isfinite(found.mean_km)
    error = {"mean": round(found.mean_km, 1), "p95": round(found.p95_km, 1), "spacing": round(found.spacing_km, 1)}
    return {"estimator": about(timeline), "expected_front_error_km": error if known else None}


def inferred(timeline: BaseTimeline) -> list[int]:
    """Cells that no source names: the place that speaks for them lies elsewhere, or farther than ``observed_km``."""
    part = timeline.partition
    near = part.observed(timeline.campaign.partition_spec.get("observed_km"))
    return [int(cell) for cell in np.flatnonzero(~near & (part.place >= 0))]


def stale(timeline: BaseTimeline) -> dict[str, list[int]]:
    """When contested and claimed cells were stale: the days, from and up to but not including, that ``stale`` says so.

    A cell's status changes only where an event speaks of it; so between two mentions it is stale or not by the days
    since the first of them.
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
    long = (np.minimum(after, end) > begins) & ((status == Status.CONTESTED) | (status == Status.CLAIMED))
    return {
        "cell": cell[long].tolist(),
        "from": (begins[long] - first).astype(int).tolist(),
        "to": (np.minimum(after, end)[long] - first).astype(int).tolist(),
    }


def _status_after(timeline: BaseTimeline, cell: Any, day: Any) -> Any:
    """The status of cells at the end of days; 0 where nothing has changed yet."""
    changes = timeline.changes
    if len(changes) == 0:
        return np.zeros(len(cell), dtype=np.int8)
    order = np.lexsort((np.arange(len(changes)), changes.day, changes.cell))
    span = np.int64(1) << 32
    keys = changes.cell[order].astype(np.int64) * span + changes.day[order].astype("datetime64[D]").astype(np.int64)
    wanted = cell.astype(np.int64) * span + day.astype("datetime64[D]").astype(np.int64)
    at = np.searchsorted(keys, wanted, side="right") - 1
    mine = (at >= 0) & (changes.cell[order][at] == cell)
    return np.where(mine, changes.status[order][at], 0)


def leeway(event: Event, campaign: Campaign) -> tuple[int, int]:
    """How many days before and after the day that is shown an event may belong."""
    day = event.span.day(campaign.policy)
    early, late = event.span.earliest or day, event.span.latest or day
    return max(0, (day - early).days), max(0, (late - day).days)
