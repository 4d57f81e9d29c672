"""Plot the gain/loss matrix of a period, and the sum of its daily steps, as heat maps."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from territory.measures import turnover
from territory.plots import _style
from territory.timeline.base import BaseTimeline
from territory.timeline.changes import Day

SCALE = LinearSegmentedColormap.from_list("ground", ["#f6f4ee", "#e6cfa7", "#cf8f52", "#8f4a2a", "#4a2418"])


def turnover_heat_map(timeline: BaseTimeline, start: Day | None = None, stop: Day | None = None) -> Figure:
    """Heat maps of the gain/loss matrix M_ij between two days, and of the sum of its daily steps, km2.

    The diagonal (ground that did not change hands) is printed without colour. Where the matrices differ, ground was
    lost and regained.

    Parameters
    ----------
    timeline : Timeline
    start, stop : date, str or datetime64, optional
        By default the first and the last day.

    Returns
    -------
    matplotlib.figure.Figure
    """
    ends = timeline.first_day if start is None else start, timeline.last_day if stop is None else stop
    period, through = turnover.gains(timeline, *ends), turnover.steps(timeline, *ends)
    names = [name for name in through.index if name != "unknown"]
    square = [one.reindex(index=names, columns=names, fill_value=0.0) for one in (period, through)]
    most = max(float(_moved(one).max(initial=0.0)) for one in square) or 1.0
    drawn = _style.figure(4.9)
    left, right = drawn.subplots(1, 2, sharey=True)
    days = timeline.day(ends[0]), timeline.day(ends[1])
    _map(left, timeline, square[0], most, f"{days[0]} to {days[1]}", "Held at the start, and held at the end")
    _map(right, timeline, square[1], most, "Sum of the steps", "Day by day: what went and came back counts each way")
    left.set_ylabel("held before", color=_style.INK)
    image = left.images[0]
    bar = drawn.colorbar(image, ax=[left, right], shrink=0.82, pad=0.015)
    bar.set_label("ground that passed (km²)", color=_style.INK)
    bar.outline.set_visible(False)
    bar.ax.tick_params(colors=_style.QUIET, labelcolor=_style.INK, length=3, labelsize=9)
    _style.source(drawn, timeline, "On the diagonal, in grey: ground that did not change hands.")
    return drawn


def _moved(frame: pd.DataFrame) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """The matrix with its diagonal set to 0."""
    values = frame.to_numpy(dtype=np.float64).copy()
    np.fill_diagonal(values, 0.0)
    return values


def _map(axes: Axes, timeline: BaseTimeline, frame: pd.DataFrame, most: float, text: str, below: str) -> None:
    moved, values = _moved(frame), frame.to_numpy(dtype=np.float64)
    axes.imshow(moved, cmap=SCALE, vmin=0.0, vmax=most)
    actors = timeline.campaign.actors
    labels = [actors[actors.code(str(name))].label.replace(" ", "\n", 1) for name in frame.index]
    axes.set_xticks(range(len(labels)), labels)
    axes.set_yticks(range(len(labels)), labels)
    for row in range(len(labels)):
        for column in range(len(labels)):
            value = values[row, column]
            if row == column:
                figure, colour = f"{value:,.0f}", _style.QUIET
            else:
                figure, colour = (
                    (f"{value:,.0f}" if value >= 0.5 else "·"),
                    _style.INK if moved[row, column] < 0.55 * most else "white",
                )
            axes.text(column, row, figure, ha="center", va="center", fontsize=9.5, color=colour)
    axes.set_xticks(np.arange(len(labels) + 1) - 0.5, minor=True)
    axes.set_yticks(np.arange(len(labels) + 1) - 0.5, minor=True)
    axes.grid(which="minor", color="white", linewidth=2)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.tick_params(which="both", length=0, labelcolor=_style.INK, labelsize=8.5)
    axes.set_xlabel("held after", color=_style.INK)
    _style.title(axes, text, below)
