"""Distance to the front: geodesic, signed, day by day."""

from __future__ import annotations

import numpy as np
import pytest
from drawn import drawn, on

from territory.measures import distances

KM = 11.13195


def test_the_front_comes_nearer_passes_and_goes_on():
    # Place 1 of AAAB lies one and a half cells west of the front; half a cell on day 2; behind it from day 4.
    world = drawn({0: "AAAB", 2: "AABB", 4: "ABBB"})
    found = distances.to_front(world, "p1", [on(0), on(2), on(4)])
    assert np.allclose(found.distance_km, [1.5 * KM, 0.5 * KM, -0.5 * KM], rtol=1e-4)
    assert found.holder.tolist() == ["alpha", "alpha", "bravo"]
    assert set(found.own) == {"alpha"}


def test_the_other_side_sees_the_same_distance_from_within():
    world = drawn({0: "AAAB", 4: "ABBB"})
    found = distances.to_front(world, "p3", actor="wing").distance_km.to_numpy()  # its side is bravo
    assert np.allclose(found, [0.5 * KM, 2.5 * KM], rtol=1e-4)


def test_only_the_front_of_ones_own_side_counts():
    # Charlie and bravo face each other nearer to place 0 than alpha does.
    world = drawn("BCCBA")
    assert distances.to_front(world, "p4", on(0)).distance_km[0] == pytest.approx(0.5 * KM, rel=1e-4)
    assert distances.to_front(world, "p1", on(0), actor="alpha").distance_km[0] == pytest.approx(-2.5 * KM, rel=1e-4)


def test_without_a_front_there_is_no_distance():
    assert np.isnan(distances.to_front(drawn("AAA"), "p1", on(0)).distance_km[0])
    assert np.isnan(distances.to_front(drawn("A.B"), "p0", on(0)).distance_km[0])


def test_whose_side_is_own_must_be_known():
    with pytest.raises(ValueError, match="Nobody is known"):
        distances.to_front(drawn("AB."), "p2")


def test_ariha_changes_sides_on_28_may(idlib):
    found = distances.to_front(idlib, "Ariha").set_index("day").distance_km
    assert (found[found.index < "2015-05-28"] > 0).all()
    assert (found[found.index >= "2015-05-28"] < 0).all()
