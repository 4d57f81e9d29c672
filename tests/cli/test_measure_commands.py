"""``territory route`` and ``territory stats`` as users call them."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from typer.testing import CliRunner

from territory.cli import application
from territory.errors import InputError, RouteError, UnknownName


def said(*words):
    result = CliRunner().invoke(application(), list(words), catch_exceptions=False, env={"COLUMNS": "200"})
    assert result.exit_code == 0
    return result.stdout


def test_a_way_on_a_day_is_a_sentence():
    text = said(
        "route", "idlib-2015", "أريحا", "Jisr al-Shughur", "--actor", "SAA", "--contested", "--on", "2015-04-24"
    )
    assert text.startswith("Government had a way from Ariha to Jisr al-Shughur on 2015-04-24")
    assert "km, 1.00 times the way in peace; one way" in text


def test_no_way_says_where_it_stops_who_holds_it_and_by_which_record():
    text = said("route", "idlib-2015", "Ariha", "Jisr al-Shughur", "--actor", "government", "--on", "2015-04-24")
    assert "had no way" in text
    assert "stops at Jisr al-Shughur sugar factory (held by Government, contested, by record E116" in text


def test_without_a_day_the_days_of_change_are_listed_with_their_record():
    text = said("route", "idlib-2015", "Ariha", "Jisr al-Shughur", "--actor", "government", "--contested")
    assert "2015-04-25" in text
    assert "E173 withdrawal, Ariha, 2015-05-28" in text


def test_a_point_is_as_good_as_a_name():
    text = said("route", "idlib-2015", "36.61,35.81", "Muhambal", "--actor", "government", "--on", "2015-04-24")
    assert "from 36.61, 35.81 to Muhambal" in text


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["route", "idlib-2015", "Ariha", "Nowhere", "--actor", "government"], UnknownName),
        (["route", "idlib-2015", "Ariha", "Muhambal", "--actor", "nobody-known"], UnknownName),
        (["route", "idlib-2015", "Ariha", "36.2,36.5", "--actor", "government"], RouteError),
        (["stats", "--format", "parquet"], InputError),
        (["stats", "-o", "x.txt"], InputError),
        (["stats", "--of", "turnover", "--on", "2015-03-01"], InputError),
    ],
)
def test_what_cannot_be_answered_is_refused_in_words(words, error):
    with pytest.raises(error):
        said(*words)


@pytest.mark.parametrize("subject", ["areas", "units", "evidence", "fronts", "turnover"])
def test_every_subject_is_a_table_and_a_series(subject):
    assert "km" in said("stats", "--of", subject, "--on", "2015-04-25")
    rows = json.loads(said("stats", "--of", subject, "--on", "2015-04-25", "--format", "json"))
    assert rows
    assert {name for row in rows for name in row} == set(rows[0])


def test_figures_are_written_in_every_form(tmp_path):
    for form in ("csv", "json", "parquet"):
        path = tmp_path / f"areas.{form}"
        assert "rows of areas" in said("stats", "--format", form, "-o", str(path))
    frames = [
        pd.read_csv(tmp_path / "areas.csv"),
        pd.DataFrame(json.loads((tmp_path / "areas.json").read_text(encoding="utf-8"))),
        pd.read_parquet(tmp_path / "areas.parquet"),
    ]
    assert len({len(frame) for frame in frames}) == 1
    totals = [frame.groupby("day").area_km2.sum().to_numpy() for frame in frames]
    assert totals[0] == pytest.approx(totals[2], rel=1e-6)
    assert totals[1] == pytest.approx(totals[2], rel=1e-6)
