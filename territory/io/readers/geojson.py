"""Read GeoJSON (RFC 7946) in pure Python, without GDAL: no driver, virtual file or remote CRS is guessed."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from territory.errors import LayerError
from territory.io.readers import json_file
from territory.io.readers.json_file import Json

MOST_FEATURES = 1_000_000
MOST_VERTICES = 1_000_000  # of one shape
_GEOMETRIES = {"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"}


def read(path: Path, *, valid: bool = True) -> tuple[NDArray[np.object_], list[dict[str, Json]]]:
    """Geometries and properties of a FeatureCollection in WGS 84.

    Parameters
    ----------
    path : Path
    valid : bool
        Whether shapes must be valid; False for a caller that repairs and counts them itself.

    Returns
    -------
    shapes : (feature,) array of shapely geometries
    properties : list of dict
        One for each shape.

    Raises
    ------
    LayerError
        Where the file is no GeoJSON, or a feature has no usable geometry; the feature is named.
    """
    try:
        content = json_file.load(path)
    except ValueError as error:
        raise LayerError(f"{path.name} is not GeoJSON: {error}") from None
    features = (
        content.get("features") if isinstance(content, dict) and content.get("type") == "FeatureCollection" else None
    )
    if not isinstance(features, list):
        raise LayerError(f"{path.name} is not GeoJSON: it must be one FeatureCollection with a list of features.")
    if len(features) > MOST_FEATURES:
        raise LayerError(f"{path.name} has {len(features)} features; at most {MOST_FEATURES} are read.")
    shapes, properties = [], []
    for number, feature in enumerate(features):
        shapes.append(_shape(path, number, feature, valid))
        properties.append(_properties(path, number, feature))
    return np.array(shapes, dtype=object), properties


def _shape(path: Path, number: int, feature: Json, valid: bool) -> shapely.Geometry:
    """Geometry of a feature, checked."""
    where = f"{path.name}, feature {number}"
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(geometry, dict) or geometry.get("type") not in _GEOMETRIES:
        raise LayerError(f"{where}: the geometry must be one of {', '.join(sorted(_GEOMETRIES))}.")
    try:
        flat = _flat(geometry["coordinates"])
        shape = shapely.from_geojson(json.dumps({"type": geometry["type"], "coordinates": flat}))
    except (LookupError, TypeError, ValueError, OverflowError, RecursionError, shapely.GEOSException) as error:
        raise LayerError(f"{where}: the coordinates cannot be read ({error}).") from None
    if (vertices := shapely.get_num_coordinates(shape)) > MOST_VERTICES:
        raise LayerError(f"{where}: the shape has {vertices} vertices; at most {MOST_VERTICES} are read. Simplify it.")
    if valid and not shapely.is_valid(shape):
        raise LayerError(f"{where}: {shapely.is_valid_reason(shape)}. Repair it first.")
    return shape


def _properties(path: Path, number: int, feature: Json) -> dict[str, Json]:
    found = feature.get("properties") or {}
    if not isinstance(found, dict):
        raise LayerError(f"{path.name}, feature {number}: the properties must be an object, or null.")
    return found


def _flat(coordinates: Json) -> Json:
    """Nested coordinates without Z, checked to be longitudes and latitudes in degrees."""
    if coordinates and isinstance(coordinates[0], int | float) and not isinstance(coordinates[0], bool):
        lon, lat = float(coordinates[0]), float(coordinates[1])
        if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90):
            swapped = "; are they swapped?" if abs(lon) <= 90 < abs(lat) <= 180 else ""
            raise ValueError(f"{lon}, {lat} is not a longitude and a latitude{swapped}")
        return [lon, lat]
    if not isinstance(coordinates, list):
        raise TypeError(f"found {coordinates!r} where a position was wanted")
    return [_flat(part) for part in coordinates]
