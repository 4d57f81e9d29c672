"""What happened: events.csv, typed and checked row by row, and all its faults told at once."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

from territory.io.readers import csv_rows
from territory.io.readers.csv_rows import Checker, Row
from territory.io.readers.places_and_sources import lonlat, meant
from territory.records import dates, kinds
from territory.records.actors import Actors
from territory.records.events import Event, Events
from territory.records.gazetteer import Gazetteer
from territory.records.sources import Sources

EVENT_COLUMNS = (
    "event_id", "date", "kind", "place", "unit", "lon", "lat", "radius_km", "geometry", "actor", "against", "source",
    "claimed_by", "reported", "confidence", "seq", "supersedes", "alternative_to", "counts", "note",
)  # fmt: skip
LARGEST_KM = 1000.0
SHAPES = ("Polygon", "MultiPolygon", "LineString")


def read(path: Path, actors: Actors, places: Gazetteer | None, sources: Sources | None) -> tuple[Events, list[str]]:
    """The records of a campaign, and warnings.

    Parameters
    ----------
    path : Path
    actors : Actors
    places, sources : Gazetteer, Sources or None
        None where their table has faults: then names of places or sources are not looked up, and all else is checked.

    Raises
    ------
    TableErrors
        With every fault of every row: unknown kinds, places, actors and sources with suggestions, dates that are none.
    """
    rows, warnings = csv_rows.read(path, ("event_id", "date", "kind", "place", "actor", "source"), EVENT_COLUMNS)
    check = Checker(path.name)
    check.unique(rows, "event_id")
    by_id = {row["event_id"]: row for row in rows}
    reader = _EventReader(check, actors, places, sources)
    events = [event for row in rows if (event := reader.read(row)) is not None]
    for row in rows:
        _check_links(check, row, by_id)
    check.finish()
    return Events.of(events), warnings


class Where(NamedTuple):
    """What a record points at, as ``Event`` holds it."""

    place: int
    lon: float
    lat: float
    unit: str = ""
    radius_km: float = 0.0
    shape: BaseGeometry | None = None
    line_side: str = ""


class _EventReader:
    """Turns rows into events against one campaign's actors, places and sources."""

    def __init__(self, check: Checker, actors: Actors, places: Gazetteer | None, sources: Sources | None) -> None:
        self.check, self.actors, self.places, self.sources = check, actors, places, sources
        self.found: dict[tuple[str, str], tuple[int, ...]] = {}  # many rows name the same parties and sources

    def read(self, row: Row) -> Event | None:
        """The event of a row, or None with its faults noted."""
        before = len(self.check.faults)
        attempt = self.check.attempt
        span = attempt(row, lambda: _bounded(row["date"]))
        where = attempt(row, lambda: self._where(row))
        kind = attempt(row, lambda: self._kind(row))
        reported = attempt(row, lambda: _bounded(row["reported"])) if row["reported"] else None
        actor, against = (self._each(row, name, self.actors.code) for name in ("actor", "against"))
        said = self._each(row, "source", self.sources.index) if self.sources is not None else ()
        seq = attempt(row, lambda: _whole(row["seq"]))
        counts = attempt(row, lambda: _counts(row["counts"])) if row["counts"] else {}
        if (
            len(self.check.faults) > before
            or span is None
            or where is None
            or kind is None
            or seq is None
            or counts is None
        ):
            return None
        return Event(
            id=row["event_id"], span=span, kind=kind, actor=actor, against=against, sources=said,
            claimed_by=row["claimed_by"], reported=reported, confidence=row["confidence"], seq=seq,
            supersedes=row["supersedes"], alternative_to=row["alternative_to"], counts=counts, note=row["note"],
            line=row.line, place=where.place, lon=where.lon, lat=where.lat, unit=where.unit,
            radius_km=where.radius_km, shape=where.shape, line_side=where.line_side,
        )  # fmt: skip

    def _each(self, row: Row, column: str, look_up: Callable[[str], int]) -> tuple[int, ...]:
        key = (column, row[column])
        if key in self.found:
            return self.found[key]
        each = [self.check.attempt(row, partial(look_up, name)) for name in row.many(column)]
        codes = tuple(code for code in each if code is not None)
        if len(codes) == len(each):  # what is at fault is told again for every row
            self.found[key] = codes
        return codes

    def _where(self, row: Row) -> Where:
        """What the record points at: exactly one of a place, a unit, a point (with a radius) and a geometry."""
        places = self.places
        point = bool(row["lon"] or row["lat"])
        given = [name for name in ("place", "unit", "geometry") if row[name]] + ["lon and lat"] * point
        if len(given) != 1:
            found = " and ".join(given) or "none of them"
            raise ValueError(f"give exactly one of place, unit, lon with lat, and geometry; found {found}.")
        radius = row.number("radius_km") if row["radius_km"] else 0.0
        if not 0 <= radius <= LARGEST_KM:
            raise ValueError(f"radius_km is {radius:g}; it must be between 0 and {LARGEST_KM:g}.")
        if places is None and (row["place"] or row["unit"]):
            return Where(-1, math.nan, math.nan)
        if places is not None and row["place"]:
            index = places.find(row["place"])
            return Where(index, places[index].lon, places[index].lat)
        if places is not None and row["unit"]:
            return Where(-1, math.nan, math.nan, unit=row["unit"])  # whether there is one, the partition knows
        if point:
            return Where(-1, *lonlat(row), radius_km=radius)
        return _geometry(row["geometry"], radius)

    def _kind(self, row: Row) -> str:
        kind = row["kind"]
        if kind not in kinds.EFFECTS:
            raise ValueError(f"kind '{kind}' is not known.{meant(kind, kinds.KINDS)} Known: {', '.join(kinds.KINDS)}.")
        if kinds.EFFECTS[kind].needs_actor and not row["actor"]:
            raise ValueError(f"a record of kind {kind} needs an actor.")
        if kind in ("correction", "retraction") and not row["supersedes"]:
            raise ValueError(f"a {kind} must say in supersedes which record it is about.")
        return kind


def _geometry(text: str, radius_km: float) -> Where:
    """Ground as WKT, or ``left of LINESTRING (...)`` and ``right of ...`` for the ground on one side of a line."""
    side, of, wkt = text.partition(" of ")
    side = side.strip().lower()
    if not of:
        side, wkt = "", text
    try:
        shape = shapely.from_wkt(wkt)
    except shapely.GEOSException:
        shape = None
    if shape is None or shape.geom_type not in SHAPES or shape.is_empty:
        raise ValueError("geometry is no WKT of a polygon, nor 'left of' or 'right of' and the WKT of a LINESTRING.")
    if (shape.geom_type == "LineString") != (side in ("left", "right")):
        raise ValueError("a line needs a side and ground has none: write 'left of LINESTRING (...)', or a POLYGON.")
    west, south, east, north = shape.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise ValueError(
            f"geometry reaches from {west:g}, {south:g} to {east:g}, {north:g}; it must be degrees, lon lat."
        )
    if not shape.is_valid:
        raise ValueError(f"geometry is not valid: {shapely.is_valid_reason(shape)}. Repair it first.")
    inside = shape.representative_point()
    return Where(-1, inside.x, inside.y, radius_km=radius_km, shape=shape, line_side=side)


def _bounded(text: str) -> dates.Span:
    span = dates.parse(text)
    span.day()  # refuses a date that is open at both ends
    return span


def _whole(text: str) -> int:
    try:
        return int(text or 0)
    except ValueError:
        raise ValueError(f"seq is '{text}'; it must be a whole number.") from None


def _counts(text: str) -> dict[str, str]:
    counts = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        name, equals, value = part.partition("=")
        if not equals or not value.strip():
            raise ValueError(f"counts has '{part}'; write it as name=number, e.g. airstrikes=34; killed.government=30.")
        counts[name.strip()] = value.strip()
    return counts


def _check_links(check: Checker, row: Row, by_id: Mapping[str, Row]) -> None:
    for column in ("supersedes", "alternative_to"):
        other, seen = row[column], {row["event_id"]}
        if other and other not in by_id:
            check.add(row.line, f"{column} names '{other}', which is no event_id.{meant(other, by_id)}")
        while other in by_id and other not in seen:
            seen.add(other)
            other = by_id[other][column]
        if other and other == row["event_id"]:
            check.add(row.line, f"{column} leads from '{other}' back to itself; break the circle.")
