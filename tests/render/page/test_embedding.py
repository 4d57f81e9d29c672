"""The page inside other pages, on paper, without script, and with tiles from elsewhere."""

from __future__ import annotations

import re
from html import escape

import pytest
from worlds import campaign_folder

import territory
from territory.errors import InputError
from territory.render.tiles import check_template

TEMPLATE = "https://tiles.example.org/{z}/{x}/{y}.png"
CREDIT = '© "Somebody" & <others>'


@pytest.fixture(scope="module")
def tiled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tiled")
    return territory.open(campaign_folder(folder / "yser")).to_html(
        folder / "tiled.html", tiles=TEMPLATE, tiles_credit=CREDIT
    )


def framed(folder, page_file, *, fragment="", style="width:900px;height:700px"):
    """A page with the map in a sandboxed frame, which keeps what the map tells it."""
    (folder / "map.html").write_bytes(page_file.read_bytes())
    (folder / "host.html").write_text(
        "<!doctype html><script>window.told = []; addEventListener('message', one => told.push(one.data))</script>"
        f'<iframe sandbox="allow-scripts" src="{escape("map.html" + fragment)}" style="{style}"></iframe>',
        encoding="utf-8",
    )
    return folder / "host.html"


@pytest.mark.browser
def test_the_address_says_what_a_sandboxed_frame_shows(page_file, tmp_path, visit):
    fragment = "#date=2015-05-28&place=ariha&lang=ar&theme=dark"
    seen = visit(framed(tmp_path, page_file, fragment=fragment))
    frame = seen.page.frames[1]
    frame.wait_for_function("() => window.territory && window.territory.day() === '2015-05-28'")
    root = frame.evaluate("() => [document.documentElement.lang, document.documentElement.dataset.theme]")
    assert root == ["ar", "dark"]
    assert "أريحا" in frame.locator("#territory-panel .t-where").inner_text()
    frame.locator(".t-close").click()
    frame.locator(".t-story .t-next").click()
    assert frame.evaluate("() => window.territory.day()") > "2015-05-28"
    assert seen.complaints == []


@pytest.mark.browser
def test_a_frame_is_told_the_height_that_would_do(page_file, tmp_path, visit):
    page = visit(framed(tmp_path, page_file, style="width:700px;height:300px")).page
    page.wait_for_function("() => told.length > 0")
    told = page.evaluate("() => told")
    assert all(one["type"] == "territory:height" for one in told)
    assert 400 < told[-1]["height"] < 900
    page.evaluate("height => { document.querySelector('iframe').style.height = height + 'px' }", told[-1]["height"])
    page.wait_for_timeout(400)
    page.evaluate("() => { document.querySelector('iframe').style.height = told.at(-1).height + 'px' }")
    page.wait_for_timeout(400)
    assert page.evaluate("() => told.length") <= 4  # it settles


@pytest.mark.browser
@pytest.mark.parametrize(
    ("fragment", "size", "hidden"),
    [
        ("", (640, 420), ["#territory-side", ".t-legend", ".t-notes", ".t-input"]),
        ("#controls=min", (900, 700), ["#territory-side", ".t-legend", ".t-notes", ".t-input"]),
        (
            "#controls=none",
            (900, 700),
            ["#territory-side", ".t-legend", ".t-notes", "#territory-date", "#territory-slider"],
        ),
    ],
)
def test_small_frames_show_map_date_play_and_slider_alone(page_file, visit, fragment, size, hidden):
    page = visit(page_file, fragment, viewport=dict(zip(("width", "height"), size, strict=True))).page
    assert [one for one in hidden if page.locator(one).first.is_visible()] == []
    wanted = {"#territory-map", "#territory-date", ".t-play", "#territory-slider"} - set(hidden)
    if "#territory-date" in hidden:
        wanted -= {".t-play"}
    assert [one for one in wanted if not page.locator(one).is_visible()] == []
    assert page.locator("#territory-map").bounding_box()["height"] > size[1] * 0.6


@pytest.mark.browser
def test_readers_without_script_get_a_still_and_a_table(page_file, chromium):
    context = chromium.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(page_file.as_uri())
    assert page.locator(".t-still > svg").is_visible()
    assert "Government" in page.locator(".t-still table").inner_text()
    assert "imply no endorsement" in page.locator(".t-still").inner_text()
    assert not page.locator("#territory-time").is_visible()
    context.close()


@pytest.mark.browser
def test_a_page_follows_its_address(page_file, visit):
    page = visit(page_file, "#since=2015-03-24&date=2015-06-15").page
    assert "since 24 March" in page.locator(".t-change").inner_text()
    page.evaluate("() => { location.hash = 'date=2015-09-09&lang=ar&place=idlib' }")
    page.wait_for_function("() => window.territory.day() === '2015-09-09'")
    assert page.locator("#territory-panel .t-where").inner_text() == "إدلب"


@pytest.mark.browser
def test_the_address_remembers_the_open_place_and_opens_it_again(page_file, visit):
    page = visit(page_file, "#date=2015-05-28", reduced_motion="reduce").page
    page.keyboard.press("/")
    page.keyboard.type("Ariha")
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.hash.includes('place=ariha')")
    page.evaluate("() => territory.goTo('2015-05-25')")
    page.wait_for_function("() => location.hash.includes('2015-05-25')")
    kept = page.evaluate("() => location.hash")
    assert "place=ariha" in kept
    page.locator(".t-close").click()
    page.wait_for_function("() => !location.hash.includes('place')")
    assert "date=" in page.evaluate("() => location.hash")
    page.evaluate("kept => { location.hash = kept }", kept)
    page.wait_for_selector("#territory-panel:not([hidden])")
    assert "Ariha" in page.locator("#territory-panel .t-where").inner_text()
    page.evaluate("() => { location.hash = 'date=2015-05-28' }")
    page.wait_for_selector("#territory-panel", state="hidden")


@pytest.mark.browser
def test_online_tiles_are_asked_of_that_host_alone_and_the_page_says_so(tiled, visit):
    seen = visit(tiled)
    seen.page.wait_for_timeout(300)
    asked = {address.split("/")[2] for address in seen.asked if address.startswith("http")}
    assert asked == {"tiles.example.org"}
    assert "tiles.example.org" in seen.page.locator(".t-notes").inner_text()
    assert f"Tiles: {CREDIT}." in seen.page.locator(".t-notes").inner_text()
    policy = seen.page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
    assert "img-src data: https://tiles.example.org;" in policy
    assert "default-src 'none'" in policy


@pytest.mark.browser
def test_tiles_show_through_the_ground_and_no_road_of_ours_lies_on_theirs(tiled, visit):
    page = visit(tiled, viewport={"width": 1280, "height": 860}).page
    opacity = "one => Number(getComputedStyle(document.querySelector('.t-sheet-' + one)).opacity)"
    assert page.evaluate(opacity, "fine") < 0.7
    assert page.evaluate(opacity, "over") == 1
    bare = """() => {
      const ground = document.querySelector('.t-sheet-ground').getContext('2d').getImageData(60, 60, 99, 99);
      return ground.data.every(value => value === 0);
    }"""
    assert page.evaluate(bare)
    assert page.evaluate("() => territory.player.filter.signs.has('roads')")
    assert page.locator(".t-line-road").count() == 0


@pytest.mark.browser
def test_a_swipe_over_tiles_shows_one_day_on_each_side(tiled, visit):
    page = visit(tiled, viewport={"width": 1280, "height": 860}).page
    cut = """day => {
      const { clipPath } = document.querySelector(`[class*=territory-${day}]`).style;
      const across = clipPath.match(/-?[\\d.]+px/g)?.filter((_, i) => i % 2 === 0).map(parseFloat) ?? [];
      return across.length ? [Math.min(...across), Math.max(...across)] : null;
    }"""
    page.keyboard.press("s")
    then, now = page.evaluate(cut, "then"), page.evaluate(cut, "now")
    assert then[0] < then[1] == now[0] < now[1]
    page.keyboard.press("s")
    assert page.evaluate(cut, "now") is None


def test_without_tiles_the_policy_lets_nothing_in(page_file):
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page_file.read_text(encoding="utf-8"))[1]
    assert "http" not in policy
    assert "img-src data:;" in policy


@pytest.mark.parametrize(
    "template",
    [
        "http://tiles.example.org/{z}/{x}/{y}.png",
        "https://tiles.example.org/{z}/{x}.png",
        "https://{s}.example.org/{z}/{x}/{y}.png",
        "https://user@tiles.example.org/{z}/{x}/{y}.png",
        "https://tiles.example.org; script-src */{z}/{x}/{y}.png",
        'https://tiles.example.org/{z}/{x}/{y}.png" onload="x',
        "https://tiles.example.org/{z}/{x}/{y}{key}.png",
        "https://tiles.example.org/{z}/{x}/{y}.png\n",
        "javascript:alert(1)//{z}{x}{y}",
        "",
    ],
)
def test_a_template_that_could_widen_the_policy_is_refused(template):
    with pytest.raises(InputError, match="Tiles cannot be taken"):
        check_template(template)


def test_a_plain_template_is_taken():
    assert check_template(TEMPLATE).host == "tiles.example.org"
    assert check_template("https://t.example.org:8443/a/{z}/{x}/{y}{r}.png?key=1").host == "t.example.org:8443"
    assert "network address" in check_template(TEMPLATE).reveals


@pytest.mark.browser
@pytest.mark.parametrize("window", [(720, 700), (720, 520), (390, 844), (1280, 800)], ids=str)
@pytest.mark.parametrize("controls", ["full", "min", "none"])
def test_a_place_in_the_address_is_near_and_in_the_middle_of_all_the_room_there_is(page_file, visit, window, controls):
    fragment = f"#date=2015-04-25&place=jisr-al-shughur&controls={controls}"
    page = visit(page_file, fragment, viewport=dict(zip(("width", "height"), window, strict=True))).page
    # As long as a journey through the air would take.
    page.wait_for_timeout(1000)
    zoom, apart, bare = page.evaluate(
        """() => {
          const { map, player: { world } } = territory;
          const { lat, lon } = world.places.find(({ id }) => id === 'jisr-al-shughur');
          const room = document.getElementById('territory-frame').getBoundingClientRect();
          const side = document.getElementById('territory-side').getBoundingClientRect();
          const below = side.height && side.left < room.right ? room.bottom - side.top : 0;
          const map_box = map.getContainer().getBoundingClientRect();
          return [map.getZoom(), map.latLngToContainerPoint([lat, lon]).distanceTo(map.getSize().divideBy(2)),
            room.height - map_box.height - below];
        }"""
    )
    assert zoom == 11.5
    assert apart < 2
    assert bare < 2
