"""Who may hold ground: parties in a hierarchy, each with a small whole number as its code.

Code 0 is *unknown* (no evidence) and code 1 is *none* (known to be held by nobody); neither is an actor,
and neither ever has a front. Actors follow from 2 in the order of campaign.toml.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from territory.errors import CampaignError, UnknownName
from territory.records.names import name_key, suggest

UNKNOWN, NONE, FIRST = 0, 1, 2
MOST = 120  # codes are int8, and -1 is kept free
COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True)
class Membership:
    """An actor within another for a time; ``start`` and ``end`` are its first and last day, None where open."""

    parent: str
    start: date | None = None
    end: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the day lies in it."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True)
class Actor:
    """A party.

    Parameters
    ----------
    id, label, label_ar : str
        The id that records use, and the neutral label that maps print.
    colour : str
        ``#rrggbb``.
    parent : str
        Id of the actor that this one belongs to; empty for a side of its own.
    memberships : tuple of Membership
        Closer bonds for a time, inside the same side: the Nusra Front within the Army of Conquest in 2015.
    aliases : tuple of str
        Other words of the reports for the same actor.
    start, end : date or None
        From and until when it was there, where that is known.
    """

    id: str
    label: str
    label_ar: str = ""
    colour: str = "#808080"
    parent: str = ""
    aliases: tuple[str, ...] = ()
    memberships: tuple[Membership, ...] = ()
    start: date | None = None
    end: date | None = None


UNKNOWN_ACTOR = Actor("unknown", "Unknown", "غير معروف", "#b9b9b4")
NONE_ACTOR = Actor("none", "Held by nobody", "لا أحد", "#e8e4da")


@dataclass(frozen=True)
class Actors:
    """All parties of a campaign; ``actors[code]`` is an Actor, ``actors.code(name)`` its code.

    Parameters
    ----------
    all : tuple of Actor
        By code.
    side_of : (actor,) int8
        For each code the code of its side, the top of its hierarchy.
    """

    all: tuple[Actor, ...]
    side_of: NDArray[np.int8]
    _codes: dict[str, int] = field(repr=False, compare=False)

    @classmethod
    def of(cls, actors: Sequence[Actor]) -> Actors:
        """Number the actors and check their ids, colours, parents and aliases.

        Raises
        ------
        CampaignError
            With every fault in the list of actors.
        """
        everyone = (UNKNOWN_ACTOR, NONE_ACTOR, *actors)
        faults = [fault for actor in actors for fault in _faults_of(actor, {a.id for a in actors})]
        codes, clashes = _codes(everyone)
        faults += clashes
        if len(everyone) > MOST:
            faults.append(f"{len(actors)} actors are more than the {MOST} that a campaign can have.")
        if not faults:
            faults += _circles(everyone)
        if faults:
            raise CampaignError("campaign.toml: " + "\ncampaign.toml: ".join(faults))
        index = {actor.id: code for code, actor in enumerate(everyone)}
        roots = [_root(code, everyone, index) for code in range(len(everyone))]
        faults = [fault for actor in actors for fault in _turncoats(actor, roots, index)]
        if faults:
            raise CampaignError("campaign.toml: " + "\ncampaign.toml: ".join(faults))
        return cls(everyone, np.array(roots, dtype=np.int8), codes)

    def __getitem__(self, code: int) -> Actor:
        return self.all[code]

    def __len__(self) -> int:
        return len(self.all)

    @cached_property
    def ids(self) -> NDArray[np.object_]:
        """(actor,) ids by code."""
        return np.array([actor.id for actor in self.all], dtype=object)

    def code(self, name: str) -> int:
        """Code of the actor with this id, label or alias.

        Raises
        ------
        UnknownName
            With the nearest names.
        """
        try:
            return self._codes[name_key(name)]
        except KeyError:
            known = [actor.id for actor in self.all]
            near = suggest(name, known)
            raise UnknownName("actor", name, near, "" if near else f"Known: {', '.join(known)}.") from None

    def lineage(self, code: int, day: date) -> list[Actor]:
        """An actor and all above it on a day, nearest first."""
        line = [self.all[code]]
        while True:
            here = line[-1]
            bonds = [bond.parent for bond in here.memberships if bond.holds_on(day)]
            above = bonds[0] if bonds else here.parent
            if not above or any(above == one.id for one in line):
                return line
            line.append(next(actor for actor in self.all if actor.id == above))


def _faults_of(actor: Actor, ids: set[str]) -> list[str]:
    faults = []
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", actor.id):
        faults.append(f"actor id '{actor.id}' must be small letters, figures and hyphens.")
    if not COLOUR.fullmatch(actor.colour):
        faults.append(f"actor '{actor.id}' has colour '{actor.colour}'; write it as #rrggbb in small letters.")
    bonds = [bond.parent for bond in actor.memberships]
    strangers = [other for other in (actor.parent, *bonds) if other and other not in ids]
    known = ", ".join(sorted(ids))
    faults += [f"actor '{actor.id}' names '{other}', which is no actor (known: {known})." for other in strangers]
    return faults


def _codes(everyone: Sequence[Actor]) -> tuple[dict[str, int], list[str]]:
    codes: dict[str, int] = {}
    clashes = []
    for code, actor in enumerate(everyone):
        names = [name for name in (actor.id, actor.label, actor.label_ar, *actor.aliases) if name]
        shared = [name for name in names if codes.setdefault(name_key(name), code) != code]
        clashes += [f"'{name}' names both '{everyone[codes[name_key(name)]].id}' and '{actor.id}'." for name in shared]
    return codes, clashes


def _circles(everyone: Sequence[Actor]) -> list[str]:
    parents = {actor.id: actor.parent for actor in everyone}
    faults = []
    for actor in everyone:
        seen, above = {actor.id}, actor.parent
        while above and above not in seen:
            seen.add(above)
            above = parents[above]
        if above == actor.id:
            faults.append(f"actor '{actor.id}' is its own ancestor; break the circle of parents.")
    return faults


def _root(code: int, everyone: Sequence[Actor], index: dict[str, int]) -> int:
    while everyone[code].parent:
        code = index[everyone[code].parent]
    return code


def _turncoats(actor: Actor, roots: list[int], index: dict[str, int]) -> list[str]:
    # A front is a question of sides. Were a side to depend on the day, a front could move without a record.
    own = roots[index[actor.id]]
    strange = [bond.parent for bond in actor.memberships if roots[index[bond.parent]] != own]
    return [
        f"actor '{actor.id}' is a member of '{other}', which belongs to another side. Ground changes sides by records: "
        "make it two actors, and record the handover."
        for other in strange
    ]
