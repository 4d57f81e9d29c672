"""The worlds that speed is measured on are what they say: valid, seeded, and the same as a fold of their records."""

from __future__ import annotations

import numpy as np
import pytest

import territory
from benchmarks.worlds import SIZES, world, write
from territory.timeline.fold import fold


@pytest.mark.parametrize("name", ["W1", "W2"])
def test_a_world_has_the_size_it_says(name):
    made, size = world(name), SIZES[name]
    assert len(made.campaign.places) == size.places
    assert size.changes <= (made.changes.day > np.datetime64(made.first_day)).sum() < size.changes * 1.05
    assert (made.last_day - made.first_day).days + 1 == size.days
    assert (np.diff(made.changes.day.astype(int)) >= 0).all()


def test_the_front_of_a_syria_is_a_line():
    made = world("W2")
    share = [len(made.front_arcs(day)) / len(made.partition.topology) for day in made.days[::400]]
    assert 0.01 < min(share) < max(share) < 0.06


def test_a_world_is_what_its_records_fold_to():
    made = world("W1")
    folded = fold(made.campaign, made.partition)
    for name in (
        "day",
        "cell",
        "event",
        "controller",
        "status",
        "rival",
        "prev_controller",
        "prev_status",
        "prev_rival",
    ):
        np.testing.assert_array_equal(getattr(made.changes, name), getattr(folded.changes, name), err_msg=name)
    for name in ("day", "cell", "event"):
        np.testing.assert_array_equal(getattr(made.mentions, name), getattr(folded.mentions, name), err_msg=name)
    assert made.outcome == folded.outcome


def test_a_world_written_as_a_folder_opens_as_the_same_world(tmp_path):
    made = world("W1")
    opened = territory.open(write(made, tmp_path / "w1"))
    assert len(opened.campaign.events) == len(made.campaign.events)
    last = [one.state(one.last_day).controller[one.partition.home] for one in (made, opened)]
    np.testing.assert_array_equal(*last)
