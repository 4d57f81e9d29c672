"""State transitions: what an event of a kind does to a cell, decided by one pure function, ``decide``.

From the state of a cell and an event it gives a verb and the new state. It needs neither file, map nor clock. The
table of kinds is in ``territory.records.kinds``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from territory.records.actors import NONE, UNKNOWN
from territory.records.kinds import KINDS, TRAITS, Status


class Held(NamedTuple):
    """The state of a cell: controller and rival are actor codes."""

    controller: int = UNKNOWN
    status: int = Status.CONTROL
    rival: int = UNKNOWN


NOTHING_KNOWN = Held()

Verb = Literal["take", "leave", "forget", "mark", "clear", "confirm", "conflict", "keep"]


class Decision(NamedTuple):
    """A verb, and the state after it.

    take: the controller changed; leave: given up to nobody; forget: no longer known who holds it; mark: contested,
    besieged, claimed, shared or under truce; clear: that status ended; confirm: the event agrees with the state;
    conflict: it disagrees but may not change it; keep: its kind does not change control.
    """

    verb: Verb
    held: Held


def decide(held: Held, kind: str, actor: int, against: int, side_of: Sequence[int]) -> Decision:
    """Decide what one event does to the state of one cell.

    Parameters
    ----------
    held : Held
        The state before.
    kind : str
        One of ``KINDS``.
    actor, against : int
        Codes of the actor and of its opponent; 0 where the event names none.
    side_of : sequence of int
        For each code the code of its side; members of one side never contest, besiege or claim each other's ground.

    Returns
    -------
    Decision

    Examples
    --------
    >>> decide(Held(2), "capture", 3, 2, side_of=[0, 1, 2, 3])
    Decision(verb='take', held=Held(controller=3, status=<Status.CONTROL: 0>, rival=0))
    >>> decide(Held(3), "withdrawal", 2, 0, side_of=[0, 1, 2, 3]).verb
    'keep'
    """
    effect = KINDS[kind]
    if effect.does == "take":
        return _take(held, actor)
    if effect.does == "read":
        return _read(held, actor, against, side_of)
    if effect.does == "forget":
        return Decision("confirm" if held == NOTHING_KNOWN else "forget", NOTHING_KNOWN)
    if effect.does == "leave":
        return _leave(held, actor, side_of)
    if effect.does == "mark":
        return _mark(held, effect.status, actor, against, side_of)
    if effect.does == "clear":
        return _clear(held, effect.status)
    if effect.does == "assess":
        same = side_of[actor] == side_of[held.controller]
        return Decision("confirm" if same else "conflict", held)
    return Decision("keep", held)


def _take(held: Held, actor: int) -> Decision:
    """The actor takes the cell."""
    after = Held(actor, Status.CONTROL, UNKNOWN)
    return Decision("confirm" if held == after else "take", after)


def _read(held: Held, actor: int, against: int, side_of: Sequence[int]) -> Decision:
    """A map or a table shows the actor as holder, or the ground as contested between both parties."""
    shown = Held(actor, Status.CONTESTED, against) if side_of[against] not in (UNKNOWN, side_of[actor]) else Held(actor)
    # To name the side alone does not contradict what is known of its members.
    if actor in (held.controller, side_of[held.controller]):
        shown = shown._replace(controller=held.controller)
        # Few maps show a siege or a truce: that this one does not is no sign of its end.
        if shown.status == Status.CONTROL and not TRAITS[Status(held.status)].disputed:
            shown = held
    return Decision("confirm" if held == shown else "take", shown)


def _leave(held: Held, actor: int, side_of: Sequence[int]) -> Decision:
    """The holder leaves the cell."""
    # Only the holder's side can leave a cell, and it then belongs to nobody, never to a neighbour.
    if side_of[actor] != side_of[held.controller]:
        return Decision("keep", held)
    return Decision("leave", Held(NONE, Status.CONTROL, UNKNOWN))


def _mark(held: Held, status: Status, actor: int, against: int, side_of: Sequence[int]) -> Decision:
    """The cell gets a status."""
    rival = actor if side_of[actor] != side_of[held.controller] else against
    if side_of[rival] == side_of[held.controller]:
        rival = UNKNOWN
    if TRAITS[status].needs_rival and rival == UNKNOWN:
        return Decision("conflict", held)  # no actor contests, besieges or claims ground of its own side
    if TRAITS[status].weak and held.status not in (Status.CONTROL, status):
        return Decision("keep", held)
    after = Held(held.controller, status, rival)
    return Decision("confirm" if held == after else "mark", after)


def _clear(held: Held, status: Status) -> Decision:
    """A status ends."""
    if held.status != status:
        return Decision("keep", held)
    return Decision("clear", Held(held.controller, Status.CONTROL, UNKNOWN))


def unordered(before: Held, takers: Iterable[int], side_of: Sequence[int]) -> Held:
    """The state after several sides took one cell on one day in unknown order: contested.

    It does not depend on the order of ``takers``. It stays with who held it before that day, if that is one of
    them; else with the first in the list of actors.

    Parameters
    ----------
    before : Held
        The state before that day.
    takers : iterable of int
        Codes of all actors that took it; of two sides at least.
    side_of : sequence of int
        For each code the code of its side.
    """
    order = sorted(set(takers), key=lambda code: (side_of[code] != side_of[before.controller], code))
    rival = next(code for code in order if side_of[code] != side_of[order[0]])
    return Held(order[0], Status.CONTESTED, rival)
