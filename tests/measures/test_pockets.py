"""Pockets: components cut off from the main body, compared with reported sieges."""

from __future__ import annotations

from dataclasses import replace

import pytest
from drawn import drawings, drawn, few_examples, on
from hypothesis import given
from hypothesis import strategies as st

from territory.measures import pockets


def kinds(world, actor="alpha", **how):
    return pockets.pockets(world, on(0), actor, **how).kind.tolist()


ISLAND = "BBBBB\nBABAA\nBBBAA\nBBBAA"


def test_an_island_among_enemies_is_a_pocket():
    found = pockets.pockets(drawn(ISLAND), on(0), "alpha")
    assert found.kind.tolist() == ["main", "pocket"]
    assert found.hostile_share.tolist()[1] == 1.0
    # One cell: 2 x 11.13 + 2 x 11.06 km around.
    assert found.perimeter_km[1] == pytest.approx(44.38, abs=0.01)
    assert found.places[1] == ("Place 6",)


def test_what_reaches_the_edge_of_the_map_may_go_on_beyond_it():
    assert kinds(drawn("ABAA")) == ["main", "open"]


def test_an_island_beside_nobodys_ground_is_an_enclave():
    # One of its four sides lies on unknown ground: three quarters of the perimeter are hostile.
    world = drawn("BBBBB\nBA.AA\nBBBAA")
    found = pockets.pockets(world, on(0), "alpha")
    assert found.kind.tolist() == ["main", "enclave"]
    assert found.hostile_share[1] == pytest.approx(0.75, abs=0.01)
    assert kinds(world, theta=0.7) == ["main", "pocket"]


def test_ground_that_touches_at_a_corner_alone_is_cut_off():
    assert kinds(drawn("AABBB\nAABBB\nBBABB\nBBBBB")) == ["main", "pocket"]


def test_an_anchor_makes_the_smaller_part_the_main_body():
    # The island has the capital; the large part reaches the edge of the map.
    assert kinds(drawn(ISLAND), anchors=["p6"]) == ["open", "main"]


def test_allies_join_what_an_actor_holds_apart():
    assert kinds(drawn("BBBBB\nBACAA\nBBBAA"), allies=["charlie"]) == ["main"]


def test_what_hangs_on_contested_ground_alone_is_half_besieged():
    found = pockets.pockets(drawn("BBBBB\nBAaAA\nBBBAA"), on(0), "alpha")
    assert found.kind.tolist() == ["main", "semi_besieged"]
    assert found.places[1] == ("Place 6",)


def test_slivers_are_no_pockets():
    assert kinds(drawn(ISLAND), min_area_km2=200.0) == ["main"]  # a cell has 123 km2


def test_geometry_and_records_may_disagree_about_a_siege():
    # The drawing has a pocket in cell 6; an event has cell 8 besieged, which hangs together with the main body.
    world = drawn(ISLAND)
    siege = replace(world.campaign.events[0], id="s", kind="siege_start", place=8, actor=(3,), seq=1)
    from territory.api import Timeline
    from territory.records.events import Events
    from territory.timeline.fold import fold

    campaign = replace(world.campaign, events=Events.of([*world.campaign.events, siege]))
    found = pockets.besieged(fold(campaign, world.partition, kind=Timeline), on(0), "alpha").set_index("place_id")
    assert found.by_geometry.to_dict() == {"p6": True, "p8": False}
    assert found.by_records.to_dict() == {"p6": False, "p8": True}
    assert found.event.to_dict() == {"p6": "", "p8": "s"}
    assert not found.agree.any()


@few_examples
@given(drawings(letters="ABC", days=1))
def test_the_main_body_is_never_a_pocket_and_nothing_is_lost(by_day):  # law I20
    world = drawn(by_day)
    found = pockets.pockets(world, on(0), "alpha", min_area_km2=0.0)
    held = (world.side_of[world.state(on(0)).controller] == 2).sum()
    assert found.cells.sum() == held
    assert (found.kind == "main").sum() == (held > 0)


@few_examples
@given(st.sampled_from([1, 2, 3]), st.sampled_from([1, 2, 3]))
def test_a_corridor_removes_exactly_its_pocket(col, line):  # law I20
    grid = [list("BBBBBBB") for _ in range(5)] + [list("AAAAAAA")]
    grid[1][1] = grid[1][5] = "A"  # two pockets
    before = "\n".join("".join(one) for one in grid)
    assert kinds(drawn(before)) == ["main", "pocket", "pocket"]
    for down in range(2, 5):
        grid[down][5] = "A"
    grid[line][2 + col % 2] = "C"  # whatever a third one holds elsewhere
    after = pockets.pockets(drawn("\n".join("".join(one) for one in grid)), on(0), "alpha")
    assert after.kind.tolist() == ["main", "pocket"]
    assert after.places[1] == ("Place 8",)


def test_foua_and_kafriya_are_besieged_by_both_accounts(idlib):
    found = pockets.besieged(idlib, "2015-11-30", "government", anchors=["Latakia", "Hama"]).set_index("place_id")
    assert found.by_geometry["al-fuah"]
    assert found.agree["kafriya"]
    on_the_key_day = pockets.besieged(idlib, "2015-04-24", "government").set_index("place_id")
    assert on_the_key_day.agree["abu-al-duhur-airbase"]
