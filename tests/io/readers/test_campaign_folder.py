"""Campaign folders: a minimal one opens anywhere on the globe, and each fault is reported in a sentence."""

from __future__ import annotations

import json

import pytest
from worlds import EVENTS, PLACES, SOURCES, TOML, campaign_folder, with_rows, without_column

import territory
from territory.errors import CampaignError, InputError, LayerError, TerritoryError, UnknownName
from territory.io.readers import geojson


def refused(folder):
    with pytest.raises(TerritoryError) as caught:
        territory.open(folder)
    return str(caught.value)


def test_a_minimal_campaign_elsewhere_opens(tmp_path):
    timeline = territory.open(campaign_folder(tmp_path / "yser"))
    assert timeline.campaign.warnings == ()
    assert timeline.why("Nieuport").controller.id == "belgium"
    assert [str(day) for day in timeline.days] == ["1914-10-16", "1914-10-29", "1914-10-31"]
    assert timeline.why("ramskapelle", "1914-10-30").controller.id == "germany"
    assert timeline.why("ramskapelle", "1914-10-31").held.sources == ("The Wire", "The Wire via The Daily")
    assert timeline.areas().area_km2.sum() == pytest.approx(3 * timeline.partition.total_km2)
    assert set(timeline.at("1914-10-16").side) == {"belgium", "unknown"}


def test_a_folder_may_be_named_by_its_campaign_toml(tmp_path):
    folder = campaign_folder(tmp_path / "yser")
    assert territory.open(folder / "campaign.toml").campaign.id == "yser-1914"


def test_a_campaign_that_is_not_there_is_refused_with_what_there_is():
    with pytest.raises(UnknownName, match=r"No campaign is called 'idlib-2016'\. Did you mean 'idlib-2015'"):
        territory.open("idlib-2016")


# One bad row each, and what is said of it. The numbers are those of the trust notes.
ROW = "x,1914-10-20,capture,diksmuide,,,germany,,daily,,,,,"
BAD_EVENTS = {
    "54 swapped coordinates": (
        "x,1914-10-20,capture,,51.1,102.8,germany,,daily,,,,,",
        "lat is 102.8, which is not on the globe. lon and lat look swapped.",
    ),
    "54 coordinates off the globe": (
        "x,1914-10-20,capture,,2000,51,germany,,daily,,,,,",
        "lon is 2000, which is not on the globe",
    ),
    "56 no number": ("x,1914-10-20,capture,,2°50'E,51.1,germany,,daily,,,,,", "lon is '2°50'E'; it must be a number"),
    "75 infinite": ("x,1914-10-20,capture,,1e999,51.1,germany,,daily,,,,,", "lon is '1e999'; it must be finite"),
    "place and point": ("x,1914-10-20,capture,diksmuide,2.8,51.0,germany,,daily,,,,,", "give exactly one of place"),
    "neither place nor point": ("x,1914-10-20,capture,,,,germany,,daily,,,,,", "give exactly one of place"),
    "78 ambiguous date": (ROW.replace("1914-10-20", "04/05/1914"), "can be read in two ways"),
    "79 no such day": (ROW.replace("1914-10-20", "1914-10-32"), "is not a day of the calendar"),
    "80 a spreadsheet's number": (ROW.replace("1914-10-20", "42119"), "looks like a spreadsheet's day number"),
    "81 a missing zero": (ROW.replace("1914-10-20", "1914-4-5"), "lacks a zero"),
    "82 a year of two figures": (ROW.replace("1914-10-20", "14-10-20"), "is not EDTF"),
    "84 no EDTF": (ROW.replace("1914-10-20", "in October"), "is not EDTF"),
    "85 ends before it begins": (ROW.replace("1914-10-20", "1914-10-20/1914-10-19"), "ends before it begins"),
    "86 an instant": (ROW.replace("1914-10-20", "1914-10-20T23:30Z"), "has a time of day"),
    "88 never": (ROW.replace("1914-10-20", "9999-12-31"), "year 9999 is outside"),
    "open at both ends": (ROW.replace("1914-10-20", "../.."), "open at both ends"),
    "no date": (ROW.replace("1914-10-20", ""), "date is missing: When it was so"),
    "90 unknown place": (
        ROW.replace("diksmuide", "dixmuide"),
        "is called 'dixmuide'. Did you mean 'Diksmuide'",
    ),
    "92 unknown actor": (ROW.replace("germany", "germny"), "No actor is called 'germny'. Did you mean 'germany'"),
    "unknown kind": (ROW.replace("capture", "captured"), "kind 'captured' is not known. Did you mean 'capture'"),
    "no actor": (ROW.replace("germany", ""), "an event of kind capture needs an actor"),
    "unknown source": (ROW.replace("daily", "dayly"), "No source is called 'dayly'. Did you mean 'daily'"),
    "seq that is no number": (ROW.replace("daily,,", "daily,first,"), "seq is 'first'; it must be"),
    "counts without a number": (
        ROW.replace("daily,,,,,", "daily,,,,many,"),
        "counts has 'many'; write it as",
    ),
    "no id": (ROW.replace("x,", ",", 1), "event_id is missing: Its own name, unlike any other's."),
    "95 an id twice": (ROW.replace("x,", "e1,", 1), "event_id 'e1' is on line 6 too, with other content"),
    "96 supersedes nothing": (ROW.replace("daily,,,", "daily,,e9,"), "supersedes names 'e9', which is no event_id"),
    "96 supersedes itself": (ROW.replace("daily,,,", "daily,,x,"), "supersedes leads from 'x' back to itself"),
    "a correction of nothing": (ROW.replace("capture", "correction"), "a correction must name in supersedes"),
    "an alternative to nothing": (ROW.replace("daily,,,,", "daily,,,e9,"), "alternative_to names 'e9'"),
}


@pytest.mark.parametrize("case", BAD_EVENTS)
def test_a_bad_record_is_refused_with_its_line_and_advice(case, tmp_path):
    row, said = BAD_EVENTS[case]
    message = refused(campaign_folder(tmp_path, events=with_rows(EVENTS, row)))
    assert message.startswith("events.csv:8: ")
    assert said in message
    assert len(message.splitlines()) == 1


BAD_PLACES = {
    "54 swapped": ("x,X,town,51.1,102.8,", "lat is 102.8, which is not on the globe. lon and lat look swapped."),
    "59 beyond the date line": ("x,X,town,190,51.1,", "lon is 190, which is not on the globe"),
    "9 a decimal comma": ('x,X,town,"2,8","51,1",', "lon is '2,8'; it must be a number with a decimal point"),
    "no id": (",X,town,2.8,51.1,", "place_id is missing"),
    "an id twice": ("diksmuide,X,town,2.9,51.1,", "place_id 'diksmuide' is on line 4 too"),
}


@pytest.mark.parametrize("case", BAD_PLACES)
def test_a_bad_place_is_refused_with_its_line(case, tmp_path):
    row, said = BAD_PLACES[case]
    message = refused(campaign_folder(tmp_path, places=with_rows(PLACES, row)))
    assert message.startswith("places.csv:6: ")
    assert said in message


def test_a_source_that_relays_nothing_is_refused(tmp_path):
    message = refused(campaign_folder(tmp_path, sources=with_rows(SOURCES, "x,X,X,wirre")))
    assert message == "sources.csv:4: derived_from names 'wirre', which is no source_id. Did you mean 'wire'?"


def test_a_name_that_two_places_bear_is_a_fault_of_the_row(tmp_path):
    places = with_rows(PLACES, "other,Other,town,2.95,51.0,Dixmude")
    events = with_rows(EVENTS, ROW.replace("diksmuide", "Dixmude"), ROW.replace("x,", "y,", 1).replace("daily", "d"))
    message = refused(campaign_folder(tmp_path, places=places, events=events))
    assert "events.csv:8: 'Dixmude' may be any of diksmuide, other" in message
    assert "events.csv:9: No source is called 'd'" in message


def test_a_cycle_of_corrections_is_refused(tmp_path):
    a, b = ROW.replace("x,", "a,", 1).replace("daily,,,", "daily,,b,"), ROW.replace("x,", "b,", 1)
    message = refused(campaign_folder(tmp_path, events=with_rows(EVENTS, a, b.replace("daily,,,", "daily,,a,"))))
    assert message.splitlines() == [
        "events.csv:8: supersedes leads from 'a' back to itself; break the cycle.",
        "events.csv:9: supersedes leads from 'b' back to itself; break the cycle.",
    ]


def test_a_report_without_a_day_is_refused(tmp_path):
    lines = EVENTS.splitlines()
    cells = ["reported", "", "", "", "", "../..", "1914-10-31~"]
    events = "".join(f"{cell},{line}\n" for cell, line in zip(cells, lines, strict=True))
    message = refused(campaign_folder(tmp_path, events=events))
    assert message == "events.csv:6: reported: '../..' is open at both ends, so no day can be chosen."


def test_ten_faults_are_reported_at_once(tmp_path):
    rows = [row.replace("x,", f"x{n},", 1) for n, (row, _) in enumerate(list(BAD_EVENTS.values())[:10])]
    with pytest.raises(CampaignError) as caught:
        territory.open(campaign_folder(tmp_path, events=with_rows(EVENTS, *rows)))
    assert [(fault.file, fault.line) for fault in caught.value.faults] == [("events.csv", 8 + n) for n in range(10)]


def test_faults_of_all_tables_are_reported_at_once(tmp_path):
    folder = campaign_folder(
        tmp_path,
        places=with_rows(PLACES, "x,X,town,190,51.1,"),
        sources=with_rows(SOURCES, "x,X,X,wirre"),
        events=with_rows(
            EVENTS, ROW.replace("germany", "germny"), ROW.replace("x,", "y,", 1).replace("diksmuide", "x")
        ),
    )
    with pytest.raises(CampaignError) as caught:
        territory.open(folder)
    found = [(fault.file, fault.line) for fault in caught.value.faults]
    assert found == [("events.csv", 8), ("places.csv", 6), ("sources.csv", 4)]


@pytest.mark.parametrize("column", ["event_id", "date", "kind", "actor", "source"])
def test_a_column_that_is_missing_is_named(column, tmp_path):
    events = without_column(EVENTS.replace(', in the ""rain"" of October', ""), column)
    assert f"events.csv:1: column {column} is missing" in refused(campaign_folder(tmp_path, events=events))


@pytest.mark.parametrize("name", ["campaign.toml", "places.csv", "sources.csv", "events.csv"])
def test_a_file_that_is_missing_is_named(name, tmp_path):
    folder = campaign_folder(tmp_path)
    (folder / name).unlink()
    assert name in refused(folder)


BAD_TOML = {
    "no TOML": (TOML + "= 1\n", "campaign.toml: is not TOML"),
    "a format to come": (
        TOML.replace("format = 1", "format = 3"),
        "format is 3; this version reads up to 2. Install a newer",
    ),
    "no title": (TOML.replace('title = "The Yser, October 1914"', ""), "title is missing: Heading of the map"),
    "a day that is none": (
        TOML.replace("1914-10-31", '"31/10/1914"'),
        "last_day: date '31/10/1914' can be read in",
    ),
    "a month for a day": (TOML.replace("1914-10-31", '"1914-10"'), "last_day is '1914-10'; it must be one day"),
    "an end before the beginning": (
        TOML.replace("1914-10-31", "1914-10-01"),
        "last_day is 1914-10-01, before first_day 1914-10-16",
    ),
    "no extent": (TOML.replace("extent =", "extend ="), "campaign.toml:7: extend is not known. Did you mean 'extent'?"),
    "an extent turned round": (TOML.replace("[2.6, 50.95, 3.1, 51.2]", "[3.1, 50.95, 2.6, 51.2]"), "not west < east"),
    "an extent of text": (
        TOML.replace("[2.6, 50.95, 3.1, 51.2]", '["a", 1, 2, 3]'),
        "write [west, south, east, north]",
    ),
    "no time zone": (TOML.replace("time_zone", "timezone"), "timezone is not known. Did you mean 'time_zone'?"),
    "deeper than anyone writes": (TOML + "x = " + "[" * 5000 + "]" * 5000, "campaign.toml: is not TOML"),
    "a baseline after the end": (
        TOML.replace("[partition]", "baseline = 1914-12-01\n[partition]"),
        "baseline is 1914-12-01, after last_day 1914-10-31",
    ),
    "two methods": (TOML.replace('"places"', '["places"]'), "partition.method is ['places']; it must be one of"),
    "an unknown method": (TOML.replace('"places"', '"guess"'), "partition.method is 'guess'; it must be one of"),
    "a radius of words": (
        TOML.replace("max_radius_km = 6", 'max_radius_km = "six"'),
        "max_radius_km is 'six'; it must be a number",
    ),
    "a radius below nothing": (TOML.replace("max_radius_km = 6", "max_radius_km = -6"), "max_radius_km"),
    "an unknown projection": (TOML.replace("EPSG:32631", "EPSG:1"), "crs is 'EPSG:1', which is no known system"),
    "degrees for metres": (TOML.replace("EPSG:32631", "EPSG:4326"), "is not in metres"),
    "an actor of numbers": (TOML.replace('"Belgium"', "5"), "label is 5; write it as text"),
    "aliases that are no list": (TOML.replace('["Fourth Army"]', "5"), "aliases"),
    "stale after words": (TOML + '[rules]\nstale_after_days = "long"\n', "stale_after_days"),
    "an unknown policy": (TOML + '[rules]\ndate_policy = "first"\n', "date_policy is 'first'; it must be one of"),
    "a layer elsewhere": (TOML + '[[layer]]\nfile = "../x.geojson"\nrole = "land"\n', "must be a file in the campaign"),
    "a layer of no role": (
        TOML + '[[layer]]\nfile = "x.geojson"\nrole = "sea"\n',
        "layer 'x.geojson': role is 'sea'; it must be one of",
    ),
    "a layer that is not there": (TOML + '[[layer]]\nfile = "x.geojson"\nrole = "land"\n', "x.geojson does not exist"),
    "a chapter of no record": (
        TOML + '[[chapter]]\nday = 1914-10-29\ntitle = "T"\nevents = ["e7"]\n',
        "chapter 'T': events names 'e7', which is no event",
    ),
    "a chapter after the end": (TOML + '[[chapter]]\nday = 1914-11-29\ntitle = "T"\n', "1914-11-29"),
    "a view of one number": (TOML + '[[chapter]]\nday = 1914-10-29\ntitle = "T"\nview = [1]\n', "view"),
    "a key day after the end": (TOML.replace("[partition]", "key_day = 1915-01-01\n[partition]"), "key_day"),
}


@pytest.mark.parametrize("case", BAD_TOML)
def test_a_bad_campaign_toml_is_refused_in_a_sentence(case, tmp_path):
    toml, said = BAD_TOML[case]
    message = refused(campaign_folder(tmp_path, toml=toml))
    assert said in message
    assert "campaign.toml" in message or "crs" in message


SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}


DEEP = json.loads("[" * 500 + "]" * 500)


def collection(*geometries, **feature):
    features = [{"type": "Feature", "properties": {}, "geometry": one, **feature} for one in geometries]
    return json.dumps({"type": "FeatureCollection", "features": features})


def polygon(*ring):
    return {"type": "Polygon", "coordinates": [list(ring)]}


BAD_LAYERS = {
    "39 another driver's file": ("<OGRVRTDataSource/>", "layer.geojson is not GeoJSON"),
    "47 deeper than anyone writes": ("[" * 200_000, "layer.geojson is not GeoJSON"),
    "47 deep coordinates": (
        collection({"type": "Polygon", "coordinates": json.loads("[" * 500 + "]" * 500)}),
        "feature 0",
    ),
    "48 a key twice": ('{"type": 1, "type": "FeatureCollection"}', "the key 'type' is repeated"),
    "49 NaN": ('{"type": "FeatureCollection", "features": [NaN]}', "'NaN' is not a number in JSON"),
    "49 Infinity": ('{"type": "FeatureCollection", "features": [Infinity]}', "'Infinity' is not a number"),
    "50 too large": (collection(SQUARE).replace("[1, 0]", "[1e999, 0]"), "is not a longitude and a latitude"),
    "50 a whole number too large": (collection(SQUARE).replace("[1, 0]", f"[1{'0' * 400}, 0]"), "feature 0"),
    "54 off the globe": (collection(SQUARE).replace("[1, 0]", "[1, 95]"), "is not a longitude and a latitude"),
    "62 a bow tie": (collection(polygon([0, 0], [1, 1], [1, 0], [0, 1], [0, 0])), "Self-intersection"),
    "63 an open ring": (collection(polygon([0, 0], [1, 0], [1, 1], [0, 1])), "feature 0"),
    "64 a ring of two": (collection(polygon([0, 0], [1, 0])), "feature 0"),
    "71 no geometry": (collection(None), "feature 0: the geometry must be one of"),
    "73 a collection in it": (collection({"type": "GeometryCollection", "geometries": []}), "must be one of"),
    "74 text for numbers": (collection(polygon(["0", "0"], [1, 0], [1, 1], [0, 0])), "found '0' where a position"),
    "half a position": (collection({"type": "Point", "coordinates": [1]}), "feature 0"),
    "no position": (collection({"type": "Polygon"}), "feature 0"),
    "properties that are none": (collection(SQUARE, properties="x"), "feature 0"),
    "one feature alone": (json.dumps({"type": "Feature", "geometry": SQUARE}), "must be one FeatureCollection"),
    "a list": ("[]", "must be one FeatureCollection"),
}


@pytest.mark.parametrize("case", BAD_LAYERS)
def test_a_bad_layer_is_refused_by_name_and_feature(case, tmp_path):
    text, said = BAD_LAYERS[case]
    path = tmp_path / "layer.geojson"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LayerError) as caught:
        geojson.read(path)
    assert "layer.geojson" in str(caught.value)
    assert said in str(caught.value)


def test_a_clockwise_shell_and_a_height_are_taken(tmp_path):
    path = tmp_path / "layer.geojson"
    path.write_text(collection(polygon([0, 0, 5], [0, 1, 5], [1, 1, 5], [1, 0, 5], [0, 0, 5])), encoding="utf-8")
    (shape,), _ = geojson.read(path)
    assert (shape.area, shape.has_z) == (1.0, False)


def test_land_bounds_the_cells(tmp_path):
    toml = TOML + '[[layer]]\nfile = "land.geojson"\nrole = "land"\ntitle = "Land"\n'
    folder = campaign_folder(tmp_path, toml=toml)
    ring = [[2.7, 51.0], [3.0, 51.0], [3.0, 51.19], [2.7, 51.19], [2.7, 51.0]]
    (folder / "land.geojson").write_text(collection(polygon(*ring)), encoding="utf-8")
    timeline = territory.open(folder)
    assert timeline.at("1914-10-16").total_bounds.tolist() == pytest.approx([2.7, 51.0, 3.0, 51.19], abs=1e-4)


def test_places_off_the_land_and_on_one_spot_are_all_named(tmp_path):
    places = with_rows(PLACES, "sea,At Sea,village,9,51.1,", "twin,Twin,village,2.8646,51.0325,")
    message = refused(campaign_folder(tmp_path, places=places))
    assert "diksmuide and twin have the same coordinates" in message
    assert "sea (lon 9.0, lat 51.1) lies off the land" in message


def test_places_a_hand_s_breadth_apart_are_named(tmp_path):
    places = with_rows(PLACES, "twin,Twin,village,2.8646001,51.0325,")
    message = refused(campaign_folder(tmp_path, places=places))
    assert "diksmuide and twin lie 0.007 m apart, too near for a border between them" in message
    assert "move or merge them, or make one a kind without ground" in message


def test_a_campaign_without_places_is_refused(tmp_path):
    message = refused(campaign_folder(tmp_path, places="place_id,name,kind,lon,lat\n", events=EVENTS.splitlines()[0]))
    assert "There is no place to make cells of" in message


def test_every_refusal_is_an_input_error_or_says_which_name(tmp_path):
    assert issubclass(CampaignError, InputError)
    assert issubclass(CampaignError, InputError)
