"""The languages of a campaign: which it offers, and how each says a day, a number and a sentence."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from worlds import ACTORS, BRAVO, FIRST_DAY, TOML, campaign, campaign_folder, event, folded

import territory
from territory.errors import InputError
from territory.records.actors import Actors
from territory.records.kinds import KINDS, STATUSES
from territory.words.languages import TAGS, for_faults, for_player, words_of

IN_GERMAN = tuple(replace(actor, labels={**actor.labels, "de": f"{actor.label} (de)"}) for actor in ACTORS)


def spoken(**fields):
    return campaign([], actors=Actors.of(IN_GERMAN), titles={"de": "Eine Reihe", "ar": "صف"}, **fields)


def test_a_language_is_offered_when_title_and_every_actor_are_given_in_it():
    assert campaign([]).languages == ("en",)
    assert spoken().languages == ("en", "de")  # of two actors there is no Arabic label
    assert campaign([], actors=Actors.of(IN_GERMAN)).languages == ("en",)  # no German title


def test_the_main_language_comes_first_and_once():
    assert spoken(language="fr").languages == ("fr", "de")
    assert spoken(language="de").languages == ("de",)


def test_a_main_language_without_a_file_of_words_has_english_ones():
    assert spoken(language="uk").languages == ("en", "de")
    assert spoken(language="uk").words().tag == "en"


def test_a_language_that_is_not_offered_is_refused_with_those_that_are():
    for lang in ("ar", "xx", ""):
        with pytest.raises(InputError, match=f"not offered in the language '{lang}', only in en, de"):
            spoken().words(lang)
    with pytest.raises(InputError, match="only in en"):
        folded([]).to_html(lang="ar")
    with pytest.raises(InputError, match="only in en"):
        folded([]).to_svg(lang="ar")


def test_a_folder_says_its_language_and_its_names_in_others(tmp_path):
    toml = TOML.replace("format = 1", 'format = 2\nlanguage = "fr"\ntitle.de = "Die Yser"')
    toml = toml.replace('title = "The Yser', 'title.fr = "L’Yser')
    toml = toml.replace('label = "Belgium"', 'label.fr = "Belgique"\nlabel.de = "Belgien"')
    toml = toml.replace('label = "Germany"', 'label = { fr = "Allemagne", de = "Deutsches Reich" }')
    read = territory.open(campaign_folder(tmp_path / "c", toml=toml)).campaign
    assert read.languages == ("fr", "de")
    assert read.actors[read.actors.code("Deutsches Reich")].label == "Allemagne"


def test_an_actor_and_a_place_are_found_by_a_name_in_any_language():
    actors = Actors.of(IN_GERMAN)
    assert actors.code("Bravo (de)") == actors.code("برافو") == BRAVO


def test_unknown_and_nobody_are_words_of_every_language():
    actors = Actors.of(IN_GERMAN)
    assert [actors[code].label_in(words_of("de"), FIRST_DAY) for code in (0, 1, BRAVO)] == [
        "Unbekannt",
        "Von niemandem gehalten",
        "Bravo (de)",
    ]
    assert actors[BRAVO].label_in(words_of("fr"), FIRST_DAY) == "Bravo"


@pytest.mark.parametrize(
    ("lang", "day", "number"),
    [
        ("en", "1 April 2015", "10,248"),
        ("ar", "1 نيسان 2015", "10,248"),
        ("de", "1. April 2015", "10.248"),
        ("fr", "1 avril 2015", "10\u202f248"),
    ],
)
def test_days_and_numbers_are_written_as_the_language_does(lang, day, number):
    assert words_of(lang).date(date(2015, 4, 1)) == day
    assert words_of(lang).number(10248.4) == number


def test_what_fills_a_hole_is_put_in_as_it_is():
    assert words_of("en").say("still.title", title="{date} $& {title}", date="x") == "{date} $& {title}: x"


def test_a_page_carries_the_words_of_what_it_offers_and_no_more():
    assert set(for_player(["de", "en"])) == set(for_faults(["de", "en"])) == {"de", "en"}
    assert not {"fault", "still"} & set(for_player(["de"])["de"])
    assert for_faults(["ar"])["ar"]["dir"] == "rtl"


@pytest.mark.parametrize("lang", TAGS)
def test_a_still_is_in_its_language(lang):
    labels = {lang: "X"}
    actors = Actors.of([replace(actor, labels=labels, label=actor.id) for actor in ACTORS[:1]])
    world = folded([event("e", 1, "capture", 0, 2)], actors=actors, titles={lang: "T"})
    drawn = world.to_svg(on="2015-03-02", lang=lang)
    words = words_of(lang)
    for text in (words.date(date(2015, 3, 2)), words.say("noEndorsement"), words.say("actors.unknown")):
        assert text in drawn
    assert ('direction="rtl"' in drawn) == (words.dir == "rtl")


def test_kinds_and_statuses_have_words_in_every_language_and_there_are_no_others():
    records = json.loads((Path(territory.__file__).parent / "words" / "records.json").read_text(encoding="utf-8"))
    assert set(records.pop("kinds")) == set(KINDS)
    for rows in records.values():
        assert tuple(rows) == STATUSES
    for tag in TAGS:
        assert all(words_of(tag).texts["kinds"].values())


def test_a_timeline_can_be_pickled():
    assert pickle.loads(pickle.dumps(campaign([]).places)).places[0].names == {}  # noqa: S301  # our own bytes
