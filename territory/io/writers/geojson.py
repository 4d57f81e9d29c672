"""Write GeoJSON (RFC 7946) in pure Python: the same bytes for the same input."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import shapely

from territory.measures import frames
from territory.measures.surfaces import estimator_notes
from territory.timeline.base import BaseTimeline
from territory.timeline.changes import Day

Json = Any  # what json.dumps takes


def territories(timeline: BaseTimeline, on: Day) -> str:
    """The territories of a day: a feature for each actor and status, with its area in km2.

    Parameters
    ----------
    timeline : Timeline
    on : date, str or datetime64
    """
    frame, campaign = frames.territories(timeline, on), timeline.campaign
    columns = frame[["actor", "label", "status", "area_km2"]].round({"area_km2": 3}).assign(day=str(timeline.day(on)))
    members = {"campaign": campaign.id, "attribution": campaign.attribution, "estimator": estimator_notes(timeline)}
    return dumps(frame.geometry, columns.to_dict(orient="records"), **members)


def dumps(shapes: Iterable[shapely.Geometry], properties: Iterable[Mapping[Any, Json]], **members: Json) -> str:
    """FeatureCollection as text: RFC 7946 winding, coordinates with 6 decimals (0.1 m).

    Equal vertices of neighbours are rounded alike, so neighbours still share them.

    Parameters
    ----------
    shapes : iterable of shapely geometries
        WGS 84.
    properties : iterable of mapping
        One for each shape.
    **members
        Further members of the FeatureCollection.

    Raises
    ------
    ValueError
        Where there are not as many properties as shapes, or a number is not finite.
    """
    features = [
        {
            "type": "Feature",
            "properties": dict(values),
            "geometry": _rounded(json.loads(shapely.to_geojson(shapely.orient_polygons(shape)))),
        }
        for shape, values in zip(shapes, properties, strict=True)
    ]
    return (
        json.dumps(
            {"type": "FeatureCollection", **members, "features": features},
            ensure_ascii=False,
            allow_nan=False,
        )
        + "\n"
    )


def _rounded(geometry: dict[str, Json]) -> dict[str, Json]:
    def rounded(part: Json) -> Json:
        return [rounded(item) for item in part] if isinstance(part, list) else round(part, 6)

    return {"type": geometry["type"], "coordinates": rounded(geometry["coordinates"])}
