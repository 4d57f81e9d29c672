"""Hostile text in every field, read in the browser: it is shown as written, runs nothing and asks for nothing."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from pathlib import Path

import pytest
from worlds import TOML, campaign_folder

import territory
from territory.errors import TerritoryError

pytestmark = pytest.mark.browser

# Numbered as the project's list of bad inputs numbers them.
CASES = {
    23: "</script><script>window.hit=1</script>",
    24: "<img src=x onerror=window.hit=1>",
    25: "${window.hit=1}",
    26: "{{7*7}}{% raw %}{# x #}",
    27: "`window.hit=1` \\1 \\u003cb\\u003e",
    28: "line\u2028and\u2029paragraph",
    31: '=HYPERLINK("https://example.org")',
    33: "../../etc/passwd",
    34: "__proto__",
    35: "\u202eesrever\u202c",
    37: "<b onclick=window.hit=1>bold</b>",
    38: '"><svg onload=window.hit=1>',
}
DAY = "1914-10-20"


def shown(text: str) -> str:
    """As the page writes it: what is invisible stands as an escape."""
    return "".join(f"\\u{ord(c):04x}" if unicodedata.category(c) in ("Cf", "Cc") else c for c in text)


def table(rows: list[list[object]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> Path:
    """A campaign whose every free text is one of the cases, as a page."""
    texts = list(CASES.values())
    places = [["place_id", "name", "name_ar", "kind", "lon", "lat", "aliases", "note"]]
    places += [[f"h{n}", one, one, "town", 2.7 + n / 40, 51.1, f"alias {one}", one] for n, one in CASES.items()]
    places = [places[0], *([*row[:4], 2.62 + n / 28, *row[5:]] for n, row in enumerate(places[1:]))]
    sources = [["source_id", "title", "publisher", "url", "archive_url", "derived_from"]]
    sources += [[f"s{n}", one, one, "javascript:window.hit=1", "data:text/html,x", ""] for n, one in CASES.items()]
    events = [["event_id", "date", "kind", "place", "actor", "against", "source", "claimed_by", "counts", "note"]]
    events += [
        [f"b{n}", "1914-10-16", "baseline", f"h{n}", "belgium", "", f"s{n}", "", "", one] for n, one in CASES.items()
    ]
    events += [
        [
            f"e{n}",
            DAY,
            "capture",
            f"h{n}",
            "germany",
            "belgium",
            f"s{n}",
            one,
            "constructor=3;__proto__.toString=4",
            one,
        ]
        for n, one in CASES.items()
    ]
    toml = TOML
    for old, case in (('label = "Germany"', 37), ('label = "Belgium"', 34), ('title = "The Yser, October 1914"', 23)):
        key, text = old.split(" ")[0], json.dumps(CASES[case])
        toml = toml.replace(old, f"{key} = {text}\n{key}_ar = {text}")
    for text in texts:
        toml += f"\n[[chapter]]\nday = {DAY}\ntitle = {json.dumps(text)}\ntext = {json.dumps(text)}\n"
    toml += f'\n[[layer]]\nfile = "roads.geojson"\nrole = "road"\ntitle = {json.dumps(CASES[24])}\n'
    toml += f"attribution = {json.dumps(CASES[24])}\n"
    folder = campaign_folder(
        tmp_path_factory.mktemp("hostile") / "campaign",
        toml=toml,
        places=table(places),
        sources=table(sources),
        events=table(events),
    )
    line = {"type": "LineString", "coordinates": [[2.65, 51.0], [3.0, 51.15]]}
    road = {"type": "Feature", "properties": {"name": CASES[38], CASES[38]: CASES[24]}, "geometry": line}
    (folder / "roads.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": [road]}), encoding="utf-8"
    )
    return territory.open(folder).to_html(folder.parent / "hostile.html")


def nothing_happened(seen):
    page = seen.page
    assert page.evaluate("() => window.hit") is None
    assert page.locator("img, b[onclick], svg[onload], #territory-side script").count() == 0
    links = page.locator("a").evaluate_all("all => all.map(one => one.href)")
    assert [one for one in links if not re.match(r"(https?|mailto):", one)] == []
    seen.assert_quiet()


def test_a_hostile_name_is_read_as_it_is_written(hostile, visit):
    seen = visit(hostile, f"#date={DAY}", viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page = seen.page
    panel = page.locator("#territory-panel")
    for number, raw in CASES.items():
        text = shown(raw)
        page.evaluate("place => { location.hash = `date=1914-10-20&place=${place}` }", f"h{number}")
        page.wait_for_function("text => document.querySelector('.t-where')?.textContent === text", arg=text)
        assert panel.locator(".t-note").first.text_content() == text, number
        assert text in panel.locator(".t-source").first.text_content(), number
        assert text in page.locator(".t-records").text_content(), number
    nothing_happened(seen)


def test_legend_title_chapters_tables_and_search_show_text_as_text(hostile, visit):
    seen = visit(hostile, f"#date={DAY}", viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page = seen.page
    assert page.title() == CASES[23]
    assert page.locator(".t-title").text_content() == CASES[23]
    assert CASES[37] in page.locator(".t-legend").text_content()
    page.keyboard.press("t")
    said = page.locator("#territory-table").text_content()
    assert all(shown(text) in said for text in CASES.values())
    page.keyboard.press("Escape")
    page.locator("#territory-table").wait_for(state="hidden")
    page.locator(".t-input").fill("img src")
    assert CASES[24] in page.locator("#territory-found").text_content()
    page.keyboard.press("Escape")
    page.evaluate("() => window.territory.player.language.choose('ar')")
    page.evaluate("() => window.territory.player.chapters.open(3)")
    nothing_happened(seen)


def test_keys_that_every_object_has_are_words_like_others(hostile, visit):
    seen = visit(hostile, f"#date={DAY}&place=h34", viewport={"width": 1440, "height": 900})
    said = seen.page.locator("#territory-panel").text_content()
    assert "3 constructor" in said
    assert "native code" not in said
    assert seen.page.evaluate("() => window.territory.controlAt('h34').controller") == "germany"
    nothing_happened(seen)


def test_a_hostile_address_changes_nothing(page_file, visit):
    fragment = (
        "#date=<img src=x onerror=window.hit=1>&place=__proto__&lang=</script>&theme=javascript:1&controls=constructor"
    )
    seen = visit(page_file, fragment)
    assert seen.page.evaluate("() => window.territory.day()") == "2015-04-25"
    assert seen.page.evaluate("() => ({...document.documentElement.dataset})") == {}
    nothing_happened(seen)


def test_a_colour_that_is_code_never_reaches_the_page(tmp_path):  # 30
    folder = campaign_folder(tmp_path / "yser", toml=TOML.replace('"#405060"', '"red;background:url(x)"'))
    with pytest.raises(TerritoryError, match="#rrggbb"):
        territory.open(folder)


def test_ten_thousand_combining_marks_never_reach_the_page(tmp_path):  # 36
    places = f"place_id,name,kind,lon,lat\np,a{chr(0x301) * 10_000},town,2.8,51.1\n"
    events = "event_id,date,kind,place,actor,source\nb,1914-10-16,baseline,p,belgium,daily\n"
    with pytest.raises(TerritoryError, match="combining marks"):
        territory.open(campaign_folder(tmp_path / "marks", places=places, events=events))


def test_no_source_of_the_player_parses_text_as_html_or_as_code():
    forbidden = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\s*\(|new Function|DOMParser|srcdoc"
        r"|createContextualFragment|setHTMLUnsafe|setTimeout\(\s*['\"`]|javascript:|\.cssText"
    )
    sources = Path(territory.__file__).parent / "player" / "src"
    found = {path.name: forbidden.findall(path.read_text(encoding="utf-8")) for path in sources.rglob("*.js")}
    assert len(found) > 20
    assert {name: words for name, words in found.items() if words} == {}
