"""The evaluation report: results worked out by hand, and those of the shipped campaign."""

from __future__ import annotations

import json
from itertools import pairwise

import geopandas as gpd
import numpy as np
import pytest
import shapely
from typer.testing import CliRunner
from worlds import ALPHA, BRAVO, PLACES, campaign, campaign_folder, event, folded

from territory.api import Timeline
from territory.cli import application
from territory.errors import InputError
from territory.evaluate import evaluate, expected
from territory.evaluate.expected import error_km
from territory.evaluate.report import OWN_FRONT
from territory.records.gazetteer import Gazetteer, Place
from territory.records.sources import Source, Sources
from territory.space.partition import from_cells
from territory.timeline.fold import fold

# Five places on one parallel; a degree of longitude is 90.7 km here. The front lies at 0.175, between the third and the
# fourth: 15.9, 11.3, 2.3, 2.3 and 15.9 km away. The nearest neighbours of the places are 1, 0, 3, 2 and 3.
LON = (0.0, 0.05, 0.15, 0.20, 0.35)
EDGES = (-0.05, 0.025, 0.1, 0.175, 0.275, 0.4)
SIDES = (ALPHA, ALPHA, ALPHA, BRAVO, BRAVO)
SOURCES = ((0,), (1,), (0, 1), (), ())  # the first source relays the second


@pytest.fixture(scope="module")
def five() -> Timeline:
    places = Gazetteer.of([Place(f"p{n}", f"Place {n}", lon, 35.5) for n, lon in enumerate(LON)])
    boxes = [shapely.box(west, 35.4, east, 35.6) for west, east in pairwise(EDGES)]
    part = from_cells(np.array(boxes, dtype=object), np.arange(5, dtype=np.int32), places, {"method": "places"})
    events = [
        event(f"b{n}", 0, "baseline", n, side, sources=sources)
        for n, (side, sources) in enumerate(zip(SIDES, SOURCES, strict=True))
    ]
    events.append(event("taken", 5, "capture", 4, ALPHA, BRAVO, sources=()))
    return fold(campaign(events, places=places), part, kind=Timeline)


def test_one_place_left_out_is_predicted_from_the_others(five):
    table = evaluate(five, "2015-03-01").places.set_index("km_to_front")
    assert table.places.to_dict() == {"all": 5, "0-10": 2, "0-5": 2, "5-10": 0, "10-25": 3, ">25": 0}
    # Of the third and the fourth the nearest other is hostile; for Alpha's places the others are even, and the lower
    # code is taken, so the majority is right for these three and wrong for Bravo's two.
    assert table.accuracy["all"] == pytest.approx(3 / 5)
    assert table.brier["all"] == pytest.approx(2 / 5)
    assert table.nearest["0-5"] == 0
    assert table.accuracy["10-25"] == 1
    assert table.majority["all"] == pytest.approx(3 / 5)
    assert table.majority["0-5"] == pytest.approx(1 / 2)
    assert np.isnan(table.accuracy["5-10"])
    assert table.as_on_first_day.isna().all()


def test_later_days_stand_beside_the_map_of_the_first_day(five):
    table = evaluate(five, ["2015-03-01", "2015-03-06"]).places
    later = table[(table.day == "2015-03-06") & (table.km_to_front == "all")].iloc[0]
    assert later.as_on_first_day == pytest.approx(4 / 5)  # the fifth place has fallen


def test_one_source_left_out_removes_what_rests_on_it_alone(five):
    report = evaluate(five, "2015-03-01")
    table, area = report.sources.set_index("who"), five.partition.area_km2
    assert table.events.to_dict() == {"t": 3, "s": 1}  # whatever s says, t has said
    assert table.places_unknown.to_dict() == {"t": 3, "s": 1}
    assert table.km2["t"] == pytest.approx(area[:3].sum())
    assert table.km2["s"] == pytest.approx(area[0])
    assert table.share_of_events["t"] == pytest.approx(3 / 6)
    assert table.share_of_km2["s"] == pytest.approx(area[0] / area.sum())
    assert report.sides.who.tolist() == ["not known"]
    assert report.sides.places.tolist() == [3]


def test_a_source_left_out_takes_its_superseded_records_along():
    timeline = folded(
        [
            event("old", 0, "baseline", 0, ALPHA, sources=(0,)),
            event("new", 0, "correction", 0, BRAVO, supersedes="old", sources=(1,)),
        ]
    )
    # Of the two events the correction alone reaches the map. Both rest on t, which the first source relays.
    table = evaluate(timeline, "2015-03-01").sources
    assert table[["who", "events", "places", "places_unknown"]].to_numpy().tolist() == [["t", 1, 1, 1]]


def test_a_correction_left_out_leaves_what_it_corrected():
    timeline = folded(
        [
            event("old", 0, "baseline", 0, ALPHA, sources=(1,)),
            event("new", 0, "correction", 0, BRAVO, supersedes="old", sources=(0,)),
        ],
        sources=Sources.of([Source("s"), Source("t")]),
    )
    table = evaluate(timeline, "2015-03-01").sources
    assert table[["who", "events", "places", "places_unknown"]].to_numpy().tolist() == [["s", 1, 1, 0]]


@pytest.fixture(scope="module")
def four() -> Timeline:
    """Cells of one degree: Alpha holds the two in the west, Bravo the two in the east."""
    return folded([event(f"b{n}", 0, "baseline", n, ALPHA if n < 2 else BRAVO) for n in range(4)], size=4)


def polygons(*edges: tuple[str, float, float], **columns: list[str]) -> gpd.GeoDataFrame:
    shapes = [shapely.box(west, 35, east, 36) for _, west, east in edges]
    return gpd.GeoDataFrame({"actor": [one[0] for one in edges], **columns}, geometry=shapes, crs="EPSG:4326")


def test_a_reference_is_compared_square_by_square(four):
    report = evaluate(four, "2015-03-04", reference=polygons(("Alpha", 0, 3), ("bravo", 3, 4)), resolution_m=5_000)
    scores = report.scores[report.scores.ground == "all"].set_index("picture")
    assert set(scores.index) == {"nearest", "yesterday's map", "majority"}
    assert scores.accuracy.to_dict() == pytest.approx(dict.fromkeys(scores.index, 0.75), abs=0.02)
    assert scores.brier["nearest"] == pytest.approx(0.25, abs=0.02)
    # From 2 to 3 degrees east along the parallel of 35.5; the fronts are meridians, drawn along squares.
    assert scores.to_front_mean_km["nearest"] == pytest.approx(90.7, abs=3)
    assert scores.from_front_p95_km["nearest"] == pytest.approx(90.7, abs=5)
    assert np.isnan(scores.to_front_mean_km["majority"])
    actors = report.actors.set_index(["picture", "actor"])
    cell = float(four.partition.area_km2[0])
    assert actors.iou["nearest", "alpha"] == pytest.approx(2 / 3, abs=0.02)
    assert actors.iou["nearest", "bravo"] == pytest.approx(1 / 2, abs=0.02)
    assert actors.bias_km2["nearest", "alpha"] == pytest.approx(-cell, rel=0.05)
    assert actors.bias_km2["majority", "bravo"] == pytest.approx(-cell, rel=0.05)


def test_a_reference_of_several_days_has_its_own_yesterday(four):
    dates = ["2015-03-02", "2015-03-02", "2015-03-03"]
    known = polygons(("alpha", 0, 2), ("bravo", 2, 4), ("bravo", 0, 4), date=dates)
    scores = evaluate(four, reference=known, resolution_m=10_000).scores
    accuracy = scores[scores.ground == "all"].set_index(["day", "picture"]).accuracy
    assert accuracy["2015-03-02", "nearest"] == 1
    assert accuracy["2015-03-03", "yesterday's map"] == pytest.approx(0.5, abs=0.02)
    assert accuracy["2015-03-03", "majority"] == 1


@pytest.mark.parametrize(
    ("reference", "on", "words"),
    [
        (polygons(("alpha", 0, 4)), None, "no property 'date'"),
        (polygons(("delta", 0, 4)), "2015-03-01", "feature 0: .*delta"),
        (polygons(("alpha", 0, 4)).drop(columns="actor"), "2015-03-01", "no property 'actor'"),
        (polygons(("alpha", 0, 4)).set_crs(None, allow_override=True), "2015-03-01", "no CRS"),
        (polygons(("alpha", 0, 4), date=["1999-01-01"]), None, "1999-01-01"),
    ],
)
def test_a_reference_that_cannot_be_used_is_refused_with_what_to_do(four, reference, on, words):
    with pytest.raises(InputError, match=words):
        evaluate(four, on, reference=reference, resolution_m=20_000)


def test_the_expected_error_follows_the_measured_table(idlib, four):
    assert error_km(14.8) == 5.9
    assert error_km(21.1, "kriging") == 8.7
    assert error_km(5.25) == pytest.approx(1.8)
    found = expected(idlib)
    assert 5 < found.spacing_km < 8
    assert 1.5 < found.mean_km < 3
    assert found.p95_km == pytest.approx(found.mean_km * 9.5 / 3.6)
    assert not found.measured
    assert "Ukraine" in str(found)
    assert np.isnan(expected(folded([event("b", 0, "baseline", 0, ALPHA)], size=1)).mean_km)


def test_the_shipped_campaign_is_better_than_its_majority(idlib):
    report = idlib.evaluate(estimator="kriging")
    table = report.places[report.places.km_to_front == "all"]
    assert report.days == ("2015-03-01", "2015-04-25", "2015-11-30")
    assert (table.accuracy > table.majority + 0.1).all()
    assert (table.brier < 1 - table.nearest).all()  # doubt is worth something
    assert report.sources.km2.is_monotonic_decreasing
    assert set(report.sides.who) <= {"not known", "neutral", "opposition", "government"}
    assert set(report.to_frames()) == {"expected", "places", "sources", "sides", "scores", "actors"}
    text = str(report)
    assert "Leave one source out" in text
    places = text[text.index("Leave one place out") : text.index("Leave one source out")].splitlines()
    assert places[-2:] == [OWN_FRONT, ""]
    assert "nan" not in text.lower()


def test_the_command_prints_the_report(tmp_path):
    folder = campaign_folder(tmp_path / "yser", places=PLACES)
    known = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"actor": "Belgium"},
                "geometry": json.loads(shapely.to_geojson(shapely.box(2.6, 50.95, 3.1, 51.2))),
            }
        ],
    }
    path = tmp_path / "known.geojson"
    path.write_text(json.dumps(known), encoding="utf-8")
    words = ["evaluate", str(folder), "--on", "1914-10-30", "--reference", str(path), "--method", "tin"]
    said = CliRunner().invoke(application(), words)
    assert said.exit_code == 0, said.output
    for part in ("The Yser, October 1914: tin", "km off on average", "Leave one place out", "Against the reference"):
        assert part in said.output
