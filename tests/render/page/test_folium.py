"""The player as a layer of folium maps: beside other layers, over tiles, twice on one map, and from a saved file."""

from __future__ import annotations

import folium
import pytest
from worlds import campaign_folder

import territory
from territory.render.layer import Player

pytestmark = pytest.mark.browser

TILES = {"tiles": "https://tiles.example.org/{z}/{x}/{y}.png", "attr": "tiles by somebody"}
IDS = "() => [...document.querySelectorAll('[id]')].map(one => one.id)"


@pytest.fixture(scope="module")
def yser(tmp_path_factory):
    return territory.open(campaign_folder(tmp_path_factory.mktemp("folium") / "yser"))


@pytest.fixture
def saved(chromium, tmp_path, leaflet_from_here):
    """Saves a folium map and opens the file; of the network there is only Leaflet."""
    contexts, broken = [], []

    def open_map(shown):
        shown.save(tmp_path / "map.html")
        context = chromium.new_context(viewport={"width": 1100, "height": 760})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: broken.append(str(error)))
        context.route("**/*", leaflet_from_here)
        page.goto((tmp_path / "map.html").as_uri())
        page.wait_for_selector(".t-over", state="attached")
        return page

    yield open_map
    for context in contexts:
        context.close()
    assert [one for one in broken if "$ is not defined" not in one and "jQuery" not in one] == []


def test_the_layer_tells_the_story_with_its_sources(idlib, saved):
    page = saved(idlib.explore())
    story = page.locator(".t-over-story")
    assert "Jisr al-Shughur changes hands" in story.inner_text()
    assert "imply no endorsement" in story.inner_text()
    story.locator(".t-next").click()
    assert "Jisr al-Shughur changes hands" not in story.locator(".t-chapter").inner_text()
    story.locator("details.t-story-sources summary").click()
    assert story.locator(".t-story-sources a").count() > 0


def test_the_layer_speaks_a_language_that_the_campaign_offers(idlib, saved):
    shown = folium.Map(tiles=None)
    Player(idlib, lang="ar").add_to(shown)
    page = saved(shown)
    assert page.locator(".t-over").get_attribute("dir") == "rtl"
    assert "الحكومة" in page.locator(".t-over-legend").inner_text()


def test_the_layer_shows_itself_as_tables(idlib, saved):
    page = saved(idlib.explore())
    page.locator(".t-over-table").click()
    dialog = page.locator("dialog[open]")
    assert "Government" in dialog.locator("table").first.inner_text()
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0


def test_the_layer_swipes_between_two_dates(idlib, saved):
    page = saved(idlib.explore())
    page.locator(".t-pin").click()
    page.locator(".t-over-story .t-next").click()
    page.locator(".t-swipe-button").click()
    assert page.locator(".t-swipe").is_visible()
    assert page.locator(".t-sheets").count() == 2
    cut = "() => document.querySelector('[class*=territory-then]').style.clipPath"
    before = page.evaluate(cut)
    page.keyboard.press("ArrowRight")
    assert page.evaluate(cut) != before
    page.locator(".t-swipe-button").click()
    assert page.locator(".t-sheets").count() == 1


def test_tiles_of_a_folium_map_show_through_the_ground(yser, saved):
    page = saved(yser.explore(**TILES))
    opacity = "one => Number(getComputedStyle(document.querySelector(one)).opacity)"
    assert page.evaluate(opacity, ".t-sheet-fine") < 0.7
    assert page.evaluate(opacity, ".t-sheet-over") == 1
    assert "tiles by somebody" in page.locator(".leaflet-control-attribution").inner_text()


def test_two_players_on_one_map_share_no_id(yser, saved):
    shown = yser.explore()
    Player(yser).add_to(shown)
    page = saved(shown)
    page.wait_for_function("() => document.querySelectorAll('.t-over').length === 2")
    ids = page.evaluate(IDS)
    assert sorted(ids) == sorted(set(ids))
    named = """() => [...document.querySelectorAll('dialog')]
      .every(one => document.getElementById(one.getAttribute('aria-labelledby')))"""
    assert page.evaluate(named)


def test_a_second_player_can_be_a_drawing_alone(yser, saved):
    shown = yser.explore()
    Player(yser, controls=False).add_to(shown)
    page = saved(shown)
    page.wait_for_function("() => document.querySelectorAll('.t-sheets').length === 2")
    assert page.locator(".t-over").count() == 1


def test_on_a_small_map_the_parts_leave_each_other_room(idlib, saved):
    page = saved(idlib.explore())
    page.set_viewport_size({"width": 600, "height": 600})
    head, foot = page.locator(".t-over-head").bounding_box(), page.locator(".t-over-foot").bounding_box()
    legend = page.locator(".t-over-legend").bounding_box()
    assert not page.locator(".t-over-story").is_visible()
    assert head["y"] + head["height"] < legend["y"]
    assert legend["y"] + legend["height"] < foot["y"]
    assert page.locator(".t-over-table").is_visible()
