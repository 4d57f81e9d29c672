"""A folder with faults in all of its files is reported in one run: a sentence each, with file and line or key."""

from __future__ import annotations

import json

import pytest
from worlds import campaign_folder

import territory
from territory.errors import CampaignError

TOML = """\
format = 2
id = "yser-1914"
titl = "The Yser, October 1914"
first_day = "1914-10"
last_day = 1914-10-31
time_zone = "Europe/Brusels"
extent = "1234"
licence = 5

[partition]
method = "places"
crs = "EPSG:32631"
max_radius_km = 1e308
site_radius_km = { lock = -1 }

[rules]
fusion = "latst"
stale_after_days = 1000000000000000000000000000000

[[actor]]
id = "belgium"
label = "Belgium"
colour = "red"

[[actor]]
id = "germany"
label = { fr = "Allemagne" }
parnet = "belgium"

[[layer]]
file = "land.geojson"
role = "sea"
schematic = "false"

[[layer]]
file = "river.geojson"
role = "river"

[[chapter]]
day = 1914-10-29
title = "T"
events = ["e1", "e9"]
"""
PLACES = """\
place_id,name,kind,lon,lat
nieuwpoort,Nieuwpoort,town,2.7513,51.1296
diksmuide,Diksmuide,town,190,51.0325
ramskapelle,Ramskapelle,village,x,51.1
"""
SOURCES = """\
source_id,title,derived_from,from_map
wire,A telegram,,maybe
daily,The Daily,wirre,
"""
EVENTS = """\
event_id,date,kind,place,actor,source,groundng,seq
e1,1914-10-16,baseline,nieuwpoort,belgium,wire,cited,
e2,1914-4-5,capture,diksmuide,germany,wire,cited,
e3,1914-10-20,captre,diksmuide,germany,wire,cited,
e4,1914-10-20,capture,dixmude,germny,wire,read,
e4,1914-10-21,capture,diksmuide,germany,wire,cited,first
"""
SAID = """\
campaign.toml:3: titl is not known. Did you mean 'title'?
campaign.toml:4: first_day is '1914-10'; it must be one day.
campaign.toml:6: time_zone is 'Europe/Brusels', which is no time zone such as Asia/Damascus. Did you mean
campaign.toml:7: extent is '1234'; write [west, south, east, north] in degrees.
campaign.toml:8: licence is 5; write it as text: licence = "...".
campaign.toml:13: partition.max_radius_km is 1e+308; it must be at most 20000.
campaign.toml:14: partition.site_radius_km.lock is -1; it must be 0 or more.
campaign.toml:17: rules.fusion is 'latst'; it must be one of latest, majority, against_interest
campaign.toml:18: rules.stale_after_days is 1000000000000000000000000000000; it must be at most 100000.
campaign.toml:20: actor 'belgium' has colour 'red'; write it as #rrggbb in small letters.
campaign.toml:27: actor 'germany': label has no text in en, the language of the campaign; found fr.
campaign.toml:28: actor 'germany': parnet is not known. Did you mean 'parent'?
campaign.toml:32: layer 'land.geojson': role is 'sea'; it must be one of land, country, admin, river, lake, road.
campaign.toml:33: layer 'land.geojson': schematic is 'false'; it must be true or false, without quotes.
campaign.toml:36: layer 'river.geojson': file: river.geojson, feature 0: the geometry must be one of
campaign.toml:42: chapter 'T': events names 'e9', which is no event. Did you mean 'e1'?
events.csv:1: column 'groundng' is not known. Did you mean 'grounding'?
events.csv:3: date '1914-4-5' lacks a zero; write two figures for month and day, as in 2015-04-05.
events.csv:4: kind 'captre' is not known. Did you mean 'capture'? Known: baseline, capture
events.csv:5: No actor is called 'germny'. Did you mean 'germany'?
events.csv:5: No place is called 'dixmude'. Did you mean 'Diksmuide'?
events.csv:5: grounding is 'read'; it must be one of cited, implied, map, recalled.
events.csv:6: event_id 'e4' is on line 5 too, with other content.
events.csv:6: seq is 'first'; it must be a whole number.
places.csv:3: lon is 190, which is not on the globe.
places.csv:4: lon is 'x'; it must be a number with a decimal point.
sources.csv:2: from_map is 'maybe'; it must be yes or no.
sources.csv:3: derived_from names 'wirre', which is no source_id. Did you mean 'wire'?
"""


def faulty(folder, **files):
    campaign_folder(folder, toml=TOML, places=PLACES, sources=SOURCES, events=EVENTS)
    empty = {"type": "FeatureCollection", "features": []}
    nothing = {"type": "Feature", "properties": {}, "geometry": None}
    (folder / "land.geojson").write_text(json.dumps(empty), encoding="utf-8")
    (folder / "river.geojson").write_text(json.dumps({**empty, "features": [nothing]}), encoding="utf-8")
    return folder


def test_all_faults_of_all_files_are_told_in_one_run(tmp_path):
    with pytest.raises(CampaignError) as caught:
        territory.open(faulty(tmp_path))
    said = [str(fault) for fault in caught.value.faults]
    assert len(said) == len(SAID.splitlines()) > 25
    for sentence, wanted in zip(said, SAID.splitlines(), strict=True):
        assert sentence.startswith(wanted)
