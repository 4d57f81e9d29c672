"""The page in a real Chromium, offline: it says what Python says, shows text as text, and asks for nothing."""

from __future__ import annotations

import json
from pathlib import Path

import folium
import numpy as np
import pytest
from worlds import EVENTS, PLACES, SOURCES, TOML, campaign_folder

import territory
from territory.records.kinds import STATUSES
from territory.render.codec import encode, payload

pytestmark = pytest.mark.browser

DAYS = ("2015-03-01", "2015-03-28", "2015-04-24", "2015-04-25", "2015-05-28", "2015-09-09", "2015-11-30")
ASKED = ("jisr-al-shughur", "idlib", "ariha", "jisr-al-shughur-national-hospital", "abu-al-duhur-airbase", "al-ziyarah")

# Written into names, labels, captions, notes and links; none of it may be anything but text.
HOSTILE = (
    "</script><script>window.hit=1</script>",
    "{{7*7}} {% raw %} {# x #}",
    "${window.hit=2}",
    "<img src=x onerror=window.hit=3>",
    "`${window.hit=4}`\\u003cb\\u003e",
    "a\u2028line\u2029paragraph",
    "\u202egnirts\u202c",
    "__proto__",
)


def control(page, place):
    return page.evaluate("place => window.territory.controlAt(place)", place)


def answer(timeline, place, day):
    """Python's word for what the page calls controlAt."""
    state, part = timeline.state(day), timeline.partition
    cell = part.home[timeline.campaign.places.find(place)]
    actors, rival = timeline.campaign.actors, int(state.rival[cell])
    return {
        "controller": actors[int(state.controller[cell])].id,
        "status": STATUSES[state.status[cell]],
        "rival": actors[rival].id if rival else None,
        "event": timeline.campaign.events[int(state.event[cell])].id,
    }


def test_the_page_shows_what_python_says_forwards_and_backwards(idlib, page_file, visit):
    seen = visit(page_file)
    for day in (*DAYS, *reversed(DAYS)):
        seen.page.evaluate("day => window.territory.goTo(day)", day)
        assert seen.page.evaluate("() => window.territory.day()") == day
        for place in ASKED:
            shown = control(seen.page, place)
            wanted = answer(idlib, place, day)
            assert {key: shown.get(key) or None for key in wanted} == wanted, (day, place)
    seen.assert_quiet()


def test_the_page_knows_since_which_event_every_place_is_held(idlib, page_file, visit):
    page = visit(page_file).page
    changes, events = idlib.changes, idlib.campaign.events
    home = idlib.partition.home
    cell_of = {place.id: int(cell) for place, cell in zip(idlib.campaign.places, home, strict=True) if cell >= 0}
    for day in ("2015-11-30", "2015-03-28", "2015-06-15", "2015-03-01", "2015-09-09"):
        page.evaluate("day => window.territory.goTo(day)", day)
        shown = page.evaluate("ids => ids.map(id => window.territory.controlAt(id).held)", list(cell_of))
        held = idlib.state(day).held_event
        passed = (changes.day > np.datetime64(idlib.first_day)) & (changes.day <= np.datetime64(day))
        passed &= changes.controller != changes.prev_controller
        moved = set(changes.cell[passed].tolist())
        assert shown == [events[int(held[cell])].id if cell in moved else "" for cell in cell_of.values()], day
        assert bool(moved) == (day != "2015-03-01")


def test_the_front_on_the_page_is_the_front_of_python_on_every_change_day(idlib, page_file, visit):
    page = visit(page_file).page
    number = encode.numbering(payload.build(idlib)).arc
    for day in idlib.days[::6]:
        page.evaluate("day => window.territory.goTo(day)", str(day))
        shown = page.evaluate("() => Array.from(window.territory.frontArcs())")
        assert shown == sorted(number[idlib.front_arcs(day)].tolist())


def test_the_date_stands_large_in_words(page_file, visit):
    page = visit(page_file, "#date=2015-04-25").page
    assert page.locator("#territory-date").inner_text().strip() == "Saturday 25 April 2015"


@pytest.mark.parametrize("zone", ["Pacific/Honolulu", "Asia/Damascus", "Pacific/Kiritimati"])
def test_a_civil_date_is_the_same_everywhere(page_file, visit, zone):
    page = visit(page_file, "#date=2015-04-25", timezone_id=zone).page
    assert page.evaluate("() => window.territory.day()") == "2015-04-25"
    assert "25 April 2015" in page.locator("#territory-date").inner_text()


def test_an_answer_names_holder_day_record_and_source_chain(page_file, visit):
    page = visit(page_file, "#date=2015-04-24&place=jisr-al-shughur").page
    panel = page.locator("#territory-panel")
    panel.wait_for(state="visible")
    said = panel.inner_text()
    for word in ("Jisr al-Shughur", "Government", "Nusra Front", "24 April 2015", "SOHR via AFP via Al Bawaba"):
        assert word.casefold() in said.casefold(), word


def test_a_click_on_the_map_answers_for_the_ground_under_it(page_file, visit):
    page = visit(page_file, "#date=2015-04-25", viewport={"width": 1200, "height": 800}).page
    box = page.locator("#territory-map").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.55, box["y"] + box["height"] * 0.5)
    page.locator("#territory-panel").wait_for(state="visible")
    assert len(page.locator("#territory-panel").inner_text()) > 20


def test_the_keyboard_steps_through_time(page_file, visit):
    page = visit(page_file, "#date=2015-04-24").page
    page.locator("#territory-slider").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("() => window.territory.day()") == "2015-04-25"
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("() => window.territory.day()") == "2015-04-24"


def test_it_opens_on_the_key_day_and_stands_still(page_file, visit):
    page = visit(page_file).page
    assert page.evaluate("() => window.territory.day()") == "2015-04-25"
    page.wait_for_timeout(700)
    assert page.evaluate("() => window.territory.day()") == "2015-04-25"


def test_it_works_in_a_sandboxed_frame(idlib, tmp_path, visit):
    (tmp_path / "notebook.html").write_text(f"<!doctype html><body>{idlib._repr_html_()}</body>", encoding="utf-8")
    seen = visit(tmp_path / "notebook.html")
    frame = seen.page.frames[1]
    frame.wait_for_function("() => window.territory && window.territory.day() === '2015-04-25'")
    assert (
        frame.evaluate("() => { try { return parent.document.title } catch (e) { return e.name } }") == "SecurityError"
    )
    assert seen.complaints == []


def hostile_folder(folder: Path) -> tuple[Path, list[str]]:
    quoted = [text.replace('"', '""') for text in HOSTILE]
    places = PLACES + "".join(
        f'h{n},"{text}",village,{2.8 + n / 50},51.1,"alias {text}"\n' for n, text in enumerate(quoted)
    )
    events = EVENTS + "".join(
        f'x{n},1914-10-20,capture,h{n},,,germany,belgium,bad,,,,,"note {text}"\n' for n, text in enumerate(quoted)
    )
    sources = (
        SOURCES.replace("derived_from\n", "derived_from,url\n")
        .replace(",wire\n", ",wire,\n")
        .replace("Wire,\n", "Wire,,\n")
    )
    sources += f'bad,"title {quoted[3]}","{quoted[0]}",,javascript:window.hit=5\n'
    label = json.dumps(HOSTILE[3])
    toml = TOML.replace('label = "Germany"', f"label = {label}").replace(
        "The Yser, October 1914", "<b>Yser</b> {{7*7}}"
    )
    toml += f"\n[[chapter]]\nday = 1914-10-20\ntitle = {json.dumps(HOSTILE[0])}\ntext = {json.dumps(HOSTILE[3])}\n"
    return campaign_folder(folder, toml=toml, places=places, sources=sources, events=events), list(HOSTILE)


def test_text_from_data_is_text_everywhere(tmp_path, visit):
    folder, names = hostile_folder(tmp_path / "hostile")
    path = territory.open(folder).to_html(tmp_path / "hostile.html")
    seen = visit(path, "#date=1914-10-20")
    page = seen.page
    for number, name in enumerate(names):
        page.evaluate("day => window.territory.goTo(day)", "1914-10-20")
        assert control(page, f"h{number}")["controller"] == "germany"
        shown = page.evaluate(
            "id => window.territory.player.world.places.find(place => place.id === id).name.en",
            f"h{number}",
        )
        assert shown == name
    page.goto(page.url.partition("#")[0] + "#date=1914-10-20&place=h3")
    page.reload()
    page.locator("#territory-panel").wait_for(state="visible")
    assert HOSTILE[3] in page.locator("#territory-panel").inner_text()
    assert page.evaluate("() => window.hit") is None
    assert page.locator("img").count() == 0
    assert [
        link for link in page.locator("a").evaluate_all("all => all.map(a => a.href)") if "javascript" in link
    ] == []
    assert "{{7*7}}" in page.title()
    seen.assert_quiet()


def test_a_folium_map_carries_the_player_beside_other_layers_and_evaluates_nothing(
    tmp_path, chromium, leaflet_from_here
):
    folder, _ = hostile_folder(tmp_path / "hostile")
    shown = territory.open(folder).explore()
    folium.Marker([51.1, 2.8]).add_to(shown)
    shown.save(tmp_path / "map.html")
    context = chromium.new_context(viewport={"width": 900, "height": 700})
    page = context.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    context.route("**/*", leaflet_from_here)  # folium's own page asks the network for Leaflet
    page.goto((tmp_path / "map.html").as_uri())
    page.wait_for_selector(".leaflet-marker-pane *", state="attached")
    painted = page.evaluate("() => [...document.querySelectorAll('canvas')].some(one => one.width > 100)")
    hit, html = page.evaluate("() => window.hit"), page.content()
    context.close()
    assert painted
    assert hit is None
    assert not [error for error in broken if "territory" in error.lower()]
    assert "window.hit=1" not in html.partition("</head>")[0]


def test_a_changed_page_runs_nothing(page_file, tmp_path, visit):
    spoiled = page_file.read_text(encoding="utf-8").replace("</body>", "<script>window.hit=1</script></body>")
    (tmp_path / "spoiled.html").write_text(spoiled, encoding="utf-8")
    seen = visit(tmp_path / "spoiled.html")
    assert seen.page.evaluate("() => window.hit") is None
    assert any("Content Security Policy" in said for said in seen.complaints)


def test_two_renders_are_the_same_bytes_and_small(idlib, page_file):
    again = territory.open("idlib-2015").to_html()
    assert page_file.read_text(encoding="utf-8") == again
    assert page_file.stat().st_size < 1_000_000


def test_areas_on_the_page_add_up_to_those_of_python(idlib, page_file, visit):
    shown = visit(page_file).page.evaluate("() => Array.from(window.territory.player.world.cells.area)")
    assert np.sum(shown) == pytest.approx(idlib.partition.total_km2, rel=1e-6)
    assert sorted(shown) == pytest.approx(sorted(idlib.partition.area_km2), abs=1e-4)
