"""GeoJSON (RFC 7946) written by Python alone: the same bytes for the same input."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import shapely

Json = Any  # what json.dumps takes


def dumps(shapes: Iterable[shapely.Geometry], properties: Iterable[Mapping[Any, Json]], **members: Json) -> str:
    """A FeatureCollection as text: RFC 7946 winding, 6 decimals (0.1 m), the same bytes for the same input.

    Rounding is done in Python, after the topology, so neighbours stay neighbours.
    """
    features = [
        {
            "type": "Feature",
            "properties": dict(own),
            "geometry": _rounded(json.loads(shapely.to_geojson(shapely.orient_polygons(shape)))),
        }
        for shape, own in zip(shapes, properties, strict=True)
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
        return [rounded(one) for one in part] if isinstance(part, list) else round(part, 6)

    return {"type": geometry["type"], "coordinates": rounded(geometry["coordinates"])}
