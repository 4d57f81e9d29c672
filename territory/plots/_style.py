"""Common style of the plots: figure, axes, titles, key dates, labels and the source line."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from itertools import pairwise

import matplotlib.dates as mdates
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import blended_transform_factory
from numpy.typing import NDArray

from territory._util.palette import LIGHT
from territory._util.version import __version__
from territory.records.kinds import Traits
from territory.timeline.base import BaseTimeline

INK, QUIET, RULE = (LIGHT[name] for name in ("ink", "quiet", "rule"))
HATCHES = {"stripes": "/////", "broad": "///", "rim": "...", "dashes": "--", "band": "||"}  # by fill or outline
WIDTH_IN = 9.0
KEYS_PT = 11.0  # height of the numbers of key dates above the axes


class Plot(Figure):
    """A figure that notebooks display without pyplot and its global state."""

    def _repr_png_(self) -> bytes:
        buffer = BytesIO()
        self.savefig(buffer, format="png", dpi=110)
        return buffer.getvalue()


def hatch(traits: Traits) -> str:
    """Hatch of ground in a status; empty for plain control."""
    return HATCHES.get(traits.outline) or HATCHES.get(traits.fill, "")


def figure(height_in: float) -> Plot:
    """An empty figure of the common width."""
    return Plot(figsize=(WIDTH_IN, height_in), layout="constrained", facecolor="white")


def style_axes(axes: Axes, *, grid: bool = True) -> None:
    """Apply the common style of spines, ticks and grid."""
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(QUIET)
    axes.tick_params(colors=QUIET, labelcolor=INK, length=3, labelsize=9)
    axes.tick_params(axis="y", length=0)
    axes.set_axisbelow(True)
    if grid:
        axes.grid(axis="y", color=RULE, linewidth=0.8)


def title(axes: Axes, text: str, below: str = "", *, room_pt: float = 0.0) -> None:
    """Title on the left, with a smaller line below; ``room_pt`` points above the axes stay free."""
    axes.set_title(text, loc="left", fontsize=11.5, fontweight="bold", color=INK, pad=room_pt + (20 if below else 8))
    if below:
        axes.annotate(
            below,
            (0, 1),
            (0, 5 + room_pt),
            xycoords="axes fraction",
            textcoords="offset points",
            fontsize=9,
            color=QUIET,
        )


def source(drawn: Figure, timeline: BaseTimeline, *more: str) -> None:
    """Source line under the plot, with further lines above it."""
    lines = [line for line in (*more, f"{timeline.campaign.title}. Drawn by territory {__version__}.") if line]
    drawn.supxlabel("\n".join(lines), x=0.01, ha="left", fontsize=8, color=QUIET, linespacing=1.4)


def time_axis(axes: Axes, timeline: BaseTimeline) -> None:
    """Time axis over the whole period, with date ticks."""
    first, last = np.datetime64(timeline.first_day), np.datetime64(timeline.last_day)
    axes.set_xlim(*days(np.array([first, last])))
    locator = mdates.AutoDateLocator(minticks=4, maxticks=12)  # type: ignore[no-untyped-call]  # matplotlib's own
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(mdates.ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]  # likewise


def key_dates(axes: Axes, timeline: BaseTimeline, *, labels: bool = True) -> None:
    """Key dates (chapters) of the campaign as thin lines, numbered above the axes if ``labels``."""
    transform = blended_transform_factory(axes.transData, axes.transAxes)
    chapters = timeline.campaign.chapters
    ends = days(np.array([timeline.first_day, timeline.last_day], dtype="datetime64[D]"))
    at = days(np.array([chapter.day for chapter in chapters], dtype="datetime64[D]")).tolist()
    shown = spread(at, 0.02 * float(ends[1] - ends[0]))  # labels two days apart would overlap
    for number, (day, place) in enumerate(zip(at, shown, strict=True), start=1):
        axes.axvline(day, color=INK, linewidth=0.6, alpha=0.45, zorder=4)
        if labels:
            axes.text(place, 1.0, f"{number}", transform=transform, fontsize=7.5, color=QUIET, ha="center", va="bottom")


def key_dates_text(timeline: BaseTimeline, width: int = 138) -> str:
    """Key to the numbers of the key dates, wrapped to a width: ``1 Idlib city ... (28 Mar)   2 ...``."""
    lines = [""]
    for number, chapter in enumerate(timeline.campaign.chapters, start=1):
        entry = f"{number} {chapter.title} ({chapter.day.day} {chapter.day:%b})"
        if lines[-1] and len(lines[-1]) + len(entry) + 3 > width:
            lines.append("")
        lines[-1] += f"   {entry}" if lines[-1] else entry
    return "\n".join(lines)


def end_labels(axes: Axes, ends: Sequence[float], labels: Sequence[str], colours: Sequence[str], gap: float) -> None:
    """Label the right ends of lines or bands, moved apart where they would overlap, each with a leader line."""
    places = spread(ends, gap, floor=axes.get_ylim()[0])
    for end, place, text, colour in zip(ends, places, labels, colours, strict=True):
        axes.annotate(
            text,
            (1, end),
            (1.022, place),
            xycoords=("axes fraction", "data"),
            textcoords=("axes fraction", "data"),
            va="center",
            fontsize=9,
            color=INK,
            arrowprops={
                "arrowstyle": "-",
                "color": colour,
                "linewidth": 1.6,
                "shrinkA": 1,
                "shrinkB": 1,
                "relpos": (0, 0.5),
            },
            annotation_clip=False,
        )


def days(array: NDArray[np.datetime64]) -> NDArray[np.float64]:
    """Days as matplotlib date numbers (days since 1970-01-01)."""
    return array.astype("datetime64[D]").astype(np.float64)


def steps(
    timeline: BaseTimeline, at: NDArray[np.datetime64], values: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Coordinates of a step series, extended to the last day of the period."""
    x = np.append(days(at), days(np.array([np.datetime64(timeline.last_day)])))
    return x, np.concatenate([values, values[-1:]])


def spread(at: Sequence[float], gap: float, floor: float = -np.inf) -> list[float]:
    """Positions close to the given ones, at least ``gap`` apart and not below ``floor``."""
    order = np.argsort(at, kind="stable").tolist()
    placed = np.maximum(np.array(at, dtype=float), floor)
    for _ in range(400):
        moved = False
        for low, high in pairwise(order):
            lack = gap - (placed[high] - placed[low])
            if lack > 1e-9:
                down = min(lack / 2, placed[low] - floor)
                placed[low] -= down
                placed[high] += lack - down
                moved = True
        if not moved:
            break
    return [float(one) for one in placed]


def signed(value: float) -> str:
    """A whole number with its sign, as text."""
    return f"{value:+,.0f}".replace("-", "\N{MINUS SIGN}")
