"""Partitions from dated polygons and lines: every day is reproduced, and slivers that were merged are counted."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Point, box

from territory.errors import PartitionError
from territory.space.geodesic import area_km2
from territory.space.makers import from_lines, from_snapshots
from territory.space.makers._arrangement import grid_step, snapped

DAYS = [f"2024-07-{day:02d}" for day in range(1, 29)]


def blob(rng, bumps=60, lon=36.5, lat=35.5, radius=0.4):
    """A ragged disc with its vertices on the sixth decimal, as maps are published."""
    angle = np.sort(rng.uniform(0, 2 * np.pi, bumps))
    out = radius * rng.uniform(0.7, 1.0, bumps)
    xy = np.stack([lon + out * np.cos(angle), lat + out * np.sin(angle)], axis=1)
    return shapely.make_valid(shapely.Polygon(np.round(xy, 6)), method="structure", keep_collapsed=False)


def series(rng, days):
    """A front that moves: each day a few vertices of yesterday's shape differ."""
    shape = blob(rng, 120)
    for _ in range(days):
        yield shape
        bite = blob(rng, 12, *(36.5 + rng.uniform(-0.4, 0.4), 35.5 + rng.uniform(-0.4, 0.4)), radius=0.05)
        moved = shape | bite if rng.random() < 0.5 else shape - bite
        shape = snapped(moved, 1e-6).buffer(0)


def missed(partition, maps, days, shapes, step):
    """For each day the share of the ground on the grid that the cells get wrong."""
    area = shapely.area(partition.cells)
    for day, shape in zip(days, shapes, strict=True):
        held = maps.state(day, len(partition)) >= 0
        wanted = snapped(shape, step)
        wanted = wanted if wanted.is_valid else shapely.make_valid(wanted, method="linework")
        yield abs(area[held].sum() / wanted.area - 1)


def counted(partition, shapes):
    """The share of a day's ground that the slivers are, as they were counted; 0 where there were none."""
    return 1.05 * partition.method["slivers_km2"] / min(map(area_km2, shapes))


@given(st.integers(0, 2**32 - 1), st.integers(1, 12))
@settings(max_examples=25)
def test_every_day_is_recovered_to_the_twelfth_digit(seed, days):
    shapes = list(series(np.random.default_rng(seed), days))
    part, maps = from_snapshots(DAYS[:days], shapes, ["a"] * days, resolution_m=0.12)
    assert shapely.coverage_is_valid(part.cells)
    assert max(missed(part, maps, DAYS[:days], shapes, part.method["grid_deg"])) < 1e-12 + counted(part, shapes)


@given(st.integers(0, 2**32 - 1), st.sampled_from([10.0, 300.0]))
@settings(max_examples=15)
def test_at_a_coarse_resolution_only_the_slivers_counted_are_missed(seed, resolution_m):
    shapes = list(series(np.random.default_rng(seed), 6))
    part, maps = from_snapshots(DAYS[:6], shapes, ["a"] * 6, resolution_m=resolution_m)
    assert max(missed(part, maps, DAYS[:6], shapes, part.method["grid_deg"])) < 1e-9 + counted(part, shapes)


def test_two_squares_that_take_ground_from_each_other():
    west, east, more = box(36, 35, 36.5, 36), box(36.5, 35, 37, 36), box(36, 35, 36.75, 36)
    days = ["2024-07-01", "2024-07-01", "2024-07-03", "2024-07-03"]
    part, maps = from_snapshots(days, [west, east, more, east - more], ["a", "b", "a", "b"], resolution_m=10)
    assert len(part) == 3
    assert maps.labels == ("a", "b")
    assert [maps.state(day, 3).tolist() for day in ("2024-06-30", "2024-07-02", "2024-07-03")] == [
        [-1, -1, -1],
        [0, 1, 1],
        [0, 0, 1],
    ]


def test_days_may_come_in_any_order():
    shapes = list(series(np.random.default_rng(3), 5))
    part, maps = from_snapshots(DAYS[:5], shapes, ["a"] * 5, resolution_m=1)
    back, again = from_snapshots(DAYS[:5][::-1], shapes[::-1], ["a"] * 5, resolution_m=1)
    assert shapely.equals_identical(part.cells, back.cells).all()
    assert (maps.cell == again.cell).all()
    assert (maps.day == again.day).all()


def test_ground_that_comes_and_goes_and_comes_has_three_changes():
    shapes = [box(36, 35, 37, 36), box(36, 35, 36.5, 36), box(36, 35, 37, 36)]
    _, maps = from_snapshots(DAYS[:3], shapes, ["a"] * 3, resolution_m=1)
    assert list(zip(maps.cell.tolist(), maps.label.tolist(), maps.prev.tolist(), strict=True)) == [
        (0, 0, -1), (1, 0, -1), (1, -1, 0), (1, 0, -1),
    ]  # fmt: skip


def test_a_sliver_between_two_drawings_of_one_border_is_merged_and_counted():
    shapes = [box(36, 35, 36.5, 36), box(36, 35, 36.50005, 36)]  # 4.5 m apart
    part, _ = from_snapshots(DAYS[:2], shapes, ["a"] * 2, resolution_m=20)
    assert len(part) == 1
    exact, _ = from_snapshots(DAYS[:2], shapes, ["a"] * 2, resolution_m=1)
    assert len(exact) == 2
    finer, _ = from_snapshots(DAYS[:2], [box(36, 35, 36.5, 36), box(36, 35, 36.5001, 36)], ["a"] * 2, resolution_m=11.2)
    assert finer.method["slivers"] == 1
    assert finer.method["slivers_km2"] == pytest.approx(1.0066, rel=5e-3)


def test_two_labels_on_one_ground_are_refused_with_day_and_km2():
    with pytest.raises(PartitionError, match=r"On 2024-07-01, a and b overlap by 2013\.\d+ km2"):
        from_snapshots(DAYS[:1] * 2, [box(36, 35, 36.6, 36), box(36.4, 35, 37, 36)], ["a", "b"], resolution_m=10)


@pytest.mark.parametrize("resolution_m", [0, -5, float("nan"), 1e6])
def test_a_resolution_must_be_one(resolution_m):
    with pytest.raises(PartitionError, match="resolution_m is"):
        from_snapshots(DAYS[:1], [box(36, 35, 37, 36)], ["a"], resolution_m=resolution_m)


@pytest.mark.parametrize("shape", [None, Point(36, 35), LineString([(36, 35), (37, 36)])])
def test_what_is_no_polygon_is_refused(shape):
    with pytest.raises(PartitionError, match="must be a polygon"):
        from_snapshots(DAYS[:1], [shape], ["a"], resolution_m=10)


@pytest.mark.parametrize(("resolution_m", "step"), [(0.12, 1e-6), (1, 5e-6), (11.2, 1e-4), (250, 2e-3)])
def test_the_grid_is_never_coarser_than_the_resolution(resolution_m, step):
    assert grid_step(resolution_m) == pytest.approx(step)


def test_a_line_parts_the_ground_into_its_left_and_right():
    ground = box(36, 35, 37, 36)
    north = LineString([(36.4, 35), (36.4, 36)])
    part, maps = from_lines(["2024-07-01"], [north], "w", "e", ground=ground, resolution_m=10)
    held = maps.state("2024-07-01", len(part))
    assert [maps.labels[code] for code in held] == ["w", "e"]
    part, maps = from_lines(["2024-07-01"], [north.reverse()], "w", "e", ground=ground, resolution_m=10)
    assert [maps.labels[code] for code in maps.state("2024-07-01", len(part))] == ["e", "w"]


def test_every_day_of_a_moving_line_adds_up_to_the_ground():
    ground = box(36, 35, 37, 36)
    rng = np.random.default_rng(5)
    lines = [LineString(np.stack([36.5 + rng.uniform(-0.2, 0.2, 9), np.linspace(35, 36, 9)], axis=1)) for _ in range(6)]
    part, maps = from_lines(DAYS[:6], lines, "w", "e", ground=ground, resolution_m=1)
    for day, line in zip(DAYS, lines, strict=False):
        held = maps.state(day, len(part))
        assert (held >= 0).all()
        west = shapely.Polygon([*line.coords, (36, 36), (36, 35)])
        assert shapely.area(part.cells)[held == maps.labels.index("w")].sum() == pytest.approx(west.area, rel=1e-4)


def test_a_line_beside_the_ground_parts_nothing():
    with pytest.raises(PartitionError, match="2024-07-01 does not divide the ground"):
        from_lines(
            ["2024-07-01"], [LineString([(38, 35), (38, 36)])], "w", "e", ground=box(36, 35, 37, 36), resolution_m=1
        )


def test_a_shape_that_runs_over_itself_is_mended_and_counted():
    bow_tie = shapely.Polygon([(36, 35), (37, 36), (37, 35), (36, 36)])
    part, maps = from_snapshots(DAYS[:2], [bow_tie, box(36, 35, 37, 36)], ["a"] * 2, resolution_m=10)
    assert part.method["mended"] == 1
    assert (maps.state(DAYS[0], len(part)) >= 0).sum() == 2
    assert (maps.state(DAYS[1], len(part)) >= 0).all()
