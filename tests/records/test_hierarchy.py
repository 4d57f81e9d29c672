"""Memberships of actors in others for a time."""

from __future__ import annotations

from datetime import date

import pytest
from worlds import TOML, campaign_folder

import territory
from territory.errors import CampaignError
from territory.records.actors import Actor, Actors, Membership

ALLIANCE = Actor("alliance", "Alliance", parent="rebels")
ACTORS = Actors.of(
    [
        Actor("rebels", "Rebels"),
        ALLIANCE,
        Actor(
            "group",
            "Group",
            parent="rebels",
            memberships=(Membership("alliance", date(2015, 3, 24), date(2015, 9, 1)),),
        ),
    ]
)


@pytest.mark.parametrize(
    ("day", "line"),
    [
        (date(2015, 3, 23), ["group", "rebels"]),
        (date(2015, 3, 24), ["group", "alliance", "rebels"]),
        (date(2015, 9, 1), ["group", "alliance", "rebels"]),
        (date(2015, 9, 2), ["group", "rebels"]),
    ],
)
def test_a_membership_holds_from_its_first_day_to_its_last(day, line):
    assert [actor.id for actor in ACTORS.lineage(ACTORS.code("group"), day)] == line


def test_a_membership_never_changes_the_side():
    with pytest.raises(CampaignError, match=r"belongs to another side.*handover"):
        Actors.of([Actor("a", "A"), Actor("b", "B"), Actor("c", "C", parent="a", memberships=(Membership("b"),))])


def test_the_nusra_front_stands_within_the_army_of_conquest_from_its_founding(idlib):
    actors = idlib.campaign.actors
    nusra = actors.code("Jabhat al-Nusra")
    assert [actor.id for actor in actors.lineage(nusra, date(2015, 3, 1))] == ["nusra-front", "opposition"]
    assert [a.id for a in actors.lineage(nusra, date(2015, 4, 1))] == ["nusra-front", "army-of-conquest", "opposition"]
    assert idlib.why("Abu al-Duhur", "2015-09-09").holder() == "Nusra Front (Army of Conquest)"


def test_a_membership_is_read_from_campaign_toml(tmp_path):
    more = '\n[[actor]]\nid = "second"\nlabel = "Second"\nparent = "germany"\n'
    more += 'membership = [{ parent = "nobody", from = 1914-10-20 }]\n'
    with pytest.raises(CampaignError, match="names 'nobody', which is no actor"):
        territory.open(campaign_folder(tmp_path / "c", toml=TOML + more))
