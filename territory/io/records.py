"""The three tables of a campaign: places.csv, sources.csv, events.csv, typed and checked row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from territory import dates, rules
from territory.actors import Actors
from territory.events import Event, Events
from territory.io import tables
from territory.io.tables import Checker, Row
from territory.names import suggest
from territory.places import Gazetteer, Place
from territory.sources import Source, Sources

PLACE_COLUMNS = (
    "place_id",
    "name",
    "name_ar",
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
)
EVENT_COLUMNS = (
    "event_id", "date", "kind", "place", "unit", "lon", "lat", "radius_km", "geometry", "actor", "against", "source",
    "claimed_by", "reported", "confidence", "seq", "supersedes", "alternative_to", "counts", "note",
)  # fmt: skip
PRECISIONS = ("", "exact", "approximate")
NOT_YET = ("unit", "radius_km", "geometry")  # columns of the layout whose meaning this version does not have


def read_places(path: Path) -> tuple[Gazetteer, list[str]]:
    """The gazetteer of a campaign, and warnings."""
    rows, warnings = tables.read(path, ("place_id", "name", "kind", "lon", "lat"), PLACE_COLUMNS)
    check = Checker(path.name)
    check.unique(rows, "place_id")
    places = [place for row in rows if (place := check.attempt(row, partial(_place, row))) is not None]
    check.finish()
    return Gazetteer.of(places), warnings


def _place(row: Row) -> Place:
    lon, lat = row.number("lon"), row.number("lat")
    if abs(lat) > 90 or abs(lon) > 180:
        hint = " They look swapped." if abs(lat) <= 180 and abs(lon) <= 90 else ""
        raise ValueError(f"lon {lon}, lat {lat} is not on the globe.{hint}")
    if row["precision"] not in PRECISIONS:
        raise ValueError(f"precision is '{row['precision']}'; it must be exact or approximate.")
    return Place(
        id=row["place_id"], name=row["name"] or row["place_id"], lon=lon, lat=lat, name_ar=row["name_ar"],
        aliases=row.many("aliases"), kind=row["kind"], approximate=row["precision"] == "approximate",
        admin1=row["admin1"], admin2=row["admin2"], source=row["source"], note=row["note"],
    )  # fmt: skip


def read_sources(path: Path) -> tuple[Sources, list[str]]:
    """The sources of a campaign, and warnings."""
    rows, warnings = tables.read(path, ("source_id", "title"), SOURCE_COLUMNS)
    check = Checker(path.name)
    check.unique(rows, "source_id")
    known = {row["source_id"] for row in rows}
    for row in rows:
        for other in row.many("derived_from"):
            if other not in known:
                check.add(row.line, f"derived_from names '{other}', which is no source_id.{_meant(other, known)}")
    check.finish()
    return Sources.of([_source(row) for row in rows]), warnings


def _source(row: Row) -> Source:
    texts = {name: row[name] for name in ("title", "publisher", "side", "published", "url", "archive_url", "accessed")}
    return Source(row["source_id"], **texts, derived_from=row.many("derived_from"))


def read_events(path: Path, actors: Actors, places: Gazetteer, sources: Sources) -> tuple[Events, list[str]]:
    """The records of a campaign, and warnings.

    Raises
    ------
    TableErrors
        With every fault of every row: unknown kinds, places, actors and sources with suggestions, dates that are none.
    """
    rows, warnings = tables.read(path, ("event_id", "date", "kind", "place", "actor", "source"), EVENT_COLUMNS)
    check = Checker(path.name)
    check.unique(rows, "event_id")
    by_id = {row["event_id"]: row for row in rows}
    reader = _EventReader(check, actors, places, sources)
    events = [event for row in rows if (event := reader.read(row)) is not None]
    for row in rows:
        _check_links(check, row, by_id)
    check.finish()
    return Events.of(events), warnings


class _EventReader:
    """Turns rows into events against one campaign's actors, places and sources."""

    def __init__(self, check: Checker, actors: Actors, places: Gazetteer, sources: Sources) -> None:
        self.check, self.actors, self.places, self.sources = check, actors, places, sources

    def read(self, row: Row) -> Event | None:
        """The event of a row, or None with its faults noted."""
        before = len(self.check.faults)
        attempt = self.check.attempt
        span = attempt(row, lambda: _bounded(row["date"]))
        where = attempt(row, lambda: self._where(row))
        kind = attempt(row, lambda: self._kind(row))
        reported = attempt(row, lambda: dates.parse(row["reported"])) if row["reported"] else None
        codes = {name: self._each(row, name, self.actors.code) for name in ("actor", "against")}
        said = self._each(row, "source", self.sources.index)
        seq = attempt(row, lambda: _whole(row["seq"]))
        counts = attempt(row, lambda: _counts(row["counts"]))
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
            row["event_id"], span, kind, *where, codes["actor"], codes["against"], said, row["claimed_by"], reported,
            row["confidence"], seq, row["supersedes"], row["alternative_to"], counts, row["note"], row.line,
        )  # fmt: skip

    def _each(self, row: Row, column: str, look_up: Callable[[str], int]) -> tuple[int, ...]:
        found = [self.check.attempt(row, partial(look_up, name)) for name in row.many(column)]
        return tuple(code for code in found if code is not None)

    def _where(self, row: Row) -> tuple[int, float, float]:
        for column in NOT_YET:
            if row[column]:
                raise ValueError(
                    f"{column} is given, but this version places records by place or by lon and lat alone."
                )
        point = bool(row["lon"] or row["lat"])
        if bool(row["place"]) == point:
            raise ValueError("give exactly one of place, or lon with lat.")
        if point:
            return -1, row.number("lon"), row.number("lat")
        index = self.places.find(row["place"])
        return index, self.places[index].lon, self.places[index].lat

    def _kind(self, row: Row) -> str:
        kind = row["kind"]
        if kind not in rules.EFFECTS:
            raise ValueError(f"kind '{kind}' is not known.{_meant(kind, rules.KINDS)} Known: {', '.join(rules.KINDS)}.")
        if rules.EFFECTS[kind].needs_actor and not row["actor"]:
            raise ValueError(f"a record of kind {kind} needs an actor.")
        if kind in ("correction", "retraction") and not row["supersedes"]:
            raise ValueError(f"a {kind} must say in supersedes which record it is about.")
        return kind


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
            check.add(row.line, f"{column} names '{other}', which is no event_id.{_meant(other, by_id)}")
        while other in by_id and other not in seen:
            seen.add(other)
            other = by_id[other][column]
        if other == row["event_id"]:
            check.add(row.line, f"{column} leads from '{other}' back to itself; break the circle.")


def _meant(name: str, known: Iterable[str]) -> str:
    near = suggest(name, known, limit=1)
    return f" Did you mean '{near[0]}'?" if near else ""
