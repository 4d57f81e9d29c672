"""What ``territory route`` says: a sentence about one day, or the days on which the answer changes."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from territory.api import Timeline
from territory.cli.terminal import Align, note, say, table, working
from territory.measures import road_network, routes

POINT = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*")
COLUMNS: tuple[tuple[str, Align], ...] = (
    ("from", "left"),
    ("a way", "left"),
    ("by record", "left"),
    ("km", "right"),
    ("detour", "right"),
    ("enemy at km", "right"),
    ("ways", "right"),
    ("or else it stops at", "left"),
    ("after km", "right"),
    ("held by", "left"),
)


def tell(timeline: Timeline, start: str, goal: str, on: str | None, ask: dict[str, Any]) -> None:  # Any: options
    """Answer on one day, or say when the answer changes."""
    ends = _stop(start), _stop(goal)
    with working("Joining the roads"):
        network = road_network.network(timeline, ends)
    if network.schematic and ask["road_rule"] is None:
        note(
            "The roads are schematic, so a stretch belongs to the nearest place on it; --road-rule ground asks the map."
        )
    if on is not None:
        say(sentence(timeline, routes.route(timeline, *ends, on=on, roads=network, **ask)))
        return
    found = routes.route_changes(timeline, *ends, roads=network, **ask)
    rows = []
    for row in found.to_dict("records"):
        figures = [_figure(row[name], form) for name, form in FIGURES]
        stop = [] if row["exists"] else [row["stopped_at"], f"{row['open_km']:.1f}", row["holder"]]
        what = [str(row["day"])[:10], "yes" if row["exists"] else "no", _described(timeline, row["event"])]
        rows.append([*what, *figures, *(stop or ["", "", ""])])
    label = timeline.campaign.actors[timeline.campaign.actors.code(ask["actor"])].label
    table(COLUMNS, rows, f"{label}: from {start} to {goal}")


FIGURES = (("length_km", ".1f"), ("detour_ratio", ".2f"), ("exposure_km", ".1f"), ("redundancy", "d"))


def _figure(value: float, form: str) -> str:
    return "" if np.isnan(value) or (form == "d" and not value) else format(value, form)


def _stop(text: str) -> road_network.Stop:
    """``36.3,35.8`` is a point, anything else a name."""
    found = POINT.fullmatch(text)
    return (float(found[1]), float(found[2])) if found else text


def _said(timeline: Timeline, stop: road_network.Stop) -> str:
    if isinstance(stop, str):
        return timeline.campaign.places[timeline.campaign.places.find(stop)].name
    return f"{stop[0]:g}, {stop[1]:g}"


def _described(timeline: Timeline, record: str) -> str:
    """A record with what it says: ``E127 capture, Jisr al-Shughur, 2015-04-25~``."""
    if not record:
        return ""
    campaign = timeline.campaign
    event = campaign.events[campaign.events.index(record)]
    where = campaign.places[event.place].name if event.place >= 0 else f"{event.lon:g}, {event.lat:g}"
    return f"{record} {event.kind.replace('_', ' ')}, {where}, {event.span.text}"


def sentence(timeline: Timeline, way: routes.Way) -> str:
    """The answer on one day, in words."""
    campaign, asked = timeline.campaign, way.question
    who = campaign.actors[campaign.actors.code(asked.actor)].label
    ends = f"from {_said(timeline, asked.start)} to {_said(timeline, asked.goal)} on {way.day}"
    fought = "own ground, fought over or not" if asked.contested else "own ground that nobody fights over"
    if way.exists:
        ways = "one way" if way.redundancy == 1 else f"{way.redundancy} ways that share no stretch"
        beyond = f", {way.outside_km:.1f} km of it beyond the map" if way.outside_km else ""
        return (
            f"{who} had a way {ends}, over {fought}: {way.length_km:.1f} km{beyond}, {way.detour_ratio:.2f} times the "
            f"way in peace; {ways}; at its worst stretch the enemy's ground is {way.exposure_km:.1f} km away."
        )
    place = campaign.places[campaign.places.index(way.stopped_at)].name if way.stopped_at else "ground of no place"
    holder = campaign.actors[campaign.actors.code(way.holder)].label if way.holder else "nobody known"
    held = f"held by {holder}" + (f", {way.status}" if way.status not in ("control", "") else "")
    by = f", by record {_described(timeline, way.event)}" if way.event else ""
    return (
        f"{who} had no way {ends}, over {fought}. Of {way.unconstrained_km:.1f} km in peace {way.open_km:.1f} km "
        f"are open; it stops at {place} ({held}{by})."
    )
