"""What the player reads is what was encoded, in the numbers that cells and arcs have in the data block."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from benchmarks.worlds import world as benchmark
from hostile import hostile
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import event_lists
from worlds import ALPHA, event, folded

from territory.render.codec import encode, payload

ROOT = Path(__file__).parents[3]
STATE = ("controller", "status", "rival", "event")


def line(arcs, arc):
    """Vertices of an arc in grid steps, in reverse for ``~arc``."""
    if arc < 0:
        return line(arcs, ~arc)[::-1]
    return arcs.xy[arcs.offset[arc] : arcs.offset[arc + 1]].tolist()


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
        values = {field.name: getattr(columns, field.name) for field in fields(columns)}
        was = {name: value if name == "translated" else value[row] for name, value in values.items()}
        for axis, degrees in zip(("lon", "lat"), was.pop("lonlat"), strict=True):
            assert now.pop(axis) == (None if np.isnan(degrees) else pytest.approx(degrees, abs=step))
        was |= {f"name_{language}": names[row] for language, names in was.pop("translated", {}).items()}
        if "cell" in was and was["cell"] >= 0:
            was["cell"] = numbering.cell[was["cell"]]
        if "day" in was and was["day"] < 0:
            was["day"] = None
        if "counts" in was:
            was["counts"] = dict(was["counts"])
        assert now == {name: list(value) if isinstance(value, tuple) else value for name, value in was.items()}


def test_the_player_reads_back_what_was_encoded(idlib):
    worlds = [payload.build(idlib), payload.build(hostile()), payload.build(benchmark("W1"))]
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
