"""Read events.csv into events."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

from territory.io.readers import csv_rows
from territory.io.readers.csv_rows import TODAY, Former, Typed
from territory.io.readers.fault_list import FaultList
from territory.records import kinds
from territory.records.actors import Actors
from territory.records.events import Event, Events
from territory.records.gazetteer import Gazetteer
from territory.records.names import did_you_mean
from territory.records.schema.rows import EventRow
from territory.records.sources import Sources

_LOCATING = {"", "place", "unit", "lon", "lat", "radius_km", "geometry"}
_SHAPES = ("Polygon", "MultiPolygon", "LineString")


class EventTable(NamedTuple):
    """What was read of events.csv.

    Parameters
    ----------
    events : Events
        Of the rows without a fault.
    ids : tuple of str
        Of all rows.
    warnings : list of str
    """

    events: Events
    ids: tuple[str, ...]
    warnings: list[str]


def read(
    path: Path,
    faults: FaultList,
    actors: Actors,
    places: Gazetteer | None,
    sources: Sources | None,
    former: Former = TODAY,
) -> EventTable:
    """Read events.csv.

    Parameters
    ----------
    path : Path
    faults : FaultList
        Gets every fault of every row, such as an unknown kind, place, actor or source (with suggestions) or a bad date.
    actors : Actors
    places, sources : Gazetteer, Sources or None
        None where their file cannot be read: then names of places or sources are not looked up, and all else is
        checked.
    former : Former
        How an older format wrote the table.

    Returns
    -------
    EventTable

    Raises
    ------
    InputError
        Where the file is no CSV table.
    """
    rows, warnings = csv_rows.read(path, EventRow, faults, former)
    reader = _EventReader(path.name, faults, actors, places, sources)
    events = [event for row in rows if (event := reader.read(row)) is not None]
    by_id = {row.event_id: row for _, row, _ in rows}
    for line, row, _ in rows:
        for said in _faults_of_links(row, by_id):
            faults.add(path.name, line, said)
    return EventTable(Events.of(events), tuple(by_id), warnings)


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

    def __init__(
        self, file: str, faults: FaultList, actors: Actors, places: Gazetteer | None, sources: Sources | None
    ) -> None:
        self.file, self.faults = file, faults
        self.actors, self.places, self.sources = actors, places, sources
        self.found: dict[tuple[str, tuple[str, ...]], tuple[int, ...]] = {}  # many rows name the same ones

    def read(self, typed: Typed[EventRow]) -> Event | None:
        """Event of a row, or None with its faults added to the list."""
        before, (line, row, bad) = len(self.faults), typed
        location = _Location(-1, math.nan, math.nan)
        if not bad & _LOCATING:
            location = self.faults.attempt(self.file, line, lambda: self._location(row)) or location
        if "kind" not in bad:
            self.faults.attempt(self.file, line, lambda: _check_kind(row))
        actor, against = (
            self._each(line, name, names, self.actors.code)
            for name, names in (("actor", row.actor), ("against", row.against))
        )
        cited = self._each(line, "source", row.source, self.sources.index) if self.sources is not None else ()
        if bad or len(self.faults) > before:
            return None
        return Event(
            id=row.event_id, span=row.date, kind=row.kind, actor=actor, against=against, sources=cited,
            locator=row.locator, quote=row.quote, claimed_by=row.claimed_by, reported=row.reported,
            grounding=row.grounding, seq=row.seq, supersedes=row.supersedes, alternative_to=row.alternative_to,
            counts=row.counts, note=row.note, drafted_by=row.drafted_by, line=line, **location._asdict(),
        )  # fmt: skip

    def _each(self, line: int, column: str, names: tuple[str, ...], look_up: Callable[[str], int]) -> tuple[int, ...]:
        """Codes of the names in a cell; a name that is not found is a fault."""
        key = (column, names)
        if key in self.found:
            return self.found[key]
        each = [self.faults.attempt(self.file, line, partial(look_up, name)) for name in names]
        codes = tuple(code for code in each if code is not None)
        if len(codes) == len(each):  # an unknown name is not kept, so that every row with it is reported
            self.found[key] = codes
        return codes

    def _location(self, row: EventRow) -> _Location:
        """Location of an event: exactly one of a place, a unit, a point (with a radius) and a geometry."""
        places = self.places
        point = row.lon is not None or row.lat is not None
        given = [name for name in ("place", "unit", "geometry") if getattr(row, name)] + ["lon and lat"] * point
        if len(given) != 1:
            found = " and ".join(given) or "none of them"
            raise ValueError(f"give exactly one of place, unit, lon with lat, and geometry; found {found}.")
        if places is None and (row.place or row.unit):
            return _Location(-1, math.nan, math.nan)
        if places is not None and row.place:
            index = places.find(row.place, row.date.latest or row.date.earliest)
            return _Location(index, places[index].lon, places[index].lat)
        if places is not None and row.unit:
            return _Location(-1, math.nan, math.nan, unit=row.unit)  # looked up once there is a partition
        if row.lon is not None and row.lat is not None:
            return _Location(-1, row.lon, row.lat, radius_km=row.radius_km)
        if point:
            raise ValueError("a point needs both lon and lat.")
        return _geometry(row.geometry, row.radius_km)


def _check_kind(row: EventRow) -> None:
    """Raise where the kind is unknown, or lacks the actor or the reference that it needs."""
    kind = row.kind
    if kind not in kinds.KINDS:
        raise ValueError(
            f"kind '{kind}' is not known.{did_you_mean(kind, kinds.KINDS)} Known: {', '.join(kinds.KINDS)}."
        )
    if kinds.KINDS[kind].needs_actor and not row.actor:
        raise ValueError(f"an event of kind {kind} needs an actor.")
    if kind in ("correction", "retraction") and not row.supersedes:
        raise ValueError(f"a {kind} must name in supersedes the event that it is about.")


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


def _faults_of_links(row: EventRow, by_id: Mapping[str, EventRow]) -> Iterator[str]:
    """A fault where supersedes or alternative_to names no event, or leads back to the row."""
    for column in ("supersedes", "alternative_to"):
        other, seen = getattr(row, column), {row.event_id}
        if other and other not in by_id:
            yield f"{column} names '{other}', which is no event_id.{did_you_mean(other, by_id)}"
        while other in by_id and other not in seen:
            seen.add(other)
            other = getattr(by_id[other], column)
        if other and other == row.event_id:
            yield f"{column} leads from '{other}' back to itself; break the cycle."
