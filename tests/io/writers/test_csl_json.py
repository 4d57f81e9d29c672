"""Sources to CSL-JSON and back, and a folder that holds its sources in it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import campaign_folder

import territory
from territory.errors import CampaignError
from territory.io.readers import csl_json as reader
from territory.io.readers.fault_list import FaultList
from territory.io.writers import csl_json as writer
from territory.records.sources import Source, Sources

WORDS = st.text(st.sampled_from("aß عé&<'\" -"), max_size=8).map(str.strip)
DAYS = st.sampled_from(["", "2015", "2015-04", "2015-04-25", "2015-04-24/2015-04-25", "spring 2015", "2015-04-25~"])
SOURCES = st.builds(
    Source,
    id=st.from_regex(r"[a-z0-9]{1,6}", fullmatch=True),
    title=st.just("T"),
    publisher=WORDS,
    side=WORDS,
    published=DAYS,
    url=st.sampled_from(["", "https://example.org/?a=1&b=2"]),
    archive_url=WORDS,
    accessed=DAYS,
    derived_from=st.lists(st.sampled_from(["one", "two"]), max_size=2, unique=True).map(tuple),
    from_map=st.booleans(),
    p_false_gain=st.none() | st.sampled_from([0.05, 1.0]),
)


@given(st.lists(SOURCES, max_size=3, unique_by=lambda source: source.id))
def test_sources_come_back_as_they_were_written(tmp_path_factory, sources):
    path = tmp_path_factory.mktemp("csl") / "sources.json"
    path.write_text(writer.dumps(Sources.of(sources)), encoding="utf-8")
    faults = FaultList()
    rows = reader.read(path, faults)
    assert faults.faults == []
    assert [Source(row.source_id, **row.model_dump(exclude={"source_id"})) for row in rows] == sources


def test_a_folder_with_sources_in_csl_json_is_the_same_campaign(tmp_path):
    folder = campaign_folder(tmp_path / "yser")
    before = territory.open(folder).campaign.sources
    (folder / "sources.json").write_text(writer.dumps(before), encoding="utf-8")
    with pytest.raises(CampaignError, match="both stand in the folder"):
        territory.open(folder)
    (folder / "sources.csv").unlink()
    assert territory.open(folder).campaign.sources == before


def test_an_item_of_a_reference_manager_is_read_and_its_authors_stand_for_a_publisher(tmp_path):
    item = {
        "id": "http://zotero.org/users/1/items/ABC",
        "type": "report",
        "title": "A report",
        "author": [{"family": "Doe", "given": "A."}, {"literal": "The Desk"}],
        "issued": {"date-parts": [["2015", 4, 5]]},
        "language": "en",
    }
    path = tmp_path / "sources.json"
    path.write_text(json.dumps([item]), encoding="utf-8")
    (row,) = reader.read(path, FaultList())
    assert (row.publisher, row.published) == ("Doe, A.; The Desk", "2015-04-05")


def test_faults_of_items_are_told_by_number_and_id(tmp_path):
    folder = campaign_folder(tmp_path / "yser")
    (folder / "sources.csv").unlink()
    items = [{"id": "wire"}, {"id": "wire", "title": "T", "custom": {"from_map": "maybe", "derived_from": ["wirre"]}}]
    (folder / "sources.json").write_text(json.dumps(items), encoding="utf-8")
    with pytest.raises(CampaignError) as caught:
        territory.open(folder)
    said = [str(fault) for fault in caught.value.faults if fault.file == "sources.json"]
    assert said == [
        "sources.json: 'wire': derived_from names 'wirre', which is no source_id. Did you mean 'wire'?",
        "sources.json: item 1 ('wire'): title is missing: As published.",
        "sources.json: item 2 ('wire'): another item has this id too.",
        "sources.json: item 2 ('wire'): from_map is 'maybe'; it must be yes or no.",
    ]


@pytest.mark.parametrize("text", ["{}", "[1]", "[NaN]", '[{"id": 1, "id": 2}]', "[" * 100_000])
def test_what_is_no_list_of_items_is_refused(tmp_path, text):
    folder = campaign_folder(tmp_path / "yser")
    (folder / "sources.csv").unlink()
    (folder / "sources.json").write_text(text, encoding="utf-8")
    with pytest.raises(CampaignError, match="is not CSL-JSON"):
        territory.open(folder)
