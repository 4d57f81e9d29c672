"""Resolving events to cells: places, units, polygons, circles, points and sides of lines; area outside all cells."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely
from worlds import ALPHA, BRAVO, TOML, campaign, campaign_folder, day, event, row_of_cells, with_rows

import territory
from territory.errors import CampaignError
from territory.space.geodesic import area_km2
from territory.timeline.fold import fold
from territory.timeline.locate import Locator, circle

# Three squares of one degree side by side: p0 | p1 | p2, from 0 to 3 east, 35 to 36 north.
WORLD = campaign([], 3)
CELLS = row_of_cells(3)


def pointing(**where):
    return replace(event("e", 2, "capture", -1, BRAVO, ALPHA), **where)


def target(**where):
    return Locator(WORLD, CELLS).locate(pointing(**where))


def test_a_point_finds_the_cell_that_it_lies_in():
    assert target(lon=1.5, lat=35.2).cells == (1,)


def test_a_point_just_off_the_map_is_snapped_to_its_edge_and_the_distance_reported():
    near = target(lon=2.5, lat=36.01)
    assert near.cells == (2,)
    assert near.snapped_km == pytest.approx(1.11, abs=0.01)
    assert target(lon=2.5, lat=36.05).cells == ()


def test_a_polygon_takes_the_cells_of_which_it_covers_half_and_reports_the_rest():
    ground = shapely.box(0.0, 35.0, 1.75, 36.0)  # all of p0, three quarters of p1
    assert target(shape=ground).cells == (0, 1)
    assert target(shape=ground).residual_km2 == pytest.approx(0.0, abs=1e-6)
    smaller = shapely.box(0.0, 35.0, 1.25, 36.0)  # all of p0, a quarter of p1
    found = target(shape=smaller)
    assert found.cells == (0,)
    assert found.residual_km2 == pytest.approx(area_km2(shapely.box(1.0, 35.0, 1.25, 36.0)), rel=1e-3)


def test_a_circle_smaller_than_half_a_cell_takes_none_and_is_all_left_over():
    found = target(lon=0.5, lat=35.5, radius_km=5.0)
    assert found.cells == ()
    assert found.residual_km2 == pytest.approx(3.14159 * 25, rel=0.01)


def test_a_geodesic_circle_has_the_area_of_a_circle():
    assert area_km2(circle(36.0, 35.5, 10.0, steps=720)) == pytest.approx(3.14159265 * 100, rel=1e-4)


@pytest.mark.parametrize(("side", "cells"), [("left", (0, 1)), ("right", (2,))])
def test_a_side_of_a_line_takes_the_cells_whose_middle_lies_on_it(side, cells):
    northward = shapely.LineString([(2.0, 34.0), (2.0, 37.0)])
    assert target(shape=northward, line_side=side).cells == cells


def test_a_side_of_a_line_reaches_no_farther_than_it_says():
    northward = shapely.LineString([(2.0, 34.0), (2.0, 37.0)])
    assert target(shape=northward, line_side="left", radius_km=60.0).cells == (1,)


def test_a_unit_takes_all_its_places():
    places = type(WORLD.places).of(
        [replace(place, admin1="West" if n < 2 else "East") for n, place in enumerate(WORLD.places)]
    )
    world = replace(WORLD, places=places)
    assert Locator(world, CELLS).locate(pointing(unit="west")).cells == (0, 1)


def test_a_timeline_keeps_the_residual_area_of_its_events():
    opening = [event(f"b{n}", 0, "baseline", n, ALPHA) for n in range(3)]
    ground = pointing(shape=shapely.box(0.0, 35.0, 1.25, 36.0))
    timeline = fold(replace(WORLD, events=type(WORLD.events).of([*opening, ground])), CELLS)
    assert timeline.state(day(3)).controller.tolist() == [BRAVO, ALPHA, ALPHA]
    assert list(timeline.residual_km2) == [3]


ROWS = "event_id,date,kind,place,unit,lon,lat,radius_km,geometry,actor,source\n"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("x,1914-10-20,capture,nieuwpoort,,2.7,51.1,,,germany,daily", "exactly one of place, unit, lon with lat"),
        ("x,1914-10-20,capture,,,,,,,germany,daily", "found none of them"),
        ("x,1914-10-20,capture,,Flanders,,,,,germany,daily", "no admin1 or admin2"),
        ("x,1914-10-20,capture,,,200,51,,,germany,daily", "not on the globe"),
        ("x,1914-10-20,capture,,,51.1,122.7,,,germany,daily", "look swapped"),
        ("x,1914-10-20,capture,,,2.7,51.1,-3,,germany,daily", "radius_km is '-3'; it must be 0 or more"),
        ('x,1914-10-20,capture,,,,,,"POLYGON ((0 0, 1 1",germany,daily', "no WKT"),
        ('x,1914-10-20,capture,,,,,,"POLYGON ((2 51, 3 52, 3 51, 2 52, 2 51))",germany,daily', "not valid"),
        ('x,1914-10-20,capture,,,,,,"LINESTRING (2 51, 3 52)",germany,daily', "a line needs a side"),
        ('x,1914-10-20,capture,,,,,,"POLYGON ((500000 0, 500001 0, 500001 1, 500000 0))",germany,daily', "degrees"),
    ],
)
def test_a_record_that_points_nowhere_is_refused_with_its_line(tmp_path, row, message):
    folder = campaign_folder(tmp_path / "c", events=with_rows(ROWS, row))
    with pytest.raises(CampaignError, match=message) as error:
        territory.open(folder)
    assert error.value.faults[0].line == 2


def test_ground_and_lines_are_read_from_a_campaign_folder(tmp_path):
    rows = with_rows(
        ROWS,
        "b1,1914-10-16,baseline,nieuwpoort,,,,,,belgium,daily",
        'e1,1914-10-20,capture,,,,,,"right of LINESTRING (2.5 51.08, 3.2 51.08)",germany,daily',
        "e2,1914-10-21,capture,,,2.7572,51.1347,1,,germany,daily",
    )
    timeline = territory.open(campaign_folder(tmp_path / "c", toml=TOML, events=rows))
    assert timeline.why("Diksmuide", "1914-10-20").controller.id == "germany"
    assert timeline.why("Nieuwpoort", "1914-10-20").controller.id == "belgium"
    assert timeline.why("Ganzepoot", "1914-10-21").held.event.id == "e2"  # the lock by the town lies in the circle
    assert 0 < timeline.residual_km2[2] < 3.15
