"""Why a place has its state: from the cell back to events and sources."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from worlds import ALPHA, BRAVO, CHARLIE, campaign, day, event, folded, row_of_cells, row_of_places

from territory.errors import OutsidePeriod, UnknownName
from territory.records.gazetteer import Gazetteer
from territory.timeline.fold import fold
from territory.timeline.why import why

EVENTS = [
    event("b", 0, "baseline", 0, ALPHA),
    event("s", 2, "siege_start", 0, BRAVO, ALPHA),
    event("f", 3, "clash", 0, BRAVO, ALPHA),
    event("c", 4, "capture", 0, BRAVO, ALPHA),
    event("o", 4, "capture", 1, CHARLIE),
    replace(event("d", 5, "capture", 0, BRAVO, ALPHA), alternative_to="c"),
]


def test_the_answer_names_holder_status_rival_and_both_records():
    answer = folded(EVENTS).why("Place 0", day(3))
    assert (answer.controller.id, answer.status, answer.rival.id) == ("alpha", "besieged", "bravo")
    assert (answer.held.event.id, answer.marked.event.id) == ("b", "s")
    assert answer.sentence() == (
        "Place 0 on 2015-03-04: besieged, Alpha (besieged by Bravo); "
        "held since 2015-03-01 by record b (The Wire via The Paper); "
        "besieged since 2015-03-03 by record s (The Wire via The Paper)."
    )


def test_the_history_ends_on_the_day_and_the_rest_is_later():
    answer = folded(EVENTS).why("p0", day(3))
    assert [entry.event.id for entry in answer.history] == ["b", "s", "f"]
    assert [entry.event.id for entry in answer.later] == ["c", "d"]


def test_without_a_day_the_whole_history_is_given():
    answer = folded(EVENTS).why("p0")
    assert answer.day == day(9)
    assert [(entry.event.id, entry.outcome) for entry in answer.history] == [
        ("b", "take"),
        ("s", "mark"),
        ("f", "keep"),
        ("c", "take"),
        ("d", "alternative"),
    ]
    assert answer.later == ()
    assert str(answer).splitlines()[4].split("  ")[1:3] == ["c", "2015-03-05"]


def test_control_that_nothing_marks_names_one_record():
    answer = folded(EVENTS).why("p0", day(4))
    assert (answer.controller.id, answer.status, answer.rival, answer.marked) == ("bravo", "control", None, None)


def test_the_history_is_in_the_order_in_which_records_act():
    late, early = event("a", 2, "capture", 0, ALPHA, reported=9), event("z", 2, "capture", 0, ALPHA, reported=3)
    assert [entry.event.id for entry in folded([late, early]).why("p0").history] == ["z", "a"]


def test_a_place_of_which_nothing_is_known_says_so():
    answer = folded(EVENTS).why("p2", day(3))
    assert (answer.controller.id, answer.status, answer.held) == ("unknown", "", None)
    assert answer.sentence() == "Place 2 on 2015-03-04: Unknown."


def test_a_place_without_ground_keeps_its_records():
    part = row_of_cells(3)
    places = Gazetteer.of([*row_of_places(3), replace(row_of_places(3)[0], id="area", name="An area")])
    world = campaign([event("x", 1, "clash", 3, ALPHA)], places=places)
    answer = why(fold(world, replace(part, home=np.append(part.home, -1))), "area")
    assert answer.controller.id == "unknown"
    assert [entry.outcome for entry in answer.history] == ["off_map"]


def test_a_point_in_the_cell_can_be_the_record():
    point = replace(event("x", 1, "capture", 0, ALPHA), place=-1)
    assert folded([point]).why("p0", day(2)).held.event.id == "x"


def test_unknown_places_and_days_are_refused():
    with pytest.raises(UnknownName, match="No place is called 'nowhere'"):
        folded([]).why("nowhere")
    with pytest.raises(OutsidePeriod):
        folded([]).why("p0", "2016-01-01")
