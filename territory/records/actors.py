"""Actors, the parties that may hold ground: a hierarchy, each actor with a small whole number as its code.

Code 0 is *unknown* (no evidence) and code 1 is *none* (known to be held by nobody); neither is an actor,
and neither ever has a front. Actors follow from 2 in the order of campaign.toml.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from territory.errors import CampaignError, UnknownName
from territory.records.names import NO_OTHERS, name_key, suggest
from territory.words.languages import Words

UNKNOWN, NONE, FIRST = 0, 1, 2
MOST_ACTORS = 120  # codes are int8, and -1 means outside
_COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True)
class Membership:
    """Membership of one actor in another for a time.

    Parameters
    ----------
    parent : str
        Id of the actor that it belongs to.
    start, end : date or None
        First and last day, both included; None where open.
    """

    parent: str
    start: date | None = None
    end: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the membership covers a day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True)
class Actor:
    """A party to the conflict.

    Parameters
    ----------
    id, label : str
        The id that events use, and the neutral label that maps print, in the campaign's main language.
    labels : mapping of str to str
        The label in other languages, by tag.
    colour : str
        ``#rrggbb``.
    parent : str
        Id of the actor that this one belongs to; empty for a side of its own.
    memberships : tuple of Membership
        Closer ties for a time, inside the same side: the Nusra Front within the Army of Conquest in 2015.
    aliases : tuple of str
        Other names that reports use for the same actor.
    start, end : date or None
        First and last day on which the actor existed, where that is known.
    """

    id: str
    label: str
    labels: Mapping[str, str] = field(default=NO_OTHERS, hash=False)
    colour: str = "#808080"
    parent: str = ""
    aliases: tuple[str, ...] = ()
    memberships: tuple[Membership, ...] = ()
    start: date | None = None
    end: date | None = None

    def label_in(self, words: Words) -> str:
        """The label in a language; the main one where there is none in it."""
        return words.texts["actors"].get(self.id) or self.labels.get(words.tag, self.label)


# Their labels in other languages are words, not data.
UNKNOWN_ACTOR = Actor("unknown", "Unknown", colour="#b9b9b4")
NONE_ACTOR = Actor("none", "Held by nobody", colour="#e8e4da")


@dataclass(frozen=True)
class Actors:
    """All actors of a campaign; ``actors[code]`` is an Actor, ``actors.code(name)`` its code.

    Parameters
    ----------
    all : tuple of Actor
        Indexed by code.
    side_of : (actor,) int8
        For each code the code of its side, the top of its hierarchy.
    """

    all: tuple[Actor, ...]
    side_of: NDArray[np.int8]
    _codes: dict[str, int] = field(repr=False, compare=False)

    @classmethod
    def of(cls, actors: Sequence[Actor]) -> Actors:
        """Number the actors and check their ids, colours, parents and aliases.

        Parameters
        ----------
        actors : sequence of Actor
            In the order of campaign.toml.

        Raises
        ------
        CampaignError
            With every fault in the list of actors.
        """
        by_code = (UNKNOWN_ACTOR, NONE_ACTOR, *actors)
        faults = [fault for actor in actors for fault in _faults_of(actor, {a.id for a in actors})]
        codes, clashes = _codes_by_name(by_code)
        faults += clashes
        if len(by_code) > MOST_ACTORS:
            faults.append(f"{len(actors)} actors are more than the {MOST_ACTORS} that a campaign can have.")
        _raise_all(faults or _parent_cycles(by_code))
        code_of = {actor.id: code for code, actor in enumerate(by_code)}
        side_of = [_side(code, by_code, code_of) for code in range(len(by_code))]
        _raise_all([fault for actor in actors for fault in _memberships_across_sides(actor, side_of, code_of)])
        return cls(by_code, np.array(side_of, dtype=np.int8), codes)

    def __getitem__(self, code: int) -> Actor:
        return self.all[code]

    def __len__(self) -> int:
        return len(self.all)

    @cached_property
    def ids(self) -> NDArray[np.object_]:
        """(actor,) array of str: ids by code."""
        return np.array([actor.id for actor in self.all], dtype=object)

    def code(self, name: str) -> int:
        """Code of the actor with this id, label or alias.

        Parameters
        ----------
        name : str
            In any case, with any accents.

        Raises
        ------
        UnknownName
            With the nearest ids, or all of them where none is near.
        """
        try:
            return self._codes[name_key(name)]
        except KeyError:
            known = [actor.id for actor in self.all]
            near = suggest(name, known)
            raise UnknownName("actor", name, near, "" if near else f"Known: {', '.join(known)}.") from None

    def lineage(self, code: int, day: date) -> list[Actor]:
        """An actor and its ancestors on a day, nearest first; a membership of that day goes before the parent."""
        line = [self.all[code]]
        while True:
            actor = line[-1]
            current = [membership.parent for membership in actor.memberships if membership.holds_on(day)]
            above = current[0] if current else actor.parent
            if not above or any(above == other.id for other in line):
                return line
            line.append(next(actor for actor in self.all if actor.id == above))


def _raise_all(faults: Sequence[str]) -> None:
    if faults:
        raise CampaignError("campaign.toml: " + "\ncampaign.toml: ".join(faults))


def _faults_of(actor: Actor, ids: set[str]) -> list[str]:
    """What is wrong with an actor by itself: its id, its colour, the ids that it names."""
    faults = []
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", actor.id):
        faults.append(f"actor id '{actor.id}' must be small letters, figures and hyphens.")
    if not _COLOUR.fullmatch(actor.colour):
        faults.append(f"actor '{actor.id}' has colour '{actor.colour}'; write it as #rrggbb in small letters.")
    named = (actor.parent, *(membership.parent for membership in actor.memberships))
    known = ", ".join(sorted(ids))
    faults += [
        f"actor '{actor.id}' names '{other}', which is no actor (known: {known})."
        for other in named
        if other and other not in ids
    ]
    return faults


def _codes_by_name(by_code: Sequence[Actor]) -> tuple[dict[str, int], list[str]]:
    """Code of every name that an actor has, by its key, and the names that two actors share."""
    codes: dict[str, int] = {}
    clashes = []
    for code, actor in enumerate(by_code):
        names = [name for name in (actor.id, actor.label, *actor.labels.values(), *actor.aliases) if name]
        shared = [name for name in names if codes.setdefault(name_key(name), code) != code]
        clashes += [f"'{name}' names both '{by_code[codes[name_key(name)]].id}' and '{actor.id}'." for name in shared]
    return codes, clashes


def _parent_cycles(by_code: Sequence[Actor]) -> list[str]:
    """A fault for every actor that is its own ancestor."""
    parents = {actor.id: actor.parent for actor in by_code}
    faults = []
    for actor in by_code:
        seen, above = {actor.id}, actor.parent
        while above and above not in seen:
            seen.add(above)
            above = parents[above]
        if above == actor.id:
            faults.append(f"actor '{actor.id}' is its own ancestor; break the cycle of parents.")
    return faults


def _side(code: int, by_code: Sequence[Actor], code_of: dict[str, int]) -> int:
    """Code of the top of an actor's hierarchy."""
    while by_code[code].parent:
        code = code_of[by_code[code].parent]
    return code


def _memberships_across_sides(actor: Actor, side_of: list[int], code_of: dict[str, int]) -> list[str]:
    """A fault for every membership in another side: with a side that changes, a front could move without an event."""
    own = side_of[code_of[actor.id]]
    return [
        f"actor '{actor.id}' is a member of '{other}', which belongs to another side. Ground changes sides by events: "
        "make it two actors, and add a handover to events.csv."
        for other in (membership.parent for membership in actor.memberships)
        if side_of[code_of[other]] != own
    ]
