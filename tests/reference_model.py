"""Reference implementation of the fold, slow and independent of it, used as an oracle.

An event is a dict; a state is (controller, status, rival) in words. Events come in the order in which they act.
"""

from __future__ import annotations

SIDES = {"alpha": "alpha", "bravo": "bravo", "wing": "bravo", "charlie": "charlie"}
RANK = ["unknown", "none", "alpha", "bravo", "wing", "charlie"]
TAKES = ("baseline", "capture", "recapture", "handover")
MARKS = {"contest_start": "contested", "siege_start": "besieged", "truce_start": "truce", "claim": "claimed"}
ENDS = {"contest_end": "contested", "siege_end": "besieged", "truce_end": "truce", "denial": "claimed"}


def side(actor: str) -> str:
    return SIDES.get(actor, actor)


def replay(events: list[dict], places: int) -> list[tuple[str, str, str]]:
    """The state of every place after all events."""
    return [_one_place([event for event in events if event["place"] == place]) for place in range(places)]


def _one_place(events: list[dict]) -> tuple[str, str, str]:
    holder, status, rival = "unknown", "control", "unknown"
    slot, opening, takers = None, "unknown", []
    for event in events:
        kind, actor, against = event["kind"], event["actor"], event["against"]
        if kind in TAKES:
            if slot != (event["day"], event["seq"]):
                slot, opening, takers = (event["day"], event["seq"]), holder, []
            takers.append(actor)
            sides = {side(taker) for taker in takers}
            if len(sides) == 1:
                holder, status, rival = actor, "control", "unknown"
            else:  # order unknown: stays with the holder before, if a taker, else the first in the list
                order = sorted(set(takers), key=lambda one: (side(one) != side(opening), RANK.index(one)))
                holder, status = order[0], "contested"
                rival = next(one for one in order if side(one) != side(holder))
        elif kind == "withdrawal" and side(actor) == side(holder):
            holder, status, rival = "none", "control", "unknown"
        elif kind in MARKS:
            other = actor if side(actor) != side(holder) else against
            foreign = other != "unknown" and side(other) != side(holder)
            weaker = kind == "claim" and status not in ("control", "claimed")
            if kind == "truce_start":
                status, rival = "truce", other if foreign else "unknown"
            elif foreign and not weaker:
                status, rival = MARKS[kind], other
        elif kind in ENDS and status == ENDS[kind]:
            status, rival = "control", "unknown"
    return holder, status, rival
