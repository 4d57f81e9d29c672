"""Plot the control of places through time as strips: one row per place, one colour per side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from territory.plots import _style
from territory.records.kinds import STATUSES, TRAITS, Status
from territory.timeline.base import BaseTimeline

MOST = 24
KINDS = {"city": 0, "town": 1, "airbase": 2, "base": 3}


def place_histories(timeline: BaseTimeline, places: Sequence[str] | None = None) -> Figure:
    """Control of places by day as strips, hatched by status.

    Parameters
    ----------
    timeline : Timeline
    places : sequence of str, optional
        Names of places, drawn in this order; by default the cities, towns and bases that changed sides, at most 24, by
        day of their first change.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    UnknownName, AmbiguousName
    ValueError
        Where a place has no cell on the map.
    """
    gazetteer = timeline.campaign.places
    rows = _changed(timeline) if places is None else [gazetteer.find(name) for name in places]
    without_cell = [gazetteer[row].name for row in rows if timeline.partition.home[row] < 0]
    if without_cell:
        raise ValueError(f"These places have no ground on this map: {', '.join(without_cell)}. Leave them out.")
    drawn = _style.figure(1.9 + 0.27 * len(rows))
    axes = drawn.subplots()
    sides: set[int] = set()
    statuses: set[Status] = set()
    for line, row in enumerate(rows):
        held, how = _strip(axes, timeline, line, int(timeline.partition.home[row]))
        sides |= held
        statuses |= how
    axes.set_yticks(range(len(rows)), [gazetteer[row].name for row in rows])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    _style.style_axes(axes, grid=False)
    _style.time_axis(axes, timeline)
    axes.set_xlabel("day, according to the records", color=_style.INK)
    _legend(axes, timeline, sides, statuses)
    _style.key_dates(axes, timeline)
    _style.title(axes, "Who held what, and when", room_pt=_style.KEYS_PT + 20)
    _style.source(drawn, timeline, _style.key_dates_text(timeline))
    return drawn


def _changed(timeline: BaseTimeline) -> list[int]:
    """Rows of the cities, towns and bases whose side changed, by day of their first change."""
    first: dict[int, np.datetime64] = {}
    changes, home = timeline.changes, timeline.partition.home
    row_of = {int(cell): row for row, cell in enumerate(home.tolist()) if cell >= 0}
    moved = timeline.side_of[changes.controller] != timeline.side_of[changes.prev_controller]
    inside = changes.day > np.datetime64(timeline.first_day)
    for day, cell in zip(changes.day[moved & inside], changes.cell[moved & inside].tolist(), strict=True):
        if cell in row_of and timeline.campaign.places[row_of[cell]].kind in KINDS:
            first.setdefault(row_of[cell], day)
    by_kind = sorted(first, key=lambda row: (KINDS[timeline.campaign.places[row].kind], first[row], row))[:MOST]
    return sorted(by_kind, key=lambda row: (first[row], row))


def _strip(axes: Axes, timeline: BaseTimeline, line: int, cell: int) -> tuple[set[int], set[Status]]:
    """Draw the strip of one place; codes of the sides that held it, and its statuses."""
    states = [timeline.state(day) for day in timeline.days]
    side = np.array([timeline.side_of[state.controller[cell]] for state in states])
    status = np.array([state.status[cell] for state in states])
    starts = np.flatnonzero(np.r_[True, (side[1:] != side[:-1]) | (status[1:] != status[:-1])])
    at = np.append(timeline.days[starts], np.datetime64(timeline.last_day) + 1)
    x = _style.days(at)
    for number, index in enumerate(starts.tolist()):
        colour = timeline.campaign.actors[int(side[index])].colour
        axes.barh(
            line,
            x[number + 1] - x[number],
            left=x[number],
            height=0.74,
            color=colour,
            hatch=_style.hatch(TRAITS[Status(int(status[index]))]),
            edgecolor="white",
            linewidth=0,
        )
    return {int(code) for code in side[starts]}, {Status(int(how)) for how in status[starts]}


def _legend(axes: Axes, timeline: BaseTimeline, sides: set[int], statuses: set[Status]) -> None:
    """Draw the legend of the sides and the hatches that are in the figure."""
    handles = [
        Patch(color=timeline.campaign.actors[code].colour, label=timeline.campaign.actors[code].label)
        for code in sorted(sides)
    ]
    handles += [
        Patch(
            facecolor="#9a9a94",
            edgecolor="white",
            hatch=_style.hatch(TRAITS[status]),
            linewidth=0,
            label=STATUSES[status],
        )
        for status in sorted(statuses - {Status.CONTROL})
    ]
    axes.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(-0.005, 1.0),
        borderaxespad=1.1,
        ncols=len(handles),
        frameon=False,
        fontsize=9,
        handlelength=1.2,
        handleheight=1.0,
        columnspacing=1.2,
    )
