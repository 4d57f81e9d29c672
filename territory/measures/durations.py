"""Durations: spells of control, and Kaplan-Meier estimates of how long they last.

The curve comes from statsmodels, because ``scipy.stats.ecdf`` takes no weights and lifelines needs pandas below version
3. Install it with ``pip install 'territory[durations]'``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from territory._util.extras import require
from territory._util.lazy import Lazy
from territory.measures._common import as_days, holders
from territory.records.actors import FIRST
from territory.timeline.base import BaseTimeline, By

if TYPE_CHECKING:
    import pandas as pd
else:
    pd = Lazy("pandas")

Of = Literal["cell", "place"]
Truncated = Literal["leave_out", "count_from_start"]


def spells(timeline: BaseTimeline, *, of: Of = "cell", by: By = "side") -> pd.DataFrame:
    """Spells of control of each cell, or of the home cell of each place.

    A spell that runs on the last day is right-censored there: it lasted at least as long. One that runs on the first
    day is left-truncated: it began at an unknown day before. A day belongs to the holder at its end.

    Parameters
    ----------
    timeline : Timeline
    of : {"cell", "place"}
    by : {"side", "controller"}

    Returns
    -------
    DataFrame
        cell (or place_id), actor, start, stop (the day of the next holder; the day after the last if there is none),
        days, ended (False: right-censored), ended_by (actor, or empty), left_truncated, area_km2 (of the cell; of all
        cells of the place).
    """
    if of not in ("cell", "place"):
        raise ValueError(f"of is '{of}'; it must be 'cell' or 'place'.")
    part, names = timeline.partition, timeline.campaign.actors.ids
    held = np.array([holders(timeline, timeline.state(day), by) for day in timeline.days])
    subject = np.flatnonzero(part.home >= 0) if of == "place" else np.arange(len(part))
    cells = part.home[subject] if of == "place" else subject
    after_all = np.datetime64(timeline.last_day) + 1
    rows = []
    for one, cell in zip(subject.tolist(), cells.tolist(), strict=True):
        column = held[:, cell]
        starts = np.flatnonzero(np.r_[True, column[1:] != column[:-1]])
        stops = np.append(timeline.days[starts[1:]], after_all)
        area = float(part.area_km2[part.place == one].sum()) if of == "place" else float(part.area_km2[cell])
        name = timeline.campaign.places[one].id if of == "place" else one
        for number, (begins, over) in enumerate(zip(starts.tolist(), stops, strict=True)):
            ended = number + 1 < len(starts)
            next_one = names[column[starts[number + 1]]] if ended else ""
            rows.append((name, column[begins], timeline.days[begins], over, ended, next_one, begins == 0, area))
    noun = "place_id" if of == "place" else "cell"
    frame = pd.DataFrame(
        rows, columns=[noun, "code", "start", "stop", "ended", "ended_by", "left_truncated", "area_km2"]
    )
    frame = frame[frame.code >= FIRST].reset_index(drop=True)
    start, stop = (frame[name].to_numpy().astype("datetime64[D]") for name in ("start", "stop"))
    frame = frame.assign(start=as_days(start), stop=as_days(stop))
    frame.insert(1, "actor", names[frame.pop("code").to_numpy(dtype=np.int64)])
    frame.insert(4, "days", (stop - start).astype(np.int64))
    return frame


def kaplan_meier(frame: pd.DataFrame, *, weight: str | None = None, truncated: Truncated = "leave_out") -> pd.DataFrame:
    """Kaplan-Meier estimate S(t) = prod(1 - d_i / n_i) of the duration of spells.

    Parameters
    ----------
    frame : DataFrame
        From ``spells``, or rows of it: all spells of an actor, say.
    weight : str, optional
        Column of weights: ``area_km2``, or a population joined to the frame; without one each spell counts once. Name
        it in a report: each weight gives another curve.
    truncated : {"leave_out", "count_from_start"}
        Spells that began before the period: left out, since their age is not known and long ones are over-represented;
        or counted from the first day, so that the curve is that of the remaining time.

    Returns
    -------
    DataFrame
        days, at_risk, ended (both in weight), survival, standard_error; the first row is S(0) = 1.

    Raises
    ------
    MissingExtra
        Where statsmodels is not installed.
    ValueError
        Where weights are missing or negative, or ``truncated`` is neither of the two.
    """
    if truncated not in ("leave_out", "count_from_start"):
        raise ValueError(f"truncated is '{truncated}'; it must be 'leave_out' or 'count_from_start'.")
    require("durations", "statsmodels", what="Kaplan-Meier curves")
    used = frame[~frame.left_truncated] if truncated == "leave_out" else frame
    weights = np.ones(len(used)) if weight is None else used[weight].to_numpy(dtype=np.float64)
    if not (np.isfinite(weights) & (weights >= 0)).all():
        raise ValueError(f"Column '{weight}' has weights that are missing or below 0; fill or drop these rows.")
    used, weights = used[weights > 0], weights[weights > 0]
    total = float(weights.sum())
    first = pd.DataFrame({"days": [0.0], "at_risk": total, "ended": 0.0, "survival": 1.0, "standard_error": 0.0})
    if not used.ended.any():
        return first
    from statsmodels.duration.survfunc import SurvfuncRight  # takes a second to import

    curve = SurvfuncRight(
        used.days.to_numpy(dtype=np.float64),
        used.ended.to_numpy(dtype=np.int64),
        freq_weights=None if weight is None else weights,
    )
    columns = (curve.surv_times, curve.n_risk, curve.n_events, curve.surv_prob, curve.surv_prob_se)
    rest = pd.DataFrame({name: np.asarray(one, dtype=np.float64) for name, one in zip(first, columns, strict=True)})
    return pd.concat([first, rest], ignore_index=True)
