"""Actors, the parties that may hold ground: a hierarchy, each actor with a small whole number as its code.

Code 0 is *unknown* (no evidence) and code 1 is *none* (known to be held by nobody); neither is an actor,
and neither ever has a front. Actors follow from 2 in the order of campaign.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from territory._util.brief import Brief
from territory.errors import CampaignError, Fault, UnknownName
from territory.records.dates import within
from territory.records.names import NO_OTHERS, did_you_mean, name_key, suggest
from territory.records.naming import Naming, name_on
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
        return within(day, self.start, self.end)


@dataclass(frozen=True, repr=False)
class Actor(Brief):
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
    namings : tuple of Naming
        What it was called for a time, in place of its label.
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
    namings: tuple[Naming, ...] = ()

    def label_on(self, day: date) -> str:
        """What the actor was called on a day, in the campaign's main language."""
        return name_on(day, self.label, self.labels, self.namings)

    def label_in(self, words: Words, day: date) -> str:
        """What the actor was called on a day, in a language; the main one where there is no label in it."""
        own = words.texts["actors"].get(self.id)  # unknown and none
        return own or name_on(day, self.label, self.labels, self.namings, words.tag)


# Their labels in other languages are words, not data.
UNKNOWN_ACTOR = Actor("unknown", "Unknown", colour="#b9b9b4")
NONE_ACTOR = Actor("none", "Held by nobody", colour="#e8e4da")


@dataclass(frozen=True, repr=False)
class Actors(Brief):
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
        """Check ids, colours, parents and aliases of the actors, and number them.

        Parameters
        ----------
        actors : sequence of Actor
            In the order of campaign.toml.

        Raises
        ------
        CampaignError
            With every fault in the list of actors.
        """
        faults = faults_of(actors)
        if faults:
            raise CampaignError([Fault("campaign.toml", 0, f"actor '{actors[at].id}' {said}") for at, said in faults])
        return cls.unchecked(actors)

    @classmethod
    def unchecked(cls, actors: Sequence[Actor]) -> Actors:
        """Number the actors, whatever their faults: a reader looks names up in them to find the faults of tables."""
        by_code = (UNKNOWN_ACTOR, NONE_ACTOR, *actors)
        codes: dict[str, int] = {}
        for code, actor in enumerate(by_code):
            for name in _names_of(actor):
                codes.setdefault(name_key(name), code)
        return cls(by_code, np.array(_sides(by_code)).astype(np.int8), codes)

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


def faults_of(actors: Sequence[Actor]) -> list[tuple[int, str]]:
    """What is wrong with a list of actors: ids, colours, parents, names that two share, sides.

    Returns
    -------
    list of (int, str)
        Number of the actor in the list, and a sentence to stand after its id.
    """
    ids = {actor.id: at for at, actor in enumerate(actors)}
    faults = [(at, said) for at, actor in enumerate(actors) for said in _faults_of(actor, ids)]
    faults += [(at, said) for at, actor in enumerate(actors) for said in _cycles(actor, actors, ids)]
    if not faults:
        sides = _sides((UNKNOWN_ACTOR, NONE_ACTOR, *actors))[FIRST:]
        faults = [
            (at, said) for at, actor in enumerate(actors) for said in _memberships_across_sides(actor, sides, ids)
        ]
    faults += _shared_names(actors)
    if len(actors) + FIRST > MOST_ACTORS:
        said = f"is one of {len(actors)} actors, more than the {MOST_ACTORS} that a campaign can have."
        faults.append((MOST_ACTORS - FIRST, said))
    return faults


def _names_of(actor: Actor) -> list[str]:
    then = (name for naming in actor.namings for name in naming.all())
    return [name for name in (actor.id, actor.label, *actor.labels.values(), *actor.aliases, *then) if name]


def _faults_of(actor: Actor, ids: Mapping[str, int]) -> Iterator[str]:
    """What is wrong with an actor by itself: its id, its colour, the ids that it names."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", actor.id):
        yield "has an id that is not of small letters, figures and hyphens."
    if not _COLOUR.fullmatch(actor.colour):
        yield f"has colour '{actor.colour}'; write it as #rrggbb in small letters."
    for other in (actor.parent, *(membership.parent for membership in actor.memberships)):
        if other and other not in ids:
            yield f"names '{other}', which is no actor.{did_you_mean(other, ids)}"


def _shared_names(actors: Sequence[Actor]) -> list[tuple[int, str]]:
    """A fault for every name that an actor shares with one before it."""
    owners: dict[str, str] = {}
    faults = []
    for at, actor in enumerate((UNKNOWN_ACTOR, NONE_ACTOR, *actors), start=-FIRST):
        own: set[str] = set()
        for name in _names_of(actor):
            key = name_key(name)
            if key in owners and key not in own:
                faults.append((at, f"has the name '{name}', which '{owners[key]}' has too."))
            owners.setdefault(key, actor.id)
            own.add(key)
    return faults


def _cycles(actor: Actor, actors: Sequence[Actor], ids: Mapping[str, int]) -> Iterator[str]:
    """A fault where an actor is its own ancestor."""
    seen, above = {actor.id}, actor.parent
    while above in ids and above not in seen:
        seen.add(above)
        above = actors[ids[above]].parent
    if above == actor.id:
        yield "is its own ancestor; break the cycle of parents."


def _sides(by_code: Sequence[Actor]) -> list[int]:
    """For each code that of the top of its hierarchy; a parent that is not there is passed over."""
    code_of = {actor.id: code for code, actor in reversed(list(enumerate(by_code)))}
    sides = []
    for code in range(len(by_code)):
        top, steps = code, 0
        while by_code[top].parent in code_of and steps < len(by_code):
            top, steps = code_of[by_code[top].parent], steps + 1
        sides.append(top)
    return sides


def _memberships_across_sides(actor: Actor, sides: Sequence[int], ids: Mapping[str, int]) -> Iterator[str]:
    """A fault for every membership in another side: with a side that changes, a front could move without an event."""
    for other in (membership.parent for membership in actor.memberships):
        if sides[ids[other]] != sides[ids[actor.id]]:
            yield (
                f"is a member of '{other}', which belongs to another side. Ground changes sides by events: "
                "make it two actors, and add a handover to events.csv."
            )
