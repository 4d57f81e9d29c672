"""Every kind of event and every status that Python knows has words and a picture on the page."""

from __future__ import annotations

import pytest
from worlds import ALPHA, BRAVO, day, event, folded

from territory.records.kinds import KINDS, STATUSES, TRAITS
from territory.render import certainty
from territory.render.page import html
from territory.words.languages import TAGS, words_of

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def kinds_page(tmp_path_factory):
    """A page on which each kind happens once, on a day of its own; readings of the first place at the end."""
    named = [kind for kind in KINDS if kind not in ("baseline", "correction", "retraction", "reading")]
    events = [event(f"b{n}", 0, "baseline", n, ALPHA) for n in range(3)]
    events += [event(f"e{n}", n + 1, kind, 1 + n % 2, BRAVO, ALPHA) for n, kind in enumerate(named)]
    events += [event("r1", 22, "reading", 0, ALPHA), event("r2", 27, "reading", 0, BRAVO)]
    timeline = folded(events, last_day=day(29))
    path = tmp_path_factory.mktemp("kinds") / "kinds.html"
    path.write_text(html(timeline), encoding="utf-8")
    return timeline, path


@pytest.mark.parametrize("lang", TAGS)
def test_every_kind_and_status_has_its_words(lang):
    words = words_of(lang).texts
    assert set(words["kinds"]) == set(KINDS)
    assert set(words["statuses"]) == set(words["statusAlone"]) == set(words["statusNames"]) == set(STATUSES)


def test_every_event_of_the_period_is_listed_with_a_picture(kinds_page, visit):
    seen = visit(kinds_page[1])
    badges = "() => [...document.querySelectorAll('.t-badge')].map(one => one.querySelector('path').getAttribute('d'))"
    found = []
    for when in range(30):
        seen.page.evaluate("day => window.territory.player.days.goTo(day)", when)
        found += seen.page.evaluate(badges)
    seen.assert_quiet()
    listed = [KINDS[one.kind] for one in kinds_page[0].campaign.events if KINDS[one.kind].news != "none"]
    assert len(found) == len(listed) > 20
    assert len(set(found)) == len({kind.family for kind in listed}) == 7


def test_the_words_for_a_rival_are_those_of_a_status_that_has_one():
    assert {status.name for status, traits in TRAITS.items() if not traits.party} == {"CONTROL"}


def test_a_reading_stands_in_the_list_but_is_no_event_on_the_map(kinds_page, visit):
    page = visit(kinds_page[1]).page
    page.evaluate("() => window.territory.player.days.goTo(27)")
    assert page.evaluate("() => [...window.territory.player.world.events.on(27)].length") == 1
    assert page.evaluate("() => window.territory.player.layer.signs.marks.drawn.length") == 0
    assert "A source shows" in page.inner_text("#territory-side")


def test_what_a_reading_shows_came_about_since_the_last_one(kinds_page):
    timeline, _ = kinds_page
    found = dict(
        zip((one.id for one in timeline.campaign.events), map(tuple, certainty.leeways(timeline).tolist()), strict=True)
    )
    assert found["r1"] == (21, 0)  # since the baseline, on day 0
    assert found["r2"] == (4, 0)  # on one of the days 23 to 27
    assert found["e1"] == (0, 0)
