"""Estimators: probabilities in [0, 1] that sum to 1, exact at places, and linear inside triangles."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territory.records.estimator import METHODS, Estimator
from territory.space.weights import weigh, weigh_without_each

# Whole km, so that no two places lie closer than one; a place's side is one of three.
SPOTS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=2, max_size=30, unique=True)
ESTIMATORS = [Estimator("nearest"), Estimator("kriging", range_km=20.0, neighbours=8), Estimator("tin")]
IDS = {"ids": [one.method for one in ESTIMATORS]}
CORNERS = np.array([[0.0, 0.0], [10.0, 0.0], [0.0, 10.0], [10.0, 10.0]])


def world(spots, seed: int = 0):
    """Places, probabilities of sides at them, and points around them."""
    chance = np.random.default_rng(seed)
    places = np.array(spots, dtype=np.float64)
    return places, np.eye(3)[chance.integers(0, 3, len(places))], chance.uniform(-10, 70, (40, 2))


@pytest.mark.parametrize("estimator", ESTIMATORS, **IDS)
@settings(max_examples=40)
@given(spots=SPOTS)
def test_probabilities_lie_between_0_and_1_and_sum_to_1(estimator, spots):
    places, belief, points = world(spots)
    found = weigh(estimator, places, points).probabilities(belief)
    assert found.min() >= 0
    assert found.max() <= 1 + 1e-12
    np.testing.assert_allclose(found.sum(axis=1), 1.0, atol=1e-12)


@pytest.mark.parametrize("estimator", ESTIMATORS, **IDS)
@settings(max_examples=40)
@given(spots=SPOTS)
def test_at_a_place_the_estimate_is_that_of_the_place(estimator, spots):
    places, belief, _ = world(spots)
    np.testing.assert_allclose(weigh(estimator, places, places).probabilities(belief), belief, atol=1e-9)


@pytest.mark.parametrize("estimator", ESTIMATORS, **IDS)
@settings(max_examples=40)
@given(spots=SPOTS)
def test_swapping_two_sides_swaps_their_probabilities(estimator, spots):
    places, belief, points = world(spots)
    weights = weigh(estimator, places, points)
    np.testing.assert_array_equal(
        weights.probabilities(belief[:, [1, 0, 2]]), weights.probabilities(belief)[:, [1, 0, 2]]
    )


@pytest.mark.parametrize("estimator", ESTIMATORS, **IDS)
@settings(max_examples=40)
@given(spots=SPOTS)
def test_a_place_left_out_has_no_weight_in_its_own_spot(estimator, spots):
    places, belief, _ = world(spots)
    found = weigh_without_each(estimator, places)
    assert not (found.place == np.arange(len(places))[:, None]).any()
    row = len(places) // 2
    alone = weigh(estimator, np.delete(places, row, axis=0), places[[row]])
    if estimator.method != "nearest":  # of several nearest places any may be taken
        expected = alone.probabilities(np.delete(belief, row, axis=0))[0]
        if len(np.unique(np.linalg.norm(places - places[row], axis=1))) == len(places):
            np.testing.assert_allclose(found.probabilities(belief)[row], expected, atol=1e-9)


def test_nearest_gives_all_to_the_nearest_place():
    found = weigh(Estimator(), CORNERS, np.array([[4.0, 1.0], [9.0, 9.5]]))
    assert found.place.tolist() == [[0], [3]]


def test_kriging_between_two_places_is_as_worked_out_on_paper():
    # Weights sum to 1, and w0 - w1 = (c(3) - c(7)) / (1 - c(10)) with c(d) = exp(-3 d / 30).
    found = weigh(Estimator("kriging", range_km=30.0), np.array([[0.0, 0], [10, 0]]), np.array([[3.0, 0]]))
    apart = (np.exp(-0.3) - np.exp(-0.7)) / (1 - np.exp(-1.0))
    np.testing.assert_allclose(found.weight, [[(1 + apart) / 2, (1 - apart) / 2]], atol=1e-12)


def test_kriging_in_the_middle_of_a_square_weighs_all_corners_alike():
    found = weigh(Estimator("kriging", range_km=30.0), CORNERS, np.array([[5.0, 5.0]]))
    np.testing.assert_allclose(found.weight, [[0.25] * 4], atol=1e-12)


def test_kriging_uses_no_more_neighbours_than_are_set():
    assert weigh(Estimator("kriging", range_km=30.0, neighbours=3), CORNERS, np.array([[1.0, 1.0]])).place.shape == (
        1,
        3,
    )


@settings(max_examples=40)
@given(spots=SPOTS)
def test_tin_reproduces_a_plane_inside_the_triangles(spots):
    places, _, points = world(spots)
    found = weigh(Estimator("tin"), places, points)
    there = (found.weight[..., None] * places[found.place]).sum(axis=1)
    inside = (found.weight > 0).sum(axis=1) > 1
    np.testing.assert_allclose(there[inside], points[inside], atol=1e-6)


def test_tin_is_linear_along_an_edge_and_nearest_outside():
    belief = np.eye(2)[[0, 1, 0]]
    places, points = CORNERS[:3], np.array([[2.5, 0.0], [0.0, 7.0], [4.0, 4.0], [30.0, 1.0], [-5.0, 9.0]])
    found = weigh(Estimator("tin"), places, points).probabilities(belief)[:, 1]
    np.testing.assert_allclose(found, [0.25, 0.0, 0.4, 1.0, 0.0], atol=1e-12)


def test_tin_of_places_on_one_line_is_nearest():
    places = np.array([[0.0, 0], [5, 5], [10, 10]])
    found = weigh(Estimator("tin"), places, np.array([[1.0, 2.0], [9.0, 9.0]]))
    assert found.place[:, 0].tolist() == [0, 2]
    assert found.weight[:, 0].tolist() == [1.0, 1.0]


def test_two_places_in_one_spot_are_refused():
    with pytest.raises(ValueError, match="one spot"):
        weigh(Estimator(), np.zeros((2, 2)), CORNERS)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"method": "magic"}, "one of nearest, kriging, tin"),
        ({"range_km": -1}, "above 0"),
        ({"range_km": float("nan")}, "above 0"),
        ({"neighbours": 0}, "above 0"),
        ({"grey_below": 0.2}, "0.5 to 1"),
    ],
)
def test_an_estimator_that_makes_no_sense_is_refused(table, words):
    with pytest.raises(ValueError, match=words):
        Estimator(**table)


def test_what_an_estimator_says_of_itself_has_every_parameter():
    assert Estimator("kriging", range_km=30, neighbours=12).parameters() == {
        "method": "kriging",
        "grey_below": 0.7,
        "covariance": "exponential, exp(-3 d / range)",
        "neighbours": 12,
        "range_km": 30,
    }
    assert set(METHODS) == {"nearest", "kriging", "tin"}
