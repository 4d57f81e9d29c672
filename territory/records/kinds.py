"""Statuses of a cell and kinds of events: one table each.

A cell has a controller (an actor's code, 0 unknown, 1 none), a status, and, where the status involves two parties, a
rival: who contests, besieges or claims it. What an event does to a cell is decided in
``territory.timeline.transitions``.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Literal, NamedTuple

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


def status_name(controller: int, status: int) -> str:
    """Name of a status; empty for plain control by nobody or by an unknown controller."""
    return "" if controller < FIRST and status == Status.CONTROL else STATUSES[status]


class Effect(NamedTuple):
    """Effect of an event kind on a cell.

    Parameters
    ----------
    does : {"take", "leave", "mark", "clear", "assess", "nothing"}
        Take or leave the cell, mark it with a status or clear that status, or assess who holds it.
    status : Status
        What ``mark`` sets and ``clear`` removes.
    needs_actor : bool
        Whether an event of the kind must name an actor.
    """

    does: Literal["take", "leave", "mark", "clear", "assess", "nothing"]
    status: Status = Status.CONTROL
    needs_actor: bool = True


EFFECTS: dict[str, Effect] = {
    "baseline": Effect("take"),
    "capture": Effect("take"),
    "recapture": Effect("take"),
    "handover": Effect("take"),
    "withdrawal": Effect("leave"),
    "evacuation": Effect("nothing", needs_actor=False),  # people leave; who holds the ground stays the same
    "contest_start": Effect("mark", Status.CONTESTED),
    "contest_end": Effect("clear", Status.CONTESTED, needs_actor=False),
    "siege_start": Effect("mark", Status.BESIEGED),
    "siege_end": Effect("clear", Status.BESIEGED, needs_actor=False),
    "truce_start": Effect("mark", Status.TRUCE, needs_actor=False),
    "truce_end": Effect("clear", Status.TRUCE, needs_actor=False),
    "claim": Effect("mark", Status.CLAIMED),
    "denial": Effect("clear", Status.CLAIMED),
    "assessment": Effect("assess"),
    "advance": Effect("nothing", needs_actor=False),
    "clash": Effect("nothing", needs_actor=False),
    "airstrike": Effect("nothing", needs_actor=False),
    "attack": Effect("nothing", needs_actor=False),
    "correction": Effect("nothing", needs_actor=False),  # has the effect of what it corrects: Events.acting_kind
    "retraction": Effect("nothing", needs_actor=False),  # acts through `supersedes`
}

KINDS = tuple(EFFECTS)
