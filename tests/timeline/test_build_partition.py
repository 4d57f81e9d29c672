"""Every way to cut space, from a campaign folder to a timeline."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from shapely import LineString, box
from space.folders import campaign, geojson

import territory
from territory.errors import CampaignError, PartitionError
from territory.render import certainty

TWO = ["west,36.2,35.5", "east,36.8,35.5"]


def holders(timeline, day):
    """Controller ids by cell."""
    return timeline.at(day).controller.tolist()


def test_a_river_named_as_a_barrier_parts_two_places(tmp_path):
    layer = '\n[[layer]]\nfile = "river.geojson"\nrole = "river"\n'
    cut = 'crs = "EPSG:32637"\nmax_radius_km = 200\n'
    geojson(tmp_path / "river.geojson", [LineString([(36.4, 34.9), (36.4, 36.1)])])
    free = territory.open(campaign(tmp_path, cut, TWO, layers=layer))
    stopped = territory.open(campaign(tmp_path, cut + 'barriers = ["river"]\n', TWO, layers=layer))
    assert stopped.partition.area_km2[0] < 0.9 * free.partition.area_km2[0]
    assert shapely.total_bounds(stopped.partition.cells[stopped.partition.place == 0])[2] == pytest.approx(
        36.4, abs=1e-3
    )
    assert stopped.partition.total_km2 == pytest.approx(free.partition.total_km2, rel=1e-6)


def test_a_barrier_that_is_no_role_is_refused(tmp_path):
    folder = campaign(tmp_path, 'crs = "EPSG:32637"\nbarriers = ["road"]\n', TWO)
    with pytest.raises(CampaignError, match="river, lake, coast"):
        territory.open(folder)


@pytest.mark.parametrize("value", ["-3", "-0.1", "nan", "inf", '"far"', "true"])
@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("max_radius_km = {}", r"partition\.max_radius_km"),
        ("observed_km = {}", r"partition\.observed_km"),
        ("site_radius_km = {{ base = {} }}", r"partition\.site_radius_km\.base"),
    ],
)
def test_a_distance_that_is_none_is_refused_with_file_and_key(tmp_path, asked, named, value):
    folder = campaign(tmp_path, 'crs = "EPSG:32637"\n' + asked.format(value), TWO)
    with pytest.raises(CampaignError, match=rf"campaign\.toml:\d+: {named} is .*; it must be "):
        territory.open(folder)


def test_a_site_radius_of_nothing_gives_no_disc(tmp_path):
    cut = 'crs = "EPSG:32637"\n'
    plain = territory.open(campaign(tmp_path, cut, TWO))
    none = territory.open(campaign(tmp_path, cut + "site_radius_km = { village = 0 }", TWO))
    assert none.partition.area_km2.tolist() == plain.partition.area_km2.tolist()


def test_units_take_the_events_of_places_in_them(tmp_path):
    geojson(tmp_path / "units.geojson", [box(36, 35, 36.5, 36), box(36.5, 35, 37, 36)], code=["U1", "U2"])
    events = [
        {"event_id": "e1", "date": "2020-01-02", "kind": "capture", "place": "east", "actor": "a", "source": "map-1"}
    ]
    timeline = territory.open(campaign(tmp_path, 'method = "units"\nfile = "units.geojson"\nid = "code"', TWO, events))
    assert timeline.partition.units == ("U1", "U2")
    assert timeline.partition.home.tolist() == [0, 1]
    assert holders(timeline, "2020-01-02") == ["unknown", "a"]


CUT_BY_UNITS = 'method = "units"\nfile = "units.geojson"\nid = "code"'


def of_unit(name, event="e1", kind="capture"):
    return {"event_id": event, "date": "2020-01-02", "kind": kind, "unit": name, "actor": "a", "source": "map-1"}


def test_events_may_name_a_unit_of_the_partition_by_its_id(tmp_path):
    islands = shapely.MultiPolygon([box(36.5, 35, 36.9, 36), box(36.95, 35, 37, 36)])
    geojson(tmp_path / "units.geojson", [box(36, 35, 36.5, 36), islands], code=["U1", "U2"])
    timeline = territory.open(campaign(tmp_path, CUT_BY_UNITS, TWO, [of_unit("U2")]))
    assert timeline.partition.unit.tolist() == [0, 1, 1]
    assert holders(timeline, "2020-01-01") == ["unknown"] * 3
    assert holders(timeline, "2020-01-02") == ["unknown", "a", "a"]


def test_an_unknown_unit_is_refused_with_its_line(tmp_path):
    geojson(tmp_path / "units.geojson", [box(36, 35, 36.5, 36), box(36.5, 35, 37, 36)], code=["U1", "U2"])
    events = [of_unit("U1"), of_unit("U22", "e2"), of_unit("elsewhere", "e3")]
    with pytest.raises(CampaignError) as caught:
        territory.open(campaign(tmp_path, CUT_BY_UNITS, TWO, events))
    assert [(fault.file, fault.line) for fault in caught.value.faults] == [("events.csv", 3), ("events.csv", 4)]
    assert "unit 'U22' is neither a unit of the partition nor an admin1 or admin2" in str(caught.value)
    assert "Did you mean 'U2'?" in str(caught.value)


def test_a_place_is_no_unit_in_a_partition_of_places(tmp_path):
    with pytest.raises(CampaignError, match=r"events\.csv:2: unit 'west' is no admin1 or admin2 of places.csv"):
        territory.open(campaign(tmp_path, 'crs = "EPSG:32637"', TWO, [of_unit("west")]))


def test_the_table_of_a_day_separates_observed_from_inferred_ground(tmp_path):
    whole = territory.open(campaign(tmp_path, 'crs = "EPSG:32637"', TWO)).at("2020-01-01")
    assert whole.observed.tolist() == [True, True]
    cut = 'crs = "EPSG:32637"\nmax_radius_km = 30\nobserved_km = 4'
    frame = territory.open(campaign(tmp_path, cut, TWO)).at("2020-01-01")
    inner = frame[frame.observed]
    assert inner.place_id.tolist() == ["west", "east"]
    assert inner.area_km2.to_numpy() == pytest.approx(np.pi * 16, rel=0.02)
    assert set(frame[~frame.observed].place_id) == {"west", "east", ""}


def test_units_need_their_id_in_every_feature(tmp_path):
    geojson(tmp_path / "units.geojson", [box(36, 35, 36.5, 36)], name=["x"])
    folder = campaign(tmp_path, 'method = "units"\nfile = "units.geojson"\nid = "code"', TWO)
    with pytest.raises(CampaignError, match=r"units.geojson: feature 0: there is no property 'code' \(found: name\)"):
        territory.open(folder)


def test_hexagons_cover_the_extent(tmp_path):
    pytest.importorskip("h3")
    timeline = territory.open(campaign(tmp_path, 'method = "h3"\nresolution = 4', TWO))
    assert timeline.partition.total_km2 == pytest.approx(10066.27, rel=1e-3)
    assert len(set(timeline.partition.home.tolist())) == 2


def test_dated_polygons_become_records_that_can_be_asked_about(tmp_path):
    for day, east in (("20200101", 36.5), ("20200105", 36.7), ("2020-01-09", 36.4)):
        geojson(tmp_path / "days" / f"map_{day}.geojson", [box(36, 35, east, 36)])
    cut = 'method = "snapshots"\nfiles = "days/*.geojson"\nactor = "a"\nrest = "b"\nresolution_m = 10\nsource = "map-1"'
    timeline = territory.open(campaign(tmp_path, cut, TWO))
    areas = timeline.areas().pivot(index="day", columns="actor", values="area_km2")
    assert areas.a.to_numpy() == pytest.approx(10066.27 * np.array([0.5, 0.7, 0.4]), rel=1e-4)
    assert areas.sum(axis=1).to_numpy() == pytest.approx([timeline.partition.total_km2] * 3, rel=1e-12)
    row = timeline.campaign.events.index("map-2020-01-05-a-b")
    record = timeline.campaign.events[row]
    assert row in timeline.state("2020-01-06").event
    assert (record.sources, record.kind, record.span.text) == ((0,), "reading", "2020-01-02/2020-01-05")
    assert certainty.leeways(timeline)[row].tolist() == [3, 0]  # on 2, 3, 4 or 5 January


def test_without_a_rest_what_a_map_no_longer_has_is_unknown(tmp_path):
    for day, east in (("20200101", 36.5), ("20200105", 36.4)):
        geojson(tmp_path / "days" / f"{day}.geojson", [box(36, 35, east, 36)])
    cut = 'method = "snapshots"\nfiles = "days/*.geojson"\nactor = "a"\nresolution_m = 10'
    timeline = territory.open(campaign(tmp_path, cut, TWO))
    assert holders(timeline, "2020-01-04") == ["a", "a"]
    assert holders(timeline, "2020-01-05") == ["a", "unknown"]


def test_a_map_without_a_day_in_its_name_is_refused(tmp_path):
    geojson(tmp_path / "days" / "map.geojson", [box(36, 35, 36.5, 36)])
    cut = 'method = "snapshots"\nfiles = "days/*.geojson"\nactor = "a"\nresolution_m = 10'
    with pytest.raises(CampaignError, match="must have one date"):
        territory.open(campaign(tmp_path, cut, TWO))


def test_a_resolution_must_be_stated(tmp_path):
    geojson(tmp_path / "days" / "20200101.geojson", [box(36, 35, 36.5, 36)])
    cut = 'method = "snapshots"\nfiles = "days/*.geojson"\nactor = "a"'
    with pytest.raises(CampaignError, match=r"partition\.resolution_m is missing: Detail"):
        territory.open(campaign(tmp_path, cut, TWO))


def test_dated_lines_part_the_extent(tmp_path):
    lines = [LineString([(x, 35.01), (x + 0.05, 35.5), (x, 35.99)]) for x in (36.3, 36.6)]
    geojson(tmp_path / "front.geojson", lines, day=["1/1/2020", "20/1/2020"])
    cut = 'method = "lines"\nfile = "front.geojson"\ndate = "day"\ndate_format = "%d/%m/%Y"\nleft = "a"\nright = "b"\n'
    timeline = territory.open(campaign(tmp_path, cut + "resolution_m = 10", TWO))
    held = timeline.areas().pivot(index="day", columns="actor", values="area_km2")
    assert held.a.to_numpy() / timeline.partition.total_km2 == pytest.approx([0.3245, 0.6245], abs=2e-3)
    assert timeline.partition.method["extended_km"] == pytest.approx(4 * 1.11, abs=0.01)


def test_dates_that_could_be_read_two_ways_need_their_form(tmp_path):
    geojson(tmp_path / "front.geojson", [LineString([(36.3, 35), (36.3, 36)])], day=["4/5/2020"])
    cut = 'method = "lines"\nfile = "front.geojson"\ndate = "day"\nleft = "a"\nright = "b"\nresolution_m = 10'
    with pytest.raises(CampaignError, match="date_format"):
        territory.open(campaign(tmp_path, cut, TWO))


def test_a_line_that_ends_far_inside_is_refused_with_its_day(tmp_path):
    geojson(tmp_path / "front.geojson", [LineString([(36.3, 35), (36.5, 35.5)])], day=["2020-01-04"])
    sides = 'date = "day"\nleft = "a"\nright = "b"\nresolution_m = 10\nfarthest_km = 20'
    cut = f'method = "lines"\nfile = "front.geojson"\n{sides}'
    with pytest.raises(PartitionError, match="2020-01-04 ends 45 km inside"):
        territory.open(campaign(tmp_path, cut, TWO))


def test_files_outside_the_folder_are_refused(tmp_path):
    for cut in ('method = "units"\nfile = "../u.geojson"\nid = "x"', 'method = "snapshots"\nfiles = "../*.geojson"'):
        with pytest.raises(CampaignError, match="must lie in the campaign folder"):
            territory.open(campaign(tmp_path, cut, TWO))
