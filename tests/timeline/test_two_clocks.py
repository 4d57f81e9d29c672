"""Two clocks: valid and reported dates, ``as_known_on``, and stale cells."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from worlds import ALPHA, BRAVO, campaign, day, event, history, row_of_cells

from territory.timeline.fold import fold

OPENING = [event(f"b{n}", 0, "baseline", n, ALPHA) for n in range(3)]
KINDS = ("capture", "withdrawal", "contest_start", "contest_end", "siege_start", "assessment", "claim")
LATER = st.lists(
    st.tuples(
        st.integers(0, 9), st.integers(0, 9), st.integers(0, 2), st.sampled_from(KINDS), st.sampled_from([ALPHA, BRAVO])
    ),
    max_size=8,
)


def events_of(rows):
    events = [
        event(f"e{n}", when, kind, place, actor, reported=max(when, known))
        for n, (when, known, place, kind, actor) in enumerate(rows)
    ]
    return [*OPENING, *events]


def test_a_capture_reported_two_days_late_is_not_on_the_map_of_its_own_day():
    world = campaign([*OPENING, event("late", 3, "capture", 1, BRAVO, reported=5)])
    cells = row_of_cells(3)
    assert fold(world, cells).state(day(3)).controller.tolist() == [ALPHA, BRAVO, ALPHA]
    as_drawn = fold(world, cells, known_on=day(4))
    assert as_drawn.state(day(3)).controller.tolist() == [ALPHA, ALPHA, ALPHA]
    assert as_drawn.outcome[-1] == "not_yet_known"
    assert fold(world, cells, known_on=day(5)).state(day(3)).controller.tolist() == [ALPHA, BRAVO, ALPHA]


def test_a_retraction_acts_on_the_day_on_which_it_became_known():
    false = event("false", 2, "capture", 0, BRAVO, reported=2)
    taken_back = event("back", 2, "retraction", 0, supersedes="false", reported=6)
    world = campaign([*OPENING, false, taken_back])
    assert fold(world, row_of_cells(3), known_on=day(5)).state(day(2)).controller[0] == BRAVO
    assert fold(world, row_of_cells(3), known_on=day(6)).state(day(2)).controller[0] == ALPHA


def test_a_correction_moves_the_day_of_what_it_corrects():
    wrong = event("wrong", 2, "capture", 0, BRAVO, reported=2)
    right = event("right", 4, "correction", 0, BRAVO, supersedes="wrong", reported=7)
    world = campaign([*OPENING, wrong, right])
    now = fold(world, row_of_cells(3))
    assert [now.state(day(n)).controller[0] for n in (2, 3, 4)] == [ALPHA, ALPHA, BRAVO]
    then = fold(world, row_of_cells(3), known_on=day(6))
    assert [then.state(day(n)).controller[0] for n in (2, 3, 4)] == [BRAVO, BRAVO, BRAVO]


@given(LATER, st.integers(0, 9))
def test_what_was_known_by_a_day_does_not_depend_on_what_was_reported_later(rows, known):
    early = [row for row in rows if max(row[0], row[1]) <= known]
    ids = [f"e{n}" for n, row in enumerate(rows) if max(row[0], row[1]) <= known]
    everything = fold(campaign(events_of(rows)), row_of_cells(3), known_on=day(known))
    known_by_then = [
        event(name, when, kind, place, actor, reported=max(when, reported))
        for name, (when, reported, place, kind, actor) in zip(ids, early, strict=True)
    ]
    assert history(everything) == history(fold(campaign([*OPENING, *known_by_then]), row_of_cells(3)))


@given(LATER)
def test_once_all_is_reported_the_two_clocks_agree(rows):
    world = campaign(events_of(rows))
    assert history(fold(world, row_of_cells(3), known_on=day(9))) == history(fold(world, row_of_cells(3)))


def test_a_contest_that_no_event_names_goes_stale_and_stays_contested():
    events = [*OPENING, event("fight", 1, "contest_start", 0, BRAVO), event("word", 4, "clash", 0, BRAVO)]
    timeline = fold(campaign(events, stale_after_days=2), row_of_cells(3))
    assert [bool(timeline.stale(day(n))[0]) for n in range(1, 9)] == [
        False,
        False,
        False,
        False,
        False,
        False,
        True,
        True,
    ]
    assert timeline.state(day(8)).status[0] == 1


def test_quiet_control_never_goes_stale():
    timeline = fold(campaign(OPENING, stale_after_days=0), row_of_cells(3))
    assert not timeline.stale(day(9)).any()
