"""What an event does to a cell: the table of effects, row by row."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import ACTING
from worlds import ALPHA, BRAVO, CHARLIE, NONE, UNKNOWN, WING

from territory.records.kinds import KINDS, STATUSES, TRAITS, Status, status_name
from territory.timeline.transitions import Held, decide, unordered

ROOT = [0, 1, ALPHA, BRAVO, BRAVO, CHARLIE]
CONTROL, CONTESTED, BESIEGED, CLAIMED, TRUCE, MIXED = Status

held = st.builds(Held, st.integers(0, 5), st.sampled_from(Status), st.integers(0, 5))
actors = st.sampled_from([ALPHA, BRAVO, WING, CHARLIE])

# What is held, the event (kind, actor, against), the verb, what is held after it.
QUIET, FOUGHT, SIEGE, CLAIM, PEACE, JOINT = (Held(ALPHA, status, BRAVO if status else 0) for status in Status)
BARE, EMPTY = Held(), Held(NONE)
HOSTILE = [name for name, kind in KINDS.items() if kind.does == "mark" and TRAITS[kind.status].needs_rival]
TABLE = [
    (BARE, "baseline", ALPHA, 0, "take", QUIET),
    (BARE, "capture", ALPHA, 0, "take", QUIET),
    (EMPTY, "capture", ALPHA, 0, "take", QUIET),
    (QUIET, "capture", BRAVO, ALPHA, "take", Held(BRAVO)),
    (QUIET, "capture", ALPHA, 0, "confirm", QUIET),
    (QUIET, "recapture", BRAVO, ALPHA, "take", Held(BRAVO)),
    (QUIET, "handover", BRAVO, ALPHA, "take", Held(BRAVO)),
    (FOUGHT, "capture", BRAVO, ALPHA, "take", Held(BRAVO)),
    (FOUGHT, "capture", ALPHA, BRAVO, "take", QUIET),
    (SIEGE, "capture", BRAVO, ALPHA, "take", Held(BRAVO)),
    (Held(BRAVO), "capture", WING, 0, "take", Held(WING)),
    (QUIET, "withdrawal", ALPHA, 0, "leave", EMPTY),
    (SIEGE, "withdrawal", ALPHA, 0, "leave", EMPTY),
    (QUIET, "withdrawal", BRAVO, 0, "keep", QUIET),
    (Held(BRAVO), "withdrawal", WING, 0, "leave", EMPTY),
    (BARE, "withdrawal", ALPHA, 0, "keep", BARE),
    (QUIET, "evacuation", ALPHA, 0, "keep", QUIET),
    (QUIET, "contest_start", BRAVO, ALPHA, "mark", FOUGHT),
    (QUIET, "contest_start", ALPHA, BRAVO, "mark", FOUGHT),
    (QUIET, "contest_start", ALPHA, 0, "conflict", QUIET),
    (FOUGHT, "contest_start", BRAVO, 0, "confirm", FOUGHT),
    (FOUGHT, "contest_start", CHARLIE, 0, "mark", Held(ALPHA, CONTESTED, CHARLIE)),
    (Held(BRAVO), "contest_start", WING, 0, "conflict", Held(BRAVO)),
    (FOUGHT, "contest_end", ALPHA, 0, "clear", QUIET),
    (QUIET, "contest_end", ALPHA, 0, "keep", QUIET),
    (SIEGE, "contest_end", ALPHA, 0, "keep", SIEGE),
    (QUIET, "siege_start", BRAVO, ALPHA, "mark", SIEGE),
    (FOUGHT, "siege_start", BRAVO, ALPHA, "mark", SIEGE),
    (QUIET, "siege_start", ALPHA, 0, "conflict", QUIET),
    (SIEGE, "siege_end", BRAVO, ALPHA, "clear", QUIET),
    (FOUGHT, "siege_end", BRAVO, ALPHA, "keep", FOUGHT),
    (FOUGHT, "truce_start", BRAVO, ALPHA, "mark", PEACE),
    (QUIET, "truce_start", 0, 0, "mark", Held(ALPHA, TRUCE)),
    (PEACE, "truce_end", BRAVO, ALPHA, "clear", QUIET),
    (QUIET, "truce_end", BRAVO, ALPHA, "keep", QUIET),
    (QUIET, "claim", BRAVO, ALPHA, "mark", CLAIM),
    (QUIET, "claim", ALPHA, 0, "conflict", QUIET),
    (SIEGE, "claim", BRAVO, ALPHA, "keep", SIEGE),
    (FOUGHT, "claim", BRAVO, ALPHA, "keep", FOUGHT),
    (QUIET, "joint_control_start", BRAVO, ALPHA, "mark", JOINT),
    (QUIET, "joint_control_start", ALPHA, BRAVO, "mark", JOINT),
    (QUIET, "joint_control_start", ALPHA, 0, "conflict", QUIET),
    (Held(BRAVO), "joint_control_start", WING, 0, "conflict", Held(BRAVO)),
    (JOINT, "joint_control_end", 0, 0, "clear", QUIET),
    (FOUGHT, "joint_control_end", 0, 0, "keep", FOUGHT),
    (JOINT, "capture", BRAVO, ALPHA, "take", Held(BRAVO)),
    (BARE, "reading", ALPHA, 0, "take", QUIET),
    (QUIET, "reading", ALPHA, 0, "confirm", QUIET),
    (QUIET, "reading", BRAVO, 0, "take", Held(BRAVO)),
    (QUIET, "reading", ALPHA, BRAVO, "take", FOUGHT),
    (QUIET, "reading", BRAVO, ALPHA, "take", Held(BRAVO, CONTESTED, ALPHA)),
    (FOUGHT, "reading", ALPHA, BRAVO, "confirm", FOUGHT),
    (FOUGHT, "reading", ALPHA, 0, "take", QUIET),
    (CLAIM, "reading", ALPHA, 0, "take", QUIET),
    (SIEGE, "reading", ALPHA, 0, "confirm", SIEGE),
    (SIEGE, "reading", BRAVO, 0, "take", Held(BRAVO)),
    (Held(WING), "reading", BRAVO, 0, "confirm", Held(WING)),
    (Held(WING), "reading", BRAVO, ALPHA, "take", Held(WING, CONTESTED, ALPHA)),
    (Held(BRAVO), "reading", WING, BRAVO, "take", Held(WING)),
    (QUIET, "unknown", 0, 0, "forget", BARE),
    (SIEGE, "unknown", 0, 0, "forget", BARE),
    (EMPTY, "unknown", 0, 0, "forget", BARE),
    (BARE, "unknown", 0, 0, "confirm", BARE),
    (CLAIM, "denial", ALPHA, BRAVO, "clear", QUIET),
    (SIEGE, "denial", ALPHA, BRAVO, "keep", SIEGE),
    (QUIET, "assessment", ALPHA, 0, "confirm", QUIET),
    (QUIET, "assessment", BRAVO, 0, "conflict", QUIET),
    (Held(BRAVO), "assessment", WING, 0, "confirm", Held(BRAVO)),
    (BARE, "assessment", ALPHA, 0, "conflict", BARE),
    *((QUIET, kind, BRAVO, ALPHA, "keep", QUIET) for kind in ("advance", "clash", "airstrike", "attack")),
]


@pytest.mark.parametrize(
    ("before", "kind", "actor", "against", "verb", "after"),
    TABLE,
    ids=[f"{row[1]} by {row[2]} where {tuple(map(int, row[0]))} is held: {row[4]}" for row in TABLE],
)
def test_a_record_does_what_the_table_says(before, kind, actor, against, verb, after):
    assert decide(before, kind, actor, against, ROOT) == (verb, after)


def test_every_kind_that_acts_stands_in_the_table():
    assert {row[1] for row in TABLE} == set(ACTING)
    assert set(KINDS) - set(ACTING) == {"correction", "retraction"}


@given(held, st.sampled_from(list(KINDS)), actors, st.integers(0, 5))
@settings(max_examples=200)
def test_only_taking_reading_leaving_and_forgetting_move_the_controller(before, kind, actor, against):
    verb, after = decide(before, kind, actor, against, ROOT)
    if KINDS[kind].does not in ("take", "read", "leave", "forget"):
        assert after.controller == before.controller
    if verb in ("keep", "confirm", "conflict"):
        assert after == before


@given(
    held,
    st.sampled_from(HOSTILE),
    st.sampled_from([BRAVO, WING]),
)
def test_members_of_one_side_never_contest_besiege_claim_or_share_each_others_ground(before, kind, actor):
    of_their_own = before._replace(controller=BRAVO + WING - actor)
    assert decide(of_their_own, kind, actor, 0, ROOT) == ("conflict", of_their_own)


@given(held, actors)
def test_a_withdrawal_by_one_who_does_not_hold_keeps_what_is(before, actor):
    if ROOT[before.controller] != ROOT[actor]:
        assert decide(before, "withdrawal", actor, 0, ROOT) == ("keep", before)


@given(held, st.sampled_from(list(KINDS)), actors, st.integers(0, 5))
@settings(max_examples=200)
def test_saying_a_thing_twice_changes_nothing_more(before, kind, actor, against):
    once = decide(before, kind, actor, against, ROOT).held
    assert decide(once, kind, actor, against, ROOT).held == once


@given(held, st.lists(actors, min_size=2, max_size=4))
@settings(max_examples=200)
def test_takers_without_an_order_leave_the_same_in_every_order(before, takers):
    if len({ROOT[taker] for taker in takers}) < 2:
        return
    after = {unordered(before, order, ROOT) for order in permutations(takers)}
    assert len(after) == 1
    holder, status, rival = after.pop()
    assert status == CONTESTED
    assert {holder, rival} <= set(takers)
    assert ROOT[holder] != ROOT[rival]
    if ROOT[before.controller] in {ROOT[taker] for taker in takers}:
        assert ROOT[holder] == ROOT[before.controller]


def test_a_status_needs_a_holder():
    assert STATUSES == ("control", "contested", "besieged", "claimed", "truce", "mixed")
    assert status_name(ALPHA, CONTROL) == "control"
    assert status_name(UNKNOWN, CONTROL) == ""
    assert status_name(NONE, CONTROL) == ""
    assert status_name(UNKNOWN, CLAIMED) == "claimed"
