"""The legend beside the ground that it explains, never on it: on wide and narrow windows, in both directions."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

DESK, LAPTOP, SMALL = {"width": 1280, "height": 860}, {"width": 1000, "height": 760}, {"width": 900, "height": 700}
# Whether the campaign's extent, as it lies on the screen, is free of the legend and of the map's buttons.
CLEAR = """() => {
  const [west, south, east, north] = territory.player.world.campaign.extent;
  const { x, y } = territory.map.getContainer().getBoundingClientRect();
  const [a, b] = [[north, west], [south, east]].map(corner => territory.map.latLngToContainerPoint(corner));
  const apart = box => box.right <= x + a.x || box.left >= x + b.x || box.bottom <= y + a.y || box.top >= y + b.y;
  return ['.t-legend', '.t-zoom'].filter(one => !apart(document.querySelector(one).getBoundingClientRect()));
}"""


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("window", [LAPTOP, SMALL], ids=["1000", "900"])
def test_on_a_narrow_map_the_legend_is_a_line_that_names_the_holders_and_opens(page_file, visit, window, lang):
    page = visit(page_file, f"#date=2015-04-25&lang={lang}", viewport=window).page
    legend, land = page.locator(".t-legend"), page.locator("#territory-map")
    assert legend.get_attribute("open") is None
    size, room = legend.bounding_box(), land.bounding_box()
    assert size["height"] < 64
    assert size["width"] <= room["width"] - 80
    holders = page.locator(".t-legend-holder")
    assert holders.count() >= 4
    assert holders.first.inner_text() == ("Government" if lang == "en" else "الحكومة")
    legend.locator("summary").click()
    assert page.locator(".t-legend-list").is_visible()
    assert not holders.first.is_visible()
    assert legend.bounding_box()["width"] <= 200


def test_the_legend_opens_by_itself_where_there_is_room(page_file, visit):
    page = visit(page_file, viewport=DESK).page
    assert page.locator(".t-legend-list").is_visible()
    page.set_viewport_size(LAPTOP)
    page.wait_for_function("() => !document.querySelector('.t-legend').open")
    page.set_viewport_size(DESK)
    page.wait_for_function("() => document.querySelector('.t-legend').open")


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("window", [DESK, LAPTOP], ids=["1280", "1000"])
def test_the_whole_map_is_clear_of_the_open_legend(page_file, visit, window, lang):
    page = visit(page_file, f"#lang={lang}", viewport=window).page
    page.evaluate("() => { document.querySelector('.t-legend').open = true }")
    page.locator(".t-zoom .t-button").nth(2).click()
    assert page.evaluate(CLEAR) == []


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_whole_map_is_clear_of_the_closed_legend(page_file, visit, lang):
    page = visit(page_file, f"#lang={lang}", viewport=LAPTOP).page
    page.locator(".t-zoom .t-button").nth(2).click()
    assert ".t-legend" not in page.evaluate(CLEAR)


# Places that change hands: those off the map, and those under the legend; and names that touch it.
HIDDEN = """() => {
  const { map, player: { world: { changes, cells, places }, layer } } = territory;
  const box = document.querySelector('.t-legend').getBoundingClientRect();
  const { x, y, width, height } = map.getContainer().getBoundingClientRect();
  const rows = [...new Set([...changes.cell].map(cell => cells.place[cell]))].filter(row => row >= 0);
  const points = rows.map(row => map.latLngToContainerPoint([places[row].lat, places[row].lon]));
  const off = points.filter(one => one.x < 0 || one.y < 0 || one.x > width || one.y > height);
  const within = (left, top, right, bottom) =>
    left < box.right && right > box.left && top < box.bottom && bottom > box.top;
  const under = points.filter(one => within(one.x + x, one.y + y, one.x + x, one.y + y));
  const { inset } = layer.view;
  const names = [...layer.signs.named.values()].filter(([left, top, right, bottom]) =>
    within(left - inset.x + x, top - inset.y + y, right - inset.x + x, bottom - inset.y + y));
  return [off.length, under.length, names.length, layer.signs.named.size > 15];
}"""


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("width", [1280, 1440, 1920])
def test_the_page_opens_with_all_ground_that_changes_hands_beside_the_legend_and_no_name_beneath(
    page_file, visit, width, lang
):
    page = visit(page_file, f"#lang={lang}", viewport={"width": width, "height": width * 10 // 16}).page
    assert page.locator(".t-legend-list").is_visible()
    assert page.evaluate(HIDDEN) == [0, 0, 0, True]
