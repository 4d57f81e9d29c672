"""Readers who use a keyboard, a screen reader, a phone, Arabic or the dark: axe-core and the keys themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

import territory

pytestmark = pytest.mark.browser

AXE = Path(territory.__file__).parent / "player" / "node_modules" / "axe-core" / "axe.min.js"
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

needs_axe = pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed: npm ci in territory/player")


def faults(page):
    """What axe-core finds: rule, and the elements that break it."""
    page.add_script_tag(path=AXE)
    found = page.evaluate("rules => axe.run(document, rules).then(result => result.violations)", RULES)
    return {one["id"]: [(node["html"][:120], node["failureSummary"][:200]) for node in one["nodes"]] for one in found}


@needs_axe
@pytest.mark.parametrize(
    ("fragment", "options"),
    [
        ("#place=jisr-al-shughur", {"viewport": DESK}),
        ("#lang=ar&place=ariha", {"viewport": DESK}),
        ("", {"viewport": PHONE, "has_touch": True}),
        ("#theme=dark&place=ariha", {"viewport": DESK}),
        ("", {"viewport": {"width": 640, "height": 420}}),
    ],
    ids=["desk", "arabic", "phone", "dark", "small frame"],
)
def test_axe_finds_nothing(page_file, visit, fragment, options):
    page = visit(page_file, fragment, bypass_csp=True, reduced_motion="reduce", **options).page
    assert faults(page) == {}


@needs_axe
def test_axe_finds_nothing_in_what_opens(page_file, visit):
    page = visit(page_file, bypass_csp=True, viewport=DESK).page
    page.locator(".t-play-menu summary").click()
    page.keyboard.press("[")
    page.evaluate("() => window.territory.goTo('2015-06-01')")
    page.keyboard.press("s")
    assert faults(page) == {}
    for key in ("t", "?"):
        page.keyboard.press(key)
        assert faults(page) == {}
        page.keyboard.press("Escape")


@needs_axe
def test_axe_finds_nothing_in_what_stands_in_the_place_of_the_map(page_file, tmp_path, visit):
    other = page_file.read_text(encoding="utf-8").replace('"version":4}', '"version":9}')
    (tmp_path / "other.html").write_text(other, encoding="utf-8")
    page = visit(tmp_path / "other.html", bypass_csp=True, viewport=DESK).page
    assert page.locator(".t-fault").is_visible()
    assert faults(page) == {}


def test_everything_is_reached_by_tab_and_the_focus_is_seen(page_file, visit):
    page = visit(page_file, viewport={"width": 1440, "height": 900}, reduced_motion="reduce").page
    reached = []
    for _ in range(90):
        page.keyboard.press("Tab")
        said = page.evaluate(
            """() => {
              const one = document.activeElement;
              if (one === document.body) return null;
              const ring = getComputedStyle(one.matches('.t-slider') ? one.parentElement : one);
              const name = one.id || one.getAttribute('class') || one.localName;
              return [name, ring.outlineStyle, parseFloat(ring.outlineWidth)];
            }"""
        )
        if said is None:
            break
        reached.append(said)
    assert [one for one in reached if one[1] == "none" or one[2] < 1] == []
    names = {one[0].split()[0] for one in reached}
    wanted = {
        "t-input",
        "territory-map",
        "territory-slider",
        "t-span-handle",
        "t-legend-row",
        "t-item",
        "t-tick",
        "summary",
    }
    assert wanted <= names


def test_the_table_says_what_python_says(idlib, page_file, visit):
    page = visit(page_file, "#date=2015-05-28").page
    page.keyboard.press("t")
    rows = page.locator("#territory-table table").first.locator("tbody tr").all_inner_texts()
    total = float(rows[-1].split("\t")[1].replace(",", ""))
    assert total == pytest.approx(idlib.partition.total_km2, abs=1)
    assert sum(float(row.split("\t")[1].replace(",", "")) for row in rows[:-1]) == pytest.approx(total, abs=len(rows))
    government = next(row for row in rows if row.startswith("Government\t"))
    held = idlib.territories("2015-05-28")
    wanted = held[(held.actor == "government") & (held.status == "control")].area_km2.sum()
    assert float(government.split("\t")[1].replace(",", "")) == pytest.approx(wanted, abs=1)


def test_a_screen_reader_hears_date_and_summary_once_it_rests(page_file, visit):
    page = visit(page_file, "#date=2015-04-24").page
    page.keyboard.press("ArrowRight")
    said = page.locator("[aria-live]").first.text_content()
    assert said.startswith("Saturday 25 April 2015. ")
    assert "Opposition" in said
    assert "records on this day" in said


def test_little_motion_is_honoured(page_file, visit):
    page = visit(page_file, reduced_motion="reduce").page
    page.evaluate("() => window.territory.goTo('2015-05-28')")
    assert page.evaluate("() => document.getAnimations().length") == 0


def test_keys_of_one_character_can_be_switched_off(page_file, visit):
    page = visit(page_file).page
    page.keyboard.press("?")
    page.locator("#territory-help input[type=checkbox]").click()
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    assert page.locator("#territory-table[open]").count() == 0
