"""Read events.csv into events, and report the faults of all rows at once."""

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
from territory.io.readers.places_and_sources import lonlat
from territory.records import dates, kinds
from territory.records.actors import Actors
from territory.records.events import Event, Events
from territory.records.gazetteer import Gazetteer
from territory.records.names import did_you_mean
from territory.records.sources import Sources

EVENT_COLUMNS = (
    "event_id", "date", "kind", "place", "unit", "lon", "lat", "radius_km", "geometry", "actor", "against", "source",
    "claimed_by", "reported", "confidence", "seq", "supersedes", "alternative_to", "counts", "note",
)  # fmt: skip
_LARGEST_KM = 1000.0
_SHAPES = ("Polygon", "MultiPolygon", "LineString")


def read(path: Path, actors: Actors, places: Gazetteer | None, sources: Sources | None) -> tuple[Events, list[str]]:
    """Read events.csv.

    Parameters
    ----------
    path : Path
    actors : Actors
    places, sources : Gazetteer, Sources or None
        None where their table has faults: then names of places or sources are not looked up, and all else is checked.

    Returns
    -------
    Events
    warnings : list of str

    Raises
    ------
    InputError
        Where the file is no CSV table, or a required column is missing.
    TableErrors
        With every fault of every row, such as an unknown kind, place, actor or source (with suggestions) or a bad date.
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


class _Location(NamedTuple):
    """The fields of an ``Event`` that say where it happened."""

    place: int
    lon: float
    lat: float
    unit: str = ""
    radius_km: float = 0.0
    shape: BaseGeometry | None = None
    line_side: str = ""


class _EventReader:
    """Convert rows to events, looking up the actors, places and sources of a campaign."""

    def __init__(self, check: Checker, actors: Actors, places: Gazetteer | None, sources: Sources | None) -> None:
        self.check, self.actors, self.places, self.sources = check, actors, places, sources
        self.found: dict[tuple[str, str], tuple[int, ...]] = {}  # many rows name the same actors and sources

    def read(self, row: Row) -> Event | None:
        """Event of a row, or None with its faults added to the checker."""
        before = len(self.check.faults)
        attempt = self.check.attempt
        span = attempt(row, lambda: _bounded(row["date"]))
        location = attempt(row, lambda: self._location(row))
        kind = attempt(row, lambda: self._kind(row))
        reported = attempt(row, lambda: _bounded(row["reported"])) if row["reported"] else None
        actor, against = (self._each(row, name, self.actors.code) for name in ("actor", "against"))
        cited = self._each(row, "source", self.sources.index) if self.sources is not None else ()
        seq = attempt(row, lambda: _whole(row["seq"]))
        counts = attempt(row, lambda: _counts(row["counts"])) if row["counts"] else {}
        if (
            len(self.check.faults) > before
            or span is None
            or location is None
            or kind is None
            or seq is None
            or counts is None
        ):
            return None
        return Event(
            id=row["event_id"], span=span, kind=kind, actor=actor, against=against, sources=cited,
            claimed_by=row["claimed_by"], reported=reported, confidence=row["confidence"], seq=seq,
            supersedes=row["supersedes"], alternative_to=row["alternative_to"], counts=counts, note=row["note"],
            line=row.line, **location._asdict(),
        )  # fmt: skip

    def _each(self, row: Row, column: str, look_up: Callable[[str], int]) -> tuple[int, ...]:
        """Codes of the names in a cell; a name that is not found is a fault."""
        key = (column, row[column])
        if key in self.found:
            return self.found[key]
        each = [self.check.attempt(row, partial(look_up, name)) for name in row.many(column)]
        codes = tuple(code for code in each if code is not None)
        if len(codes) == len(each):  # an unknown name is not kept, so that every row with it is reported
            self.found[key] = codes
        return codes

    def _location(self, row: Row) -> _Location:
        """Location of an event: exactly one of a place, a unit, a point (with a radius) and a geometry."""
        places = self.places
        point = bool(row["lon"] or row["lat"])
        given = [name for name in ("place", "unit", "geometry") if row[name]] + ["lon and lat"] * point
        if len(given) != 1:
            found = " and ".join(given) or "none of them"
            raise ValueError(f"give exactly one of place, unit, lon with lat, and geometry; found {found}.")
        radius = row.number("radius_km") if row["radius_km"] else 0.0
        if not 0 <= radius <= _LARGEST_KM:
            raise ValueError(f"radius_km is {radius:g}; it must be between 0 and {_LARGEST_KM:g}.")
        if places is None and (row["place"] or row["unit"]):
            return _Location(-1, math.nan, math.nan)
        if places is not None and row["place"]:
            index = places.find(row["place"])
            return _Location(index, places[index].lon, places[index].lat)
        if places is not None and row["unit"]:
            return _Location(-1, math.nan, math.nan, unit=row["unit"])  # looked up once there is a partition
        if point:
            return _Location(-1, *lonlat(row), radius_km=radius)
        return _geometry(row["geometry"], radius)

    def _kind(self, row: Row) -> str:
        """Kind of an event, checked to have the actor and the reference that it needs."""
        kind = row["kind"]
        if kind not in kinds.KINDS:
            raise ValueError(
                f"kind '{kind}' is not known.{did_you_mean(kind, kinds.KINDS)} Known: {', '.join(kinds.KINDS)}."
            )
        if kinds.KINDS[kind].needs_actor and not row["actor"]:
            raise ValueError(f"an event of kind {kind} needs an actor.")
        if kind in ("correction", "retraction") and not row["supersedes"]:
            raise ValueError(f"a {kind} must name in supersedes the event that it is about.")
        return kind


def _geometry(text: str, radius_km: float) -> _Location:
    """Location from WKT: a polygon, or ``left of LINESTRING (...)`` or ``right of ...`` for one side of a line."""
    side, of, wkt = text.partition(" of ")
    side = side.strip().lower()
    if not of:
        side, wkt = "", text
    try:
        shape = shapely.from_wkt(wkt)
    except shapely.GEOSException:
        shape = None
    if shape is None or shape.geom_type not in _SHAPES or shape.is_empty:
        raise ValueError("geometry is no WKT of a polygon, nor 'left of' or 'right of' and the WKT of a LINESTRING.")
    if (shape.geom_type == "LineString") != (side in ("left", "right")):
        raise ValueError("a line needs a side and a polygon has none: write 'left of LINESTRING (...)', or a POLYGON.")
    west, south, east, north = shape.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise ValueError(
            f"geometry reaches from {west:g}, {south:g} to {east:g}, {north:g}; it must be in degrees, lon lat."
        )
    if not shape.is_valid:
        raise ValueError(f"geometry is not valid: {shapely.is_valid_reason(shape)}. Repair it first.")
    inside = shape.representative_point()
    return _Location(-1, inside.x, inside.y, radius_km=radius_km, shape=shape, line_side=side)


def _bounded(text: str) -> dates.Span:
    span = dates.parse(text)
    span.day()  # raises where the date is open at both ends
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
    """Add a fault where supersedes or alternative_to names no event, or leads back to the row."""
    for column in ("supersedes", "alternative_to"):
        other, seen = row[column], {row["event_id"]}
        if other and other not in by_id:
            check.add(row.line, f"{column} names '{other}', which is no event_id.{did_you_mean(other, by_id)}")
        while other in by_id and other not in seen:
            seen.add(other)
            other = by_id[other][column]
        if other and other == row["event_id"]:
            check.add(row.line, f"{column} leads from '{other}' back to itself; break the cycle.")
