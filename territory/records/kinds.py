"""Statuses of a cell and kinds of events: one table each, which code, page, pictures and tests read.

A cell has a controller (an actor's code, 0 unknown, 1 none), a status, and, where the status involves two parties, a
rival: who contests, besieges, claims or shares it. What an event does to a cell is decided in
``territory.timeline.transitions``.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from territory.records.actors import FIRST


class Status(IntEnum):
    """How a cell is held; separate from who holds it and from how certain that is."""

    CONTROL = 0
    CONTESTED = 1
    BESIEGED = 2
    CLAIMED = 3
    TRUCE = 4
    MIXED = 5


STATUSES = tuple(status.name.lower() for status in Status)


class Traits(NamedTuple):
    """What a status means, and how it is drawn.

    Parameters
    ----------
    party : str
        English words before the rival's name; empty for a status without one.
    fill : {"plain", "stripes", "broad"}
        Fill of the ground: the holder's colour, or stripes of both parties' colours, fine or broad.
    outline : {"", "rim", "dashes", "band"}
        Outline of the ground: a dark rim on the rival's colour, dashes in that colour, or a band in the truce's colour.
    needs_rival : bool
        Whether an event can set it only where it names a party of another side than the holder's.
    disputed : bool
        Whether it is in doubt who holds the ground: it goes stale without new events.
    fought : bool
        Whether there is fighting on the ground: a road there is closed to both parties.
    shared : bool
        Whether either party counts as holding half of it.
    weak : bool
        Whether it gives way to every other status that was reported.
    """

    party: str = ""
    fill: Literal["plain", "stripes", "broad"] = "plain"
    outline: Literal["", "rim", "dashes", "band"] = ""
    needs_rival: bool = False
    disputed: bool = False
    fought: bool = False
    shared: bool = False
    weak: bool = False


TRAITS: dict[Status, Traits] = {
    Status.CONTROL: Traits(),
    Status.CONTESTED: Traits("contested by", fill="stripes", needs_rival=True, disputed=True, fought=True, shared=True),
    Status.BESIEGED: Traits("besieged by", outline="rim", needs_rival=True),
    Status.CLAIMED: Traits("claimed by", outline="dashes", needs_rival=True, disputed=True, weak=True),
    Status.TRUCE: Traits("with", outline="band"),
    Status.MIXED: Traits("shared with", fill="broad", needs_rival=True, shared=True),
}


def _where(trait: Literal["disputed", "fought", "shared"]) -> NDArray[np.bool_]:
    return np.array([getattr(TRAITS[status], trait) for status in Status])


# (status,) bool: to be indexed with an array of statuses.
DISPUTED, FOUGHT, SHARED = _where("disputed"), _where("fought"), _where("shared")


def status_name(controller: int, status: int) -> str:
    """Name of a status; empty for plain control by nobody or by an unknown controller."""
    return "" if controller < FIRST and status == Status.CONTROL else STATUSES[status]


def traits_of(name: str) -> Traits:
    """Traits of a status by its name; those of control for the empty name that ``status_name`` gives."""
    return TRAITS[Status(STATUSES.index(name))] if name else TRAITS[Status.CONTROL]


class Kind(NamedTuple):
    """What an event of a kind does to a cell, and how the page reports it.

    Parameters
    ----------
    does : {"take", "read", "leave", "forget", "mark", "clear", "assess", "nothing"}
        Take the cell, read off a map or table who holds it, leave it to nobody, forget who holds it, mark it with a
        status or clear that status, or assess who holds it.
    status : Status
        What ``mark`` sets and ``clear`` removes.
    needs_actor : bool
        Whether an event of the kind must name an actor.
    family : str
        Which picture stands for it.
    news : {"map", "list", "none"}
        Where the page reports it on its day: on the map and in the list of events, in the list alone, or nowhere.
    """

    does: Literal["take", "read", "leave", "forget", "mark", "clear", "assess", "nothing"]
    status: Status = Status.CONTROL
    needs_actor: bool = True
    family: Literal["control", "siege", "clash", "airstrike", "truce", "claim", "assessment"] = "assessment"
    news: Literal["map", "list", "none"] = "map"

    @property
    def takes(self) -> bool:
        """Whether the cell belongs to the event's actor afterwards."""
        return self.does in ("take", "read")


KINDS: dict[str, Kind] = {
    "baseline": Kind("take", news="none"),  # how things stood before the first day
    "capture": Kind("take", family="control"),
    "recapture": Kind("take", family="control"),
    "handover": Kind("take", family="control"),
    "reading": Kind("read", news="list"),  # nothing happened that day but that a map was drawn
    "withdrawal": Kind("leave", family="control"),
    "unknown": Kind("forget", needs_actor=False, news="list"),
    "evacuation": Kind("nothing", needs_actor=False, family="control"),  # people leave; the holder stays the same
    "contest_start": Kind("mark", Status.CONTESTED, family="clash"),
    "contest_end": Kind("clear", Status.CONTESTED, needs_actor=False, family="clash"),
    "siege_start": Kind("mark", Status.BESIEGED, family="siege"),
    "siege_end": Kind("clear", Status.BESIEGED, needs_actor=False, family="siege"),
    "truce_start": Kind("mark", Status.TRUCE, needs_actor=False, family="truce"),
    "truce_end": Kind("clear", Status.TRUCE, needs_actor=False, family="truce"),
    "joint_control_start": Kind("mark", Status.MIXED, family="control"),
    "joint_control_end": Kind("clear", Status.MIXED, needs_actor=False, family="control"),
    "claim": Kind("mark", Status.CLAIMED, family="claim"),
    "denial": Kind("clear", Status.CLAIMED, family="claim"),
    "assessment": Kind("assess"),
    "advance": Kind("nothing", needs_actor=False, family="clash"),
    "clash": Kind("nothing", needs_actor=False, family="clash"),
    "airstrike": Kind("nothing", needs_actor=False, family="airstrike"),
    "attack": Kind("nothing", needs_actor=False, family="clash"),
    "correction": Kind("nothing", needs_actor=False),  # has the effect of what it corrects: Events.acting_kind
    "retraction": Kind("nothing", needs_actor=False),  # acts through `supersedes`
}
