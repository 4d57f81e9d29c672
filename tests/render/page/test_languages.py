"""The page in several languages: which it opens in, how the reader changes it, and that no word is too long for it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from worlds import ACTORS, ALPHA, BRAVO, event, folded

from territory.records.actors import Actors
from territory.records.campaign import Chapter
from territory.words.languages import TAGS, words_of

pytestmark = pytest.mark.browser

DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
EVENTS = [
    *(event(f"b{n}", 0, "baseline", n, ALPHA) for n in range(3)),
    replace(event("e1", 3, "capture", 0, BRAVO, ALPHA), counts={"killed": "1", "airstrikes": "20-30"}),
    event("e2", 3, "siege_start", 1, BRAVO),
    event("e3", 6, "capture", 2, BRAVO, ALPHA),
]


def written(path, main, *others, **options):
    """The page of a small world whose names are in some languages."""
    actors = [replace(actor, labels={tag: f"{actor.label}-{tag}" for tag in others}) for actor in ACTORS]
    titles = {tag: f"{words_of(tag).say('map')} ({tag})" for tag in others}
    timeline = folded(
        EVENTS, language=main, actors=Actors.of(actors), titles=titles,
        chapters=(Chapter(EVENTS[3].span.earliest, "Chapter", "Text", titles, titles, events=("e1",)),),
    )  # fmt: skip
    return timeline.to_html(path / "page.html", **options)


@pytest.fixture(scope="module")
def four(tmp_path_factory):
    """French first, then in every other language."""
    return written(tmp_path_factory.mktemp("four"), "fr", *(tag for tag in TAGS if tag != "fr"))


def root(page):
    return page.evaluate("() => [document.documentElement.lang, document.documentElement.dir]")


def test_a_page_opens_in_the_language_of_its_campaign(four, visit):
    seen = visit(four, "#date=2015-03-04", viewport=DESK)
    assert root(seen.page) == ["fr", "ltr"]
    assert seen.page.inner_text("#territory-date") == "Mercredi 4 mars 2015"
    side = seen.page.inner_text("#territory-side")
    assert "2 entrées ce jour-là" in side
    assert "Prise de contrôle à Place 0\u00a0: Bravo (auparavant Alpha)" in side
    assert "20-30 frappes aériennes · 1 mort" in side
    seen.page.evaluate("() => window.territory.goTo('2015-03-07')")
    assert "1 entrée ce jour-là" in seen.page.inner_text("#territory-side")
    seen.assert_quiet()


def test_it_may_be_written_to_open_in_another(tmp_path, visit):
    page = visit(written(tmp_path, "en", "de", lang="de"), "#date=2015-03-04").page
    assert page.title() == "Karte der Gebietskontrolle (de)"
    assert page.inner_text("#territory-date") == "Mittwoch, 4. März 2015"


def test_a_menu_offers_each_language_under_its_own_name_and_works_by_keyboard(four, visit):
    page = visit(four, "#date=2015-03-04", viewport=DESK).page
    menu = page.get_by_role("combobox", name="Langue")
    assert menu.locator("option").all_inner_texts()[:4] == ["Français", "English", "العربية", "Deutsch"]
    menu.focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    assert root(page) == ["de", "ltr"]
    assert page.inner_text("#territory-date") == "Mittwoch, 4. März 2015"
    assert page.evaluate("() => window.territory.day()") == "2015-03-04"  # the key moved the menu alone
    page.keyboard.press("ArrowUp")
    assert root(page) == ["ar", "rtl"]
    page.wait_for_function("() => location.hash.includes('lang=ar')")
    page.keyboard.press("Home")
    assert root(page) == ["fr", "ltr"]
    page.wait_for_function("() => !location.hash.includes('lang=')")


def test_an_address_asks_for_any_language_that_is_offered_and_for_no_other(four, tmp_path, visit):
    assert [root(visit(four, f"#lang={tag}").page)[0] for tag in TAGS] == list(TAGS)
    assert root(visit(four, "#lang=xx").page)[0] == "fr"
    page = visit(written(tmp_path, "en", "fr"), "#lang=de").page
    assert root(page)[0] == "en"
    page.evaluate("() => { location.hash = 'lang=fr'; }")
    page.wait_for_function("() => document.documentElement.lang === 'fr'")


def test_two_languages_are_a_button_and_one_is_nothing(tmp_path, visit):
    page = visit(written(tmp_path, "de", "fr")).page
    button = page.get_by_role("button", name="Français")
    assert button.get_attribute("title") == "Afficher en français"
    button.click()
    assert root(page)[0] == "fr"
    assert page.get_by_role("button", name="Deutsch").is_visible()
    (tmp_path / "one").mkdir()
    page = visit(written(tmp_path / "one", "de")).page
    assert page.locator("#territory-tools > :visible").count() == 4  # search, tables, theme, help


OVERFLOWS = """() => [
  ...(document.documentElement.scrollWidth > innerWidth ? ['the page'] : []),
  ...[...document.querySelectorAll('.t-button, .t-legend-row, .t-choice, .t-heading, .t-dialog-title, .t-gain, kbd')]
    .filter((one) => one.clientWidth && one.scrollWidth > one.clientWidth + 1)
    .map((one) => one.textContent),
  ...[...document.querySelectorAll('.t-tools, .t-legend, .t-menu, dialog, .t-masthead, .t-notes')].filter((one) => {
    const { left, right, width } = one.getBoundingClientRect();
    return width && (left < -1 || right > innerWidth + 1);
  }).map((one) => one.className),
]"""


@pytest.mark.parametrize("window", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("lang", TAGS)
def test_no_word_is_too_long_for_its_place(four, visit, lang, window):
    page = visit(four, f"#date=2015-03-04&since=2015-03-01&lang={lang}", viewport=window).page
    assert page.evaluate(OVERFLOWS) == []
    page.evaluate("() => { for (const one of document.querySelectorAll('details')) one.open = true; }")
    assert page.evaluate(OVERFLOWS) == []
    title, tools = (page.locator(name).bounding_box() for name in (".t-title", ".t-tools"))
    apart = title["x"] + title["width"] <= tools["x"] + 1 or tools["x"] + tools["width"] <= title["x"] + 1
    assert apart or title["y"] >= tools["y"] + tools["height"]
    page.keyboard.press("?")
    assert page.evaluate(OVERFLOWS) == []
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    assert page.evaluate(OVERFLOWS) == []


def test_a_page_that_cannot_open_its_map_says_so_in_its_language(four, tmp_path, visit):
    text = four.read_text(encoding="utf-8").replace('"version":4}', '"version":9}')
    (tmp_path / "altered.html").write_text(text, encoding="utf-8")
    said = visit(tmp_path / "altered.html").page.inner_text(".t-fault")
    assert "La carte ne peut pas être affichée ici" in said
    assert "version 9" in said
    said = visit(tmp_path / "altered.html", "#lang=de").page.inner_text(".t-fault")
    assert "Die Karte kann hier nicht gezeigt werden" in said


def test_without_script_the_page_speaks_its_language(tmp_path, chromium):
    context = chromium.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto(written(tmp_path, "en", "de", lang="de").as_uri())
    said = page.inner_text(".t-still")
    context.close()
    for text in ("Partei", "Stand vom 1. März 2015", "Einträge: 6. Quellen: 2.", "Alpha-de"):
        assert text in said
