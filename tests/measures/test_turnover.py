"""Gain and loss between two days: matrices that sum, round trips, and answers worked out on paper."""

from __future__ import annotations

import numpy as np
import pytest
from drawn import drawings, drawn, few_examples, on
from hypothesis import given

from territory.measures import areas, turnover


def cells(timeline, matrix):
    """A matrix in numbers of cells, without its zeros."""
    unit = timeline.partition.total_km2 / len(timeline.partition)
    return {
        (a, b): round(matrix.loc[a, b] / unit, 3) for a in matrix.index for b in matrix.columns if matrix.loc[a, b] > 0
    }


# Day 0: AABB. Day 1: ABBB, alpha loses cell 1. Day 2: AABB, it takes it back. Day 3: AAAB, and cell 2 too.
ROUND_TRIP = {0: "AABB", 1: "ABBB", 2: "AABB", 3: "AAAB"}


def test_a_period_sees_only_what_differs_at_its_ends():
    world = drawn(ROUND_TRIP)
    matrix = turnover.gains(world, on(0), on(3))
    assert cells(world, matrix) == {("alpha", "alpha"): 2.0, ("bravo", "alpha"): 1.0, ("bravo", "bravo"): 1.0}


def test_steps_count_a_round_trip_each_way():
    world = drawn(ROUND_TRIP)
    matrix = turnover.steps(world, on(0), on(3))
    # Cell 1 went and came back, cell 2 came: only cells 0 and 3 never moved.
    assert cells(world, matrix) == {
        ("alpha", "alpha"): 1.0,
        ("alpha", "bravo"): 1.0,
        ("bravo", "alpha"): 2.0,
        ("bravo", "bravo"): 1.0,
    }


def test_the_balance_has_net_and_gross():
    world = drawn(ROUND_TRIP)
    found = (turnover.balance(world, on(0), on(3)) / (world.partition.total_km2 / 4)).round(3)
    assert found.loc["alpha"].to_dict() == {
        "start_km2": 2.0,
        "stop_km2": 3.0,
        "gained_km2": 1.0,
        "lost_km2": 0.0,
        "net_km2": 1.0,
        "gross_km2": 1.0,
        "gained_in_steps_km2": 2.0,
        "lost_in_steps_km2": 1.0,
    }


def test_a_member_taking_over_from_its_side_is_no_change_of_side():
    world = drawn({0: "BB", 1: "BW"})
    assert cells(world, turnover.gains(world, on(0), on(1))) == {("bravo", "bravo"): 2.0}
    assert cells(world, turnover.gains(world, on(0), on(1), by="controller"))["bravo", "wing"] == 1.0


def test_a_step_must_lead_forward():
    with pytest.raises(ValueError, match="stop must be later than start"):
        turnover.gains(drawn("AB"), on(1), on(1))


@few_examples
@given(drawings())
def test_rows_and_columns_sum_to_the_areas(by_day):  # law I11
    world = drawn(by_day)
    matrix = turnover.gains(world, on(0), on(9))
    for day, sums in ((on(0), matrix.sum(axis=1)), (on(9), matrix.sum(axis=0))):
        held = areas.by_actor(world, day).set_index("actor").area_km2
        assert np.allclose(held, sums[held.index])
    balance = turnover.balance(world, on(0), on(9))
    assert balance.net_km2.sum() == pytest.approx(0, abs=1e-9)
    assert np.allclose(balance.stop_km2 - balance.start_km2, balance.net_km2)


@few_examples
@given(drawings())
def test_steps_end_where_the_period_ends(by_day):
    world = drawn(by_day)
    balance = turnover.balance(world, on(0), on(9))
    through = balance.gained_in_steps_km2 - balance.lost_in_steps_km2
    assert np.allclose(through, balance.net_km2)
    assert (balance.gained_in_steps_km2 >= balance.gained_km2 - 1e-9).all()
    by_event = turnover.steps(world, on(0), on(9), step="record")
    assert by_event.sum().sum() >= turnover.steps(world, on(0), on(9)).sum().sum() - 1e-9


@few_examples
@given(drawings(days=1))
def test_where_nothing_changes_the_matrix_is_diagonal(by_day):  # law I11
    matrix = turnover.gains(drawn(by_day), on(1), on(9)).to_numpy()
    assert np.count_nonzero(matrix - np.diag(np.diag(matrix))) == 0
