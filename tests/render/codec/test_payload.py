"""The payload and its data block: script-safe text that reads back equal, arcs that decode, changes that replay."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import sys
import zlib
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from benchmarks.worlds import world as benchmark
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import event_lists
from worlds import ALPHA, BRAVO, campaign, campaign_folder, day, event, folded, row_of_cells

import territory
from territory.api import Timeline
from territory.records.actors import Actor, Actors
from territory.records.campaign import Chapter
from territory.records.gazetteer import Gazetteer, Place
from territory.render import page
from territory.render.codec import encode, payload
from territory.render.codec.writer import script_safe_json
from territory.timeline.fold import fold

ROOT = Path(__file__).parents[3]
HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "{{7*7}}{% raw %}{# x #}",
    "${1}`\\1`",
    "<img src=x onerror=alert(1)>",
    "line\u2028and\u2029line",
    "\u202edlrow\u2066",
    "$data $$ ${script}",
    "]]>&lt;&amp;\"'",
    "__proto__",
    "\x7f\x1b[31m",
    "💣 إدلب",
]


def hostile():
    """A world in which every text that can come from a file is out to break the page."""
    actors = Actors.of([Actor(f"a{n}", text, colour="#aa0000", aliases=(text * 2,)) for n, text in enumerate(HOSTILE)])
    places = Gazetteer.of([Place(f"p{n}", HOSTILE[n], 0.5 + n, 35.5, name_ar=HOSTILE[n]) for n in range(len(HOSTILE))])
    records = [
        replace(event(f"e{n}", n % 9, "capture", n, 2 + n), note=text, claimed_by=text, counts={text: text})
        for n, text in enumerate(HOSTILE)
    ]
    chapters = tuple(Chapter(day(1), text, text, text, text, events=("e1",)) for text in HOSTILE)
    frame = {
        name: "".join(HOSTILE) for name in ("title", "title_ar", "summary", "summary_ar", "licence", "attribution")
    }
    world = campaign(records, len(HOSTILE), actors=actors, places=places, chapters=chapters, **frame)
    return fold(world, row_of_cells(len(HOSTILE)), kind=Timeline)


def texts(value):
    if isinstance(value, dict):
        return {text for pair in value.items() for part in pair for text in texts(part)}
    if isinstance(value, list | tuple):
        return {text for part in value for text in texts(part)}
    return {value} if isinstance(value, str) else set()


@given(
    st.recursive(
        st.text() | st.integers() | st.booleans() | st.none(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
@settings(max_examples=100)
def test_any_text_reads_back_equal_and_holds_no_markup(value):
    text = script_safe_json({"value": value})
    assert json.loads(text) == {"value": value}
    assert text.isascii()
    assert not set(text) & set("<>&")


def texts_of(text):
    """The JSON inside a data block."""
    envelope = json.loads(text)
    assert sorted(envelope) == ["data", "format", "version"]
    data = zlib.decompress(base64.b64decode(envelope["data"], validate=True))
    length = shift = at = 0
    while True:
        byte, at = data[at], at + 1
        length, shift = length | (byte & 127) << shift, shift + 7
        if byte < 128:
            return json.loads(data[at : at + length])


def test_hostile_names_are_script_safe_text_that_reads_back_equal():
    built = payload.build(hostile())
    text = encode.dumps(built)
    assert set(HOSTILE) <= texts(texts_of(text))
    assert re.fullmatch(r'[\w{}":,+/=-]*', text, re.ASCII)


def test_a_page_of_hostile_names_has_no_script_but_its_own():
    try:
        html = page.html(hostile())
    except page.AssetsMissing as missing:
        pytest.skip(str(missing))
    outside = html.replace(page.asset("player.js"), "").replace(page.asset("player.css"), "")
    assert len(re.findall(r"<script", outside, re.IGNORECASE)) == 2
    assert len(re.findall(r"</script", outside, re.IGNORECASE)) == 2
    assert not re.search(r"<img|alert\(1\)</", outside.replace("\\u003c", ""))
    data = re.search(r'<script type="application/json" id="territory-data">(.*?)</script>', html, re.DOTALL)[1]
    assert set(HOSTILE) <= texts(texts_of(data))
    assert "49" not in re.search(r"<title>(.*?)</title>", html, re.DOTALL)[1]


@pytest.fixture(scope="module")
def shipped(idlib):
    return payload.build(idlib)


def line(arcs, arc):
    """Vertices of an arc in grid steps, in reverse for ``~arc``."""
    if arc < 0:
        return line(arcs, ~arc)[::-1]
    return arcs.xy[arcs.offset[arc] : arcs.offset[arc + 1]].tolist()


def test_arcs_lie_within_half_a_step_of_their_coordinates(idlib, shipped):
    grid, arcs, topology = shipped.grid, shipped.arcs, idlib.partition.topology
    xy = (grid.lon0, grid.lat0) + arcs.xy * grid.step
    assert np.abs(xy - topology.xy).max() <= grid.step / 2 + 1e-12
    for name in ("offset", "left", "right"):
        assert getattr(arcs, name).tolist() == getattr(topology, name).tolist()


def test_the_rings_of_a_cell_are_closed_and_use_each_of_its_arcs_once(shipped):
    arcs, rings = shipped.arcs, shipped.cells.rings
    used = [[] for _ in range(len(shipped.cells))]
    for cell, start, stop in zip(rings.cell, rings.offset, rings.offset[1:], strict=False):
        ring = rings.arc[start:stop].tolist()
        walked = [line(arcs, arc) for arc in ring]
        assert all(a[-1] == b[0] for a, b in zip(walked, [*walked[1:], walked[0]], strict=True))
        used[cell] += ring
    for cell, ring in enumerate(used):
        own = [*np.flatnonzero(arcs.left == cell), *~np.flatnonzero(arcs.right == cell)]
        assert sorted(ring) == sorted(own)


STATE = ("controller", "status", "rival", "event")


def replayed(data, day):
    """What a player shows on a day: the opening, with the changes up to it applied in order."""
    now = {name: getattr(data.opening, name).copy() for name in STATE}
    changes = data.changes
    for row in np.flatnonzero(changes.day <= day):
        for name in STATE:
            now[name][changes.cell[row]] = getattr(changes, name)[row]
    return now


def assert_replays(timeline, data, days):
    assert (np.diff(data.changes.day) >= np.timedelta64(0)).all()
    for when in days:
        now, state = replayed(data, when), timeline.state(when)
        for name, values in now.items():
            assert values.tolist() == getattr(state, name).tolist()


@given(event_lists())
@settings(max_examples=40)
def test_changes_applied_to_the_opening_are_the_state_of_every_day(events):
    timeline = folded(events)
    assert_replays(timeline, payload.build(timeline), np.datetime64(timeline.first_day) + np.arange(10))


def test_the_shipped_changes_replay_on_every_day_of_change(idlib, shipped):
    assert_replays(idlib, shipped, idlib.days)


def test_indices_point_at_what_they_mean(idlib, shipped):
    places, events = shipped.places, shipped.events
    jisr, e117 = places.id.index("jisr-al-shughur"), events.id.index("E117")
    assert shipped.cells.place[places.cell[jisr]] == jisr
    assert places.id[events.place[e117]] == "jisr-al-shughur"
    assert [shipped.head["actors"][code]["id"] for code in events.actor[e117]] == ["nusra-front"]
    assert shipped.head["sources"][events.sources[e117][0]]["id"] == "albawaba-2015-04-25"
    assert events.day[e117] == 54
    assert len(shipped.head["actors"]) == len(idlib.campaign.actors)


def test_events_outside_the_period_have_no_day():
    old, now = event("old", "2012-03", "capture", 0, ALPHA), event("now", 3, "capture", 0, BRAVO)
    events = payload.build(folded([old, now])).events
    assert list(zip(events.day.tolist(), events.outcome, strict=True)) == [(-1, "before_baseline"), (3, "take")]


def of_a_unit(event_id, row):
    """An event that names a unit and no place."""
    return replace(event(event_id, row, "capture", 0, ALPHA), place=-1, lon=np.nan, lat=np.nan, unit="Somewhere")


def test_an_event_of_a_unit_has_no_point_and_the_page_can_still_be_written():
    built = payload.build(folded([of_a_unit("u", 1)]))
    assert np.isnan(built.events.lonlat[0]).all()
    assert encode.dumps(built)


UNPACK = """
import { readFileSync } from 'node:fs';
import { unpack } from './territory/player/src/codec/unpack.js';
for (const text of JSON.parse(readFileSync(0, 'utf8'))) {
  const plain = (key, value) => (ArrayBuffer.isView(value) ? Array.from(value) : value);
  const { places, events, ...rest } = await unpack(text);
  // Both are columns that are decoded when asked for.
  const place = ({ id, name, name_ar, aliases, kind, lon, lat, cell, approximate }) => (
    { id, name, name_ar, aliases, kind, lon, lat, cell, approximate });
  const records = { places: places.map(place), events: Array.from(events.day, (_, row) => events.at(row)) };
  console.log(JSON.stringify({ ...rest, ...records }, plain));
}
"""


def unpacked(*built):
    """Payloads as the player reads them from their bytes."""
    node = shutil.which("node") or pytest.skip("no Node in PATH")
    blocks = json.dumps([encode.dumps(one) for one in built])
    command = [node, "--input-type=module", "-e", UNPACK]
    done = subprocess.run(command, input=blocks, cwd=ROOT, check=True, capture_output=True, text=True)
    return [json.loads(line) for line in done.stdout.split("\n") if line]


def assert_reads_back(built, back):
    """All that was encoded, in the numbers that cells and arcs got in the data block."""
    numbering = encode.numbering(built)
    order = np.argsort(numbering.cell)
    for name, value in built.head.items():
        if name != "kinds":  # part of the events
            assert back[name] == value
    assert_rows_read_back(built.places, back["places"], built.grid.step, numbering)
    assert_rows_read_back(built.events, back["events"], built.grid.step, numbering)
    assert back["cells"]["place"] == built.cells.place[order].tolist()
    assert back["cells"]["area_km2"] == pytest.approx(built.cells.area_km2[order].tolist(), abs=1e-4)
    assert np.flatnonzero(back["cells"]["inferred"]).tolist() == sorted(numbering.cell[built.inferred].tolist())
    stale = zip(numbering.cell[built.stale.cell].tolist(), built.stale.start, built.stale.stop, strict=True)
    assert sorted(stale) == list(zip(*(back["stale"][name] for name in ("cell", "from", "to")), strict=True))
    days = (built.changes.day - built.first_day).astype(int)
    assert back["changes"]["day"] == days.tolist()
    assert back["changes"]["cell"] == numbering.cell[built.changes.cell].tolist()
    for name in STATE:
        assert back["baseline"][name] == getattr(built.opening, name)[order].tolist()
        assert back["changes"][name] == getattr(built.changes, name).tolist()
    xy, at = np.array(back["arcs"]["xy"]).reshape(-1, 2), back["arcs"]["at"]
    cell = np.append(numbering.cell, -1)
    for arc, number in enumerate(numbering.arc):
        mine = [int(cell[side[arc]]) for side in (built.arcs.left, built.arcs.right)]
        shown = [back["arcs"]["left"][number], back["arcs"]["right"][number]]
        found = xy[at[number] : at[number + 1]].tolist(), shown
        assert found in [(line(built.arcs, arc), mine), (line(built.arcs, ~arc), mine[::-1])]


def assert_rows_read_back(columns, rows, step, numbering):
    """Events or places, one after the other."""
    assert len(rows) == len(columns)
    for row, now in enumerate(rows):
        was = {field.name: getattr(columns, field.name)[row] for field in fields(columns)}
        for axis, degrees in zip(("lon", "lat"), was.pop("lonlat"), strict=True):
            assert now.pop(axis) == (None if np.isnan(degrees) else pytest.approx(degrees, abs=step))
        if "cell" in was and was["cell"] >= 0:
            was["cell"] = numbering.cell[was["cell"]]
        if "day" in was and was["day"] < 0:
            was["day"] = None
        if "counts" in was:
            was["counts"] = dict(was["counts"])
        assert now == {name: list(value) if isinstance(value, tuple) else value for name, value in was.items()}


def test_the_player_reads_back_what_was_encoded(idlib, shipped):
    worlds = [shipped, payload.build(hostile()), payload.build(benchmark("W1"))]
    for built, back in zip(worlds, unpacked(*worlds), strict=True):
        assert_reads_back(built, back)


def test_cells_of_no_place_keep_the_event_of_a_unit_that_they_open_with():
    built = payload.build(folded([event("e", 0, "baseline", 0, ALPHA)]))
    nowhere = np.full_like(built.cells.place, -1)
    built = replace(
        built,
        cells=replace(built.cells, place=nowhere),
        events=replace(built.events, place=np.array([-1]), lonlat=np.full((1, 2), np.nan)),
    )
    assert 0 in built.opening.event
    assert_reads_back(built, *unpacked(built))


@given(st.lists(st.integers(-1, 39), min_size=1, max_size=60))
@settings(max_examples=8)
def test_the_player_reads_back_places_that_are_named_in_any_order(places):
    built = payload.build(folded([event(f"e{n}", 1, "clash", max(0, row)) for n, row in enumerate(places)], 40))
    place = np.array(places)
    lonlat = np.where(place[:, None] < 0, np.nan, built.events.lonlat)
    built = replace(built, events=replace(built.events, place=place, lonlat=lonlat))
    assert_reads_back(built, *unpacked(built))


@given(event_lists())
@settings(max_examples=8)
def test_the_player_reads_back_any_chronicle(events):
    built = payload.build(folded(events))
    assert_reads_back(built, *unpacked(built))


def test_two_builds_are_identical(idlib, shipped):
    assert encode.dumps(payload.build(idlib)) == encode.dumps(shipped)


def lists(value):
    """Arrays as lists, and what holds them as a dict."""
    if is_dataclass(value):
        return {field.name: lists(getattr(value, field.name)) for field in fields(value)}
    return value.tolist() if isinstance(value, np.ndarray) else value


def test_the_order_of_rows_in_the_files_does_not_change_the_ground(tmp_path):
    from worlds import EVENTS

    head, *rows = EVENTS.splitlines(keepends=True)
    one = payload.build(territory.open(campaign_folder(tmp_path / "a")))
    other = payload.build(territory.open(campaign_folder(tmp_path / "b", events=head + "".join(rows[::-1]))))
    assert one.head["sources"] == other.head["sources"]
    for part in ("arcs", "cells", "places"):
        assert lists(getattr(one, part)) == lists(getattr(other, part))


PROGRAM = """
import hashlib, territory
from territory.render import page
try:
    print(hashlib.sha256(territory.open("idlib-2015").to_html().encode()).hexdigest())
except page.AssetsMissing:
    print("assets missing")
"""


def test_hash_seed_time_zone_language_and_folder_do_not_change_a_byte(tmp_path):
    def digest(cwd, **other):
        search = {"PYTHONPATH": str(ROOT)}
        said = subprocess.run(
            [sys.executable, "-c", PROGRAM], cwd=cwd, env={**os.environ, **search, **other}, check=True,
            capture_output=True, text=True,
        )  # fmt: skip
        return said.stdout

    here = digest(ROOT, PYTHONHASHSEED="1", TZ="UTC")
    if "missing" in here:
        pytest.skip("the page's player is not built; run `make`")
    assert digest(tmp_path, PYTHONHASHSEED="2", TZ="Pacific/Kiritimati", LANG="C", LC_ALL="C") == here
