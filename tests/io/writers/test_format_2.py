"""A folder of format 1 rewritten in format 2 is the same campaign, and loses nothing that a person wrote."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import numpy as np
import pytest
from worlds import EVENTS, TOML, campaign_folder

import territory
from territory._util import atomic
from territory.errors import CampaignError
from territory.io.readers import campaign_folder as folders
from territory.io.writers import format_2

ARABIC = TOML.replace('label = "Belgium"', '# the small kingdom\nlabel = "Belgium"\nlabel_ar = "بلجيكا"')
FOUND = EVENTS.replace("\n", ",found\n").replace(",found\n", ",confidence\n", 1)


@pytest.fixture
def folder(tmp_path) -> Path:
    toml = ARABIC.replace('title = "The Yser', 'title_ar = "ال" # first\ntitle = "The Yser')
    return campaign_folder(tmp_path / "yser", toml=toml, events=FOUND)


def texts(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_campaign_stays_the_same_and_comments_stay(folder):
    before = territory.open(folder)
    migration = format_2.migrate(folder)
    after = territory.open(folder)
    toml = (folder / "campaign.toml").read_text(encoding="utf-8")
    assert 'title.ar = "ال" # first\ntitle.en = "The Yser' in toml
    assert '# the small kingdom\nlabel.en = "Belgium"\nlabel.ar = "بلجيكا"' in toml
    assert "format = 2" in toml
    assert after.campaign.actors.all == before.campaign.actors.all
    assert {event.grounding for event in after.campaign.events} == {"cited"}
    assert np.array_equal(after.changes.day, before.changes.day)
    assert after.areas().equals(before.areas())
    assert len(migration.changes) == 2


def test_a_second_run_changes_nothing(folder):
    format_2.migrate(folder)
    before = texts(folder)
    assert format_2.migrate(folder).changes == []
    assert texts(folder) == before


def test_a_plan_writes_nothing(folder):
    before = texts(folder)
    assert set(format_2.plan(folder).files) == {"campaign.toml", "events.csv"}
    assert texts(folder) == before


def test_a_word_that_says_nothing_of_grounding_goes_to_the_note(folder):
    path = folder / "events.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",found\n", ",rather high\n", 1), encoding="utf-8")
    assert "1 rows have 'rather high' where grounding is meant" in territory.open(folder).campaign.warnings[0]
    said = format_2.migrate(folder).changes
    with path.open(encoding="utf-8", newline="") as stream:
        row = next(csv.DictReader(stream))
    assert (row["grounding"], row["note"]) == ("", "confidence: rather high")
    assert said[-1] == "events.csv: 1 rows had another word for confidence; it stands in their note."


def test_the_new_columns_stand_where_they_belong(folder):
    format_2.migrate(folder)
    header = (folder / "events.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    assert header[header.index("source") :][:3] == ["source", "locator", "quote"]
    assert header[header.index("note") :][:2] == ["note", "drafted_by"]


def test_a_folder_with_faults_is_left_as_it_is(folder):
    path = folder / "events.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("capture", "captre", 1), encoding="utf-8")
    before = texts(folder)
    with pytest.raises(CampaignError, match="kind 'captre' is not known"):
        format_2.migrate(folder)
    assert texts(folder) == before


def test_a_key_inside_a_line_is_refused_and_nothing_is_written(folder):
    path = folder / "campaign.toml"
    toml, _, _ = path.read_text(encoding="utf-8").partition("[[actor]]")
    belgium, germany = 'id = "belgium", label = "B", label_ar = "ب"', 'id = "germany", label = "Fourth Army"'
    path.write_text(f"actor = [{{ {belgium} }}, {{ {germany} }}]\n{toml}", encoding="utf-8")
    before = texts(folder)
    with pytest.raises(
        CampaignError, match=r"cannot be rewritten line by line \(actor .belgium.: label_ar is not known"
    ):
        format_2.migrate(folder)
    assert texts(folder) == before


def test_a_run_that_dies_between_the_files_leaves_a_folder_that_opens_and_can_be_completed(
    folder, tmp_path, monkeypatch
):
    whole = Path(shutil.copytree(folder, tmp_path / "whole"))
    format_2.migrate(whole)

    def dies(path, text):
        if path.name == "campaign.toml":
            raise OSError("the disk is full")
        return atomic.write_file(path, text)

    monkeypatch.setattr(format_2, "write_file", dies)
    with pytest.raises(OSError, match="the disk is full"):
        format_2.migrate(folder)
    monkeypatch.undo()
    assert {event.grounding for event in folders.read(folder).events} == {"cited"}
    format_2.migrate(folder)
    assert texts(folder) == texts(whole)
