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
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from benchmarks.worlds import world as benchmark
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import event_lists
from worlds import ACTORS, ALPHA, BRAVO, campaign, campaign_folder, day, event, folded, row_of_cells

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
    actors = Actors.of(
        [Actor(f"a{n}", text, {"ar": text}, "#aa0000", aliases=(text * 2,)) for n, text in enumerate(HOSTILE)]
    )
    places = Gazetteer.of(
        [Place(f"p{n}", text, 0.5 + n, 35.5, names={"ar": text[::-1]}) for n, text in enumerate(HOSTILE)]
    )
    records = [
        replace(event(f"e{n}", n % 9, "capture", n, 2 + n), note=text, claimed_by=text, counts={text: text})
        for n, text in enumerate(HOSTILE)
    ]
    chapters = tuple(Chapter(day(1), text, text, {"ar": text}, {"ar": text}, events=("e1",)) for text in HOSTILE)
    frame: dict[str, object] = dict.fromkeys(("title", "summary", "licence", "attribution"), "".join(HOSTILE))
    frame |= {name: {"ar": "".join(HOSTILE)} for name in ("titles", "summaries")}
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
    text = payload.dumps(built)
    assert set(HOSTILE) <= texts(texts_of(text))
    assert re.fullmatch(r'[\w{}":,+/=-]*', text, re.ASCII)


def test_a_page_of_hostile_names_has_no_script_but_its_own():
    try:
        html = page.html(hostile())
    except page.AssetsMissing as missing:
        pytest.skip(str(missing))
    outside = html.replace(page.asset("player.js"), "").replace(page.asset("player.css"), "")
    assert len(re.findall(r"<script", outside, re.IGNORECASE)) == 3  # words, data and the player
    assert len(re.findall(r"</script", outside, re.IGNORECASE)) == 3  # words, data and the player
    assert not re.search(r"<img|alert\(1\)</", outside.replace("\\u003c", ""))
    data = re.search(r'<script type="application/json" id="territory-data">(.*?)</script>', html, re.DOTALL)[1]
    assert set(HOSTILE) <= texts(texts_of(data))
    assert "49" not in re.search(r"<title>(.*?)</title>", html, re.DOTALL)[1]


def decoded(line):
    return np.cumsum(np.array(line).reshape(-1, 2), axis=0)


@pytest.fixture(scope="module")
def shipped(idlib):
    return payload.build(idlib)


def test_arcs_decode_to_their_coordinates_within_half_a_step(idlib, shipped):
    grid, topology = shipped["grid"], idlib.partition.topology
    for arc, line in enumerate(shipped["arcs"]["xy"]):
        xy = (grid["lon0"], grid["lat0"]) + decoded(line) * grid["step"]
        assert np.abs(xy - topology.line(arc)).max() <= grid["step"] / 2 + 1e-12
    assert shipped["arcs"]["left"] == topology.left.tolist()
    assert shipped["arcs"]["right"] == topology.right.tolist()


def test_the_rings_of_a_cell_are_closed_and_use_each_of_its_arcs_once(shipped):
    arcs = shipped["arcs"]
    lines = [decoded(line).tolist() for line in arcs["xy"]]
    for cell, rings in enumerate(shipped["cells"]["rings"]):
        used = []
        for ring in rings:
            walked = [lines[arc] if arc >= 0 else lines[~arc][::-1] for arc in ring]
            assert all(a[-1] == b[0] for a, b in zip(walked, [*walked[1:], walked[0]], strict=True))
            used += ring
        own = [i for i, left in enumerate(arcs["left"]) if left == cell]
        own += [~i for i, right in enumerate(arcs["right"]) if right == cell]
        assert sorted(used) == sorted(own)


def replayed(data, offset):
    """What a player shows on a day: the opening, with the changes up to it applied in order."""
    names = ("controller", "status", "rival", "event")
    now = {name: list(data["baseline"][name]) for name in names}
    changes = data["changes"]
    for row, when in enumerate(changes["day"]):
        if when <= offset:
            for name in names:
                now[name][changes["cell"][row]] = changes[name][row]
    return now


def assert_replays(timeline, data, offsets):
    assert data["changes"]["day"] == sorted(data["changes"]["day"])
    first = np.datetime64(timeline.first_day)
    for offset in offsets:
        now, state = replayed(data, offset), timeline.state(first + offset)
        for name, values in now.items():
            assert values == getattr(state, name).tolist()


@given(event_lists())
@settings(max_examples=40)
def test_changes_applied_to_the_opening_are_the_state_of_every_day(events):
    timeline = folded(events)
    assert_replays(timeline, json.loads(json.dumps(payload.build(timeline))), range(10))


def test_the_shipped_changes_replay_on_every_day_of_change(idlib, shipped):
    offsets = (idlib.days - np.datetime64(idlib.first_day)).astype(int).tolist()
    assert_replays(idlib, shipped, offsets)


def test_indices_point_at_what_they_mean(idlib, shipped):
    places = [place["id"] for place in shipped["places"]]
    jisr = shipped["places"][places.index("jisr-al-shughur")]
    assert shipped["cells"]["place"][jisr["cell"]] == places.index("jisr-al-shughur")
    e117 = next(row for row in shipped["events"] if row["id"] == "E117")
    assert places[e117["place"]] == "jisr-al-shughur"
    assert [shipped["actors"][code]["id"] for code in e117["actor"]] == ["nusra-front"]
    assert shipped["sources"][e117["sources"][0]]["id"] == "albawaba-2015-04-25"
    assert e117["day"] == 54
    assert len(shipped["actors"]) == len(idlib.campaign.actors)


def test_events_outside_the_period_have_no_day():
    rows = payload.build(folded([event("old", "2012-03", "capture", 0, ALPHA), event("now", 3, "capture", 0, BRAVO)]))[
        "events"
    ]
    assert [(row["day"], row["outcome"]) for row in rows] == [(None, "before_baseline"), (3, "take")]


def test_an_event_of_a_unit_has_no_point_and_the_page_can_still_be_written():
    unit = replace(event("u", 1, "capture", 0, ALPHA), place=-1, lon=float("nan"), lat=float("nan"), unit="Somewhere")
    built = payload.build(folded([unit]))
    assert built["events"][0]["lon"] is None
    assert payload.dumps(built)


UNPACK = """
import { readFileSync } from 'node:fs';
import { unpack } from './territory/player/src/codec/unpack.js';
for (const text of JSON.parse(readFileSync(0, 'utf8'))) {
  const plain = (key, value) => (ArrayBuffer.isView(value) ? Array.from(value) : value);
  const { places, events, ...rest } = await unpack(text);
  // Both are columns that are decoded when asked for.
  const { language, languages } = rest.campaign;
  const others = (name) => languages.filter((tag) => tag !== language).map((tag) => [`name_${tag}`, name[tag] ?? '']);
  const place = ({ id, name, aliases, kind, lon, lat, cell, approximate }) => (
    { id, name: name[language], ...Object.fromEntries(others(name)), aliases, kind, lon, lat, cell, approximate });
  const records = { places: places.map(place), events: Array.from(events.day, (_, row) => events.at(row)) };
  console.log(JSON.stringify({ ...rest, ...records }, plain));
}
"""


def unpacked(*built):
    """Payloads as the player reads them from their bytes."""
    node = shutil.which("node") or pytest.skip("no Node in PATH")
    blocks = json.dumps([payload.dumps(one) for one in built])
    command = [node, "--input-type=module", "-e", UNPACK]
    done = subprocess.run(command, input=blocks, cwd=ROOT, check=True, capture_output=True, text=True)
    return [json.loads(line) for line in done.stdout.split("\n") if line]


def assert_reads_back(built, back):
    """All that was encoded, in the numbers that cells and arcs got in the data block."""
    numbering = encode.numbering(built)
    step = built["grid"]["step"]
    for name in ("campaign", "words", "actors", "statuses", "sources", "chapters", "version_of"):
        assert back[name] == json.loads(json.dumps(built[name]))
    for name in ("places", "events"):
        for was, now in zip(json.loads(json.dumps(built[name])), back[name], strict=True):
            for axis in ("lon", "lat"):
                assert now.pop(axis) == (was[axis] if was[axis] is None else pytest.approx(was[axis], abs=step))
                was.pop(axis)
            if name == "places" and was["cell"] >= 0:
                was["cell"] = numbering.cell[was["cell"]]
            assert now == was
    order = np.argsort(numbering.cell)
    assert back["cells"]["place"] == np.array(built["cells"]["place"])[order].tolist()
    assert back["cells"]["area_km2"] == pytest.approx(np.array(built["cells"]["area_km2"])[order].tolist(), abs=1e-4)
    assert np.flatnonzero(back["cells"]["inferred"]).tolist() == sorted(
        numbering.cell[built["cells"]["inferred"]].tolist()
    )
    for name, column in built["baseline"].items():
        assert back["baseline"][name] == np.array(column)[order].tolist()
    for name, column in built["changes"].items():
        wanted = numbering.cell[column].tolist() if name == "cell" else column
        assert back["changes"][name] == wanted
    for arc, (line, left, right) in enumerate(
        zip(*(built["arcs"][key] for key in ("xy", "left", "right")), strict=True)
    ):
        at = numbering.arc[arc]
        mine = [-1 if cell < 0 else int(numbering.cell[cell]) for cell in (left, right)]
        xy = np.array(back["arcs"]["xy"]).reshape(-1, 2)[back["arcs"]["at"][at] : back["arcs"]["at"][at + 1]].tolist()
        shown = [back["arcs"]["left"][at], back["arcs"]["right"][at]]
        assert (xy, shown) in [(decoded(line).tolist(), mine), (decoded(line).tolist()[::-1], mine[::-1])]


def test_the_player_reads_back_what_was_encoded(idlib, shipped):
    worlds = [shipped, payload.build(hostile()), payload.build(benchmark("W1"))]
    for built, back in zip(worlds, unpacked(*worlds), strict=True):
        assert_reads_back(built, back)


@given(event_lists())
@settings(max_examples=8)
def test_the_player_reads_back_any_chronicle(events):
    built = payload.build(folded(events))
    assert_reads_back(built, *unpacked(built))


def test_a_place_is_found_by_its_names_in_languages_that_the_page_does_not_offer():
    names = {"ar": "أريحا", "de": "Aricha"}
    places = Gazetteer.of([Place(f"p{n}", f"Place {n}", 0.5 + n, 35.5, names=names, aliases=("A",)) for n in range(3)])
    german = [replace(actor, labels={"de": actor.label}) for actor in ACTORS]
    built = payload.build(folded([], places=places, actors=Actors.of(german), titles={"de": "Eine Reihe"}))
    assert (built["campaign"]["language"], built["campaign"]["languages"]) == ("en", ["en", "de"])
    row = built["places"][0]
    assert (row["name"], row["name_de"], row["aliases"]) == ("Place 0", "Aricha", ["A", "أريحا"])
    assert [actor["label"] for actor in built["actors"][1:3]] == [{}, {"en": "Alpha", "de": "Alpha"}]


def test_two_builds_are_identical(idlib, shipped):
    assert payload.dumps(payload.build(idlib)) == payload.dumps(shipped)


def test_the_order_of_rows_in_the_files_does_not_change_the_ground(tmp_path):
    from worlds import EVENTS

    head, *rows = EVENTS.splitlines(keepends=True)
    one = payload.build(territory.open(campaign_folder(tmp_path / "a")))
    other = payload.build(territory.open(campaign_folder(tmp_path / "b", events=head + "".join(rows[::-1]))))
    for part in ("arcs", "cells", "places", "sources"):
        assert one[part] == other[part]


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
