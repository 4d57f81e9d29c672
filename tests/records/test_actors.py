"""Actors: codes, sides, names and aliases, and the faults of a list of actors."""

from __future__ import annotations

import pytest

from territory.errors import CampaignError, UnknownName
from territory.records.actors import FIRST, MOST_ACTORS, NONE, UNKNOWN, Actor, Actors

RED, GREEN, WING = (
    Actor("red", "Red", {"ar": "أحمر"}, "#aa0000", aliases=("the Reds",)),
    Actor("green", "Green", {}, "#00aa00"),
    Actor("wing", "Wing", {}, "#00bb00", parent="green"),
)


def test_codes_count_from_two_in_the_order_given():
    actors = Actors.of([RED, GREEN, WING])
    assert [actors.code(actor.id) for actor in (RED, GREEN, WING)] == [FIRST, FIRST + 1, FIRST + 2]
    assert (actors[UNKNOWN].id, actors[NONE].id, len(actors)) == ("unknown", "none", 5)


def test_a_side_is_the_top_of_the_hierarchy():
    twig = Actor("twig", "Twig", parent="wing")
    actors = Actors.of([twig, WING, GREEN])
    assert actors.side_of.tolist() == [0, 1, 4, 4, 4]
    assert actors[actors.side_of[actors.code("twig")]].id == "green"


@pytest.mark.parametrize("name", ["red", "RED", "the reds", "The-Reds", "أحمر"])
def test_an_actor_is_found_by_any_of_its_words(name):
    assert Actors.of([RED]).code(name) == FIRST


def test_an_unknown_actor_is_refused_with_the_nearest():
    with pytest.raises(UnknownName, match=r"No actor is called 'gren'\. Did you mean 'green'"):
        Actors.of([RED, GREEN]).code("gren")


def test_an_actor_like_no_other_is_refused_with_the_whole_list():
    with pytest.raises(UnknownName, match="Known: unknown, none, red, green"):
        Actors.of([RED, GREEN]).code("zzzz")


FAULTY = {
    "an id that is no word": ([Actor("Red Army", "R")], "actor 'Red Army' has an id that is not of small letters"),
    "an id with a path": ([Actor("../../x", "R")], "actor '../../x' has an id that is not of small letters"),
    "a colour with style": ([Actor("r", "R", colour="red;background:url(x)")], "write it as #rrggbb"),
    "a parent that is not there": ([Actor("r", "R", parent="s")], "names 's', which is no actor"),
    "a parent of itself": ([Actor("r", "R", parent="r")], "'r' is its own ancestor"),
    "a circle": ([Actor("a", "A", parent="b"), Actor("b", "B", parent="a")], "'a' is its own ancestor"),
    "one name for two": (
        [Actor("a", "A", aliases=("Reds",)), Actor("b", "B", aliases=("reds",))],
        "actor 'b' has the name 'reds', which 'a' has too",
    ),
    "one id for two": ([Actor("a", "A"), Actor("a", "B")], "actor 'a' has the name 'a', which 'a' has too"),
    "the word for nobody": ([Actor("none", "X")], "actor 'none' has the name 'none', which 'none' has too"),
    "more than codes": ([Actor(f"a{n}", f"A{n}") for n in range(MOST_ACTORS)], f"more than the {MOST_ACTORS}"),
}


@pytest.mark.parametrize("case", FAULTY)
def test_a_faulty_list_is_refused_in_a_sentence(case):
    actors, said = FAULTY[case]
    with pytest.raises(CampaignError, match=said):
        Actors.of(actors)


def test_all_faults_of_a_list_are_reported_at_once():
    with pytest.raises(CampaignError) as caught:
        Actors.of([Actor("A", "A"), Actor("b", "B", colour="blue"), Actor("c", "C", parent="d")])
    assert len(str(caught.value).splitlines()) == 3


def test_names_that_mean_something_to_javascript_are_only_names():
    assert Actors.of([Actor("constructor", "__proto__")]).code("__proto__") == FIRST
