"""The records of a timeline as frames: events with what became of them, places, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from territory._util.lazy import Lazy
from territory.records.events import Event
from territory.space.projection import LONLAT
from territory.timeline.base import BaseTimeline

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
else:
    gpd = Lazy("geopandas")
    pd = Lazy("pandas")


def events(timeline: BaseTimeline) -> gpd.GeoDataFrame:
    """The events, in the order of events.csv.

    Parameters
    ----------
    timeline : Timeline

    Returns
    -------
    GeoDataFrame
        Index ``event``; columns day (on which it acts), date (as recorded, EDTF), kind, place_id, name, actor, against
        and sources (ids, separated by semicolons), reported (EDTF), grounding, outcome (what the fold made of it),
        supersedes, alternative_to, note, geometry (EPSG:4326: its place, point, polygon or line; None for a unit).
    """
    campaign = timeline.campaign
    rows, places, actors, known = campaign.events.all, campaign.places, campaign.actors.ids, campaign.sources
    days = [np.datetime64(event.span.day(campaign.policy), "s") for event in rows]
    named = [places[event.place] if event.place >= 0 else None for event in rows]
    texts = ("kind", "grounding", "supersedes", "alternative_to", "note")
    columns = {
        "day": np.array(days, dtype="datetime64[s]"),
        "date": [event.span.text for event in rows],
        "place_id": [place.id if place else "" for place in named],
        "name": [place.name if place else "" for place in named],
        "actor": [";".join(actors[code] for code in event.actor) for event in rows],
        "against": [";".join(actors[code] for code in event.against) for event in rows],
        "sources": [";".join(known[row].id for row in event.sources) for event in rows],
        "reported": [event.reported.text if event.reported else "" for event in rows],
        "outcome": list(timeline.outcome),
        **{name: [getattr(event, name) for event in rows] for name in texts},
    }
    shapes = np.empty(len(rows), dtype=object)
    shapes[:] = [_shape(event) for event in rows]
    frame = gpd.GeoDataFrame(columns, geometry=shapes, crs=LONLAT)
    order = ["day", "date", "kind", "place_id", "name", "actor", "against", "sources", "reported", "grounding"]
    frame = frame[[*order, "outcome", "supersedes", "alternative_to", "note", "geometry"]]
    return frame.set_index(pd.Index([event.id for event in rows], name="event"))


def _shape(event: Event) -> BaseGeometry | None:
    """Where an event was: its polygon or line, else its point; None for a unit."""
    if event.shape is not None:
        return event.shape
    return None if np.isnan(event.lon) else shapely.Point(event.lon, event.lat)


def places(timeline: BaseTimeline) -> gpd.GeoDataFrame:
    """The gazetteer, in the order of places.csv.

    Parameters
    ----------
    timeline : Timeline

    Returns
    -------
    GeoDataFrame
        Index ``place_id``; columns name, a column ``name_<tag>`` for each further language in which a place has a name,
        kind, approximate, admin1, admin2, cell (in which it lies, -1 for none), events (how many name it), geometry
        (EPSG:4326).
    """
    rows = list(timeline.campaign.places)
    tags = sorted({tag for place in rows for tag in place.names})
    named = np.array([event.place for event in timeline.campaign.events if event.place >= 0], dtype=np.int64)
    frame = gpd.GeoDataFrame(
        {
            "name": [place.name for place in rows],
            **{f"name_{tag}": [place.names.get(tag, "") for place in rows] for tag in tags},
            "kind": [place.kind for place in rows],
            "approximate": [place.approximate for place in rows],
            "admin1": [place.admin1 for place in rows],
            "admin2": [place.admin2 for place in rows],
            "cell": timeline.partition.home,
            "events": np.bincount(named, minlength=len(rows)),
        },
        geometry=gpd.points_from_xy(*timeline.campaign.places.lonlat.T),
        crs=LONLAT,
    )
    return frame.set_index(pd.Index([place.id for place in rows], name="place_id"))


def sources(timeline: BaseTimeline) -> pd.DataFrame:
    """The sources, in the order of sources.csv.

    Parameters
    ----------
    timeline : Timeline

    Returns
    -------
    DataFrame
        Index ``source_id``; columns title, publisher, side, published, url, archive_url, accessed, derived_from (ids,
        separated by semicolons), from_map, events (how many name it), cited (with the chain that it relays).
    """
    campaign = timeline.campaign
    named = np.array([row for event in campaign.events for row in event.sources], dtype=np.int64)
    names = ("title", "publisher", "side", "published", "url", "archive_url", "accessed")
    return pd.DataFrame(
        {
            **{name: [getattr(source, name) for source in campaign.sources.all] for name in names},
            "derived_from": [";".join(source.derived_from) for source in campaign.sources.all],
            "from_map": [source.from_map for source in campaign.sources.all],
            "events": np.bincount(named, minlength=len(campaign.sources)),
            "cited": [campaign.sources.cite(row) for row in range(len(campaign.sources))],
        },
        index=pd.Index([source.id for source in campaign.sources.all], name="source_id"),
    )
