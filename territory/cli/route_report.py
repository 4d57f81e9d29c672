"""Report of ``territory route``: a _sentence about one day, or a table of the days on which the answer changes."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from territory.api import Timeline
from territory.cli.terminal import Align, note, say, table, working
from territory.measures import road_network, routes

_POINT = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*")
_COLUMNS: tuple[tuple[str, Align], ...] = (
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


def report_route(
    timeline: Timeline,
    start: str,
    goal: str,
    on: str | None,
    options: dict[str, Any],  # Any: keyword arguments of ``routes.route``
) -> None:
    """Print the route on one day, or the days on which it changes.

    Parameters
    ----------
    timeline : Timeline
    start, goal : str
        Name of a place, or ``lon,lat``.
    on : str or None
        The day; None for all days.
    options : dict
        ``actor``, ``allies``, ``contested`` and ``road_rule`` of ``routes.route``.
    """
    ends = _parse_stop(start), _parse_stop(goal)
    with working("Joining the roads"):
        network = road_network.network(timeline, ends)
    if network.schematic and options["road_rule"] is None:
        note(
            "The roads are schematic, so a stretch belongs to the nearest place on it; --road-rule ground uses the map."
        )
    if on is not None:
        say(_sentence(timeline, routes.route(timeline, *ends, on=on, roads=network, **options)))
        return
    found = routes.route_changes(timeline, *ends, roads=network, **options)
    rows = []
    for row in found.to_dict("records"):
        figures = [_figure(row[name], form) for name, form in _FIGURES]
        stop = [] if row["exists"] else [row["stopped_at"], f"{row['open_km']:.1f}", row["holder"]]
        answer = [str(row["day"])[:10], "yes" if row["exists"] else "no", _describe(timeline, row["event"])]
        rows.append([*answer, *figures, *(stop or ["", "", ""])])
    label = timeline.campaign.actors[timeline.campaign.actors.code(options["actor"])].label
    table(_COLUMNS, rows, f"{label}: from {start} to {goal}")


_FIGURES = (("length_km", ".1f"), ("detour_ratio", ".2f"), ("exposure_km", ".1f"), ("redundancy", "d"))


def _figure(value: float, form: str) -> str:
    return "" if np.isnan(value) or (form == "d" and not value) else format(value, form)


def _parse_stop(text: str) -> road_network.Stop:
    """Stop of a route from text: ``36.3,35.8`` is a point, anything else a name."""
    found = _POINT.fullmatch(text)
    return (float(found[1]), float(found[2])) if found else text


def _stop_name(timeline: Timeline, stop: road_network.Stop) -> str:
    """Name of a stop for a sentence."""
    if isinstance(stop, str):
        return timeline.campaign.places[timeline.campaign.places.find(stop)].name
    return f"{stop[0]:g}, {stop[1]:g}"


def _describe(timeline: Timeline, event_id: str) -> str:
    """Id, kind, place and date of an event: ``E127 capture, Jisr al-Shughur, 2015-04-25~``."""
    if not event_id:
        return ""
    campaign = timeline.campaign
    event = campaign.events[campaign.events.index(event_id)]
    where = campaign.places[event.place].name if event.place >= 0 else f"{event.lon:g}, {event.lat:g}"
    return f"{event_id} {event.kind.replace('_', ' ')}, {where}, {event.span.text}"


def _sentence(timeline: Timeline, way: routes.Way) -> str:
    """A sentence about the route on one day."""
    campaign, asked = timeline.campaign, way.question
    who = campaign.actors[campaign.actors.code(asked.actor)].label
    ends = f"from {_stop_name(timeline, asked.start)} to {_stop_name(timeline, asked.goal)} on {way.day}"
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
    by = f", by record {_describe(timeline, way.event)}" if way.event else ""
    return (
        f"{who} had no way {ends}, over {fought}. Of {way.unconstrained_km:.1f} km in peace {way.open_km:.1f} km "
        f"are open; it stops at {place} ({held}{by})."
    )
