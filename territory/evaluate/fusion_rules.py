"""Compare the fusion rules: what each makes of the same events, and how much later it draws changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from territory._util.lazy import Lazy
from territory.records import fusion
from territory.timeline.base import BaseTimeline
from territory.timeline.fold import fold

if TYPE_CHECKING:
    import pandas as pd
else:
    pd = Lazy("pandas")


def fusion_rules(timeline: BaseTimeline) -> pd.DataFrame:
    """Fold a campaign under every fusion rule and compare each with the rule ``latest``.

    Parameters
    ----------
    timeline : Timeline

    Returns
    -------
    DataFrame
        One row a rule, index ``rule``. changes_of_side: how often a cell changed hands between sides. claims: events
        that the rule used and did not believe. differs_km2: area with another side than under ``latest`` on the last
        day. not_believed: of the changes of side under ``latest``, how many it never draws.
        delay_days_median, delay_days_p95: how much later it draws the others.
    """
    latest = fold(timeline.campaign, timeline.partition, rule="latest", known_on=timeline.known_on)
    return pd.DataFrame([_row(latest, rule) for rule in fusion.RULES]).set_index("rule")


def _row(latest: BaseTimeline, rule: fusion.Rule) -> dict[str, object]:
    """Row of the table of ``fusion_rules`` for one rule."""
    other = fold(latest.campaign, latest.partition, rule=rule, known_on=latest.known_on)
    gains = _gains(other)
    delays = [_delay(gains, cell, side, day) for cell, side, day in _gains(latest).tolist()]
    known = np.array([delay for delay in delays if delay is not None], dtype=np.float64)
    last = latest.last_day
    differs = latest.side_of[latest.state(last).controller] != other.side_of[other.state(last).controller]
    return {
        "rule": rule,
        "changes_of_side": len(gains),
        "claims": other.outcome.count("claim"),
        "differs_km2": float(latest.partition.area_km2[differs].sum()),
        "not_believed": len(delays) - len(known),
        "delay_days_median": float(np.median(known)) if len(known) else np.nan,
        "delay_days_p95": float(np.percentile(known, 95)) if len(known) else np.nan,
    }


def _gains(timeline: BaseTimeline) -> NDArray[np.int64]:
    """(gain, 3) int64: cell, side and day of every change of side after the baseline."""
    changes, side = timeline.changes, timeline.side_of
    events = timeline.campaign.events
    moved = side[changes.controller] != side[changes.prev_controller]
    later = np.array([events[row].kind != "baseline" for row in changes.event], dtype=bool)
    rows = np.flatnonzero(moved & later)
    columns = (changes.cell[rows], side[changes.controller[rows]], changes.day[rows].astype(np.int64))
    return np.stack([np.asarray(column, dtype=np.int64) for column in columns], axis=1)


def _delay(gains: NDArray[np.int64], cell: int, side: int, day: int) -> int | None:
    """Days from ``day`` until the first gain of a cell by a side; None where there is none."""
    same = gains[(gains[:, 0] == cell) & (gains[:, 1] == side) & (gains[:, 2] >= day)]
    return int(same[:, 2].min()) - day if len(same) else None
