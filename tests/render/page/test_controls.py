"""What the reader can do on the page: time, comparison, evidence, legend, story, languages, search."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

DESK = {"width": 1440, "height": 900}


def day(page):
    return page.evaluate("() => window.territory.day()")


def go(page, date):
    page.evaluate("date => window.territory.goTo(date)", date)


def span(page):
    return page.evaluate("() => window.territory.player.days.span")


def km2(text):
    return float(text.replace(",", "").replace("−", "-"))


def test_the_wheel_and_the_handles_shorten_the_time_that_is_shown(page_file, visit):
    page = visit(page_file, viewport=DESK).page
    assert span(page) == [0, 274]
    box = page.locator(".t-plot").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + 20)
    for _ in range(6):
        page.mouse.wheel(0, -120)
    page.wait_for_function("() => window.territory.player.days.span[1] - window.territory.player.days.span[0] < 120")
    first, last = span(page)
    assert first <= 55 <= last  # the day shown stays in view
    page.locator(".t-span-handle").nth(1).focus()
    page.keyboard.press("PageUp")
    assert span(page) == [first, last + 30]
    page.locator(".t-span").dblclick(position={"x": 300, "y": 7})
    assert span(page) == [0, 274]


def test_a_trimmed_handle_drags(page_file, visit):
    page = visit(page_file, viewport=DESK).page
    handle = page.locator(".t-span-handle").first.bounding_box()
    rail = page.locator(".t-span").bounding_box()
    page.mouse.move(handle["x"] + 12, handle["y"] + 12)
    page.mouse.down()
    page.mouse.move(handle["x"] + 12 + rail["width"] * 0.1, handle["y"] + 12, steps=4)
    page.mouse.up()
    assert span(page)[0] == pytest.approx(27, abs=2)


def test_a_click_on_the_chart_goes_to_that_day(page_file, visit):
    page = visit(page_file, viewport=DESK).page
    box = page.locator(".t-plot").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.5, box["y"] + box["height"] / 2)
    assert day(page) in ("2015-07-15", "2015-07-16", "2015-07-17")


def test_playing_by_changes_says_what_it_skips_and_by_calendar_skips_nothing(page_file, visit):
    page = visit(page_file, "#date=2015-06-17").page
    state = (
        "() => { const { player } = window.territory; player.clock.running = true; player.clock.advance(); "
        "player.followers.update(); "
    )
    skipped = page.evaluate(state + "return player.clock.skipped; }")
    assert skipped > 0
    assert f"{skipped} quiet day" in page.locator(".t-cue").text_content()
    page.evaluate("() => window.territory.player.clock.pause()")
    go(page, "2015-06-17")
    page.keyboard.press("p")
    assert page.evaluate(state + "return player.days.iso; }") == "2015-06-18"


def test_play_runs_stops_at_the_end_and_loops(page_file, visit):
    page = visit(page_file, "#date=2015-11-28").page
    for _ in range(2):
        page.keyboard.press(">")
    page.keyboard.press(" ")
    page.wait_for_function("() => !window.territory.player.clock.running")
    assert day(page) == "2015-11-30"
    page.keyboard.press("l")
    go(page, "2015-11-29")
    page.keyboard.press(" ")
    page.wait_for_function("() => window.territory.day() < '2015-06-01'")
    page.keyboard.press(" ")
    assert not page.evaluate("() => window.territory.player.clock.running")


def test_names_of_key_dates_never_lie_on_each_other(page_file, visit):
    for width in (390, 1024, 1440):
        page = visit(page_file, viewport={"width": width, "height": 844}).page
        boxes = page.locator(".t-tick-text.t-on").evaluate_all(
            "all => all.map(a => a.getBoundingClientRect()).map(b => [b.left, b.right])"
        )
        for number, (left, right) in enumerate(boxes):
            assert all(right <= other[0] + 1 or left >= other[1] - 1 for other in boxes[number + 1 :]), (width, boxes)


def test_a_pinned_date_gives_the_ground_gained_and_lost_since(idlib, page_file, visit):
    page = visit(page_file, "#date=2015-03-24", viewport=DESK).page
    page.keyboard.press("[")
    go(page, "2015-06-15")
    said = page.locator(".t-change").inner_text()
    assert "since 24 March" in said
    then, now = (idlib.territories(date) for date in ("2015-03-24", "2015-06-15"))
    gained = page.evaluate(
        "() => [...window.territory.player.days.gains()].map(([code, one]) => [code, one.gained - one.lost])"
    )
    names = page.evaluate("() => window.territory.player.world.actors.map(actor => actor.id)")
    for code, net in gained:
        family = [
            actor.id
            for actor in idlib.campaign.actors.all
            if idlib.side_of[idlib.campaign.actors.code(actor.id)] == code
        ]
        wanted = sum(frame[frame.actor.isin(family)].area_km2.sum() * sign for frame, sign in ((now, 1), (then, -1)))
        assert net == pytest.approx(wanted, abs=0.5), names[code]
    page.keyboard.press("]")
    assert "since 24 March" not in page.locator(".t-change").inner_text()


def test_two_dates_lie_side_by_side_under_a_divider(page_file, visit):
    page = visit(page_file, "#date=2015-03-24", viewport=DESK, reduced_motion="reduce").page
    page.keyboard.press("[")
    go(page, "2015-06-15")
    page.keyboard.press("s")
    bar = page.locator(".t-swipe")
    assert bar.get_attribute("aria-valuetext") == "24 March 2015 | 15 June 2015"
    days = page.evaluate("() => [...document.querySelectorAll('.t-sheets')].length")
    assert days == 2
    before = page.evaluate("() => document.querySelector('[class*=territory-then]').style.clipPath")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("() => document.querySelector('[class*=territory-then]').style.clipPath") != before
    assert day(page) == "2015-06-15"  # the arrow moved the divider, not the date
    page.keyboard.press("]")
    assert page.locator(".t-sheets").count() == 1


def test_the_history_of_a_place_has_each_step_with_record_source_and_claimant(page_file, visit):
    page = visit(page_file, "#date=2015-04-25&place=jisr-al-shughur", viewport=DESK).page
    steps = page.locator(".t-history li")
    assert steps.count() >= 3
    assert page.locator(".t-history-bar rect").count() >= 3
    steps.nth(1).locator("summary").click()
    said = steps.nth(1).inner_text()
    for word in ("Sources:", "AFP", "Read in the source named"):
        assert word in said, word
    assert page.locator(".t-history li[aria-current]").count() == 1
    steps.first.locator(".t-step").click()
    assert day(page) == "2015-03-01"


def test_the_legend_lists_what_is_in_view_and_hides_it_from_the_drawing_alone(page_file, visit):
    page = visit(page_file, viewport=DESK, reduced_motion="reduce").page
    rows = page.locator(".t-legend-list")
    before = page.locator("#territory-map .t-sheet-fine").evaluate("one => one.toDataURL()")
    page.get_by_role("button", name="Government 5,016 km²").click()
    row = page.get_by_role("button", name="Government 5,016 km²")
    assert row.get_attribute("aria-pressed") == "false"
    assert page.locator("#territory-map .t-sheet-fine").evaluate("one => one.toDataURL()") != before
    assert page.evaluate("() => window.territory.controlAt('ariha').controller") == "government"
    row.click()
    assert page.locator("#territory-map .t-sheet-fine").evaluate("one => one.toDataURL()") == before
    assert "Kurdish forces" in rows.inner_text()
    page.evaluate("() => window.territory.map.setView([35.6, 36.0], 12, { animate: false })")
    assert "Kurdish forces" not in rows.inner_text()
    page.get_by_role("button", name="Place names").click()
    assert page.evaluate("() => window.territory.player.layer.signs.named.size") == 0


def test_the_story_moves_date_and_view_and_names_its_sources(page_file, visit):
    page = visit(page_file, viewport=DESK, reduced_motion="reduce").page
    before = page.evaluate("() => window.territory.map.getCenter().toString()")
    page.locator(".t-story .t-next").click()
    assert day(page) == "2015-04-27"
    assert page.locator(".t-chapter").inner_text() == "Qarmeed camp"
    assert page.evaluate("() => window.territory.map.getCenter().toString()") != before
    page.locator(".t-story-sources summary").click()
    assert page.locator(".t-story-sources a").count() > 0
    page.keyboard.press("PageUp")
    assert day(page) == "2015-04-25"


@pytest.mark.parametrize(
    ("typed", "found"),
    [("jisr ash-shughour", "Jisr al-Shughur"), ("جسر الشغور", "Jisr al-Shughur"), ("maarrat", "Maarrat al-Numan")],
)
def test_a_place_is_found_with_the_keyboard_alone(page_file, visit, typed, found):
    page = visit(page_file, reduced_motion="reduce").page
    page.keyboard.press("/")
    page.keyboard.type(typed)
    page.keyboard.press("Enter")
    assert page.locator("#territory-panel .t-where").inner_text() == found


def test_arabic_is_whole_and_mirrored_with_western_digits(page_file, visit):
    page = visit(page_file, "#lang=ar&date=2015-04-25", viewport=DESK).page
    assert page.evaluate("() => [document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    assert page.locator("#territory-date").inner_text() == "السبت، 25 نيسان 2015"
    side = page.locator("#territory-side").bounding_box()
    assert side["x"] == 0
    head = page.locator(".t-head").bounding_box()
    plot = page.locator(".t-plot").bounding_box()
    assert head["x"] > plot["x"] + plot["width"] / 2  # April lies to the right
    page.keyboard.press("ArrowLeft")
    assert day(page) == "2015-04-26"  # time runs to the left
    texts = page.evaluate("() => JSON.stringify(window.territory.player.language.words)")
    assert not any(digit in texts for digit in "٠١٢٣٤٥٦٧٨٩")
    page.get_by_role("button", name="English").click()
    assert page.locator("#territory-date").inner_text() == "Sunday 26 April 2015"


def test_in_arabic_the_sources_of_a_record_follow_each_other_from_the_right(page_file, visit):
    page = visit(page_file, "#date=2015-04-25&place=idlib&lang=ar", viewport={"width": 1280, "height": 860}).page
    lines: dict[int, list[tuple[float, int]]] = {}
    boxes = page.evaluate(
        """() => [...document.querySelector('#territory-panel .t-source').querySelectorAll('.t-chain bdi')]
          .map(one => one.getClientRects()[0]).map(({ right, bottom }) => [right, Math.round(bottom)])"""
    )
    for order, (right, line) in enumerate(boxes):
        lines.setdefault(line, []).append((right, order))
    assert len(boxes) > 4
    for found in lines.values():
        assert [order for _, order in sorted(found, reverse=True)] == sorted(order for _, order in found)
