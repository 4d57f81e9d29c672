"""The page on paper: A4, portrait and landscape, with nothing of the day left out."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.browser

DESK = {"width": 1280, "height": 900}
# A4 less margins of 9 mm, in CSS pixels.
PORTRAIT, LANDSCAPE = {"width": 725, "height": 1054}, {"width": 1054, "height": 725}
FEW, MANY = "#date=2015-04-25", "#date=2015-04-24"  # days with 10 and with 18 records
BEYOND = """() => {
  const sheet = document.querySelector('.t-app').getBoundingClientRect();
  const cut = one => {
    for (let box = one.parentElement; box !== document.body; box = box.parentElement) {
      if (getComputedStyle(box).overflow === 'visible') continue;
      const [inner, outer] = [one.getBoundingClientRect(), box.getBoundingClientRect()];
      if (inner.bottom > outer.bottom + 1 || inner.right > outer.right + 1 || inner.left < outer.left - 1) return true;
    }
    const { left, right } = one.getBoundingClientRect();
    return left < sheet.left - 1 || right > sheet.right + 1;
  };
  return [...document.querySelectorAll('.t-item, .t-legend li, .t-notes p, .t-title, .t-date')]
    .filter(one => one.getClientRects().length && cut(one)).map(one => one.textContent);
}"""


def printed(page, *, landscape):
    return page.pdf(format="A4", landscape=landscape, print_background=True)


def sheets(pdf):
    return len(re.findall(rb"/Type /Page[^s]", pdf))


@pytest.mark.parametrize("landscape", [False, True], ids=["portrait", "landscape"])
def test_a_day_of_ten_records_prints_on_one_sheet_the_way_the_reader_turns_it(page_file, visit, landscape):
    page = visit(page_file, f"{FEW}&theme=dark", viewport=DESK).page
    pdf = printed(page, landscape=landscape)
    assert sheets(pdf) == 1
    width, height = map(float, re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf).groups())
    assert (width > height) == landscape


@pytest.mark.parametrize("landscape", [False, True], ids=["portrait", "landscape"])
def test_a_longer_list_goes_on_to_the_next_sheet(page_file, visit, landscape):
    assert sheets(printed(visit(page_file, MANY, viewport=DESK).page, landscape=landscape)) == 2


@pytest.mark.parametrize("sheet", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
@pytest.mark.parametrize("fragment", [FEW, MANY, f"{FEW}&lang=ar&place=idlib"], ids=["few", "many", "an answer"])
def test_paper_cuts_no_record_no_legend_and_no_note(page_file, visit, fragment, sheet):
    page = visit(page_file, fragment, viewport=DESK).page
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size(sheet)
    assert page.evaluate(BEYOND) == []
    shown = (".t-title", "#territory-date", ".t-map", ".t-legend-list", ".t-chart", ".t-records")
    assert [one for one in shown if not page.locator(one).is_visible()] == []
    records = page.evaluate("() => territory.player.days.records.length")
    assert page.locator(".t-item").count() == records
    notes = page.locator(".t-notes")
    assert page.evaluate("() => territory.player.language.words.noEndorsement") in notes.inner_text()
    assert page.evaluate("() => territory.player.world.campaign.attribution") in notes.inner_text()
    for hidden in (".t-play", ".t-zoom", ".t-input", ".t-span"):
        assert not page.locator(hidden).is_visible(), hidden


def test_the_map_is_printed_whole_and_finer_than_the_screen(page_file, visit):
    page = visit(page_file, FEW, viewport=DESK).page
    wide = [int(width) for width in re.findall(rb"/Subtype /Image\s+/Width (\d+)", printed(page, landscape=True))]
    # Ground, fills, lines, and front with names: four sheets, each 190 mm and a little more at three dots a pixel.
    assert len([width for width in wide if width > 2000]) >= 4


def test_after_printing_the_page_is_as_it_was(page_file, visit):
    page = visit(page_file, f"{FEW}&theme=dark", viewport={"width": 1000, "height": 760}).page
    state = """() => [territory.map.getZoom(), territory.map.getCenter().toString(), territory.map.getSize().toString(),
      document.documentElement.dataset.theme, [...document.querySelectorAll('details')].map(one => one.open),
      [...document.querySelectorAll('.t-map canvas')].map(one => [one.className, one.width])]"""
    before = page.evaluate(state)
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(state) != before
    page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(state) == before


@pytest.mark.parametrize("controls", ["min", "none"])
def test_paper_says_what_the_map_shows_and_does_not_claim_whatever_the_address_leaves_out(page_file, visit, controls):
    page = visit(page_file, f"{FEW}&controls={controls}", viewport=DESK).page
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    for shown in (".t-title", "#territory-date", ".t-legend-list", ".t-notes"):
        assert page.locator(shown).is_visible(), shown


def test_in_a_frame_the_printed_map_is_as_wide_as_the_frame(page_file, tmp_path, visit):
    (tmp_path / "map.html").write_bytes(page_file.read_bytes())
    frame = '<iframe sandbox="allow-scripts" src="map.html" style="width:600px;height:700px;border:0"></iframe>'
    (tmp_path / "host.html").write_text(f"<!doctype html>{frame}", encoding="utf-8")
    page = visit(tmp_path / "host.html").page
    inner = page.frames[1]
    inner.wait_for_function("() => window.territory")
    inner.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert inner.evaluate("() => document.querySelector('.t-map').getBoundingClientRect().width") == 600
