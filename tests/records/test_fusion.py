"""The four fusion rules on worlds small enough to follow by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import ALPHA, BRAVO, CHARLIE, campaign, day, event, row_of_cells

from territory.evaluate.fusion_rules import fusion_rules
from territory.records import fusion
from territory.records.fusion import NEUTRAL, NOT_KNOWN, Profile, Report, SourceProfiles
from territory.records.sources import Source, Sources
from territory.timeline.fold import fold

SOURCES = Sources.of(
    [
        Source("red", "", "Alpha's Herald", side="alpha"),
        Source("green", "", "Bravo's Voice", side="bravo"),
        Source("press", "", "The Wire", side="neutral"),
        Source("paper", "", "The Paper", derived_from=("press",)),
        Source("rumour", "", "Somebody"),
        Source("atlas", "", "A map", side="neutral", from_map=True),
    ]
)
RED, GREEN, PRESS, PAPER, RUMOUR, ATLAS = range(6)
OPENING = event("b0", 0, "baseline", 0, ALPHA, sources=(PRESS,))


def held(rule, *events, on=9):
    """Who holds the one cell at the end, and what became of the records."""
    timeline = fold(campaign([OPENING, *events], 1, sources=SOURCES), row_of_cells(1), rule=rule)
    return int(timeline.state(day(on)).controller[0]), list(timeline.outcome[1:])


@pytest.mark.parametrize(
    ("source", "believed"),
    [(RED, True), (GREEN, False), (PRESS, True), (PAPER, True), (RUMOUR, False), (ATLAS, False)],
    ids=["the loser admits it", "the winner boasts", "a neutral", "who relays a neutral", "unknown", "another map"],
)
def test_against_interest_credits_a_gain_only_from_sources_without_an_interest_in_it(source, believed):
    claim = event("e", 2, "capture", 0, BRAVO, ALPHA, sources=(source,))
    assert held("latest", claim) == (BRAVO, ["take"])
    expected = (BRAVO, ["take"]) if believed else (ALPHA, ["claim"])
    assert held("against_interest", claim) == expected


def test_a_claim_that_is_not_credited_is_drawn_as_claimed_and_turns_when_a_neutral_confirms_it():
    boast = event("boast", 2, "capture", 0, BRAVO, ALPHA, sources=(GREEN,))
    confirmed = event("seen", 5, "assessment", 0, BRAVO, sources=(PRESS,))
    timeline = fold(campaign([OPENING, boast, confirmed], 1, sources=SOURCES), row_of_cells(1), rule="against_interest")
    states = [(int(timeline.state(day(n)).controller[0]), int(timeline.state(day(n)).status[0])) for n in (1, 2, 5)]
    assert states == [(ALPHA, 0), (ALPHA, 3), (BRAVO, 0)]


def test_a_majority_counts_origins_and_a_relay_adds_no_vote():
    first = event("e1", 2, "capture", 0, BRAVO, sources=(GREEN,))
    second = event("e2", 3, "assessment", 0, BRAVO, sources=(RUMOUR,))
    relay = event("e3", 3, "assessment", 0, ALPHA, sources=(PAPER,))
    assert held("majority", first)[0] == ALPHA  # one to one: a tie changes nothing
    assert held("majority", first, second)[0] == BRAVO  # two to one
    assert held("majority", first, second, relay)[0] == BRAVO  # the Paper and the Wire are one voice


def test_bayes_changes_sooner_for_a_trusted_source_than_for_a_partisan_one():
    boasts = [event(f"e{n}", n, "capture", 0, BRAVO, sources=(GREEN,)) for n in (2, 3, 4, 5)]
    assert held("bayes", boasts[0])[0] == ALPHA
    assert held("bayes", *boasts)[0] == BRAVO
    assert held("bayes", event("e", 2, "capture", 0, BRAVO, sources=(PRESS, RED)))[0] == BRAVO


def test_conflicting_accounts_are_used_by_every_rule_but_latest():
    taken = event("e1", 2, "capture", 0, BRAVO, sources=(RED,))
    denied = event("e2", 3, "assessment", 0, ALPHA, sources=(PRESS,), alternative_to="e1")
    assert held("latest", taken, denied)[0] == BRAVO
    assert held("against_interest", taken, denied)[0] == ALPHA


def test_the_table_of_rules_says_what_each_costs():
    boast = event("boast", 2, "capture", 0, BRAVO, ALPHA, sources=(GREEN,))
    confirmed = event("seen", 5, "assessment", 0, BRAVO, sources=(PRESS,))
    never = event("lost", 2, "capture", 1, BRAVO, ALPHA, sources=(RUMOUR,))
    opening = [OPENING, event("b1", 0, "baseline", 1, ALPHA, sources=(PRESS,))]
    timeline = fold(campaign([*opening, boast, confirmed, never], 2, sources=SOURCES), row_of_cells(2))
    table = fusion_rules(timeline)
    assert table.loc["latest", ["changes_of_side", "differs_km2", "not_believed"]].tolist() == [2, 0.0, 0]
    strict = table.loc["against_interest"]
    assert (strict.changes_of_side, strict.claims, strict.not_believed, strict.delay_days_median) == (1, 2, 1, 3.0)
    assert strict.differs_km2 == pytest.approx(timeline.partition.area_km2[1])


SIDES = [0, 1, 2, 3, 4, 5]
SAID = st.lists(
    st.tuples(st.integers(0, 30), st.sampled_from([ALPHA, BRAVO]), st.integers(0, 5)), min_size=1, max_size=7
)
SWAP = {ALPHA: BRAVO, BRAVO: ALPHA, NEUTRAL: NEUTRAL, NOT_KNOWN: NOT_KNOWN}


@given(SAID, st.sampled_from([ALPHA, BRAVO]), st.sampled_from(fusion.RULES))
def test_swapping_the_sides_together_with_their_sources_swaps_the_answer(rows, holder, rule):
    profiles = SourceProfiles.of(SOURCES, campaign([], 1).actors)
    swapped = SourceProfiles(tuple(p._replace(side=SWAP[p.side]) for p in profiles.profiles), profiles.side_of)
    said = [Report(when, actor, (source,)) for when, actor, source in sorted(rows)]
    mirrored = [one._replace(actor=SWAP[one.actor]) for one in said]
    answer = fusion.FUSE[rule](holder, said, profiles)
    assert fusion.FUSE[rule](SWAP[holder], mirrored, swapped) == SWAP[answer]


@given(SAID, st.sampled_from(fusion.RULES))
def test_a_rule_answers_with_the_holder_or_with_somebody_who_was_named(rows, rule):
    profiles = SourceProfiles.of(SOURCES, campaign([], 1).actors)
    said = [Report(when, actor, (source,)) for when, actor, source in sorted(rows)]
    assert fusion.FUSE[rule](CHARLIE, said, profiles) in {CHARLIE, *(one.actor for one in said)}


def test_a_source_takes_the_side_of_the_original_source():
    profiles = SourceProfiles.of(SOURCES, campaign([], 1).actors)
    assert profiles.profiles[PAPER] == Profile(NEUTRAL, PRESS, False, fusion.P_FALSE_GAIN["neutral"])
    assert [profile.side for profile in profiles.profiles] == [ALPHA, BRAVO, NEUTRAL, NEUTRAL, NOT_KNOWN, NEUTRAL]
