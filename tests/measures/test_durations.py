"""Spells and survival: censoring, truncation, weights, and the laws of the Kaplan-Meier curve."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from drawn import drawings, drawn, few_examples, on
from hypothesis import given
from hypothesis import strategies as st

from territory.measures import durations


def test_spells_begin_end_and_are_cut_at_both_ends():
    # Cell 1: alpha from before day 0 to day 3 (3 days), bravo to day 5 (2 days), alpha still on day 9 (5 days).
    world = drawn({0: "AA", 3: "AB", 5: "AA"})
    found = durations.spells(world)
    own = found[found.cell == 1]
    columns = ["actor", "days", "ended", "ended_by", "left_truncated"]
    assert list(own[columns].itertuples(index=False, name=None)) == [
        ("alpha", 3, True, "bravo", True),
        ("bravo", 2, True, "alpha", False),
        ("alpha", 5, False, "", False),
    ]
    assert found[found.cell == 0].days.tolist() == [10]  # the period has ten days
    assert durations.spells(world, of="place").place_id.tolist() == ["p0", "p1", "p1", "p1"]


def test_a_curve_worked_out_on_paper():
    # Five spells that began in the period: ended after 1, 2, 2 days, censored after 2 and 4.
    # S(1) = 1 - 1/5 = 0.8; S(2) = 0.8 * (1 - 2/4) = 0.4.
    frame = pd.DataFrame(
        {"days": [1, 2, 2, 2, 4], "ended": [True, True, True, False, False], "left_truncated": False, "area_km2": 1.0}
    )
    found = durations.kaplan_meier(frame)
    assert found.days.tolist() == [0, 1, 2]
    assert np.allclose(found.survival, [1.0, 0.8, 0.4])
    assert found.at_risk.tolist() == [5, 5, 4]


def test_a_spell_counts_by_its_weight():
    # A large cell that fell on day 1 and a small one that fell on day 2: S(1) = 1 - 9/10.
    frame = pd.DataFrame({"days": [1, 2], "ended": True, "left_truncated": False, "area_km2": [9.0, 1.0]})
    found = durations.kaplan_meier(frame, weight="area_km2")
    assert np.allclose(found.survival, [1.0, 0.1, 0.0])
    assert np.allclose(durations.kaplan_meier(frame).survival, [1.0, 0.5, 0.0])


def test_spells_from_before_the_period_are_left_out_unless_asked_for():
    world = drawn({0: "AA", 3: "AB", 5: "AA"})
    frame = durations.spells(world)
    assert durations.kaplan_meier(frame).at_risk[0] == 2
    assert durations.kaplan_meier(frame, truncated="count_from_start").at_risk[0] == 4


def test_weights_must_be_weights():
    frame = pd.DataFrame({"days": [1], "ended": True, "left_truncated": False, "people": [np.nan]})
    with pytest.raises(ValueError, match="missing or below 0"):
        durations.kaplan_meier(frame, weight="people")


@few_examples
@given(drawings(letters="ABCo", days=4))
def test_spells_fill_the_period_and_nothing_else(by_day):
    world = drawn(by_day)
    found = durations.spells(world)
    ground = [(world.side_of[world.state(on(day)).controller] >= 2).sum() for day in range(10)]
    assert found.days.sum() == sum(ground)
    assert (found.days > 0).all()


curves = st.lists(st.tuples(st.integers(1, 30), st.booleans(), st.floats(0.1, 100)), min_size=1, max_size=30)


@few_examples
@given(curves)
def test_a_curve_starts_at_one_and_never_rises(rows):  # law I22
    frame = pd.DataFrame(rows, columns=["days", "ended", "area_km2"]).assign(left_truncated=False)
    for weight in (None, "area_km2"):
        survival = durations.kaplan_meier(frame, weight=weight).survival.to_numpy()
        assert survival[0] == 1.0
        assert (np.diff(survival) <= 1e-12).all()
        assert ((survival >= 0) & (survival <= 1)).all()


@few_examples
@given(st.lists(st.integers(1, 30), min_size=1, max_size=30))
def test_without_censoring_a_curve_is_one_minus_the_ecdf(days):  # law I22
    frame = pd.DataFrame({"days": days, "ended": True, "left_truncated": False})
    found = durations.kaplan_meier(frame)
    ecdf = [(np.array(days) <= day).mean() for day in found.days]
    assert np.allclose(found.survival, 1 - np.array(ecdf))
