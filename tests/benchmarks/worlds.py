"""Seeded worlds of the sizes that the speed of territory is measured at: W1 a district, W2 a Syria, W3 a Ukraine.

Nothing in them is real. Offensives are compact patches that grow from the front, one after the other, the ground
most surrounded first, so that the front stays a line: 1 to 6 % of all arcs. (A voter model, where single cells flip,
would put half of all arcs on the front.) Changes are built as arrays and agree with what folding the records gives.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from territory.api import Timeline
from territory.io.writers import geojson
from territory.records.actors import FIRST, Actor, Actors
from territory.records.campaign import Campaign
from territory.records.dates import parse
from territory.records.events import Event, Events
from territory.records.gazetteer import Gazetteer, Place
from territory.records.layers import Layer
from territory.records.schema.partitions import PlacesSpec
from territory.records.sources import Source, Sources
from territory.space import makers
from territory.space.partition import Partition
from territory.timeline.changes import Changes, Mentions

SEED = 20150425
COLOURS = ("#3465a4", "#c4502e", "#4e9a06", "#1b1b1b")
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Size:
    """How large a world is; ``changes`` counts those after the first day, ``patch`` the places an offensive takes."""

    places: int
    changes: int
    days: int
    sides: int
    patch: float
    extent: tuple[float, float, float, float]


SIZES = {
    "W1": Size(500, 200, 200, 2, 6, (35.0, 35.0, 37.0, 36.5)),
    "W2": Size(6_000, 20_000, 4_700, 4, 25, (35.6, 32.3, 42.4, 37.4)),
    "W3": Size(33_000, 60_000, 1_500, 2, 40, (22.1, 44.3, 40.3, 52.4)),
}


@lru_cache(maxsize=2)
def world(name: str, scale: int = 1) -> Timeline:
    """A world as a timeline: the same arrays on every machine.

    Parameters
    ----------
    name : {"W1", "W2", "W3"}
    scale : int
        How many times as many days and changes; the cells stay the same.
    """
    size = SIZES[name]
    rng = np.random.default_rng(SEED)
    outline = _outline(rng, size.extent)
    lonlat = _points(rng, outline, size.places)
    places = Gazetteer.of([Place(f"p{i:05d}", f"Place {i}", *xy) for i, xy in enumerate(lonlat.tolist())])
    part = _cut(lonlat, outline, places)
    actors = Actors.of([Actor(f"side-{i + 1}", f"Side {i + 1}", colour=COLOURS[i]) for i in range(size.sides)])
    story = _story(rng, size, scale, lonlat, _neighbours(part))
    first = date(2020, 1, 1)
    spans = [parse(str(first + timedelta(days=i))) for i in range(size.days * scale)]
    sources = Sources.of([Source(f"s{i:02d}", f"Report {i}", f"Desk {i}") for i in range(20)])
    campaign = Campaign(
        id=name.lower(), title=f"World {name}", first_day=first, last_day=spans[-1].day(), baseline=first,
        extent=size.extent, actors=actors, places=places, sources=sources, events=_events(story, lonlat, spans),
        attribution="Invented: a seeded world for measuring speed", licence="CC0-1.0",
        partition_spec=PlacesSpec(crs="EPSG:3857", max_radius_km=400),
        layers=(Layer("land", "Outline", np.array([outline], dtype=object), (("", {}),)),),
    )  # fmt: skip
    outcome = tuple("mark" if status else "take" for status in story.after[:, 1].tolist())
    changes = _changes(story, part, first)
    return Timeline(campaign, part, changes, outcome, Mentions(changes.day, changes.cell, changes.event))


def write(timeline: Timeline, folder: Path) -> Path:
    """A world as a campaign folder, for measuring what starts from files; its records fold to the same states."""
    campaign = timeline.campaign
    folder.mkdir(parents=True, exist_ok=True)
    actor = campaign.actors
    _table(folder / "places.csv", (
        {"place_id": one.id, "name": one.name, "kind": one.kind, "lon": one.lon, "lat": one.lat, "source": "s00"}
        for one in campaign.places
    ))  # fmt: skip
    _table(folder / "sources.csv", (
        {"source_id": one.id, "title": one.title, "publisher": one.publisher} for one in campaign.sources.all
    ))  # fmt: skip
    _table(folder / "events.csv", (
        {"event_id": one.id, "date": one.span.text, "kind": one.kind, "place": campaign.places[one.place].id,
         "actor": actor[one.actor[0]].id, "against": actor[one.against[0]].id if one.against else "",
         "source": campaign.sources[one.sources[0]].id, "grounding": "cited", "seq": one.seq or ""}
        for one in campaign.events
    ))  # fmt: skip
    (folder / "land.geojson").write_text(geojson.dumps(campaign.layers[0].shapes, [{"name": ""}]), encoding="utf-8")
    lines = [
        "format = 2", f'id = "{campaign.id}"', f'title = "{campaign.title}"', 'time_zone = "UTC"',
        *(f"{key} = {getattr(campaign, key)}" for key in ("first_day", "last_day", "baseline")),
        f'attribution = "{campaign.attribution}"', f'licence = "{campaign.licence}"',
        f"extent = {list(campaign.extent)}", "[partition]",
        *(f"{k} = {v!r}" for k, v in campaign.partition_spec.model_dump(exclude_defaults=True).items()),
        *(f'[[actor]]\nid = "{a.id}"\nlabel = "{a.label}"\ncolour = "{a.colour}"' for a in actor.all[FIRST:]),
        '[[layer]]\nfile = "land.geojson"\nrole = "land"',
    ]  # fmt: skip
    (folder / "campaign.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def _table(path: Path, rows: Iterable[dict]) -> None:
    rows = list(rows)
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        out.writeheader()
        out.writerows(rows)


# Space ------------------------------------------------------------------------------------------


def _outline(rng: np.random.Generator, extent: tuple[float, float, float, float]) -> shapely.Polygon:
    """A ragged coast of 720 vertices that just fits into the extent."""
    turn = np.linspace(0, 2 * np.pi, 720, endpoint=False)
    waves = np.arange(2, 60)
    reach = 1 + (0.25 / waves * rng.standard_normal(58) * np.cos(np.outer(turn, waves) + rng.uniform(0, 6, 58))).sum(1)
    xy = reach[:, None] * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    unit = (xy - xy.min(0)) / np.ptp(xy, axis=0)
    west, south, east, north = extent
    outline = shapely.Polygon(np.round(unit * (east - west, north - south) + (west, south), 6))
    if not outline.is_valid:
        raise ValueError("The outline crosses itself; choose another seed.")
    return outline


def _points(rng: np.random.Generator, outline: shapely.Polygon, count: int) -> NDArray[np.float64]:
    west, south, east, north = outline.bounds
    points = np.round(rng.uniform((west, south), (east, north), (count * 3, 2)), 6)
    points = points[np.sort(np.unique(points, axis=0, return_index=True)[1])]
    shapely.prepare(outline)
    return points[shapely.contains_xy(outline, points)][:count]


def _cut(lonlat: NDArray[np.float64], outline: shapely.Polygon, places: Gazetteer) -> Partition:
    """Clipped Voronoi cells in a plane where a degree east is as long as one north.

    Only edges that cross the outline are clipped, each once; their new ends become vertices of the outline, and the
    faces of these lines are a coverage by construction.
    """
    squeeze = np.array([np.cos(np.radians(lonlat[:, 1].mean())), 1.0])
    land = shapely.transform(outline, lambda xy: xy * squeeze)
    points = shapely.points(lonlat * squeeze)
    web = shapely.voronoi_polygons(shapely.multipoints(points), extend_to=land, only_edges=True)
    edges = shapely.get_parts(web)
    shapely.prepare(land)
    inside = shapely.contains_properly(land, edges)
    crossing = edges[shapely.intersects(land, edges) & ~inside]
    clipped = shapely.get_parts(shapely.intersection(crossing, land))
    coast = _noded(land.exterior, shapely.get_coordinates(clipped), shapely.get_coordinates(crossing))
    lines = [edges[inside], clipped[shapely.get_type_id(clipped) == 1], coast]
    faces = shapely.get_parts(shapely.polygonize(np.concatenate(lines)))
    nearest = shapely.STRtree(points).query_nearest(shapely.point_on_surface(faces), all_matches=False)[1]
    cells = shapely.transform(faces, lambda xy: xy / squeeze)
    return makers.from_cells(cells, nearest.astype(np.int32), places, {"method": "voronoi"})


def _noded(ring: shapely.LinearRing, ends: NDArray[np.float64], old: NDArray[np.float64]) -> NDArray[np.object_]:
    """The steps of a ring once the new ends of clipped edges are vertices of it."""
    known = {tuple(xy) for xy in old.tolist()}
    new = np.array([xy for xy in ends.tolist() if tuple(xy) not in known]).reshape(-1, 2)
    own = shapely.get_coordinates(ring)
    along = np.r_[0.0, np.cumsum(np.hypot(*np.diff(own, axis=0).T))]
    order = np.argsort(np.r_[along, shapely.line_locate_point(ring, shapely.points(new))], kind="stable")
    xy = np.concatenate([own, new])[order]
    step = (xy[1:] != xy[:-1]).any(axis=1)
    return shapely.linestrings(np.stack([xy[:-1][step], xy[1:][step]], axis=1))


def _neighbours(part: Partition) -> NDArray[np.int32]:
    """(pair, 2) int32: places that share a border."""
    sides = np.stack([part.topology.left, part.topology.right], axis=1)
    pairs = part.place[sides[(sides >= 0).all(axis=1)]]
    return np.unique(np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1), axis=0)


# Time -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Story:
    """What happened, one row a record: day and seq, place, who against whom, and (controller, status, rival) before
    and after."""

    day: NDArray[np.int64]
    seq: NDArray[np.int64]
    place: NDArray[np.int64]
    actor: NDArray[np.int8]
    against: NDArray[np.int8]
    before: NDArray[np.int8]
    after: NDArray[np.int8]


def _story(rng, size: Size, scale: int, lonlat: NDArray[np.float64], pairs: NDArray[np.int32]) -> Story:
    """The first day's state and, after it, offensive upon offensive until there are changes enough."""
    state = np.zeros((size.places, 3), dtype=np.int8)
    state[:, 0] = FIRST + _sides(rng, lonlat, size.sides)
    opening = np.arange(size.places)
    rows = [(opening, state[:, 0].copy(), np.zeros_like(state[:, 0]), np.zeros_like(state), state.copy())]
    wanted, had = size.changes * scale, 0
    while had < wanted:
        for act in _offensive(rng, state, pairs, lonlat, size.patch):
            rows.append(act)
            had += len(act[0])
    place, actor, against, before, after = (np.concatenate(column) for column in zip(*rows, strict=True))
    # Quiet weeks and busy days: each day's share of the changes is drawn, and changes fill the days in order.
    busy = np.cumsum(rng.gamma(0.4, size=size.days * scale - 1))
    day = 1 + np.searchsorted(busy / busy[-1], (np.arange(wanted) + 0.5) / wanted)
    day = np.r_[np.zeros(size.places, dtype=np.int64), day]
    begins = np.flatnonzero(np.r_[True, day[1:] != day[:-1]])
    seq = np.arange(len(day)) - np.repeat(begins, np.diff(np.r_[begins, len(day)])) + 1
    seq[: size.places] = 0
    keep = slice(size.places + wanted)
    return Story(day, seq, place[keep], actor[keep], against[keep], before[keep], after[keep])


def _sides(rng, lonlat: NDArray[np.float64], sides: int) -> NDArray[np.int8]:
    """Who begins where: each side has a core, and the borders between them wind."""
    low, high = lonlat.min(0), lonlat.max(0)
    unit = (lonlat - low) / (high - low)
    for wave in (3, 7, 13):
        turn = 2 * np.pi * wave * unit[:, ::-1] + rng.uniform(0, 6, 2)
        unit = unit + 0.12 / wave * np.sin(turn)
    ring = 2 * np.pi * (np.arange(sides) + 0.25) / sides
    cores = 0.5 + 0.35 * np.stack([np.cos(ring), np.sin(ring)], axis=1)
    return np.argmin(((unit[:, None] - cores) ** 2).sum(-1), axis=1).astype(np.int8)


def _offensive(rng, state, pairs: NDArray[np.int32], lonlat: NDArray[np.float64], patch: float):
    """Ground nearest to a point of the front passes to the other side; some of it is fought over first."""
    held = state[:, 0]
    hostile = pairs[held[pairs[:, 0]] != held[pairs[:, 1]]]
    exposed = np.bincount(hostile.ravel(), minlength=len(held))
    draw = hostile[rng.integers(len(hostile), size=4)]
    draw = np.concatenate([draw, draw[:, ::-1]])  # either side of a border may attack the other
    weak = np.bincount(held)[held[draw[:, 0]]] < 0.7 * len(held)  # nobody wins for good
    attacker, seed = draw[np.argmax(np.where(weak, exposed[draw[:, 1]], -1))]
    taker, giver = held[attacker], held[seed]
    away = (((lonlat - lonlat[seed]) * (np.cos(np.radians(lonlat[seed, 1])), 1.0)) ** 2).sum(1)
    size = int(rng.lognormal(np.log(patch), 0.7)) + 1
    near = np.argpartition(away, min(2 * size, len(away) - 1))[: 2 * size]
    near = near[np.argsort(away[near])]
    taken = near[held[near] == giver][:size]
    fought = taken[(rng.random(len(taken)) < 0.15) & (state[taken, 1] == 0)]
    acts = []
    for place, after in ((fought, (giver, 1, taker)), (taken, (taker, 0, 0))):
        before = state[place].copy()
        state[place] = after
        acts.append((place, np.full(len(place), taker), np.full(len(place), giver), before, state[place].copy()))
    return acts


def _events(story: Story, lonlat: NDArray[np.float64], spans: list) -> Events:
    kinds = np.where(story.after[:, 1] == 1, "contest_start", np.where(story.day == 0, "baseline", "capture"))
    columns = (story.day, story.seq, story.place, story.actor, story.against, kinds)
    rows = zip(*(column.tolist() for column in columns), lonlat[story.place].tolist(), strict=True)
    return Events.of([
        Event(f"E{i:07d}", spans[day], kind, place, *xy, actor=(actor,), against=(against,) if against else (),
              sources=(i % 20,), grounding="cited", seq=seq)
        for i, (day, seq, place, actor, against, kind, xy) in enumerate(rows)
    ])  # fmt: skip


def _changes(story: Story, part: Partition, first: date) -> Changes:
    """Records of places as changes of their cells: the cell in which the place lies comes last, as in a fold."""
    cells = np.flatnonzero(part.place >= 0)
    place = part.place[cells]
    cells = cells[np.lexsort((-cells, part.home[place] == cells, place))]
    count = np.bincount(place, minlength=len(part.home))
    times = count[story.place]
    event = np.repeat(np.arange(len(story.place)), times)
    within = np.arange(len(event)) - np.repeat(np.cumsum(times) - times, times)
    cell = cells[(np.cumsum(count) - count)[story.place][event] + within]
    day = np.datetime64(first, "D") + story.day[event]
    after, before = story.after[event].T.copy(), story.before[event].T.copy()
    return Changes(day, cell.astype(np.int32), event.astype(np.int32), *after, *before)
