"""Read places.csv and sources.csv into a gazetteer and a table of sources."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from territory.io.readers import csv_rows
from territory.io.readers.csv_rows import Checker, Row
from territory.records.gazetteer import Gazetteer, Place
from territory.records.names import did_you_mean
from territory.records.sources import Source, Sources
from territory.words.languages import TAGS

PLACE_COLUMNS = (
    "place_id",
    "name",
    *(f"name_{tag}" for tag in TAGS),
    "aliases",
    "kind",
    "lon",
    "lat",
    "precision",
    "admin1",
    "admin2",
    "source",
    "note",
)
SOURCE_COLUMNS = (
    "source_id",
    "title",
    "publisher",
    "side",
    "published",
    "url",
    "archive_url",
    "accessed",
    "derived_from",
    "from_map",
    "p_false_gain",
)
PRECISIONS = ("", "exact", "approximate")


def read_places(path: Path) -> tuple[Gazetteer, list[str]]:
    """Read places.csv.

    Returns
    -------
    Gazetteer
    warnings : list of str

    Raises
    ------
    InputError, TableErrors
        With every fault of every row.
    """
    rows, warnings = csv_rows.read(path, ("place_id", "name", "kind", "lon", "lat"), PLACE_COLUMNS)
    check = Checker(path.name)
    check.unique(rows, "place_id")
    places = [place for row in rows if (place := check.attempt(row, partial(_place, row))) is not None]
    check.finish()
    return Gazetteer.of(places), warnings


def _place(row: Row) -> Place:
    """Place of a row."""
    lon, lat = lonlat(row)
    if row["precision"] not in PRECISIONS:
        raise ValueError(f"precision is '{row['precision']}'; it must be exact or approximate.")
    return Place(
        id=row["place_id"], name=row["name"] or row["place_id"], lon=lon, lat=lat,
        names={tag: row[f"name_{tag}"] for tag in TAGS if row[f"name_{tag}"]},
        aliases=row.many("aliases"), kind=row["kind"], approximate=row["precision"] == "approximate",
        admin1=row["admin1"], admin2=row["admin2"], source=row["source"], note=row["note"],
    )  # fmt: skip


def read_sources(path: Path) -> tuple[Sources, list[str]]:
    """Read sources.csv.

    Returns
    -------
    Sources
    warnings : list of str

    Raises
    ------
    InputError, TableErrors
        With every fault of every row.
    """
    rows, warnings = csv_rows.read(path, ("source_id", "title"), SOURCE_COLUMNS)
    check = Checker(path.name)
    check.unique(rows, "source_id")
    known = {row["source_id"] for row in rows}
    for row in rows:
        for other in row.many("derived_from"):
            if other not in known:
                check.add(row.line, f"derived_from names '{other}', which is no source_id.{did_you_mean(other, known)}")
    found = [source for row in rows if (source := check.attempt(row, partial(_source, row))) is not None]
    check.finish()
    return Sources.of(found), warnings


def _source(row: Row) -> Source:
    """Source of a row."""
    texts = {name: row[name] for name in ("title", "publisher", "side", "published", "url", "archive_url", "accessed")}
    p_false_gain = row.number("p_false_gain") if row["p_false_gain"] else None
    if p_false_gain is not None and not 0 <= p_false_gain <= 1:
        raise ValueError(f"p_false_gain is {p_false_gain:g}; it must be between 0 and 1.")
    if row["from_map"] not in ("", "yes", "no"):
        raise ValueError(f"from_map is '{row['from_map']}'; it must be yes or no.")
    return Source(
        row["source_id"],
        **texts,
        derived_from=row.many("derived_from"),
        from_map=row["from_map"] == "yes",
        p_false_gain=p_false_gain,
    )


def lonlat(row: Row) -> tuple[float, float]:
    """Longitude and latitude of a row in degrees.

    Raises
    ------
    ValueError
        Where they are no numbers, or not on the globe.
    """
    lon, lat = row.number("lon"), row.number("lat")
    if abs(lat) > 90 or abs(lon) > 180:
        hint = " They look swapped." if abs(lat) <= 180 and abs(lon) <= 90 else ""
        raise ValueError(f"lon {lon}, lat {lat} is not on the globe.{hint}")
    return lon, lat
