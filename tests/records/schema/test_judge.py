"""The schema: every key and column has its type and bounds, and a misspelt one gets the right suggestion."""

from __future__ import annotations

import subprocess
import sys
from typing import get_args

import pytest
from pydantic import BaseModel

from territory.records.schema import partitions, rows, settings
from territory.records.schema.judge import judge, keys, tables_in

SPECS = (
    partitions.PlacesSpec,
    partitions.UnitsSpec,
    partitions.H3Spec,
    partitions.SnapshotsSpec,
    partitions.LinesSpec,
)
TABLES = (
    settings.CampaignFile,
    settings.ActorTable,
    settings.MembershipTable,
    settings.RenamedTable,
    settings.RulesTable,
    settings.EstimatorTable,
    settings.LayerTable,
    settings.ChapterTable,
    *SPECS,
)
ROWS = (rows.EventRow, rows.PlaceRow, rows.NameRow, rows.SourceRow)


def example(model: type[BaseModel]) -> dict:
    """The smallest table that the schema takes, from its own examples."""
    written = {}
    for name, field in model.model_fields.items():
        if field.is_required():
            only = name == "method"  # the one word that says which table it is
            written[field.alias or name] = get_args(field.annotation)[0] if only else field.examples[0]
    return written


def test_the_list_of_tables_is_complete():
    found, queue = set(), [settings.CampaignFile]
    while queue:
        table = queue.pop()
        found.add(table)
        queue += [inner for field in table.model_fields.values() for inner in tables_in(field.annotation)]
    assert found == set(TABLES)


@pytest.mark.parametrize("model", [*TABLES, *ROWS], ids=lambda model: model.__name__)
def test_what_is_required_has_an_example_that_is_taken_and_everything_says_what_it_means(model):
    judged = judge(model, example(model))
    assert judged.faults == {}
    for field in model.model_fields.values():
        assert field.description
        assert field.description.endswith(".")


def misspelt(key: str) -> list[str]:
    """A key with two letters exchanged, one missing, one doubled."""
    middle = len(key) // 2
    exchanged = key[: middle - 1] + key[middle] + key[middle - 1] + key[middle + 1 :]
    return [word for word in (exchanged, key[:-1], key + key[-1]) if word and word != key]


@pytest.mark.parametrize("model", [*TABLES, *ROWS], ids=lambda model: model.__name__)
def test_every_key_misspelt_gets_the_right_suggestion_and_no_second_fault(model):
    whole = example(model)
    for key in keys(model):
        if key == "method" and model in SPECS:
            continue  # without it there is no telling which table it is; the next test has it
        for word in misspelt(key):
            if word in keys(model) or sum(other.startswith(word) for other in keys(model)) > 1:
                continue  # admin: one of two
            raw = {word if name == key else name: value for name, value in whole.items()} | {word: whole.get(key, "x")}
            assert judge(model, raw).faults == {(word,): f"is not known. Did you mean '{key}'?"}, word


def test_a_method_misspelt_is_told_with_the_right_one():
    toml = example(settings.CampaignFile) | {"partition": {"method": "snapshot"}}
    said = "is 'snapshot'; it must be one of places, units, h3, snapshots, lines. Did you mean 'snapshots'?"
    assert judge(settings.CampaignFile, toml).faults == {("partition", "method"): said}


STRICT = {
    'extent = "1234"': ({"extent": "1234"}, "extent", "is '1234'; write [west, south, east, north] in degrees."),
    "extent of infinities": ({"extent": [0, 0, 1e308, 1]}, "extent", "write [west, south, east, north]"),
    "extent of truths": ({"extent": [True, 0, 1, 1]}, "extent", "write [west, south, east, north]"),
    "format = true": ({"format": True}, "format", "is True; it must be one of 2."),
    'format = "2"': ({"format": "2"}, "format", "is '2'; it must be one of 2."),
    "a whole number of 31 digits": (
        {"rules": {"stale_after_days": 10**30}},
        ("rules", "stale_after_days"),
        "it must be at most 100000.",
    ),
    "days of a half": ({"rules": {"stale_after_days": 1.5}}, ("rules", "stale_after_days"), "a whole number."),
    "days of truth": ({"rules": {"stale_after_days": True}}, ("rules", "stale_after_days"), "a whole number."),
    "1e308 km": (
        {"partition": {"crs": "EPSG:32637", "max_radius_km": 1e308}},
        ("partition", "max_radius_km"),
        "is 1e+308; it must be at most 20000.",
    ),
    "nan km": (
        {"partition": {"crs": "EPSG:32637", "observed_km": float("nan")}},
        ("partition", "observed_km"),
        "is nan; it must be finite.",
    ),
    "a title of combining marks": ({"title": "x" + "\u0301" * 10_000}, "title", "has more than 8 combining marks"),
    "a title of 65 kB": ({"title": "x" * 65_537}, "title", "has 65537 characters; at most 65536 are read."),
    "a time of day": ({"first_day": "2015-04-25T12:00"}, "first_day", "has a time of day"),
    "a language that is no tag": ({"title": {"en": "T", "arabic!": "x"}}, "title", "has the language 'arabic!'"),
    "a table without the main language": ({"title": {"ar": "x"}}, "title", "has no text in en"),
}


@pytest.mark.parametrize("case", STRICT)
def test_types_are_strict_and_values_bounded(case):
    given, path, said = STRICT[case]
    faults = judge(settings.CampaignFile, example(settings.CampaignFile) | given).faults
    assert list(faults) == [path if isinstance(path, tuple) else (path,)]
    assert said in next(iter(faults.values()))


def test_a_flag_in_quotes_is_no_flag():
    faults = judge(settings.LayerTable, example(settings.LayerTable) | {"schematic": "false"}).faults
    assert faults == {("schematic",): "is 'false'; it must be true or false, without quotes."}


def test_faults_behind_a_fault_are_found_too():
    toml = example(settings.CampaignFile)
    del toml["title"]
    toml |= {"actor": [{"id": 5, "label": "A", "membership": [{"parent": "b", "to": "2015"}]}, 7], "rulez": {}}
    assert set(judge(settings.CampaignFile, toml).faults) == {
        ("title",),
        ("actor", 0, "id"),
        ("actor", 0, "membership", 0, "to"),
        ("actor", 1),
        ("rulez",),
    }


def test_help_does_not_wait_for_the_schema():
    code = "import sys; from territory.cli import main; main.__module__; import territory; dir(territory)"
    check = code + "; sys.exit('pydantic' in sys.modules or 'pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
