"""Small test campaigns: a row of square cells in memory, and a minimal campaign folder on disk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import numpy as np
import shapely

from territory.api import Timeline
from territory.records import dates
from territory.records.actors import Actor, Actors
from territory.records.campaign import Campaign
from territory.records.events import Event, Events
from territory.records.gazetteer import Gazetteer, Place
from territory.records.schema.partitions import PlacesSpec
from territory.records.sources import Source, Sources
from territory.space.partition import Partition, from_cells
from territory.timeline.fold import fold

# Codes of the actors of every small world; Bravo's wing belongs to Bravo, so the two never fight.
UNKNOWN, NONE, ALPHA, BRAVO, WING, CHARLIE = range(6)
ACTORS = (
    Actor("alpha", "Alpha", {"ar": "ألفا"}, "#aa3322"),
    Actor("bravo", "Bravo", {"ar": "برافو"}, "#66bb99"),
    Actor("wing", "Bravo's Wing", {}, "#77ccaa", parent="bravo"),
    Actor("charlie", "Charlie", {}, "#222222"),
)
FIRST_DAY = date(2015, 3, 1)


def day(number: int) -> date:
    """Day 0 is the first day of the period."""
    return FIRST_DAY + timedelta(days=number)


def event(
    name: str,
    when: int | str,
    kind: str,
    place: int,
    actor: int = 0,
    against: int = 0,
    *,
    seq: int = 0,
    supersedes: str = "",
    alternative_to: str = "",
    reported: int | None = None,
    sources: tuple[int, ...] = (0,),
) -> Event:
    """An event of a place in the row; ``when`` is a day number or an EDTF text."""
    return Event(
        id=name,
        span=dates.parse(when if isinstance(when, str) else str(day(when))),
        kind=kind,
        place=place,
        lon=0.5 + place,
        lat=35.5,
        actor=(actor,) if actor else (),
        against=(against,) if against else (),
        sources=sources,
        seq=seq,
        supersedes=supersedes,
        alternative_to=alternative_to,
        reported=None if reported is None else dates.parse(str(day(reported))),
        grounding="cited",
    )


@lru_cache
def row_of_places(count: int) -> Gazetteer:
    """Places p0, p1 ... from west to east, one degree apart."""
    return Gazetteer.of([Place(f"p{n}", f"Place {n}", 0.5 + n, 35.5) for n in range(count)])


@lru_cache
def row_of_cells(count: int) -> Partition:
    """One square for each place, side by side: cell n belongs to place n."""
    squares = np.array([shapely.box(n, 35, n + 1, 36) for n in range(count)], dtype=object)
    return from_cells(squares, np.arange(count, dtype=np.int32), row_of_places(count), {})


def campaign(events: Iterable[Event], size: int = 3, **other: object) -> Campaign:
    """A campaign of ten days over a row of places."""
    fields: dict[str, object] = {
        "id": "row",
        "title": "A row of places",
        "first_day": FIRST_DAY,
        "last_day": day(9),
        "baseline": FIRST_DAY,
        "extent": (0.0, 35.0, float(size), 36.0),
        "partition_spec": PlacesSpec(crs="EPSG:32637"),
        "actors": Actors.of(ACTORS),
        "places": row_of_places(size),
        "sources": Sources.of([Source("s", "A report", "The Paper", derived_from=("t",)), Source("t", "", "The Wire")]),
        "events": Events.of(list(events)),
    }
    return Campaign(**{**fields, **other})


def folded(events: Iterable[Event], size: int = 3, **other: object) -> Timeline:
    """Timeline of some events over a row of places."""
    return fold(campaign(events, size, **other), row_of_cells(size), kind=Timeline)


def state_of(timeline: Timeline, when: int) -> list[tuple[int, int, int]]:
    """Controller, status and rival of every cell."""
    state = timeline.state(day(when))
    return list(zip(state.controller.tolist(), state.status.tolist(), state.rival.tolist(), strict=True))


def history(timeline: Timeline) -> list[tuple[object, ...]]:
    """Every change with the id of its event; it must not depend on the order of rows."""
    changes, events = timeline.changes, timeline.campaign.events
    names = [events[row].id for row in changes.event.tolist()]
    columns = (changes.day.tolist(), changes.cell.tolist(), names, changes.controller.tolist())
    return list(zip(*columns, changes.status.tolist(), changes.rival.tolist(), strict=True))


# A minimal campaign in another time and region: no layers, no chapters, no Arabic.
TOML = """\
format = 1
id = "yser-1914"
title = "The Yser, October 1914"
first_day = 1914-10-16
last_day = 1914-10-31
time_zone = "Europe/Brussels"
extent = [2.6, 50.95, 3.1, 51.2]

[partition]
method = "places"
crs = "EPSG:32631"
max_radius_km = 6

[partition.site_radius_km]
lock = 0.5

[[actor]]
id = "belgium"
label = "Belgium"
colour = "#c8a020"

[[actor]]
id = "germany"
label = "Germany"
colour = "#405060"
aliases = ["Fourth Army"]
"""
PLACES = """\
place_id,name,kind,lon,lat,aliases
nieuwpoort,Nieuwpoort,town,2.75,51.13,Nieuport
ramskapelle,Ramskapelle,village,2.7656,51.1106,Ramscappelle
diksmuide,Diksmuide,town,2.8646,51.0325,Dixmude
ganzepoot,Ganzepoot,lock,2.7572,51.1347,
"""
SOURCES = """\
source_id,title,publisher,derived_from
daily,A daily of London,The Daily,wire
wire,A wire from the front,The Wire,
"""
EVENTS = """\
event_id,date,kind,place,lon,lat,actor,against,source,seq,supersedes,alternative_to,counts,note
b1,1914-10-16,baseline,nieuwpoort,,,belgium,,daily,,,,,
b2,1914-10-16,baseline,ramskapelle,,,belgium,,daily,,,,,
b3,1914-10-16,baseline,diksmuide,,,belgium,,daily,,,,,
b4,1914-10-16,baseline,ganzepoot,,,belgium,,daily,,,,,
e1,1914-10-29,capture,ramskapelle,,,germany,belgium,daily,,,,killed.belgium=20-30,"Taken, in the ""rain"" of October"
e2,1914-10-31,recapture,Ramscappelle,,,Belgium,Fourth Army,wire;daily,,,,,
"""


def campaign_folder(
    folder: Path,
    *,
    toml: str | bytes = TOML,
    places: str | bytes = PLACES,
    sources: str | bytes = SOURCES,
    events: str | bytes = EVENTS,
) -> Path:
    """Write the campaign, with any of its files replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {"campaign.toml": toml, "places.csv": places, "sources.csv": sources, "events.csv": events}
    for name, content in files.items():
        (folder / name).write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return folder


def with_rows(table: str, *rows: str) -> str:
    """A table with rows added at its end."""
    return table + "".join(f"{row}\n" for row in rows)


def without_column(table: str, column: str) -> str:
    """A table without one of its columns; none of its cells may hold a comma."""
    lines = [line.split(",") for line in table.splitlines()]
    at = lines[0].index(column)
    return "".join(",".join(line[:at] + line[at + 1 :]) + "\n" for line in lines)
