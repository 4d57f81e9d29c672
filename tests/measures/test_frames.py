"""A timeline as tables: their columns, and that every table equals the state."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from strategies import event_lists
from worlds import ALPHA, BRAVO, WING, day, event, folded

from territory.records.kinds import STATUSES

EVENTS = [
    event("b0", 0, "baseline", 0, ALPHA),
    event("b1", 0, "baseline", 1, BRAVO),
    event("s", 2, "siege_start", 0, BRAVO, ALPHA),
    event("c", 4, "capture", 0, WING, ALPHA),
    event("w", 6, "withdrawal", 1, BRAVO),
]


@given(event_lists())
@settings(max_examples=25)
def test_tables_of_a_day_say_what_the_state_says(events):
    timeline = folded(events)
    ids = [actor.id for actor in timeline.campaign.actors.all]
    for when in (0, 5, 9):
        state, frame, ground = timeline.state(day(when)), timeline.at(day(when)), timeline.territories(day(when))
        assert frame.controller.tolist() == [ids[code] for code in state.controller]
        assert frame.side.tolist() == [ids[code] for code in timeline.side_of[state.controller]]
        assert (frame.area_km2 == timeline.partition.area_km2).all()
        assert ground.area_km2.sum() == pytest.approx(timeline.partition.total_km2, rel=1e-9)
        assert ground.cells.sum() == len(frame)
        assert not ground.duplicated(["actor", "status"]).any()
        for row in ground.itertuples():
            own = frame[(frame.side == row.actor) & (frame.status == row.status)]
            assert row.geometry.equals(shapely.union_all(own.geometry))


@given(event_lists())
@settings(max_examples=25)
def test_between_is_half_open_and_adjoining_spans_make_the_whole(events):
    timeline = folded(events)
    whole = timeline.between(day(0), day(10))
    parts = [timeline.between(day(a), day(b)) for a, b in ((0, 4), (4, 5), (5, 10))]
    assert [row for part in parts for row in part.to_dict("records")] == whole.to_dict("records")
    assert timeline.between(day(3), day(3)).empty
    assert len(whole) == len(timeline.changes)


@given(event_lists())
@settings(max_examples=25)
def test_fronts_have_the_length_of_their_arcs_and_name_each_pair_once(events):
    timeline = folded(events)
    for when in (0, 5, 9):
        table = timeline.fronts(day(when), ruler_m=0)
        assert table.length_km.sum() == pytest.approx(timeline.partition.arc_km[timeline.front_arcs(day(when))].sum())
        assert not table.duplicated(["side_a", "side_b"]).any()
        assert (table.side_a != table.side_b).all()


def test_every_cell_on_a_day():
    frame = folded(EVENTS).at(day(4))
    assert list(frame.columns) == [
        "place_id", "name", "controller", "side", "status", "rival", "since", "event", "status_event", "area_km2",
        "observed", "geometry",
    ]  # fmt: skip
    assert frame.index.name == "cell"
    assert frame.crs == "EPSG:4326"
    row = frame.loc[0]
    assert (row.place_id, row.controller, row.side, row.status, row.rival) == ("p0", "wing", "bravo", "control", "")
    assert (row.since, row.event, row.status_event) == (pd.Timestamp(day(4)), "c", "c")
    bare = frame.loc[2]
    assert (bare.controller, bare.status, bare.event) == ("unknown", "", "")
    assert pd.isna(bare.since)
    assert frame.dtypes["since"].kind == "M"
    assert frame.dtypes["area_km2"] == np.float64


def test_a_siege_keeps_the_holder_and_his_date():
    row = folded(EVENTS).at(day(3)).loc[0]
    assert (row.controller, row.status, row.rival) == ("alpha", "besieged", "bravo")
    assert (row.event, row.status_event, row.since) == ("b0", "s", pd.Timestamp(day(0)))


def test_what_changed_between_two_days():
    table = folded(EVENTS).between(day(2), day(6))
    assert list(table.columns) == [
        "day", "cell", "place_id", "prev_controller", "prev_status", "controller", "status", "rival", "event",
        "area_km2",
    ]  # fmt: skip
    assert table[["place_id", "prev_controller", "controller", "status", "rival", "event"]].to_numpy().tolist() == [
        ["p0", "alpha", "alpha", "besieged", "bravo", "s"],
        ["p0", "alpha", "wing", "control", "", "c"],
    ]
    assert table.dtypes["day"].kind == "M"


def test_a_front_is_a_row_for_each_pair_of_sides():
    timeline = folded(EVENTS)
    table = timeline.fronts(day(2))
    assert list(table.columns) == ["side_a", "side_b", "length_km", "ruler_m", "geometry"]
    assert table[["side_a", "side_b"]].to_numpy().tolist() == [["alpha", "bravo"]]
    assert table.geometry[0].equals(shapely.LineString([(1, 35), (1, 36)]))
    assert table.length_km[0] == pytest.approx(110.95, abs=0.05)  # a degree of latitude at 35.5 north
    assert timeline.fronts(day(4)).empty  # the wing belongs to Bravo
    assert timeline.fronts(day(4)).crs == "EPSG:4326"


def test_territories_go_by_side_or_by_controller():
    timeline = folded(EVENTS)
    assert timeline.territories(day(4)).actor.tolist() == ["unknown", "bravo"]
    own = timeline.territories(day(4), by="controller")
    assert own.actor.tolist() == ["unknown", "bravo", "wing"]
    assert list(own.columns) == ["actor", "label", "status", "area_km2", "cells", "geometry"]
    with pytest.raises(ValueError, match="by is 'colour'; it must be 'side' or 'controller'"):
        timeline.territories(day(4), by="colour")


def test_areas_have_a_row_for_each_day_actor_and_status_that_ever_was():
    table = folded(EVENTS).areas()
    assert list(table.columns) == ["day", "actor", "label", "status", "area_km2"]
    assert len(table) == table.day.nunique() * len(table[["actor", "status"]].drop_duplicates())
    one = table[(table.actor == "alpha") & (table.status == "besieged")].set_index("day").area_km2 > 0
    assert one.to_dict() == {pd.Timestamp(day(when)): when == 2 for when in (0, 2, 4, 6)}
    assert set(table.status) <= {*STATUSES, ""}
