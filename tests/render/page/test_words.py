"""No word of a page stands outside the files of words: seen on a page whose words and data have letters of their own.

The shipped campaign is drawn with all its data in Greek letters, and with English words in fullwidth ones. A plain
Latin letter that a reader could see, hear or point at is then neither: it stands in a script, a template or a module.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from territory.api import Timeline
from territory.records.actors import FIRST, Actors
from territory.records.gazetteer import Gazetteer
from territory.records.sources import Sources
from territory.timeline.fold import fold
from territory.words import languages
from territory.words.languages import TAGS

pytestmark = pytest.mark.browser

LATIN = [*map(chr, range(ord("A"), ord("Z") + 1)), *map(chr, range(ord("a"), ord("z") + 1))]
GREEK = str.maketrans(dict(zip(LATIN, "ΑΒΨΔΕΦΓΗΙΞΚΛΜΝΟΠΘΡΣΤΥΩΛΧΥΖαβψδεφγηιξκλμνοπθρστυωλχυζ", strict=True)))
FULLWIDTH = str.maketrans({letter: chr(ord(letter) - ord("A") + ord("Ａ")) for letter in LATIN})

# What can be read, heard or pointed at: texts, names of controls, and what style sheets and canvases write.
LISTEN = """
window.said = [];
for (const name of ['fillText', 'strokeText']) {
  const draw = CanvasRenderingContext2D.prototype[name];
  CanvasRenderingContext2D.prototype[name] = function (text, ...at) {
    window.said.push(text);
    draw.call(this, text, ...at);
  };
}
"""
FAULTS = """() => {
  const found = [document.title, document.querySelector('meta[name=description]').content, ...(window.said ?? [])];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode())
    if (!texts.currentNode.parentElement.closest('script, style')) found.push(texts.currentNode.data);
  const said = ['aria-label', 'aria-valuetext', 'aria-description', 'title', 'placeholder', 'alt'];
  for (const one of document.body.querySelectorAll('*')) {
    for (const name of said) found.push(one.getAttribute(name) ?? '');
    for (const side of ['::before', '::after'])
      found.push(...(getComputedStyle(one, side).content.match(/"[^"]*"/g) ?? []));
  }
  // The name of the program is no word.
  return [...new Set(found.filter((text) => /[A-Za-z]/.test(text.replace(/territory \\d[\\d.]*/, ''))))];
}"""


def in_greek(texts: Any) -> Any:
    """A text, or the texts of a mapping or a tuple, in Greek letters; its fields in the case of a record."""
    if isinstance(texts, str):
        return texts.translate(GREEK)
    if isinstance(texts, dict):
        return {tag: in_greek(text) for tag, text in texts.items()}
    return tuple(map(in_greek, texts))


def renamed(record: Any, *fields: str, **other: Any) -> Any:
    return replace(record, **{name: in_greek(getattr(record, name)) for name in fields}, **other)


def in_all(text: str) -> dict[str, str]:
    return dict.fromkeys(TAGS, in_greek(text))


def hellenised(timeline: Timeline) -> Timeline:
    """The timeline with all texts of its data in Greek letters, and offered in every language."""
    was = timeline.campaign
    ids = {actor.id for actor in was.actors.all} | {source.id for source in was.sources.all}
    claims = [event.claimed_by if event.claimed_by in ids else in_greek(event.claimed_by) for event in was.events]
    campaign = renamed(
        was, "title", "summary", "attribution", "licence",
        titles=in_all(was.title), summaries=in_all(was.summary),
        actors=Actors.of([
            renamed(actor, "label", labels=in_all(actor.label), aliases=()) for actor in was.actors.all[FIRST:]
        ]),
        places=Gazetteer.of([renamed(place, "name", "names", "aliases") for place in was.places]),
        sources=Sources.of([renamed(source, "title", "publisher") for source in was.sources.all]),
        events=replace(was.events, all=tuple(
            renamed(event, "note", claimed_by=claim) for event, claim in zip(was.events, claims, strict=True)
        )),
        chapters=tuple(renamed(chapter, "title", "text", titles={}, texts={}) for chapter in was.chapters),
        layers=tuple(
            renamed(layer, "title", "attribution", titles={},
                    names=tuple((in_greek(name), {}) for name, _ in layer.names))
            for layer in was.layers
        ),
    )  # fmt: skip
    return fold(campaign, timeline.partition, kind=Timeline)


def widened(texts: Any) -> Any:
    """Words in fullwidth letters; holes, which are names in the code, stay."""
    if isinstance(texts, str):
        return "".join(
            part if part.startswith("{") else part.translate(FULLWIDTH) for part in re.split(r"(\{\w+\})", texts)
        )
    if isinstance(texts, dict):
        return {key: widened(text) for key, text in texts.items()}
    return [widened(text) for text in texts]


@pytest.fixture(scope="module")
def strange(idlib, tmp_path_factory) -> Iterator[tuple[Timeline, Path]]:
    """The timeline and its page, written while all words are in fullwidth letters."""
    read = languages._read

    def read_widened(name: str) -> dict[str, Any]:
        found = read(name)
        if name != "languages":
            return widened(found)
        return {tag: {**row, "name": widened(row["name"])} for tag, row in found.items()}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(languages, "_read", read_widened)
        languages.words_of.cache_clear()
        timeline = hellenised(idlib)
        yield timeline, timeline.to_html(tmp_path_factory.mktemp("strange") / "strange.html", lang="en")
    languages.words_of.cache_clear()


@pytest.fixture
def page(strange, chromium):
    context = chromium.new_context(offline=True, viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    context.add_init_script(LISTEN)
    page = context.new_page()
    page.goto(strange[1].as_uri() + "#date=2015-04-25")
    page.wait_for_function("() => window.territory")
    yield page
    context.close()


def test_the_page_opens_without_a_word_of_its_own(page):
    page.wait_for_timeout(300)
    assert page.evaluate("() => window.said.length") > 20  # names on the map and months below it
    assert page.evaluate(FAULTS) == []


def test_no_day_and_no_answer_has_a_word_of_its_own(page):
    found = page.evaluate(
        f"""() => {{
          const faults = {FAULTS};
          const {{ days, world }} = window.territory.player;
          const found = [];
          for (let day = 0; day < world.days; day += 3) {{
            days.goTo(day);
            location.hash = '';
            const place = world.places[(7 * day) % world.places.length];
            dispatchEvent(new HashChangeEvent('hashchange'));
            document.querySelectorAll('details').forEach((one) => {{ one.open = true; }});
            window.territory.map.fire('click', {{ latlng: L(place) }});
            found.push(...faults());
          }}
          function L({{ lat, lon }}) {{ return {{ lat, lng: lon }}; }}
          return [...new Set(found)];
        }}"""
    )
    assert found == []


def test_what_is_compared_played_searched_and_unfolded_has_no_word_of_its_own(page):
    def look():
        page.wait_for_timeout(60)
        assert page.evaluate(FAULTS) == []

    page.keyboard.press("[")
    page.keyboard.press("ArrowRight")
    look()
    page.keyboard.press("s")
    look()
    page.keyboard.press("s")
    page.keyboard.press("]")
    for text in ("ιδ", "%%"):
        page.fill(".t-input", text)
        look()
    page.keyboard.press("Escape")
    page.click(".t-speed")
    look()
    page.hover(".t-plot")
    look()
    play = """on => {
      Object.assign(territory.player.clock, { running: on, skipped: 3 });
      territory.player.followers.update();
    }"""
    page.evaluate(play, True)
    assert "3" in page.inner_text(".t-cue")
    look()
    page.evaluate(play, False)
    page.evaluate("() => { for (const one of document.querySelectorAll('details')) one.open = true; }")
    for chapter in range(page.evaluate("() => territory.player.chapters.all.length")):
        page.evaluate("chapter => territory.player.chapters.open(chapter)", chapter)
        assert page.evaluate(FAULTS) == []
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    look()


@pytest.mark.parametrize("key", ["t", "?"], ids=["tables", "help"])
def test_a_dialog_has_no_word_of_its_own(page, key):
    page.keyboard.press(key)
    page.wait_for_selector("dialog[open]")
    assert page.evaluate(FAULTS) == []


def test_a_page_that_cannot_open_its_map_has_no_word_of_its_own(strange, tmp_path, visit):
    whole = strange[1].read_text(encoding="utf-8")
    for old, new in (('"version":4}', '"version":9}'), ('"data":"', '"data":"spoiled')):
        (tmp_path / "altered.html").write_text(whole.replace(old, new), encoding="utf-8")
        seen = visit(tmp_path / "altered.html")
        assert seen.page.locator(".t-fault").is_visible()
        found = " ".join(seen.page.evaluate(FAULTS)).replace("territory-page", "")  # the data's own name of its format
        assert re.findall("[A-Za-z]+", found) == []


def test_a_still_has_no_word_of_its_own(strange):
    texts = unescape(" ".join(re.findall(r">([^<]+)<", strange[0].to_svg(on="2015-04-25", lang="en"))))
    assert "Ｒｅｃｏｒｄｓ" in texts
    assert re.findall(r"[A-Za-z]+", texts) == []
