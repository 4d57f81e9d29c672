"""The command line: exit codes, sentences instead of tracebacks, and text that stays text."""

from __future__ import annotations

import json
import sys

import pytest
import shapely
from worlds import EVENTS, PLACES, SOURCES, TOML, campaign_folder, with_rows

from territory import __version__
from territory.cli import main


@pytest.fixture
def run(monkeypatch, capsys):
    """Run ``territory`` with some words: exit code, standard output, standard error."""
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("NO_COLOR", "1")

    def call(*words):
        monkeypatch.setattr(sys, "argv", ["territory", *map(str, words)])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = stop.code or 0
        said = capsys.readouterr()
        assert "Traceback" not in said.err + said.out
        return code, said.out, said.err

    return call


@pytest.fixture
def yser(tmp_path):
    return campaign_folder(tmp_path / "yser")


def test_why_names_the_records_of_the_day_before_the_town_fell(run):
    code, out, _ = run("why", "idlib-2015", "Jisr al-Shughur", "--on", "2015-04-24")
    assert code == 0
    head = out.splitlines()[0]
    assert head.startswith("Jisr al-Shughur on 2015-04-24: contested, Government (contested by Nusra Front)")
    assert "E117" in head
    assert "SOHR via AFP via Al Bawaba" in head
    assert "E118" in out


def test_why_names_the_new_holder_on_the_day_itself_with_its_sources(run):
    code, out, _ = run("why", "idlib-2015", "Jisr ash-Shughour", "--on", "2015-04-25")
    assert code == 0
    assert out.startswith(
        "Jisr al-Shughur on 2015-04-25: control, Army of Conquest (Opposition); held since 2015-04-25 by record E127 ("
    )


def test_why_takes_arabic(run):
    code, out, _ = run("why", "idlib-2015", "جسر الشغور", "--on", "2015-04-24")
    assert code == 0
    assert out.startswith("Jisr al-Shughur on 2015-04-24: contested, Government")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("why", "idlib-2015", "Jisr al-Shugur"),
            "is called 'Jisr al-Shugur'. Did you mean 'Jisr al-Shughur'",
        ),
        (("why", "idlib-2015", "Ariha", "--on", "2016-01-01"), "2016-01-01 is outside the period of idlib-2015"),
        (("why", "idlib-2015", "Ariha", "--on", "soon"), "'soon' is not a day; give a day, as"),
        (("why", "idlib-2016", "Ariha"), "No campaign is called 'idlib-2016'. Did you mean 'idlib-2015'"),
        (("check", "nowhere"), "No campaign is called 'nowhere'"),
        (("stats", "nowhere"), "No campaign is called 'nowhere'"),
        (("render", "nowhere"), "No campaign is called 'nowhere'"),
        (("export", "--on", "2015-04-24", "-o", "missing/x.geojson"), "There is no folder missing; make it first"),
        (
            ("export", "--on", "2015-04-24", "-o", "x.shp"),
            "x.shp ends in '.shp', which says no format; end it in .geojson",
        ),
        (("render", "--lang", "fr"), "not offered in the language 'fr', only in en, ar"),
        (("still", "--on", "2015-04-25", "-o", "x.svg", "--lang", "xx"), "only in en, ar"),
        (("render", "-o", "missing/x.html"), "There is no folder missing; make it first"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_done_is_said_in_a_sentence_with_code_2(words, said, run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = run(*words)
    assert code == 2
    assert err.startswith("Error: ")
    assert said in err
    assert out == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [("fly",), ("why",), ("export",), ("stats", "--format", "xml")])
def test_words_that_are_no_command_get_code_2(words, run):
    assert run(*words)[0] == 2


def test_the_version_is_said(run):
    assert run("--version")[:2] == (0, f"territory {__version__}\n")


def test_check_of_a_sound_campaign_says_so(run, yser):
    code, out, _ = run("check", yser)
    assert code == 0
    assert "6 records of 4 places from 2 sources" in out
    assert "No fault, 0 warnings." in out


def test_check_of_a_spoiled_folder_lists_all_faults_of_all_tables(run, tmp_path):
    rows = [f"x{n},1914-10-{20 + n},capture,dixmuide,,,germny,,daily,,,,," for n in range(8)]
    folder = campaign_folder(
        tmp_path / "yser",
        places=with_rows(PLACES, "x,X,town,190,51.1,"),
        sources=with_rows(SOURCES, "x,X,X,wirre"),
        events=with_rows(EVENTS, *rows),
    )
    code, out, _ = run("check", folder)
    assert code == 1
    assert "events.csv:8: No actor is called 'germny'. Did you mean 'germany'?" in out
    assert "events.csv:15: No actor" in out
    assert "places.csv:6: lon is 190, which is not on the globe" in out
    assert "sources.csv:4: derived_from names 'wirre'" in out
    assert "18 faults; nothing can be drawn until they are corrected." in out


def test_render_of_a_spoiled_folder_writes_nothing(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = campaign_folder(tmp_path / "yser", events=EVENTS.replace("germany", "germny"))
    code, _, err = run("render", folder, "-o", "page.html")
    assert code == 2
    assert "events.csv:6: No actor is called 'germny'. Did you mean 'germany'?" in err
    assert [path.name for path in tmp_path.iterdir()] == ["yser"]


def test_warnings_make_a_strict_check_fail(run, tmp_path):
    events = with_rows(EVENTS, "e9,1914-10-31,assessment,diksmuide,,,germany,,daily,,,,,")
    folder = campaign_folder(tmp_path / "yser", events=events)
    code, out, _ = run("check", folder)
    assert code == 0
    assert "events.csv:8: e9 (assessment, Diksmuide, 1914-10-31) says otherwise than what was held" in out
    assert run("check", "--strict", folder)[0] == 1


def test_the_shipped_campaign_has_no_fault(run):
    assert run("check")[0] == 0


def test_export_is_geojson_whose_areas_sum(run, yser, tmp_path):
    path = tmp_path / "day.geojson"
    code, out, _ = run("export", yser, "--on", "1914-10-29", "-o", path)
    assert code == 0
    assert "day.geojson: the territories of 1914-10-29" in out
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["type"] == "FeatureCollection"
    import territory

    total = territory.open(yser).partition.total_km2
    assert sum(one["properties"]["area_km2"] for one in content["features"]) == pytest.approx(total, abs=0.01)
    for one in content["features"]:
        shape = shapely.from_geojson(json.dumps(one["geometry"]))
        assert shape.is_valid
        assert all(part.exterior.is_ccw for part in shapely.get_parts(shape))
    assert {one["properties"]["actor"] for one in content["features"]} == {"belgium", "germany", "unknown"}


def test_export_twice_gives_the_same_bytes(run, tmp_path):
    for name in ("a", "b"):
        assert run("export", "--on", "2015-05-28", "-o", tmp_path / f"{name}.geojson")[0] == 0
    assert (tmp_path / "a.geojson").read_bytes() == (tmp_path / "b.geojson").read_bytes()


def test_stats_come_as_table_csv_and_json(run, yser):
    code, out, _ = run("stats", yser, "--on", "1914-10-29")
    assert code == 0
    assert "Belgium" in out
    assert "Belgium / Germany" in out or "belgium / germany" in out
    code, out, _ = run("stats", yser, "--format", "csv")
    assert code == 0
    assert out.splitlines()[0] == "day,actor,label,status,area_km2"
    assert len({line.split(",")[0] for line in out.splitlines()[1:]}) == 3
    code, out, _ = run("stats", yser, "--format", "json", "--on", "1914-10-31")
    assert code == 0
    assert {row["day"] for row in json.loads(out)} == {"1914-10-31"}


def test_markup_and_control_characters_in_names_stay_text(run, tmp_path):
    name = "[red]Diks[/red]muide\\[link=x]"
    folder = campaign_folder(
        tmp_path / "yser",
        toml=TOML.replace('"Belgium"', '"[bold]Belgium[/] \\u202e\\u001b[31m"'),
        places=PLACES.replace("Diksmuide", name),
    )
    code, out, _ = run("why", folder, "diksmuide")
    assert code == 0
    assert out.startswith(f"{name} on 1914-10-31: control, [bold]Belgium[/] \\u202e\\u001b[31m;")
    assert "\x1b" not in out
    code, _, err = run("why", folder, "[/nothing]")
    assert code == 2
    assert "No place is called '[/nothing]'" in err


def test_render_writes_the_page_and_says_where(run, yser, tmp_path, monkeypatch):
    from territory.render import page

    try:
        page.asset("player.js")
    except page.AssetsMissing as missing:
        pytest.skip(str(missing))
    monkeypatch.chdir(tmp_path)
    code, out, _ = run("render", yser)
    assert code == 0
    assert out.startswith("yser-1914.html: The Yser, October 1914, 1914-10-16 to 1914-10-31, ")
    assert (tmp_path / "yser-1914.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_an_interrupt_is_said_and_leaves_nothing(run, monkeypatch):
    import territory

    def stop(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr(territory, "open", stop, raising=False)
    code, _, err = run("stats")
    assert code == 130
    assert "Stopped; nothing was written." in err
