"""Front lines: pairs, lengths at a ruler, series updated arc by arc, ages, displacement."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
import shapely
from drawn import drawings, drawn, few_examples, gazetteer, on, squares
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from territory.cli import stats_report
from territory.measures import displacement, front_lines
from territory.space.partition import from_cells
from territory.space.projection import Plane

EAST_KM, NORTH_KM = 11.1319, 11.0574  # a tenth of a degree on the equator


def lengths(timeline, day=0, **how):
    frame = front_lines.lengths(timeline, on(day), **how)
    return {(row.side_a, row.side_b): round(row.length_km, 2) for row in frame.itertuples()}


def test_one_border_between_two_cells():
    # The two cells share one meridian side of 11.06 km; the border with unknown ground is no front.
    assert lengths(drawn("AB.")) == {("alpha", "bravo"): 11.06}


def test_each_pair_of_sides_has_its_own_line():
    # A over B: 11.13 km; A beside C: 11.06 km; B's wing beside B: none, they are one side.
    assert lengths(drawn("AC\nBW")) == {
        ("alpha", "bravo"): 11.13,
        ("alpha", "charlie"): 11.06,
        ("bravo", "charlie"): 11.13,
    }


def test_contested_ground_is_held_or_left_out_or_a_belt():
    # Alpha, alpha's contested cell, bravo: one line east of the contested cell, none, or one on each of its sides.
    world = drawn("AaB")
    assert lengths(world) == {("alpha", "bravo"): 11.06}
    assert lengths(world, contested="exclude") == {}
    assert lengths(world, contested="belt") == {("alpha", "bravo"): 22.11}


def test_a_belt_of_two_cells_has_no_line_inside():
    world = drawn("AabB")
    assert lengths(world, contested="belt") == {("alpha", "bravo"): 22.11}
    assert lengths(world, contested="exclude") == {}
    assert lengths(world) == {("alpha", "bravo"): 11.06}


def test_a_third_side_beside_contested_ground_faces_its_holder():
    assert lengths(drawn("AaC"), contested="belt") == {("alpha", "bravo"): 11.06, ("alpha", "charlie"): 11.06}


def test_a_ruler_cuts_a_corner_and_leaves_the_ends():
    # A step: the front runs 11.06 km down, 11.13 km east, 11.06 km down; a long ruler takes the diagonal of
    # 11.13 by 22.11 km, that is 24.76 km.
    world = drawn("AB\nAB\nAB".replace("AB\nAB\nAB", "ABB\nAAB"))
    assert lengths(world, ruler_m=0) == {("alpha", "bravo"): 33.25}
    assert lengths(world, ruler_m=500) == {("alpha", "bravo"): 33.25}
    assert lengths(world, ruler_m=20_000) == {("alpha", "bravo"): 24.76}


def test_a_ring_smaller_than_the_ruler_vanishes():
    ring = drawn("AAA\nABA\nAAA")
    assert lengths(ring, ruler_m=0) == {("alpha", "bravo"): 44.38}
    assert lengths(ring, ruler_m=50_000) == {("alpha", "bravo"): 0.0}


@few_examples
@given(drawings())
def test_nobody_fights_alone(by_day):  # laws I9 and I10
    world = drawn(by_day)
    topology = world.partition.topology
    inner = (topology.left >= 0) & (topology.right >= 0)
    for day in world.days:
        side = world.side_of[world.state(day).controller]
        a, b = side[topology.left[inner]], side[topology.right[inner]]
        hostile = (a != b) & (a >= 2) & (b >= 2)
        arcs, _ = front_lines.pairs(world, world.state(day))
        assert len(arcs) == hostile.sum()
        assert (len(np.unique(side)) > 1) or len(arcs) == 0


@few_examples
@given(drawings(days=1), st.lists(st.floats(0, 30_000), min_size=2, max_size=4))
def test_a_longer_ruler_never_finds_a_longer_line(by_day, rulers):  # law I14
    world = drawn(by_day)
    total = [front_lines.lengths(world, on(0), ruler_m=ruler).length_km.sum() for ruler in (0.0, *sorted(rulers))]
    assert all(longer >= shorter - 1e-9 for longer, shorter in itertools.pairwise(total))
    perimeter = world.partition.arc_km.sum()
    assert total[0] <= perimeter + 1e-9


@few_examples
@given(drawings(letters="ABC", days=1))
def test_the_front_is_the_same_from_both_sides(by_day):  # law I14: swap who is who, and nothing moves
    swapped = {day: drawing.translate(str.maketrans("AB", "BA")) for day, drawing in by_day.items()}
    there, here = front_lines.lengths(drawn(by_day)), front_lines.lengths(drawn(swapped))
    assert there.length_km.sum() == pytest.approx(here.length_km.sum())


def split_world(by_day, column):
    """The same world with every cell of a column cut in two from north to south, both halves of one place."""
    drawing = by_day[0]
    shapes, parent = [], []
    for cell, square in enumerate(squares(drawing)):
        west, south, east, north = square.bounds
        cut = [west, west + (east - west) * 0.4, east] if cell % len(drawing.split()[0]) == column else [west, east]
        shapes += [shapely.box(a, south, b, north) for a, b in itertools.pairwise(cut)]
        parent += [cell] * (len(cut) - 1)
    union = shapely.coverage_simplify(np.array(shapes, dtype=object), 0.0)  # nothing moves
    noded = shapely.node(shapely.union_all(shapely.boundary(union)))
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    inner = shapely.point_on_surface(faces)
    whose = [next(s for shape, s in zip(shapes, parent, strict=True) if shape.contains(p)) for p in inner]
    return from_cells(faces, np.array(whose, dtype=np.int32), gazetteer(drawing), {})


@few_examples
@given(drawings(days=2, largest=3), st.sampled_from([0.0, 500.0, 15_000.0]))
def test_splitting_cells_changes_no_area_and_no_front(by_day, ruler):  # law I15
    whole, halved = drawn(by_day), drawn(by_day, partition=split_world(by_day, 0))
    assert len(halved.partition) > len(whole.partition)
    for one in (
        lambda world: front_lines.lengths(world, ruler_m=ruler).length_km,
        lambda world: world.areas().area_km2,
    ):
        assert np.allclose(one(whole), one(halved), rtol=1e-6)


@few_examples
@given(drawings(letters="ABC", days=1))
def test_twice_the_size_is_twice_the_length_and_four_times_the_area(by_day):  # law I16, on a world so small it is flat
    small, large = drawn(by_day, size=0.002), drawn(by_day, size=0.004)
    assert np.allclose(
        front_lines.lengths(small, ruler_m=0).length_km * 2,
        front_lines.lengths(large, ruler_m=0).length_km,
        rtol=1e-6,
    )
    assert np.allclose(small.areas().area_km2 * 4, large.areas().area_km2, rtol=1e-6)


@few_examples
@given(drawings(days=4))
def test_the_series_kept_up_by_arcs_is_the_series_measured_afresh(by_day):
    world = drawn(by_day)
    kept = front_lines.length_series(world).set_index(["day", "side_a", "side_b"]).length_km
    fresh = front_lines.lengths(world, ruler_m=0).set_index(["day", "side_a", "side_b"]).length_km
    assert list(kept.index) == list(fresh.index)
    assert np.allclose(kept, fresh)


def test_the_shipped_front_is_right_in_a_plane_too(idlib):  # law I17
    arcs, pair = front_lines.pairs(idlib, idlib.state("2015-04-24"))
    own = arcs[(pair == (2, 3)).all(axis=1)]
    plane = Plane.around(idlib.partition)
    flat = shapely.length(plane.metres(list(front_lines.simplified(idlib, own, 0.0)))).sum() / 1000
    found = front_lines.lengths(idlib, "2015-04-24", ruler_m=0).set_index(["side_a", "side_b"]).length_km
    assert found["government", "opposition"] == pytest.approx(flat, rel=1e-3)


def test_a_stretch_is_as_old_as_its_two_sides():
    # Cells 0 1 2; bravo takes cell 1 on day 3, and the front between 0 and 1 is as old as that. That between 2 and 3
    # has stood from the start, so it is left-truncated.
    world = drawn({0: "AABC", 3: "ABBC"})
    found = front_lines.ages(world, on(7))
    assert sorted(found[["side_b", "age_days", "left_truncated"]].itertuples(index=False, name=None)) == [
        ("bravo", 4, False),
        ("charlie", 7, True),
    ]


def test_the_mean_displacement_is_net_area_over_mean_length():
    # Bravo takes one column of two cells: 2 * 123.09 km2 over a front of 22.11 km before and after, in 2 days.
    world = drawn({0: "AAB\nAAB", 2: "ABB\nABB"})
    row = displacement.displacement(world, on(0), on(2)).iloc[0]
    assert (row.side_a, row.side_b) == ("alpha", "bravo")
    assert row.loss_km2 == pytest.approx(246.2, abs=0.1)
    assert row.displacement_km == pytest.approx(-EAST_KM, rel=1e-3)
    assert row.speed_m_per_day == pytest.approx(-EAST_KM * 1000 / 2, rel=1e-3)


def test_the_local_displacement_is_the_distance_to_the_old_line():
    # The whole front moved one cell to the west: every sample lies 11.13 km from the old line, and alpha fell back.
    world = drawn({0: "AAB\nAAB", 2: "ABB\nABB"})
    found = displacement.local_displacement(world, on(0), on(2)).set_index("measured_from")
    for origin in ("start", "stop"):
        assert found.loc[origin, "mean_km"] == pytest.approx(-EAST_KM, rel=1e-3)
        assert found.loc[origin, "median_abs_km"] == pytest.approx(EAST_KM, rel=1e-3)
        assert found.loc[origin, "moved_share"] == 1.0
        assert found.loc[origin, "samples"] == 2 * np.ceil(NORTH_KM * 4)


def test_half_a_front_that_moves_is_a_half_moved():
    # Of the new front, 11.06 km stand as they were, 11.13 km of a step touch the old line at one end, and 11.06 km are
    # new: a share of 11.06 + nearly 11.13 - 0.5 km of 33.25 km has moved by more than 500 m.
    world = drawn({0: "AAB\nAAB", 2: "AAB\nABB"})
    found = displacement.local_displacement(world, on(0), on(2)).set_index("measured_from")
    assert found.loc["stop", "moved_share"] == pytest.approx((11.06 + 11.13 - 0.5) / 33.25, abs=0.01)
    assert found.loc["stop", "mean_km"] < 0


def test_a_new_pocket_far_away_moves_the_hausdorff_distance_alone():
    # A front of 4 cells' sides (44.2 km) stands; one cell of bravo (44.4 km around) appears four cells to the west.
    before = "AAAAAAAB\n" * 4
    after = before[:9] + "AABAAAAB\n" + before[18:]
    world = drawn({0: before, 2: after})
    whole = displacement.hausdorff(world, on(0), on(2), "alpha", "bravo", share=1.0)
    assert whole == pytest.approx(5 * EAST_KM, rel=0.01)
    half = displacement.hausdorff(world, on(0), on(2), "alpha", "bravo", share=0.4)
    assert half == pytest.approx(0, abs=1e-6)


@few_examples
@given(drawings(letters="AB", days=2))
def test_where_nothing_moves_nothing_is_displaced(by_day):
    still = {0: by_day[0], 2: by_day[0]}
    world = drawn(still)
    found = displacement.local_displacement(world, on(0), on(2))
    assert (found.moved_share == 0).all()
    assert (found.p95_abs_km == 0).all()
    assert (displacement.displacement(world, on(0), on(2)).displacement_km == 0).all()


def test_geodesic_lengths_are_those_of_the_ellipsoid():
    assert Geod(ellps="WGS84").line_length([0, 0.1], [0, 0]) / 1000 == pytest.approx(EAST_KM, abs=1e-4)


@pytest.mark.parametrize("day", ["2015-03-01", "2015-04-25", "2015-11-30"])
def test_a_front_has_the_same_length_in_every_output(day, idlib):
    table = idlib.fronts(day).set_index(["side_a", "side_b"])
    series = front_lines.lengths(idlib).set_index(["day", "side_a", "side_b"]).length_km
    latest = max(when for when in series.index.unique("day") if when <= pd.Timestamp(day))
    printed = {row[0]: row[1] for row in stats_report.tables(idlib, day)[1][2]}
    assert set(table.ruler_m) == {front_lines.RULER_M}
    for pair, row in table.iterrows():
        assert row.length_km == series[latest, *pair]
        assert printed[" / ".join(pair)] == f"{row.length_km:,.1f}"


def test_the_geometry_of_a_front_runs_along_the_arcs_whatever_the_ruler(idlib):
    coarse, raw = idlib.fronts("2015-04-25", ruler_m=5000), idlib.fronts("2015-04-25", ruler_m=0)
    assert coarse.geometry.geom_equals(raw.geometry).all()
    assert (coarse.length_km < raw.length_km).all()
