"""The fold: laws over random events first, each against the words of the law; then the cases that gave them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from reference_model import RANK, replay
from strategies import any_event, event_lists
from worlds import ACTORS, ALPHA, BRAVO, CHARLIE, NONE, WING, day, event, folded, history, row_of_places, state_of

from territory.errors import OutsidePeriod
from territory.records.actors import Actors
from territory.records.gazetteer import Gazetteer
from territory.records.kinds import STATUSES, Status
from territory.records.sources import Source, Sources

CONTROL, CONTESTED, BESIEGED, CLAIMED, TRUCE, _ = Status
LAST = 9


def modelled(events, when, places=3):
    """What the reference model says of a day, in codes."""
    until = [one for one in events if one.span.day() <= day(when)]
    rows = [
        {
            "place": one.place,
            "day": one.span.day(),
            "seq": one.seq,
            "kind": one.kind,
            "actor": RANK[one.actor[0] if one.actor else 0],
            "against": RANK[one.against[0] if one.against else 0],
        }
        for one in sorted(
            until, key=lambda one: (one.span.day(), one.seq, (one.reported or one.span).day("latest"), one.id)
        )
    ]
    return [(RANK.index(a), STATUSES.index(b), RANK.index(c)) for a, b, c in replay(rows, places)]


@given(event_lists())
@settings(max_examples=150)
def test_the_fold_agrees_with_the_reference_model_on_every_day(events):
    timeline = folded(events)
    for when in range(LAST + 1):
        assert state_of(timeline, when) == modelled(events, when)


@given(event_lists(), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_the_order_of_rows_in_the_file_does_not_matter(events, random):
    shuffled = list(events)
    random.shuffle(shuffled)
    assert history(folded(shuffled)) == history(folded(events))


@given(event_lists(), any_event("late", earliest=1))
@settings(max_examples=60)
def test_a_record_of_a_day_changes_nothing_before_that_day(events, late):
    before = [change for change in history(folded(events)) if change[0] < late.span.day()]
    assert [change for change in history(folded([*events, late])) if change[0] < late.span.day()] == before


@given(event_lists(), any_event("more"))
@settings(max_examples=60)
def test_a_record_changes_no_other_place(events, more):
    def elsewhere(timeline):
        return [change for change in history(timeline) if change[1] != more.place]

    assert elsewhere(folded([*events, more])) == elsewhere(folded(events))


@given(event_lists())
@settings(max_examples=60)
def test_a_record_that_stands_twice_counts_once(events):
    assert history(folded([*events, *events])) == history(folded(events))


@given(event_lists(), st.data())
@settings(max_examples=60)
def test_a_retracted_record_is_as_if_it_had_never_been(events, data):
    if not events:
        return
    gone = data.draw(st.sampled_from(events))
    retraction = event("zz", data.draw(st.integers(0, LAST)), "retraction", gone.place, supersedes=gone.id)
    assert history(folded([*events, retraction])) == history(folded([one for one in events if one is not gone]))


@given(event_lists(), st.data())
@settings(max_examples=60)
def test_a_corrected_record_is_as_if_it_had_been_right_at_once(events, data):
    if not events:
        return
    wrong = data.draw(st.sampled_from(events))
    right = data.draw(any_event("zz"))
    correction = replace(right, kind="correction", supersedes=wrong.id)
    others = [one for one in events if one is not wrong]
    assert history(folded([*events, correction])) == history(folded([*others, replace(right, kind=wrong.kind)]))


@given(event_lists(), event_lists(most=4))
@settings(max_examples=40)
def test_conflicting_accounts_never_change_the_state(events, others):
    if not events:
        return
    accounts = [replace(one, id=f"alt-{one.id}", alternative_to=events[0].id) for one in others]
    timeline = folded([*events, *accounts])
    assert history(timeline) == history(folded(events))
    assert set(timeline.outcome[len(events) :]) <= {"alternative"}


@given(event_lists(), st.permutations(["Zulu", "Oscar", "Mike", "Yankee"]))
@settings(max_examples=40)
def test_renaming_actors_and_places_changes_no_history(events, names):
    actors = Actors.of([replace(actor, label=name, labels={}) for actor, name in zip(ACTORS, names, strict=True)])
    places = Gazetteer.of([replace(place, name=f"New {names[0]} {place.id}") for place in folded([]).campaign.places])
    assert history(folded(events, actors=actors, places=places)) == history(folded(events))


@given(event_lists())
@settings(max_examples=40)
def test_simultaneous_records_of_different_places_may_come_in_any_order(events):
    """Ids decide among events of one day; between places that order must not matter."""
    turned = [replace(one, id=f"{9 - one.place}{one.id}") for one in events]
    for when in range(LAST + 1):
        assert state_of(folded(turned), when) == state_of(folded(events), when)


@given(event_lists())
@settings(max_examples=60)
def test_areas_sum_to_the_partition_on_every_day(events):
    timeline = folded(events)
    sums = timeline.areas().groupby("day").area_km2.sum()
    assert len(sums) == len(timeline.days)
    assert np.allclose(sums, timeline.partition.total_km2, rtol=1e-9, atol=0)


@given(event_lists())
@settings(max_examples=60)
def test_changes_replayed_forwards_are_the_state_and_undone_are_the_opening(events):
    timeline = folded(events)
    changes = timeline.changes
    now = [(0, 0, 0)] * len(timeline.partition)
    opening, done = list(now), 0
    columns = [getattr(changes, name).tolist() for name in ("controller", "status", "rival")]
    behind = [getattr(changes, f"prev_{name}").tolist() for name in ("controller", "status", "rival")]
    for when in range(LAST + 1):
        while done < len(changes) and changes.day[done] <= np.datetime64(day(when)):
            cell = changes.cell[done]
            assert now[cell] == tuple(column[done] for column in behind)
            now[cell] = tuple(column[done] for column in columns)
            done += 1
        assert now == state_of(timeline, when)
    for back in reversed(range(done)):
        now[changes.cell[back]] = tuple(column[back] for column in behind)
    assert now == opening


@given(event_lists())
@settings(max_examples=40)
def test_every_change_names_a_record_of_its_place_and_day(events):
    timeline = folded(events)
    for when, cell, name, *_ in history(timeline):
        cause = timeline.campaign.events[timeline.campaign.events.index(name)]
        assert (cause.span.day(), cause.place) == (when, cell)


@given(event_lists())
@settings(max_examples=40)
def test_days_are_the_first_and_all_days_of_change(events):
    timeline = folded(events)
    assert timeline.days.tolist() == sorted({day(0), *timeline.changes.day.tolist()})


class Desk(RuleBasedStateMachine):
    """An editor who adds, corrects, retracts and shuffles events; the model knows only what is true in the end."""

    @initialize()
    def open_the_book(self):
        self.rows, self.true, self.corrected, self.number = [], {}, {}, 0

    def _next(self):
        self.number += 1
        return f"r{self.number:02}"

    @rule(data=st.data())
    def add(self, data):
        row = data.draw(any_event(self._next()))
        self.rows.append(row)
        self.true[row.id] = row

    @rule(data=st.data())
    def correct(self, data):
        if self.true:
            wrong = data.draw(st.sampled_from(sorted(self.true)))
            right = data.draw(any_event(self._next()))
            self.rows.append(replace(right, kind="correction", supersedes=wrong))
            self.corrected[right.id] = self.true.pop(wrong)
            self.true[right.id] = replace(right, kind=self.corrected[right.id].kind)

    @rule(data=st.data())
    def retract(self, data):
        if self.true:
            gone = data.draw(st.sampled_from(sorted(self.true)))
            self.rows.append(event(self._next(), 9, "retraction", 0, supersedes=gone))
            del self.true[gone]
            if gone in self.corrected:
                self.true[self.corrected[gone].id] = self.corrected[gone]

    @rule(random=st.randoms(use_true_random=False))
    def shuffle(self, random):
        random.shuffle(self.rows)

    @invariant()
    def the_timeline_is_what_is_true(self):
        timeline = folded(self.rows)
        for when in (0, 4, LAST):
            assert state_of(timeline, when) == modelled(self.true.values(), when)


Desk.TestCase.settings = settings(max_examples=20, stateful_step_count=12, deadline=None)
TestDesk = Desk.TestCase


def test_two_sides_that_take_a_place_on_one_day_leave_it_contested():
    timeline = folded(
        [event("b", 0, "baseline", 0, ALPHA), event("x", 3, "capture", 0, BRAVO), event("y", 3, "recapture", 0, ALPHA)]
    )
    assert state_of(timeline, 3)[0] == (ALPHA, CONTESTED, BRAVO)
    assert timeline.outcome == ("take", "contest", "contest")
    # Alpha held it all along, so since its own event, and the quarrel of the day is one change.
    assert timeline.campaign.events[timeline.state(day(3)).held_event[0]].id == "b"
    assert len(timeline.changes) == 2


def test_with_seq_the_later_taker_holds_it():
    timeline = folded(
        [
            event("b", 0, "baseline", 0, ALPHA),
            event("x", 3, "capture", 0, BRAVO, seq=2),
            event("y", 3, "recapture", 0, ALPHA, seq=1),
        ]
    )
    assert state_of(timeline, 3)[0] == (BRAVO, CONTROL, 0)
    assert "contest" not in timeline.outcome


@pytest.mark.parametrize("ids", [("x", "y", "z"), ("z", "y", "x"), ("y", "x", "z"), ("x", "z", "y")])
def test_a_third_report_without_an_order_does_not_settle_a_contest(ids):
    first, second, third = ids
    timeline = folded(
        [
            event(first, 3, "capture", 0, BRAVO),
            event(second, 3, "capture", 0, ALPHA),
            event(third, 3, "capture", 0, BRAVO),
        ]
    )
    assert state_of(timeline, 3)[0] == (ALPHA, CONTESTED, BRAVO)


def test_three_sides_without_an_order_leave_it_to_who_held_it_before():
    takers = [event(name, 3, "capture", 0, who) for name, who in (("x", ALPHA), ("y", BRAVO), ("z", CHARLIE))]
    timeline = folded([event("b", 0, "baseline", 0, CHARLIE), *takers])
    assert state_of(timeline, 3)[0] == (CHARLIE, CONTESTED, ALPHA)


def test_taking_and_leaving_and_taking_on_one_day_without_an_order_is_a_contest_of_the_takers():
    timeline = folded(
        [
            event("b", 0, "baseline", 0, ALPHA),
            event("x", 3, "capture", 0, BRAVO),
            event("y", 3, "withdrawal", 0, BRAVO),
            event("z", 3, "recapture", 0, ALPHA),
        ]
    )
    assert state_of(timeline, 3)[0] == (ALPHA, CONTESTED, BRAVO)


def test_one_side_reported_twice_on_a_day_is_no_contest():
    timeline = folded([event("x", 3, "capture", 0, BRAVO), event("y", 3, "capture", 0, WING)])
    assert state_of(timeline, 3)[0][:2] == (WING, CONTROL)


def test_a_place_that_is_left_belongs_to_nobody_until_somebody_takes_it():
    timeline = folded(
        [event("b", 0, "baseline", 1, ALPHA), event("w", 2, "withdrawal", 1, ALPHA), event("c", 4, "capture", 1, BRAVO)]
    )
    assert [state_of(timeline, when)[1][0] for when in (1, 2, 3, 4)] == [ALPHA, NONE, NONE, BRAVO]


def test_a_contest_that_is_never_ended_stays():
    timeline = folded([event("b", 0, "baseline", 0, ALPHA), event("c", 1, "contest_start", 0, BRAVO, ALPHA)])
    assert state_of(timeline, LAST)[0] == (ALPHA, CONTESTED, BRAVO)


def test_a_correction_of_a_correction_leaves_the_last_word():
    timeline = folded(
        [
            event("a", 1, "capture", 0, ALPHA),
            event("b", 2, "correction", 0, BRAVO, supersedes="a"),
            event("c", 3, "correction", 0, CHARLIE, supersedes="b"),
        ]
    )
    assert timeline.outcome == ("superseded", "superseded", "take")
    assert [state_of(timeline, when)[0][0] for when in (1, 2, 3)] == [0, 0, CHARLIE]


def test_a_retracted_correction_leaves_the_record_as_it_was():
    timeline = folded(
        [
            event("a", 1, "capture", 0, ALPHA),
            event("b", 2, "correction", 0, BRAVO, supersedes="a"),
            event("r", 3, "retraction", 0, supersedes="b"),
        ]
    )
    assert state_of(timeline, LAST)[0] == (ALPHA, CONTROL, 0)


def test_a_retracted_retraction_leaves_the_record_as_it_was():
    timeline = folded(
        [
            event("a", 1, "capture", 0, ALPHA),
            event("r", 2, "retraction", 0, supersedes="a"),
            event("s", 3, "retraction", 0, supersedes="r"),
        ]
    )
    assert state_of(timeline, LAST)[0] == (ALPHA, CONTROL, 0)


def test_history_before_the_baseline_and_after_the_period_changes_nothing():
    timeline = folded(
        [event("old", "2015-02-28", "capture", 0, ALPHA), event("late", "2015-03-11", "capture", 0, BRAVO)]
    )
    assert timeline.outcome == ("before_baseline", "after_period")
    assert len(timeline.changes) == 0


@pytest.mark.parametrize(("policy", "turns"), [("earliest", 2), ("midpoint", 4), ("latest", 6)])
def test_an_interval_acts_on_the_day_that_the_policy_chooses(policy, turns):
    timeline = folded([event("x", "2015-03-03/2015-03-07", "capture", 0, ALPHA)], policy=policy)
    assert [state_of(timeline, when)[0][0] for when in (turns - 1, turns)] == [0, ALPHA]


def test_a_record_about_a_place_without_ground_is_off_the_map():
    places = [*row_of_places(3), replace(row_of_places(3)[0], id="area", name="An area")]
    timeline = folded([event("x", 1, "capture", 3, ALPHA)], places=Gazetteer.of(places))
    assert timeline.outcome == ("off_map",)


def test_a_point_acts_on_the_cell_that_it_lies_in():
    point = replace(event("x", 1, "capture", 0, ALPHA), place=-1, lon=2.25, lat=35.25)
    assert [held[0] for held in state_of(folded([point]), 1)] == [0, 0, ALPHA]


def test_who_holds_a_place_is_known_since_the_taking_and_how_since_the_marking():
    timeline = folded([event("b", 0, "baseline", 0, ALPHA), event("s", 4, "siege_start", 0, BRAVO, ALPHA)])
    state = timeline.state(day(5))
    names = [one.id for one in timeline.campaign.events]
    assert names[state.held_event[0]] == "b"
    assert names[state.event[0]] == "s"
    assert state.held_event[1] == state.event[1] == -1


@pytest.mark.parametrize(
    "given_day", ["2015-03-04", day(3), np.datetime64("2015-03-04"), np.datetime64("2015-03-04T00:00:00")]
)
def test_a_day_may_be_given_in_any_form(given_day):
    assert folded([]).day(given_day) == np.datetime64("2015-03-04")


def test_a_day_outside_the_period_is_refused_with_the_period():
    with pytest.raises(OutsidePeriod, match=r"2015-03-11 is outside the period of row: 2015-03-01 to 2015-03-10"):
        folded([]).state("2015-03-11")
    with pytest.raises(OutsidePeriod, match=r"'yesterday' is not a day; give a day, as 2015-03-01"):
        folded([]).state("yesterday")


def test_nothing_known_is_unknown_everywhere():
    timeline = folded([])
    assert state_of(timeline, 0) == [(0, 0, 0)] * 3
    assert len(timeline.front_arcs(day(0))) == 0


def test_the_correction_of_an_alternative_account_is_one_too():
    timeline = folded(
        [
            event("b", 0, "baseline", 0, ALPHA),
            event("e1", 3, "capture", 0, BRAVO),
            event("a1", 1, "capture", 0, BRAVO, alternative_to="e1"),
            event("a2", 2, "correction", 0, BRAVO, supersedes="a1"),
        ]
    )
    assert state_of(timeline, 2)[0][0] == ALPHA
    assert timeline.outcome == ("take", "take", "alternative", "alternative")


def test_unknown_ground_forgets_the_reports_before_it():
    """Two papers said Alpha, then nobody knew: what a third says of Bravo is not outvoted by what is out of date."""
    papers = Sources.of([Source(name, name, name) for name in "xyz"])
    reports = [event("a", 0, "capture", 0, ALPHA, sources=(0,)), event("b", 1, "assessment", 0, ALPHA, sources=(1,))]
    unknown = event("u", 4, "unknown", 0, sources=(1,))
    third = event("c", 5, "assessment", 0, BRAVO, sources=(2,))
    held = [
        state_of(folded(events, fusion="majority", sources=papers), 5)[0]
        for events in ([*reports, unknown], [*reports, unknown, third], [*reports, third])
    ]
    assert held == [(0, CONTROL, 0), (BRAVO, CONTROL, 0), (ALPHA, CLAIMED, BRAVO)]


def test_the_answer_says_with_whom_ground_is_shared_or_at_truce():
    shared = folded([event("a", 0, "capture", 0, ALPHA), event("j", 2, "joint_control_start", 0, BRAVO)])
    assert "shared with Bravo" in shared.why("Place 0").sentence()
    truce = folded([event("a", 0, "capture", 0, ALPHA), event("t", 2, "truce_start", 0, BRAVO)])
    assert "with Bravo" in truce.why("Place 0").sentence()
