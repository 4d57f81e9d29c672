"""Supply access: is there a way for an actor from A to B over its own ground, how good is it, and which event cuts it.

A way leads over roads through cells that the actor's side, or an ally's, holds. Two rules say whose ground a stretch of
road is:

ground
    The cell that it runs through: what the map paints. Ground that is credited to a village off the road counts.
places
    The nearest place that stands on the road itself: what reports of a road speak of. Between two such places the road
    is divided in the middle. A schematic road shows the order of its places and not its course, so there this is the
    rule unless the other is asked for.

Ground that an enemy contests is closed, or open with ``contested=True``: who fights for a crossroads may still drive
over it, and no event says which. Ground of which nothing is known, or that nobody holds, is never own ground. Outside
the partition the map says nothing: a road there is open to a stop that lies outside, and to no other, so the answer is
whether the way leads out of the map in that direction.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from territory._util.lazy import Lazy
from territory.measures._common import as_days
from territory.measures._router import Question, RoadRule, Router, Way
from territory.measures.road_network import Network, Stop
from territory.timeline.base import BaseTimeline
from territory.timeline.changes import Day

if TYPE_CHECKING:
    import pandas as pd
else:
    pd = Lazy("pandas")

__all__ = ["Question", "Way", "route", "route_changes"]


def route(
    timeline: BaseTimeline,
    start: Stop,
    goal: Stop,
    *,
    actor: str,
    on: Day,
    allies: Sequence[str] = (),
    contested: bool = False,
    road_rule: RoadRule | None = None,
    roads: Network | None = None,
) -> Way:
    """Supply access: the way of an actor from A to B on a day.

    Parameters
    ----------
    start, goal, actor, allies, contested, road_rule
        See ``Question``.
    roads : Network, optional
        From ``roads.network``, with both ends among its stops; by default made of the campaign's road layers.

    Raises
    ------
    RouteError
        Where there are no roads, or a stop lies too far from them, or no road joins the two even in peace.
    """
    asked = Question(start, goal, actor, tuple(allies), contested, road_rule)
    return Router(timeline, asked, roads).way(timeline.day(on))


def route_changes(
    timeline: BaseTimeline,
    start: Stop,
    goal: Stop,
    *,
    actor: str,
    allies: Sequence[str] = (),
    contested: bool = False,
    road_rule: RoadRule | None = None,
    roads: Network | None = None,
) -> pd.DataFrame:
    """The days on which the answer changes, with the cutting event: the event after which the way fails or opens.

    The first row is the first day. A row follows whenever the way fails or opens, whenever an existing way becomes
    another, and whenever a failing one comes to stop elsewhere on the way of peace. Days are looked at from their ends;
    within a day the events are replayed one by one to find the last that turned the answer.

    Returns
    -------
    DataFrame
        day, exists, event (that made it so; empty on the first day), length_km, detour_ratio, exposure_km, redundancy,
        open_km, stopped_at, holder, stop_event, closed_by (the events behind every closed stretch of the way of
        peace, in its order: each of them alone would close it).
    """
    router = Router(timeline, Question(start, goal, actor, tuple(allies), contested, road_rule), roads)
    rows, last = [], None
    for day in timeline.days:
        answer = router.answer(timeline.state(day))
        if answer != last:
            found = router.way(day)
            event = "" if last is None else router.turned_by(day, answer)
            rows.append((day, found, event))
            last = answer
    ways = [found for _, found, _ in rows]
    columns: dict[str, object] = {
        "day": as_days(np.array([day for day, _, _ in rows], dtype="datetime64[D]")),
        "exists": [one.exists for one in ways],
        "event": [event for _, _, event in rows],
    }
    same = ("length_km", "detour_ratio", "exposure_km", "redundancy", "open_km", "stopped_at", "holder")
    columns |= {name: [getattr(one, name) for one in ways] for name in same}
    columns["stop_event"] = [one.event for one in ways]
    columns["closed_by"] = [";".join(one.closed_by) for one in ways]
    return pd.DataFrame(columns)
