"""Series updated change by change equal a fresh count on every day."""

from __future__ import annotations

import math
from datetime import timedelta

import numpy as np
import pytest
from benchmarks.worlds import world
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import event_lists
from worlds import ALPHA, BRAVO, CHARLIE, WING, day, event, folded

from territory.records.kinds import STATUSES
from territory.space import fronts
from territory.timeline import front_history, series, totals

EXACT = {"rtol": 1e-12, "atol": 0}


@pytest.fixture(scope="module", params=["idlib", "a district of two sides", "no event at all"])
def timeline(request):
    if request.param == "idlib":
        return request.getfixturevalue("idlib")
    return folded([]) if request.param == "no event at all" else world("W1")


def check_areas(timeline, by):
    found = totals.areas(timeline, by=by)
    names = timeline.side_of if by == "side" else np.arange(len(timeline.campaign.actors))
    assert np.array_equal(found.day, timeline.days)
    column = found.who.astype(int) * len(STATUSES) + found.status
    assert (np.diff(column) > 0).all()
    for today, km2 in zip(found.day, found.km2, strict=True):
        state = timeline.state(today)
        key = names[state.controller].astype(int) * len(STATUSES) + state.status
        wanted = np.bincount(key, weights=timeline.partition.area_km2, minlength=len(names) * len(STATUSES))
        np.testing.assert_allclose(km2, wanted[column], **EXACT)
        assert wanted.sum() == pytest.approx(km2.sum(), rel=1e-12)  # no ground is missing among the columns


def check_lengths(timeline):
    found, part = front_history.front_lengths(timeline), timeline.partition
    assert np.array_equal(found.day, timeline.days)
    assert (found.pair[:, 0] < found.pair[:, 1]).all()
    for today, km in zip(found.day, found.km, strict=True):
        side = timeline.side_of[timeline.state(today).controller]
        left, right = fronts.sides(part.topology, side)
        arcs = fronts.front(part.topology, side)
        for pair, length in zip(found.pair, km, strict=True):
            own = arcs[(np.minimum(left, right)[arcs] == pair[0]) & (np.maximum(left, right)[arcs] == pair[1])]
            np.testing.assert_allclose(length, part.arc_km[own].sum(), **EXACT)
        assert km.sum() == pytest.approx(part.arc_km[arcs].sum(), rel=1e-12)


def check_spells(timeline):
    found = front_history.front_spells(timeline)
    assert (found.since < found.until).all()
    assert (np.lexsort((found.since, found.arc)) == np.arange(len(found.arc))).all()
    for today in np.union1d(timeline.days, timeline.days[1:] - 1):
        now = (found.since <= today) & (today < found.until)
        assert np.array_equal(found.arc[now], timeline.front_arcs(today))
        left, right = fronts.sides(timeline.partition.topology, timeline.side_of[timeline.state(today).controller])
        assert np.array_equal(found.left[now], left[found.arc[now]])
        assert np.array_equal(found.right[now], right[found.arc[now]])


def check_dense(timeline, days=None):
    for column in ("controller", "status", "rival", "event"):
        found = series.dense(timeline, column, days=days)
        wanted = [getattr(timeline.state(today), column) for today in (timeline.days if days is None else days)]
        assert np.array_equal(found, np.array(wanted))
        assert found.dtype == wanted[0].dtype


@pytest.mark.parametrize("by", ["side", "controller"])
def test_areas_are_those_of_each_day(timeline, by):
    check_areas(timeline, by)


def test_front_lengths_are_those_of_each_day(timeline):
    check_lengths(timeline)


def test_spells_of_a_front_are_the_fronts_of_each_day(timeline):
    check_spells(timeline)


def test_dense_states_are_the_states_of_each_day(timeline):
    check_dense(timeline)


def test_dense_states_can_be_had_on_any_days_in_order(timeline):
    days = [timeline.first_day + timedelta(days=n) for n in (0, 0, 1, 5)]
    check_dense(timeline, days)
    with pytest.raises(ValueError, match="sort them first"):
        series.dense(timeline, days=days[::-1])


@given(event_lists())
@settings(max_examples=60)
def test_any_list_of_events_counts_the_same_either_way(events):
    timeline = folded(events)
    for by in ("side", "controller"):
        check_areas(timeline, by)
    check_lengths(timeline)
    check_spells(timeline)
    check_dense(timeline)


@given(event_lists(), st.lists(st.integers(0, 2), min_size=30, max_size=30))
@settings(max_examples=40)
def test_totals_of_pieces_by_class_are_those_of_each_day(events, classes):
    """Every cell in two pieces, of any two classes; pieces of unknown ground count in class 0."""
    timeline = folded(events)
    size = len(timeline.partition)
    pieces = totals.Pieces(
        np.repeat(np.arange(size), 2),
        np.array(classes[: 2 * size], dtype=np.int64),
        np.repeat(timeline.partition.area_km2, 2) * np.tile([0.25, 0.75], size),
        3,
    )
    found = totals.totals_by_class(timeline, pieces, totals.by_holder(timeline), 0)
    for today, amount in zip(found.day, found.amount, strict=True):
        state = timeline.state(today)
        holder = timeline.side_of[state.controller].astype(int) * len(STATUSES) + state.status
        cls = np.where(state.controller[pieces.cell] > 0, pieces.cls, 0)
        wanted = np.bincount(holder[pieces.cell] * 3 + cls, weights=pieces.amount, minlength=found.key.max() + 1)
        np.testing.assert_allclose(amount, wanted[found.key], **EXACT)
        assert wanted.sum() == pytest.approx(amount.sum(), rel=1e-12)


def test_many_changes_leave_no_drift():
    """Ground that changes hands again and again ends with its area to the last bit."""
    timeline = world("W1")
    found = totals.areas(timeline)
    state = timeline.state(timeline.last_day)
    side = timeline.side_of[state.controller]
    for who, status, km2 in zip(found.who, found.status, found.km2[-1], strict=True):
        own = timeline.partition.area_km2[(side == who) & (state.status == status)]
        assert abs(km2 - math.fsum(own)) <= np.spacing(km2)


def test_a_side_that_lost_all_ground_has_exactly_0_km2():
    timeline = folded([event("a", 0, "capture", 0, ALPHA), event("b", 0, "capture", 1, ALPHA),
                     event("c", 3, "capture", 0, BRAVO), event("d", 4, "capture", 1, BRAVO)])  # fmt: skip
    found = totals.areas(timeline)
    assert found.km2[-1][found.who == ALPHA].tolist() == [0.0]


def test_a_wing_counts_with_its_side_or_by_itself():
    timeline = folded([event("a", 0, "capture", 0, BRAVO), event("b", 1, "capture", 1, WING)])
    assert set(totals.areas(timeline).who.tolist()) == {0, BRAVO}
    assert set(totals.areas(timeline, by="controller").who.tolist()) == {0, BRAVO, WING}
    assert front_history.front_lengths(timeline).km.shape == (2, 0)
    with pytest.raises(ValueError, match="'side' or 'controller'"):
        totals.areas(timeline, by="party")


def test_a_front_between_days_is_half_open():
    timeline = folded([event("a", 0, "capture", 0, ALPHA), event("b", 2, "capture", 1, BRAVO),
                     event("c", 5, "capture", 1, ALPHA)])  # fmt: skip
    whole = front_history.fronts_between(timeline, day(0), day(10))
    assert (whole.since.tolist(), whole.until.tolist()) == ([day(2)], [day(5)])
    assert {int(whole.left[0]), int(whole.right[0])} == {ALPHA, BRAVO}
    assert len(front_history.fronts_between(timeline, day(0), day(2)).arc) == 0
    assert len(front_history.fronts_between(timeline, day(5), day(10)).arc) == 0
    cut = front_history.fronts_between(timeline, day(3), day(4))
    assert (cut.since.tolist(), cut.until.tolist()) == ([day(3)], [day(4)])


def test_a_front_that_lasts_ends_after_the_last_day():
    timeline = folded([event("a", 0, "capture", 0, ALPHA), event("b", 0, "capture", 1, CHARLIE)])
    assert front_history.front_spells(timeline).until.tolist() == [timeline.last_day + timedelta(days=1)]


def test_net_changes_list_a_cell_once_a_day_and_only_if_it_changed():
    timeline = folded([event("a", 0, "capture", 0, ALPHA), event("b", 2, "capture", 0, BRAVO, seq=1),
                     event("c", 2, "capture", 0, ALPHA, seq=2), event("d", 4, "capture", 0, BRAVO),
                     event("e", 4, "contest_start", 0, ALPHA, seq=1)])  # fmt: skip
    step = series.holders(timeline)
    assert step.opening.tolist() == [ALPHA, 0, 0]
    assert [timeline.days[n].item() for n in step.day] == [day(4)]
    assert (step.before.tolist(), step.after.tolist()) == ([ALPHA], [BRAVO])
    marked = series.holders(timeline, with_status=True)
    assert marked.after.tolist() == [BRAVO * len(STATUSES) + 1]
