"""Reference implementation of the fold, slow and independent of it, used as an oracle.

An event is a dict; a state is (controller, status, rival) in words. Events come in the order in which they act.
"""

from __future__ import annotations

SIDES = {"alpha": "alpha", "bravo": "bravo", "wing": "bravo", "charlie": "charlie"}
RANK = ["unknown", "none", "alpha", "bravo", "wing", "charlie"]
TAKES = ("baseline", "capture", "recapture", "handover", "reading")
MARKS = {
    "contest_start": "contested", "siege_start": "besieged", "truce_start": "truce", "joint_control_start": "mixed",
    "claim": "claimed",
}  # fmt: skip
ENDS = {
    "contest_end": "contested", "siege_end": "besieged", "truce_end": "truce", "joint_control_end": "mixed",
    "denial": "claimed",
}  # fmt: skip


def side(actor: str) -> str:
    return SIDES.get(actor, actor)


def replay(events: list[dict], places: int) -> list[tuple[str, str, str]]:
    """The state of every place after all events."""
    return [_one_place([event for event in events if event["place"] == place]) for place in range(places)]


def _one_place(events: list[dict]) -> tuple[str, str, str]:
    held = ("unknown", "control", "unknown")
    slot, opening, takers = None, "unknown", []
    for event in events:
        if event["kind"] not in TAKES:
            held = _without_taking(*held, event["kind"], event["actor"], event["against"])
            continue
        if slot != (event["day"], event["seq"]):
            slot, opening, takers = (event["day"], event["seq"]), held[0], []
        takers.append(event["actor"])
        if len({side(taker) for taker in takers}) > 1:
            held = _unordered(opening, takers)
        elif event["kind"] == "reading":
            held = _read(*held, event["actor"], event["against"])
        else:
            held = (event["actor"], "control", "unknown")
    return held


def _unordered(opening: str, takers: list[str]) -> tuple[str, str, str]:
    """Order unknown: it stays with the holder before, if a taker, else the first in the list; contested."""
    order = sorted(set(takers), key=lambda one: (side(one) != side(opening), RANK.index(one)))
    return order[0], "contested", next(one for one in order if side(one) != side(order[0]))


def _without_taking(holder: str, status: str, rival: str, kind: str, actor: str, against: str) -> tuple[str, str, str]:
    if kind == "withdrawal" and side(actor) == side(holder):
        return "none", "control", "unknown"
    if kind == "unknown":
        return "unknown", "control", "unknown"
    if kind in MARKS:
        other = actor if side(actor) != side(holder) else against
        foreign = other != "unknown" and side(other) != side(holder)
        weaker = kind == "claim" and status not in ("control", "claimed")
        if kind == "truce_start":
            return holder, "truce", other if foreign else "unknown"
        if foreign and not weaker:
            return holder, MARKS[kind], other
    if kind in ENDS and status == ENDS[kind]:
        return holder, "control", "unknown"
    return holder, status, rival


def _read(holder: str, status: str, rival: str, actor: str, against: str) -> tuple[str, str, str]:
    """A map shows the actor as holder, against somebody or not."""
    no_news = actor == holder or actor == side(holder)  # to name the side is no news of which member of it holds
    shown = holder if no_news else actor
    if against != "unknown" and side(against) != side(actor):
        return shown, "contested", against
    if no_news and status not in ("contested", "claimed"):
        return holder, status, rival
    return shown, "control", "unknown"
