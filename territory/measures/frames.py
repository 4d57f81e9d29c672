"""A timeline as (Geo)DataFrames: cells, changes, fronts, territories and areas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiLineString, MultiPolygon

from territory._util.lazy import Lazy
from territory.measures.areas import by_actor
from territory.measures.front_lines import RULER_M, measured, pairs
from territory.records.kinds import STATUSES, status_name
from territory.space import polygons as shapes
from territory.space.projection import LONLAT
from territory.space.shapes import arc_lines
from territory.timeline.base import BaseTimeline
from territory.timeline.changes import Day, as_day

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
else:
    gpd = Lazy("geopandas")
    pd = Lazy("pandas")


def _event_column(timeline: BaseTimeline, event: NDArray[np.int32]) -> tuple[NDArray[np.object_], pd.DatetimeIndex]:
    """Ids and days of events by row; row -1 gives an empty id and NaT."""
    events, policy = timeline.campaign.events, timeline.campaign.policy
    ids = np.array([events[row].id if row >= 0 else "" for row in event], dtype=object)
    return ids, pd.DatetimeIndex([pd.Timestamp(events[row].span.day(policy)) if row >= 0 else pd.NaT for row in event])


def at(timeline: BaseTimeline, day: Day) -> gpd.GeoDataFrame:
    """Every cell with its state on a day.

    Parameters
    ----------
    timeline : Timeline
    day : date, str or datetime64

    Returns
    -------
    GeoDataFrame
        Index ``cell``; columns place_id, name, controller, side, status, rival (ids), since and event (the one
        since which the controller holds it), status_event, area_km2, observed (whether its place lies in it
        or no farther off than the campaign's observed_km, or it is a unit that events name; False where it only follows
        the nearest place), geometry (EPSG:4326).
    """
    state, part, ids = timeline.state(day), timeline.partition, timeline.campaign.actors.ids
    places = timeline.campaign.places
    event, since = _event_column(timeline, state.held_event)
    status_event, _ = _event_column(timeline, state.event)
    frame = gpd.GeoDataFrame(
        {
            "place_id": [places[row].id if row >= 0 else "" for row in part.place],
            "name": [places[row].name if row >= 0 else "" for row in part.place],
            "controller": ids[state.controller],
            "side": ids[timeline.side_of[state.controller]],
            "status": list(map(status_name, state.controller, state.status)),
            "rival": np.where(state.rival > 0, ids[state.rival], ""),
            "since": since,
            "event": event,
            "status_event": status_event,
            "area_km2": part.area_km2,
            "observed": part.observed(timeline.campaign.partition_spec.observed_km),
        },
        geometry=part.cells,
        crs=LONLAT,
    )
    return frame.rename_axis("cell")


def between(timeline: BaseTimeline, start: Day, stop: Day) -> pd.DataFrame:
    """Changes on the days of ``[start, stop)``, in order.

    Parameters
    ----------
    timeline : Timeline
    start, stop : date, str or datetime64

    Returns
    -------
    DataFrame
        day, cell, place_id, prev_controller, prev_status, controller, status, rival, event, area_km2.
    """
    changes, part, ids = timeline.changes, timeline.partition, timeline.campaign.actors.ids
    first, last = np.searchsorted(changes.day, np.array([as_day(start), as_day(stop)]))
    rows = slice(int(first), int(last))
    places, statuses = timeline.campaign.places, np.array(STATUSES, dtype=object)
    cell = changes.cell[rows]
    return pd.DataFrame(
        {
            "day": changes.day[rows].astype("datetime64[s]"),
            "cell": cell,
            "place_id": [places[row].id if row >= 0 else "" for row in part.place[cell]],
            "prev_controller": ids[changes.prev_controller[rows]],
            "prev_status": statuses[changes.prev_status[rows]],
            "controller": ids[changes.controller[rows]],
            "status": statuses[changes.status[rows]],
            "rival": np.where(changes.rival[rows] > 0, ids[changes.rival[rows]], ""),
            "event": _event_column(timeline, changes.event[rows])[0],
            "area_km2": part.area_km2[cell],
        }
    )


def fronts(timeline: BaseTimeline, day: Day, *, ruler_m: float = RULER_M) -> gpd.GeoDataFrame:
    """Front lines on a day, one row for each pair of sides.

    Parameters
    ----------
    timeline : Timeline
    day : date, str or datetime64
    ruler_m : float
        The ruler at which the lines are measured; 0 measures the arcs as they are.

    Returns
    -------
    GeoDataFrame
        side_a, side_b (ids, in the order of campaign.toml), length_km (geodesic, at the ruler), ruler_m, geometry
        (MultiLineString along the arcs, whatever the ruler; EPSG:4326).
    """
    ids = timeline.campaign.actors.ids
    arcs, pair = pairs(timeline, timeline.state(day))
    rows = []
    for a, b in np.unique(pair, axis=0).reshape(-1, 2):
        own = arcs[(pair == (a, b)).all(axis=1)]
        lines = MultiLineString(list(arc_lines(timeline.partition.topology, own)))
        merged = MultiLineString(list(shapely.get_parts(shapely.line_merge(lines))))
        rows.append((ids[a], ids[b], measured(timeline, own, ruler_m)[1], ruler_m, merged))
    columns = ["side_a", "side_b", "length_km", "ruler_m", "geometry"]
    return gpd.GeoDataFrame(rows, columns=columns, geometry="geometry", crs=LONLAT)


def territories(timeline: BaseTimeline, day: Day, *, by: str = "side") -> gpd.GeoDataFrame:
    """Territory of each actor and status on a day, one row each, with polygons built from the arcs.

    Parameters
    ----------
    timeline : Timeline
    day : date, str or datetime64
    by : {"side", "controller"}
        Whether members of a side are merged.

    Returns
    -------
    GeoDataFrame
        actor, label, status, area_km2 (geodesic), cells, geometry (MultiPolygon, EPSG:4326).
    """
    if by not in {"side", "controller"}:
        raise ValueError(f"by is '{by}'; it must be 'side' or 'controller'.")
    state, part, on = timeline.state(day), timeline.partition, timeline.day(day).astype(object)
    who = timeline.side_of[state.controller] if by == "side" else state.controller
    key = who.astype(np.int64) * len(STATUSES) + state.status
    ground = shapes.on_one_day(part.topology, key)
    rows = []
    for label, shape in zip(ground.label.tolist(), ground.shapes(), strict=True):
        code, status = divmod(label, len(STATUSES))
        actor, inside = timeline.campaign.actors[code], key == label
        area, count = float(part.area_km2[inside].sum()), int(inside.sum())
        rows.append((actor.id, actor.label_on(on), status_name(code, status), area, count, shape))
    columns = ["actor", "label", "status", "area_km2", "cells", "geometry"]
    return gpd.GeoDataFrame(rows, columns=columns, geometry="geometry", crs=LONLAT)


def polygons(timeline: BaseTimeline, inside: NDArray[np.bool_]) -> MultiPolygon:
    """Union of some cells as one geometry, built from the arcs rather than dissolved.

    Parameters
    ----------
    timeline : Timeline
    inside : (cell,) bool
    """
    ground = shapes.on_one_day(timeline.partition.topology, inside.astype(np.int64))
    found = ground.shapes()[ground.label == 1]
    return found[0] if len(found) else MultiPolygon()


def areas(timeline: BaseTimeline) -> pd.DataFrame:
    """Area of every side by status, on the first day and on every day of change; each row holds until the next.

    Parameters
    ----------
    timeline : Timeline

    Returns
    -------
    DataFrame
        day, actor, label, status, area_km2; every combination that ever occurs has a row on every day.
    """
    return by_actor(timeline, status=True)
