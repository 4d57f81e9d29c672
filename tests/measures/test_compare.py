"""Two timelines over one extent: agreement, disagreement in km2, kappa, and seams between sources."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from drawn import drawings, drawn, few_examples, on
from hypothesis import given

from territory.api import Timeline
from territory.measures import compare
from territory.records.events import Events
from territory.records.sources import Source, Sources
from territory.timeline.fold import fold


def test_a_matrix_and_a_kappa_on_paper():
    # Of four cells the two agree on three: observed 3/4. The first gives alpha 1/2, the second 3/4: by chance they
    # would agree on 1/2 * 3/4 + 1/2 * 1/4 = 1/2. Kappa = (3/4 - 1/2) / (1 - 1/2) = 1/2.
    both = compare.overlay(drawn("AABB"), drawn("AAAB"))
    found = compare.kappa(both, on(0)).iloc[0]
    assert found.agree_share == pytest.approx(0.75, rel=1e-4)
    assert found.kappa == pytest.approx(0.5, rel=1e-3)
    matrix = compare.disagreement(both, on(0))
    assert matrix.loc["bravo", "alpha"] == pytest.approx(both.first.partition.area_km2[2])
    assert matrix.loc["alpha", "bravo"] == 0


def test_what_one_of_them_does_not_say_is_no_disagreement():
    both = compare.overlay(drawn("AAB."), drawn("AAB."))
    found = compare.kappa(both, on(0)).iloc[0]
    assert found.agree_share == 1.0
    assert found.kappa == pytest.approx(1.0)
    assert found.silent_km2 == pytest.approx(both.first.partition.area_km2[3])
    seen = compare.agreement(compare.overlay(drawn("AB."), drawn("AAB")), on(0))
    assert sorted(seen.agreement) == ["agree", "disagree", "unknown"]


def test_partitions_of_other_cells_are_cut_by_each_other():
    # Two cells against three of a tenth of a degree: only 0.2 degrees are common ground.
    both = compare.overlay(drawn("AB"), drawn("AAB"))
    assert both.km2.sum() == pytest.approx(both.first.partition.total_km2)
    halves = compare.overlay(drawn("AB"), drawn("AAAB", size=0.05))
    # The second reaches to 0.2 in four cells of half the height: bravo's last quarter agrees, the third does not.
    matrix = compare.disagreement(halves, on(0)) / halves.km2.sum()
    assert matrix.round(3).to_dict("index") == {
        "alpha": {"alpha": 0.5, "bravo": 0.0},
        "bravo": {"alpha": 0.25, "bravo": 0.25},
    }


def test_every_day_of_change_of_either_is_compared():
    both = compare.overlay(drawn({0: "AB", 2: "AA"}), drawn({0: "AB", 3: "AA"}))
    found = compare.kappa(both)
    assert found.day.dt.strftime("%Y-%m-%d").tolist() == [on(0), on(2), on(3)]
    assert found.agree_share.round(3).tolist() == [1.0, 0.5, 1.0]
    assert np.isnan(found.kappa[2])  # both know alpha alone: chance would agree as well


def test_worlds_apart_are_not_compared():
    far = drawn("AB")
    with pytest.raises(ValueError, match="share no ground"):
        compare.overlay(far, drawn("AB", size=0.00001, partition=_elsewhere()))


def _elsewhere():
    import shapely

    from territory.records.gazetteer import Gazetteer, Place
    from territory.space.partition import from_cells

    cells = np.array([shapely.box(50, 50, 51, 51), shapely.box(51, 50, 52, 51)], dtype=object)
    places = Gazetteer.of([Place(f"p{n}", f"Place {n}", 50.5 + n, 50.5) for n in range(2)])
    return from_cells(cells, np.arange(2, dtype=np.int32), places, {})


def test_a_series_that_changes_its_sources_is_warned_of():
    # Five events of one paper up to day 3, five of another from day 5 on.
    world = drawn({0: "AAAAA", 3: "BBBBB", 5: "AAAAA"})
    events = [replace(e, sources=(int(e.id.startswith("d5")),)) for e in world.campaign.events]
    papers = Sources.of([Source("old", "", "The Old"), Source("new", "", "The New")])
    spliced = fold(replace(world.campaign, events=Events.of(events), sources=papers), world.partition, kind=Timeline)
    found = compare.splices(spliced)
    assert list(found[["before", "after", "events_before", "events_after"]].itertuples(index=False, name=None)) == [
        (("old",), ("new",), 5, 5)
    ]
    with pytest.warns(compare.SpliceWarning, match=f"on {on(5)}: old before, new after"):
        compare.kappa(compare.overlay(spliced, world), on(0))
    assert len(compare.splices(world)) == 0


@few_examples
@given(drawings(days=2))
def test_a_timeline_agrees_with_itself(by_day):
    world = drawn(by_day)
    both = compare.overlay(world, world)
    found = compare.kappa(both)
    assert np.allclose(found.agree_share, 1)
    assert np.allclose(found.kappa.dropna(), 1)
    assert np.allclose(compare.disagreement(both, on(0)).to_numpy().sum(), world.partition.total_km2)


@few_examples
@given(drawings(letters="ABC", days=1, largest=3), drawings(letters="ABC", days=1, largest=3))
def test_kappa_does_not_mind_who_comes_first(one, other):
    ab, ba = (compare.overlay(*(drawn(by_day) for by_day in pair)) for pair in ((one, other), (other, one)))
    first, second = (compare.kappa(both, on(0)).iloc[0] for both in (ab, ba))
    assert first.kappa == pytest.approx(second.kappa, nan_ok=True, abs=1e-9)
    assert first.kappa <= 1 or np.isnan(first.kappa)
