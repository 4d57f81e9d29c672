"""Plot the area of each side through time, stacked, and its change with a band of doubt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from territory.plots import _style
from territory.records.actors import FIRST
from territory.records.kinds import DISPUTED
from territory.timeline.base import BaseTimeline
from territory.timeline.totals import Codes, totals


@dataclass(frozen=True)
class _Areas:
    """Area by day and side, km2: held, of it in doubt, and held by others but contested or claimed by the side."""

    sides: list[int]
    held: NDArray[np.float64]
    doubted: NDArray[np.float64]
    claimed: NDArray[np.float64]

    @classmethod
    def of(cls, timeline: BaseTimeline) -> _Areas:
        size, side_of = len(timeline.campaign.actors), timeline.side_of.astype(np.int64)

        def key(controller: Codes, status: Codes, rival: Codes) -> Codes:
            """Code of the side times ``size``, plus the code of the side that contests or claims it, or 0."""
            doubt = DISPUTED[status] & (side_of[rival] >= FIRST)
            return side_of[controller] * size + np.where(doubt, side_of[rival], 0)

        found = totals(timeline, timeline.partition.area_km2, key)
        side, rival = np.divmod(found.key, size)
        own = side[:, None] == np.arange(size)
        held, doubted = found.amount @ own, found.amount @ (own & (rival > 0)[:, None])
        claimed = found.amount @ ((rival[:, None] == np.arange(size)) & (rival > 0)[:, None])
        sides = [code for code in range(FIRST, size) if held[:, code].any() or claimed[:, code].any()]
        return cls(sides, held[:, sides], doubted[:, sides], claimed[:, sides])


def area_through_time(timeline: BaseTimeline) -> Figure:
    """Stacked area A_k(t) of each side, and its change since the first day with a band of doubt.

    The band runs from the ground that no other side contests or claims to all ground that the side holds, contests or
    claims. Unknown ground is left out of the stack and its area noted. Thin lines are key dates.

    Parameters
    ----------
    timeline : Timeline

    Returns
    -------
    matplotlib.figure.Figure
    """
    ground = _Areas.of(timeline)
    drawn = _style.figure(7.4)
    upper, lower = drawn.subplots(2, 1, sharex=True, height_ratios=[3, 2])
    _stack(upper, timeline, ground)
    _changes(lower, timeline, ground)
    unknown = float(timeline.partition.total_km2 - ground.held[0].sum())
    left_out = f"Not drawn: {unknown:,.0f} km² of which nothing is known on the first day." if unknown >= 1 else ""
    drawn.align_ylabels([upper, lower])
    _style.source(drawn, timeline, _style.key_dates_text(timeline), left_out)
    return drawn


def _stack(axes: Axes, timeline: BaseTimeline, ground: _Areas) -> None:
    """Draw the stacked areas."""
    x, held = _style.steps(timeline, timeline.days, ground.held / 1000.0)
    _, doubted = _style.steps(timeline, timeline.days, ground.doubted / 1000.0)
    base = np.zeros(len(x))
    centres, total = [], float(held.sum(axis=1).max())
    for column, code in enumerate(ground.sides):
        actor = timeline.campaign.actors[code]
        top = base + held[:, column]
        axes.fill_between(x, base, top, step="post", color=actor.colour, linewidth=0)
        axes.fill_between(
            x,
            top - doubted[:, column],
            top,
            step="post",
            facecolor="none",
            edgecolor="white",
            hatch="////",
            linewidth=0,
        )
        axes.step(x, top, where="post", color="white", linewidth=0.8)
        centres.append(float(base[-1] + held[-1, column] / 2))
        base = top
    _style.style_axes(axes)
    _style.time_axis(axes, timeline)
    axes.set_ylim(0, total)
    actors = [timeline.campaign.actors[code] for code in ground.sides]
    labels = [f"{actor.label}  {km2 * 1000:,.0f} km²" for actor, km2 in zip(actors, held[-1], strict=True)]
    _style.end_labels(axes, centres, labels, [actor.colour for actor in actors], total * 0.06)
    axes.set_ylabel("area held (1,000 km²)", color=_style.INK)
    _style.title(
        axes, "Area by side", "Geodesic areas at the end of each day; hatched: contested or claimed by another side"
    )
    _style.key_dates(axes, timeline, labels=False)


def _changes(axes: Axes, timeline: BaseTimeline, ground: _Areas) -> None:
    """Draw the change of each area with its band of doubt."""
    ends, shown = [], []
    for column, code in enumerate(ground.sides):
        change = ground.held[:, column] - ground.held[0, column]
        if not np.abs(change).max() >= 1.0:
            continue
        colour = timeline.campaign.actors[code].colour
        x, value = _style.steps(timeline, timeline.days, change)
        _, least = _style.steps(timeline, timeline.days, change - ground.doubted[:, column])
        _, most = _style.steps(timeline, timeline.days, change + ground.claimed[:, column])
        axes.fill_between(x, least, most, step="post", color=colour, alpha=0.28, linewidth=0)
        axes.step(x, value, where="post", color=colour, linewidth=1.8)
        ends.append(float(value[-1]))
        shown.append(code)
    axes.axhline(0, color=_style.QUIET, linewidth=0.8)
    low, high = axes.get_ylim()
    actors = [timeline.campaign.actors[code] for code in shown]
    labels = [f"{actor.label}  {_style.signed(end)} km²" for actor, end in zip(actors, ends, strict=True)]
    _style.end_labels(axes, ends, labels, [actor.colour for actor in actors], (high - low) * 0.1)
    _style.style_axes(axes)
    axes.set_ylabel("change since the first day (km²)", color=_style.INK)
    below = "Band: from ground that no other side contests or claims, to all that the side contests or claims as well"
    _style.title(axes, "What changed", below, room_pt=_style.KEYS_PT)
    _style.key_dates(axes, timeline)
