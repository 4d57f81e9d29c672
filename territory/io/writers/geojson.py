"""Write GeoJSON (RFC 7946) in pure Python: the same bytes for the same input."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import shapely

Json = Any  # what json.dumps takes


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
