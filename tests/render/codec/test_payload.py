"""The payload: arcs on the grid, rings that close, changes that replay, and the same bytes from the same timeline."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from strategies import event_lists
from worlds import ACTORS, ALPHA, BRAVO, EVENTS, campaign_folder, event, folded

import territory
from territory.records.actors import Actors
from territory.records.gazetteer import Gazetteer, Place
from territory.render.codec import encode, payload

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def shipped(idlib):
    return payload.build(idlib)


def test_arcs_lie_within_half_a_step_of_their_coordinates(idlib, shipped):
    grid, arcs, topology = shipped.grid, shipped.arcs, idlib.partition.topology
    xy = (grid.lon0, grid.lat0) + arcs.xy * grid.step
    assert np.abs(xy - topology.xy).max() <= grid.step / 2 + 1e-12
    for name in ("offset", "left", "right"):
        assert getattr(arcs, name).tolist() == getattr(topology, name).tolist()


def test_the_rings_of_a_cell_are_closed_and_use_each_of_its_arcs_once(shipped):
    arcs, rings = shipped.arcs, shipped.cells.rings
    start, end = arcs.xy[arcs.offset[:-1]], arcs.xy[arcs.offset[1:] - 1]
    start, end = np.concatenate([start, end[::-1]]), np.concatenate([end, start[::-1]])  # of directed arcs
    used = [[] for _ in range(len(shipped.cells))]
    for cell, first, stop in zip(rings.cell, rings.offset, rings.offset[1:], strict=False):
        ring = rings.arc[first:stop]
        assert (end[ring] == start[np.roll(ring, -1)]).all()
        used[cell] += ring.tolist()
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


def test_a_place_is_found_by_its_names_in_languages_that_the_page_does_not_offer():
    names = {"ar": "أريحا", "de": "Aricha"}
    places = Gazetteer.of([Place(f"p{n}", f"Place {n}", 0.5 + n, 35.5, names=names, aliases=("A",)) for n in range(3)])
    german = [replace(actor, labels={"de": actor.label}) for actor in ACTORS]
    built = payload.build(folded([], places=places, actors=Actors.of(german), titles={"de": "Eine Reihe"}))
    head, places = built.head, built.places
    assert (head["campaign"]["language"], head["campaign"]["languages"]) == ("en", ["en", "de"])
    assert places.names == (("de", ("Aricha",) * 3),)
    assert (places.name[0], places.aliases[0]) == ("Place 0", ("A", "أريحا"))
    assert [actor["label"] for actor in head["actors"][1:3]] == [{}, {"en": "Alpha", "de": "Alpha"}]


def test_two_builds_are_identical(idlib, shipped):
    assert encode.dumps(payload.build(idlib)) == encode.dumps(shipped)


def lists(value):
    """Arrays as lists, and what holds them as a dict."""
    if is_dataclass(value):
        return {field.name: lists(getattr(value, field.name)) for field in fields(value)}
    return value.tolist() if isinstance(value, np.ndarray) else value


def test_the_order_of_rows_in_the_files_does_not_change_the_ground(tmp_path):
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
