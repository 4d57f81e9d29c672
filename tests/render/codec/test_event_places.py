"""Places of events as positions among the places named last and their neighbours."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from territory.render.codec.event_places import ELSEWHERE, NEARBY, NEXT_ROW, NO_PLACE, encode, neighbours

ROW = np.array([[0, 1], [1, 2], [3, 2], [-1, 0], [2, 2]])  # four places in a row, the outside, two cells of one place
RANK = np.arange(4)


def test_neighbours_are_the_places_across_an_arc():
    near = neighbours(ROW, 4)
    assert np.split(near.item, near.offset[1:-1])[1].tolist() == [0, 2]
    assert np.split(near.item, near.offset[1:-1])[2].tolist() == [1, 3]


def test_a_place_nearby_is_stored_as_its_position():
    # Lists, each place with its neighbours: none; 2 1 3; 3 2 1; 1 0 2 3; ...; 0 1 2 3
    codes, offsets = encode(np.array([2, 3, 1, 0, -1, 2]), neighbours(ROW, 4), RANK)
    assert codes == [ELSEWHERE, NEXT_ROW, NEARBY + 2, NEARBY + 1, NO_PLACE, NEARBY + 2]
    assert offsets == [2]


@given(st.lists(st.integers(-1, 3)))
def test_there_is_an_offset_for_every_place_elsewhere_and_no_negative_code(places):
    codes, offsets = encode(np.array(places, dtype=np.int64), neighbours(ROW, 4), RANK)
    assert len(codes) == len(places)
    assert codes.count(ELSEWHERE) == len(offsets)
    assert min(codes, default=0) >= 0
