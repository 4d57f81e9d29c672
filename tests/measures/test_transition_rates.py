"""Transition counts, exposure, rates and probabilities."""

from __future__ import annotations

import numpy as np
import pytest
from drawn import drawings, drawn, few_examples, on
from hypothesis import given
from hypothesis import strategies as st

from territory.measures import transition_rates


def test_counts_exposure_and_rates_on_paper():
    # Two cells over nine nights (day 0 to day 9). Cell 1 is bravo's from day 3 to day 5: two nights; alpha has the
    # other 16 cell-nights. One cell passed from alpha to bravo, one came back.
    world = drawn({0: "AA", 3: "AB", 5: "AA"})
    assert transition_rates.counts(world).to_dict("index") == {
        "alpha": {"alpha": 0.0, "bravo": 1.0},
        "bravo": {"alpha": 1.0, "bravo": 0.0},
    }
    assert transition_rates.exposure(world).to_dict() == {"alpha": 16.0, "bravo": 2.0}
    rates = transition_rates.rates(world)
    assert rates.loc["alpha", "bravo"] == pytest.approx(1 / 16)
    assert rates.loc["bravo", "alpha"] == pytest.approx(1 / 2)
    assert rates.loc["bravo", "bravo"] == pytest.approx(-1 / 2)


def test_two_states_have_a_closed_form():
    # Q = [[-a, a], [b, -b]]: P(t) from the first to the second is a / (a + b) * (1 - exp(-(a + b) t)).
    rates = transition_rates.rates(drawn({0: "AA", 3: "AB", 5: "AA"}))
    a, b = 1 / 16, 1 / 2
    found = transition_rates.probabilities(rates, 4.0)
    assert found.loc["alpha", "bravo"] == pytest.approx(a / (a + b) * (1 - np.exp(-(a + b) * 4)))


def test_a_period_can_be_narrowed():
    world = drawn({0: "AA", 3: "AB", 5: "AA"})
    assert transition_rates.counts(world, on(3), on(9)).to_numpy().sum() == 1
    assert transition_rates.exposure(world, on(3), on(5)).to_dict() == {"alpha": 2.0, "bravo": 2.0}


@few_examples
@given(drawings(letters="ABCo", days=4), st.floats(0, 400))
def test_rows_of_probabilities_sum_to_one(by_day, days):  # law I22
    world = drawn(by_day)
    rates = transition_rates.rates(world)
    assert np.allclose(rates.sum(axis=1), 0)
    chances = transition_rates.probabilities(rates, days).to_numpy()
    assert np.allclose(chances.sum(axis=1), 1)
    assert ((chances >= -1e-9) & (chances <= 1 + 1e-9)).all()


@few_examples
@given(drawings(days=4))
def test_all_time_is_somebodys(by_day):
    world = drawn(by_day)
    total = transition_rates.exposure(world, weight="area_km2").sum()
    assert total == pytest.approx(9 * world.partition.total_km2)


@few_examples
@given(drawings(days=4))
def test_two_halves_of_a_period_add_up(by_day):
    world = drawn(by_day)
    whole, first, second = (transition_rates.counts(world, on(a), on(b)) for a, b in ((0, 9), (0, 2), (2, 9)))
    assert whole.to_numpy().sum() == first.to_numpy().sum() + second.to_numpy().sum()
