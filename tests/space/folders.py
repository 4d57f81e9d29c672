"""Campaign folders of a few lines, written by tests that need one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import shapely

HEAD = """format = 1
id = "test"
title = "Test"
first_day = 2020-01-01
last_day = 2020-01-31
time_zone = "UTC"
extent = [36.0, 35.0, 37.0, 36.0]

[partition]
{partition}

[[actor]]
id = "a"
label = "A"
colour = "#aa0000"

[[actor]]
id = "b"
label = "B"
colour = "#0000aa"
"""
PLACES = "place_id,name,name_ar,aliases,kind,lon,lat,precision,admin1,admin2,source,note\n"
SOURCES = "source_id,title,publisher,side,published,url,archive_url,accessed,derived_from\n"
EVENTS = (
    "event_id,date,kind,place,unit,lon,lat,radius_km,geometry,actor,against,source,claimed_by,reported,confidence,"
    "seq,supersedes,alternative_to,counts,note\n"
)


def campaign(
    folder: Path,
    partition: str,
    places: Iterable[str] = (),
    events: Iterable[Mapping[str, object]] = (),
    layers: str = "",
) -> Path:
    """Write a campaign; places as ``id,lon,lat``, events as columns by name."""
    folder.mkdir(exist_ok=True)
    (folder / "campaign.toml").write_text(HEAD.format(partition=partition) + layers, encoding="utf-8")
    rows = [one.split(",") for one in places]
    lines = [f"{name},{name.title()},,,village,{lon},{lat},exact,,,," for name, lon, lat in rows]
    (folder / "places.csv").write_text(PLACES + "\n".join(lines) + "\n", encoding="utf-8")
    (folder / "sources.csv").write_text(SOURCES + "map-1,A map,Mapper,neutral,2020-01-01,,,,\n", encoding="utf-8")
    columns = EVENTS.strip().split(",")
    text = [",".join(str(event.get(column, "")) for column in columns) for event in events]
    (folder / "events.csv").write_text(EVENTS + "\n".join(text) + "\n", encoding="utf-8")
    return folder


def geojson(path: Path, shapes: Iterable[shapely.Geometry], **columns: list[object]) -> None:
    """Write shapes with properties as a FeatureCollection."""
    path.parent.mkdir(exist_ok=True)
    features = [
        {
            "type": "Feature",
            "properties": {name: values[row] for name, values in columns.items()},
            "geometry": json.loads(shapely.to_geojson(shape)),
        }
        for row, shape in enumerate(shapes)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
