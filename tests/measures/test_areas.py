"""Areas by actor, status, unit and evidence: sums, and answers worked out on paper."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from drawn import drawings, drawn, few_examples, on
from hypothesis import given

from territory.measures import areas


def table(frame, *columns):
    """Areas of one day as a dict, in units of the mean cell, to three digits."""
    return {tuple(row[:-1]): round(row[-1], 3) for row in frame[[*columns, "area_km2"]].itertuples(index=False)}


def in_cells(timeline, frame):
    """Areas as a number of cells: the grid is even to 1 in 10,000."""
    return frame.assign(area_km2=frame.area_km2 / (timeline.partition.total_km2 / len(timeline.partition)))


def test_four_cells_are_shared_among_sides():
    # Two cells of alpha, one of bravo, one of its wing: a side has its members' ground.
    world = drawn("AA\nBW")
    assert table(in_cells(world, areas.by_actor(world, on(0))), "actor") == {("alpha",): 2.0, ("bravo",): 2.0}
    controllers = in_cells(world, areas.by_actor(world, on(0), by="controller"))
    assert table(controllers, "actor") == {("alpha",): 2.0, ("bravo",): 1.0, ("wing",): 1.0}


def test_status_divides_what_is_held():
    world = drawn("Aab.")
    split = in_cells(world, areas.by_actor(world, on(0), status=True))
    assert table(split, "actor", "status") == {
        ("unknown", ""): 1.0,
        ("alpha", "control"): 1.0,
        ("alpha", "contested"): 1.0,
        ("bravo", "contested"): 1.0,
    }


def test_units_cut_cells_by_the_area_they_share():
    # Cells at 0.0-0.1 (alpha) and 0.1-0.2 (bravo). Unit w reaches to 0.15, unit e from there to 0.18:
    # w has all of alpha's cell and half of bravo's, e three tenths of bravo's, and two tenths lie in no unit.
    world = drawn("AB")
    shapes = [shapely.box(-1, -1, 0.15, 1), shapely.box(0.15, -1, 0.18, 1)]
    units = gpd.GeoDataFrame({"pcode": ["w", "e"]}, geometry=shapes, crs="EPSG:4326")
    found = in_cells(world, areas.by_unit(world, units, on(0), code="pcode"))
    assert table(found, "unit", "actor") == {
        ("w", "alpha"): 1.0,
        ("w", "bravo"): 0.5,
        ("e", "bravo"): 0.3,
        ("", "bravo"): 0.2,
    }
    assert dict(zip(zip(found.unit, found.actor, strict=True), found.share.round(4), strict=True))[
        "w", "alpha"
    ] == pytest.approx(2 / 3, abs=1e-3)


def test_without_units_a_cell_counts_for_the_unit_of_its_place():
    world = drawn("ABB", admin1=["North", "North", ""])
    found = in_cells(world, areas.by_unit(world, None, on(0)))
    assert table(found, "unit", "actor") == {("", "bravo"): 1.0, ("North", "alpha"): 1.0, ("North", "bravo"): 1.0}


def test_units_that_overlap_are_refused_by_name():
    world = drawn("AB")
    units = gpd.GeoDataFrame({"code": ["w", "e"]}, geometry=[shapely.box(-1, -1, 1, 1)] * 2, crs="EPSG:4326")
    with pytest.raises(ValueError, match="overlap: e, w"):
        areas.by_unit(world, units, on(0))


@pytest.mark.parametrize(
    ("units", "said"),
    [
        (gpd.GeoDataFrame({"code": ["w"]}, geometry=[shapely.box(0, 0, 1, 1)]), "no CRS"),
        (gpd.GeoDataFrame({"no": ["w"]}, geometry=[shapely.box(0, 0, 1, 1)], crs=4326), "no column 'code'"),
        (gpd.GeoDataFrame({"code": ["w", "w"]}, geometry=[shapely.box(0, 0, 1, 1)] * 2, crs=4326), "twice: w"),
    ],
)
def test_units_that_cannot_be_used_say_why(units, said):
    with pytest.raises(ValueError, match=said):
        areas.by_unit(drawn("AB"), units, on(0))


def test_ground_near_the_place_of_a_cell_is_observed():
    # A disc of 2 km around the place in each cell: pi * 4 = 12.566 km2 of 123.1; of unknown ground nothing is known.
    world = drawn("AB.")
    found = areas.by_evidence(world, on(0), observed_km=2.0).set_index(["actor", "evidence"]).area_km2
    assert found["alpha", "observed"] == pytest.approx(np.pi * 4, rel=2e-3)
    assert found["alpha", "observed"] + found["alpha", "inferred"] == pytest.approx(world.partition.area_km2[0])
    assert set(found.index) == {("unknown", ""), *((a, e) for a in ("alpha", "bravo") for e in areas.EVIDENCE[1:])}


@few_examples
@given(drawings())
def test_areas_of_every_day_sum_to_the_partition(by_day):  # law I2
    world = drawn(by_day)
    total = world.partition.total_km2
    for frame in (areas.by_actor(world), areas.by_actor(world, by="controller", status=True), areas.by_evidence(world)):
        assert np.allclose(frame.groupby("day").area_km2.sum(), total, rtol=1e-12)


@few_examples
@given(drawings(days=2, largest=3))
def test_units_sum_to_the_whole(by_day):  # law I2, for units that leave ground out
    world = drawn(by_day)
    shapes = [shapely.box(-1, -1, 0.13, 1), shapely.box(0.13, -1, 0.21, 1)]
    units = gpd.GeoDataFrame({"code": ["w", "e"]}, geometry=shapes, crs="EPSG:4326")
    by_unit, whole = areas.by_unit(world, units), areas.by_actor(world)
    assert np.allclose(
        by_unit.groupby(["day", "actor"]).area_km2.sum(), whole.set_index(["day", "actor"]).area_km2.sort_index()
    )


def test_areas_agree_with_an_equal_area_projection(idlib):  # law I17
    equal_area = gpd.GeoSeries(idlib.partition.cells, crs="EPSG:4326").to_crs("EPSG:6933").area.to_numpy() / 1e6
    assert np.allclose(idlib.partition.area_km2, equal_area, rtol=1e-3)
    held = areas.by_actor(idlib, "2015-04-25").set_index("actor").area_km2
    side = idlib.side_of[idlib.state("2015-04-25").controller]
    assert held["government"] == pytest.approx(equal_area[side == 2].sum(), rel=1e-3)
