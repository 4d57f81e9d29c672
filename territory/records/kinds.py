"""Statuses of ground and kinds of events: what each is, in one table each.

A cell is held by a controller (an actor's code, 0 unknown, 1 none) with a status, and, where the status speaks of two,
a rival: who contests, besieges or claims it. What an event of a kind does to a cell is decided in
``territory.timeline.transitions``.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Literal, NamedTuple

from territory.records.actors import FIRST


class Status(IntEnum):
    """How a cell is held; kept apart from who holds it and from how sure we are."""

    CONTROL = 0
    CONTESTED = 1
    BESIEGED = 2
    CLAIMED = 3
    TRUCE = 4
    MIXED = 5


STATUSES = tuple(status.name.lower() for status in Status)


def status_name(controller: int, status: int) -> str:
    """A status in words; empty for ground of which nothing is known or that nobody holds, where nothing marks it."""
    return "" if controller < FIRST and status == Status.CONTROL else STATUSES[status]


class Effect(NamedTuple):
    """What a kind of record does. ``needs_actor`` says whether it means anything without one."""

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
    "correction": Effect("nothing", needs_actor=False),  # acts as the kind that it corrects: see events.acting_kind
    "retraction": Effect("nothing", needs_actor=False),  # its work is done by `supersedes`
}

KINDS = tuple(EFFECTS)
