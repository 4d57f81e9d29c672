"""Supply routes: whether an actor has a route from A to B over its own ground, its quality, and the event that cuts it.

A route follows roads through cells that the actor's side, or an ally's, holds. Which cell decides for a stretch of road
is a road rule:

ground
    The cell that it runs through, as on the map, even where that cell belongs to a village off the road.
places
    The home cell of the nearest place on the road itself, which reports about roads name. Between two such places the
    road is divided in the middle. This is the default for schematic roads, which show the order of places only.

Own ground that an enemy contests is closed, or open with ``contested=True``: events do not say which. Ground that is
unknown or held by nobody is never own ground. Outside the partition nothing is known: a road there is open only to a
stop that lies outside, so the answer is whether the route leads out of the map in that direction.
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
    """The supply route of an actor from A to B on a day.

    Parameters
    ----------
    timeline : Timeline
    start, goal, actor, allies, contested, road_rule
        See ``Question``.
    on : date, str or datetime64
    roads : Network, optional
        From ``road_network.network``, with both ends among its stops; by default made of the campaign's road layers.

    Returns
    -------
    Way

    Raises
    ------
    RouteError
        Where there are no roads, or a stop lies too far from them, or no road joins the two whoever holds it.
    """
    question = Question(start, goal, actor, tuple(allies), contested, road_rule)
    return Router(timeline, question, roads).way(timeline.day(on))


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
    """The days on which the route changes, with the event after which it is cut, opened or changed.

    The first row is the first day. A row follows whenever the route is cut or opens, whenever it runs over other roads,
    and whenever a cut one is blocked elsewhere on the unconstrained route. Each day counts by its state at its end;
    within a day the changes are replayed one by one to find the last event that changed the answer.

    Parameters
    ----------
    timeline, start, goal, actor, allies, contested, road_rule, roads
        See ``route``.

    Returns
    -------
    DataFrame
        day, exists, event (that made it so; empty on the first day), length_km, detour_ratio, exposure_km, redundancy,
        open_km, stopped_at, holder, stop_event, closed_by (the events behind every closed stretch of the
        unconstrained route, in its order: each of them alone would close it).
    """
    router = Router(timeline, Question(start, goal, actor, tuple(allies), contested, road_rule), roads)
    rows, last = [], None
    for day in timeline.days:
        answer = router.answer(timeline.state(day))
        if answer != last:
            found = router.way(day)
            event = "" if last is None else router.deciding_event(day, answer)
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
