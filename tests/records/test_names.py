"""Spellings of a name: equal keys, similar names that are suggested, and names that find nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territory.errors import AmbiguousName, UnknownName
from territory.records.gazetteer import Gazetteer, Place
from territory.records.names import name_key, suggest


@given(st.text())
def test_folding_twice_is_folding_once(name):
    assert name_key(name_key(name)) == name_key(name)


@given(st.text())
def test_folding_never_makes_a_name_vanish(name):
    assert bool(name_key(name)) == bool(name.strip())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jisr ash-Shughūr", "jisr ash shughur"),
        ("Al-Fu'ah", "al fuʿah"),
        ("إدلب", "ادلب"),
        ("معرّة", "معرة"),
        ("سلمى", "سلمي"),
        ("ĪDLIB", "idlib"),
        ("İdlib", "idlib"),
        ("Straße", "STRASSE"),
    ],
)
def test_case_accents_vowel_marks_and_hyphens_do_not_count(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), [("Salma", "Salqin"), ("النيرب", "التيرب"), ("Idlib", "Idlibi")])
def test_other_letters_are_another_name(one, other):
    assert name_key(one) != name_key(other)


# GeoNames alone lists thirteen spellings of the town; people write more.
SPELLINGS = [
    "Jisr al-Shughur",
    "jisr-al-shughur",
    "JISR AL SHUGHUR",
    "Jisr ash-Shughur",
    "Jisr ash-Shughūr",
    "Jisr al-Shughour",
    "Jisr ash-Shughour",
    "Jisr Al Shughour",
    "Jisr el-Choughour",
    "Djisr ech Choughour",
    "Jisr esh Shaur",
    "Jeser al-Shagour",
    "جسر الشغور",
    "جِسر الشُغور",
]


@pytest.mark.parametrize("name", SPELLINGS)
def test_every_spelling_finds_the_same_place(idlib, name):
    places = idlib.campaign.places
    assert places[places.find(name)].id == "jisr-al-shughur"


@pytest.mark.parametrize("name", ["Jisr al-Shugur", "Jisr al Shogur", "Jiser al-Shughur"])
def test_a_spelling_that_is_only_like_it_is_refused_with_a_suggestion(idlib, name):
    with pytest.raises(UnknownName, match="Did you mean 'Jisr al-Shughur'") as caught:
        idlib.campaign.places.find(name)
    assert caught.value.suggestions[0] == "Jisr al-Shughur"


def test_a_name_like_nothing_gets_no_suggestion(idlib):
    with pytest.raises(UnknownName, match=r"^No place is called 'Xyzzy'\.$"):
        idlib.campaign.places.find("Xyzzy")


def test_a_name_that_two_places_bear_is_refused_with_their_ids():
    places = Gazetteer.of([Place("a", "Salma", 0, 0), Place("b", "Salmā", 1, 1), Place("c", "Other", 2, 2)])
    with pytest.raises(AmbiguousName, match="'salma' may be any of a, b"):
        places.find("salma")


def test_an_id_wins_over_a_name_of_another_place():
    places = Gazetteer.of([Place("salma", "Other", 0, 0), Place("b", "Salma", 1, 1)])
    assert places.find("salma") == 0


def test_a_name_of_signs_alone_is_not_any_other_name_of_signs():
    places = Gazetteer.of([Place("a", "★", 0, 0)])
    assert places.find("★") == 0
    for name in ("", "---", "☆"):
        with pytest.raises(UnknownName):
            places.find(name)


def test_suggestions_come_best_first_and_stay_few():
    known = ["Idlib", "Idlibi", "Adlib", "Damascus", "Idilb"]
    assert suggest("Idlib", known)[0] == "Idlib"
    assert len(suggest("Idlib", known, limit=2)) == 2
    assert suggest("zzz", known) == []
