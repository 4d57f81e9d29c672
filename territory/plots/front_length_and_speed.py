"""Plot the length of each front through time, and the mean speed of one front by month."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure

from territory.measures import displacement, front_lines
from territory.plots import _style
from territory.timeline.base import BaseTimeline


def front_length_and_speed(
    timeline: BaseTimeline, side_a: str, side_b: str, *, ruler_m: float = front_lines.RULER_M
) -> Figure:
    """Front lengths L_tau(t) by pair of sides, and the mean speed of one front by calendar month.

    Parameters
    ----------
    timeline : Timeline
    side_a, side_b : str
        The two sides of the front whose speed is drawn: net area over mean length, positive where side_a advanced.
    ruler_m : float
        The ruler of the lengths.

    Returns
    -------
    matplotlib.figure.Figure
    """
    drawn = _style.figure(6.6)
    upper, lower = drawn.subplots(2, 1, sharex=True, height_ratios=[3, 2])
    _lengths(upper, timeline, ruler_m)
    _speeds(lower, timeline, (side_a, side_b), ruler_m)
    drawn.align_ylabels([upper, lower])
    _style.source(drawn, timeline, _style.key_dates_text(timeline))
    return drawn


def _lengths(axes: Axes, timeline: BaseTimeline, ruler_m: float) -> None:
    """Draw the lengths of all fronts."""
    frame = front_lines.lengths(timeline, ruler_m=ruler_m)
    by_pair = frame.pivot(index="day", columns=["side_a", "side_b"], values="length_km")
    ends = []
    met: list[tuple[str, str]] = [(str(pair[0]), str(pair[1])) for pair in by_pair.columns.tolist()]
    for number, pair in enumerate(met):
        x, values = _style.steps(timeline, timeline.days, by_pair[pair].to_numpy(dtype=np.float64))
        there = np.where(values > 0, values, np.nan)  # two sides that do not meet have no line, not one of length 0
        axes.step(x, there, where="post", color=_mixed_colour(timeline, pair), linewidth=2.0, linestyle=_dash(number))
        ends.append(float(values[-1]))
    top = float(by_pair.to_numpy().max(initial=1.0)) * 1.05
    _style.style_axes(axes)
    _style.time_axis(axes, timeline)
    axes.set_ylim(0, top)
    labels = [
        f"{' / '.join(_label(timeline, side) for side in pair)}  {end:,.0f} km"
        for pair, end in zip(met, ends, strict=True)
    ]
    _style.end_labels(axes, ends, labels, [to_hex(_mixed_colour(timeline, pair)) for pair in met], top * 0.07)
    axes.set_ylabel("length of the front (km)", color=_style.INK)
    _style.title(axes, "Front lines", f"Geodesic length at a ruler of {ruler_m:g} m; compare only with the same ruler")
    _style.key_dates(axes, timeline, labels=False)


def _speeds(axes: Axes, timeline: BaseTimeline, pair: tuple[str, str], ruler_m: float) -> None:
    """Draw the monthly speed of one front."""
    actors = timeline.campaign.actors
    codes = sorted(int(timeline.side_of[actors.code(name)]) for name in pair)
    low, high = (actors[code] for code in codes)
    sign = 1.0 if int(timeline.side_of[actors.code(pair[0])]) == codes[0] else -1.0
    ahead, behind = (low, high) if sign > 0 else (high, low)
    speeds = []
    edges = _months(timeline)
    for start, stop in pairwise(edges):
        found = displacement.displacement(timeline, start, stop, ruler_m=ruler_m)
        row = found[(found.side_a == low.id) & (found.side_b == high.id)]
        speeds.append(sign * float(row.speed_m_per_day.iloc[0]) if len(row) else np.nan)
    x, value = _style.days(edges), np.array(speeds)
    colours = [ahead.colour if one >= 0 else behind.colour for one in speeds]
    axes.bar(x[:-1], value, width=np.diff(x) - 1.5, align="edge", color=colours)
    axes.axhline(0, color=_style.QUIET, linewidth=0.8)
    _style.style_axes(axes)
    axes.set_ylabel("speed (m per day)", color=_style.INK)
    below = f"Net area over mean length, by month; above 0 {ahead.label} came forward, below 0 {behind.label}"
    _style.title(axes, f"How fast the front of {ahead.label} and {behind.label} moved", below, room_pt=_style.KEYS_PT)
    _style.key_dates(axes, timeline)


def _months(timeline: BaseTimeline) -> np.ndarray[tuple[int], np.dtype[np.datetime64]]:
    """(n,) datetime64[D]: the first day, every first of a month in the period, and the last day."""
    first, last = np.datetime64(timeline.first_day), np.datetime64(timeline.last_day)
    months = np.arange(first.astype("datetime64[M]") + 1, last.astype("datetime64[M]") + 1).astype("datetime64[D]")
    return np.unique(np.concatenate([[first], months, [last]])).astype("datetime64[D]")


def _label(timeline: BaseTimeline, side: str) -> str:
    return timeline.campaign.actors[timeline.campaign.actors.code(side)].label


def _mixed_colour(timeline: BaseTimeline, pair: tuple[str, str]) -> tuple[float, float, float]:
    """Colour of a front: the mean of the colours of its sides, slightly darker."""
    colours = [to_rgb(timeline.campaign.actors[timeline.campaign.actors.code(side)].colour) for side in pair]
    red, green, blue = np.mean(colours, axis=0) * 0.92  # a little darker than ground, as on the map
    return float(red), float(green), float(blue)


def _dash(number: int) -> tuple[float, tuple[float, ...]]:
    return (0.0, ((), (5.0, 1.5), (2.0, 1.0), (6.0, 1.5, 1.5, 1.5))[number % 4])
