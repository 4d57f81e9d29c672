"""Names that held for a time: found in the reports of their time, and shown on its days."""

from __future__ import annotations

from datetime import date

import pytest
from worlds import EVENTS, TOML, campaign_folder, with_rows

import territory
from territory.errors import AmbiguousName, CampaignError
from territory.records.naming import Naming, name_on

TABLE = """\
place_id,from,to,name,name_fr
nieuwpoort,,1914-10-20,Nova,Neuve
diksmuide,1914-10-21,,Nova,
"""


@pytest.fixture
def folder(tmp_path):
    toml = (
        TOML
        + """
[[actor.renamed]]
from = 1914-10-30
label.en = "Eleventh Army"
"""
    )
    row = "x,1914-10-30,capture,Nova,,,germany,,daily,,,,,"
    folder = campaign_folder(
        tmp_path / "yser", toml=toml.replace("format = 1", "format = 2"), events=with_rows(EVENTS, row)
    )
    (folder / "names.csv").write_text(TABLE, encoding="utf-8")
    return folder


def test_a_name_holds_from_its_first_day_to_its_last():
    namings = [Naming("Petrograd", {"fr": "Pétrograd"}, date(1914, 9, 1), date(1924, 1, 25))]
    names = [name_on(date(year, 6, 1), "Leningrad", {}, namings, "fr") for year in (1914, 1915, 1923, 1924)]
    assert names == ["Leningrad", "Pétrograd", "Pétrograd", "Leningrad"]


def test_a_report_means_the_place_that_had_the_name_on_its_day(folder):
    places = territory.open(folder).campaign.places
    assert places[places.find("Nova", date(1914, 10, 20))].id == "nieuwpoort"
    assert places[places.find("Nova", date(1914, 10, 30))].id == "diksmuide"
    assert places[places.find("Neuve")].id == "nieuwpoort"
    with pytest.raises(AmbiguousName, match="nieuwpoort, diksmuide"):
        places.find("Nova")


def test_a_record_is_read_by_the_name_of_its_day_and_the_answer_says_the_names_of_the_day_asked(folder):
    timeline = territory.open(folder)
    (record,) = (event for event in timeline.campaign.events if event.id == "x")
    assert timeline.campaign.places[record.place].id == "diksmuide"
    assert timeline.why("diksmuide", "1914-10-20").sentence().startswith("Diksmuide on 1914-10-20")
    said = timeline.why("diksmuide", "1914-10-31").sentence()
    assert said.startswith("Nova on 1914-10-31: control, Eleventh Army")
    assert "Eleventh Army" in set(timeline.territories("1914-10-31").label)


def test_a_naming_of_no_place_and_one_that_ends_before_it_begins_are_faults(folder):
    (folder / "names.csv").write_text(
        TABLE + "dixmude,,,Nova,\nnieuwpoort,1914-10-30,1914-10-29,X,\n", encoding="utf-8"
    )
    with pytest.raises(CampaignError) as caught:
        territory.open(folder)
    assert [str(fault) for fault in caught.value.faults] == [
        "names.csv:4: place_id names 'dixmude', which is no place_id of places.csv. Did you mean 'diksmuide'?",
        "names.csv:5: to is 1914-10-29, before from, 1914-10-30.",
    ]
