"""Signed distance of a place to the front, by day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

from territory._util.lazy import Lazy
from territory.measures._common import as_days, days_of, group_of
from territory.measures.front_lines import pairs
from territory.records.actors import FIRST
from territory.space.geodesic import GEOD
from territory.space.projection import Plane
from territory.space.shapes import Shapes, arc_lines
from territory.timeline.base import BaseTimeline
from territory.timeline.changes import Day

if TYPE_CHECKING:
    import pandas as pd
else:
    pd = Lazy("pandas")


def to_front(
    timeline: BaseTimeline, place: str, days: Day | Iterable[Day] | None = None, *, actor: str | None = None
) -> pd.DataFrame:
    """Geodesic distance of a place to the front, positive inside its own side.

    Only fronts of the actor's side count, whichever side is opposite. The nearest point is found in a local plane; the
    distance to it is measured on the ellipsoid.

    Parameters
    ----------
    timeline : Timeline
    place : str
        Any name of it.
    days : day, iterable of days or None
        None: the first day and every later day of change.
    actor : str, optional
        Actor whose side is own; by default the side that holds the place on the first of the days.

    Returns
    -------
    DataFrame
        day, place_id, own (the side), holder (the side that holds the place), distance_km: positive where own holds the
        place, negative where another side does, NaN where own has no front, or where nobody is known to hold the place.
    """
    wanted, row = days_of(timeline, days), timeline.campaign.places.find(place)
    where, cell = timeline.campaign.places[row], int(timeline.partition.home[row])
    if cell < 0:
        raise ValueError(f"{where.name} lies in no cell of this map; choose a place that does.")
    own = _own(timeline, actor, wanted[0], cell)
    group = group_of(timeline, own)
    plane, names = Plane.around(timeline.partition), timeline.campaign.actors.ids
    lines = plane.metres(arc_lines(timeline.partition.topology))
    rows, known = [], {}
    for day in wanted:
        state = timeline.state(day)
        arcs, pair = pairs(timeline, state)
        arcs = arcs[group[pair].any(axis=1)]
        key = arcs.tobytes()
        if key not in known:
            known[key] = _front_km(plane, lines[arcs], where.lon, where.lat)
        holder = int(timeline.side_of[state.controller[cell]])
        sign = np.nan if holder < FIRST else 1.0 if group[holder] else -1.0
        rows.append((day, where.id, own, names[holder], sign * known[key]))
    frame = pd.DataFrame(rows, columns=["day", "place_id", "own", "holder", "distance_km"])
    return frame.assign(day=as_days(wanted))


def _own(timeline: BaseTimeline, actor: str | None, day: np.datetime64, cell: int) -> str:
    """Id of the side that counts as own."""
    actors = timeline.campaign.actors
    if actor is not None:
        return actors[int(actors.side_of[actors.code(actor)])].id
    holder = int(timeline.state(day).controller[cell])
    if holder < FIRST:
        raise ValueError(f"Nobody is known to hold the place on {day}; say which side is its own with actor=.")
    return actors[int(actors.side_of[holder])].id


def _front_km(plane: Plane, lines: Shapes, lon: float, lat: float) -> float:
    """Geodesic distance of a point to the nearest line, km; NaN without lines."""
    if len(lines) == 0:
        return float("nan")
    point = plane.metres([shapely.Point(lon, lat)])[0]
    nearest = lines[int(shapely.distance(lines, point).argmin())]
    foot: NDArray[np.float64] = shapely.get_coordinates(plane.degrees([shapely.shortest_line(point, nearest)]))[-1]
    return float(GEOD.inv(lon, lat, *foot)[2]) / 1000.0
