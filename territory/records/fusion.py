"""Whom to believe: rules that fuse conflicting reports about one cell. Pure: statements in, the credited holder out.

latest
    The last report wins: as recorded, with all its noise.
majority
    What most independent sources last said; a tie changes nothing.
against_interest
    A partisan source counts only against its own side, a neutral one always; a source of which nothing is known never,
    nor one derived from another map (the rule of Wikipedia's map editors).
bayes
    A filter over the sides with each source's chance of a false gain; the holder changes where another side has more
    than half of the belief.

The rules differ in what they cost: see ``territory.rulings.fusion_rules``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from territory.errors import UnknownName
from territory.records.actors import Actors
from territory.records.sources import Sources

Rule = Literal["latest", "majority", "against_interest", "bayes"]
RULES: tuple[Rule, ...] = ("latest", "majority", "against_interest", "bayes")

NEUTRAL, NOT_KNOWN = -1, 0
FLIPS_PER_DAY = 1 / 1250  # how often a place changes hands, if nothing is heard of it
FALSE_OTHERWISE = 0.03  # chance that a report of something not in its source's favour is wrong
FALSE_GAIN = {"partisan": 0.25, "neutral": 0.05, "not known": 0.15}  # chance that a reported gain is false


class Report(NamedTuple):
    """A source says on a day (its ordinal) that an actor holds the cell."""

    day: int
    actor: int
    sources: tuple[int, ...]


class Profile(NamedTuple):
    """What is known of a source.

    ``side`` is the code of a side, ``NEUTRAL`` or ``NOT_KNOWN``; ``origin`` the row of the source that spoke first, so
    that ten papers that relay one agency count once; ``p_false_gain`` the chance that a gain it reports in its favour
    is false.
    """

    side: int
    origin: int
    from_map: bool
    p_false_gain: float


@dataclass(frozen=True)
class SourceProfiles:
    """Profiles of the sources, and the side of every actor."""

    profiles: tuple[Profile, ...]
    side_of: tuple[int, ...]

    @classmethod
    def of(cls, sources: Sources, actors: Actors) -> SourceProfiles:
        """Profiles from sources.csv."""
        side_of = actors.side_of.tolist()
        found = []
        for index, source in enumerate(sources.all):
            origin = sources.index(sources.chain(index)[-1].id)
            side = _side(sources, actors, index)
            habit = "neutral" if side == NEUTRAL else "not known" if side == NOT_KNOWN else "partisan"
            chance = FALSE_GAIN[habit] if source.p_false_gain is None else source.p_false_gain
            mapped = any(one.from_map for one in sources.chain(index))
            found.append(Profile(side, origin, mapped, chance))
        return cls(tuple(found), tuple(side_of))


def _side(sources: Sources, actors: Actors, index: int) -> int:
    """The side of the one who spoke first, where the chain says; else of the one who was read."""
    said = [source.side for source in reversed(sources.chain(index)) if source.side]
    if not said:
        return NOT_KNOWN
    if said[0] == "neutral":
        return NEUTRAL
    try:
        return int(actors.side_of[actors.code(said[0])])
    except UnknownName:
        return NOT_KNOWN


def latest(held: int, said: Sequence[Report], profiles: SourceProfiles) -> int:  # noqa: ARG001  # every rule is asked alike
    """The last report wins."""
    return said[-1].actor


def majority(held: int, said: Sequence[Report], profiles: SourceProfiles) -> int:
    """The side that most origins named last; a tie, or nobody, leaves the holder."""
    last: dict[int, int] = {}
    for report in said:
        for source in report.sources:
            last[profiles.profiles[source].origin] = report.actor
    votes: dict[int, int] = {}
    for actor in last.values():
        votes[profiles.side_of[actor]] = votes.get(profiles.side_of[actor], 0) + 1
    ranked = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return held
    return _newest_of(ranked[0][0], held, said, profiles)


def against_interest(held: int, said: Sequence[Report], profiles: SourceProfiles) -> int:
    """The last report, if one of its sources has no interest in it."""
    newest = said[-1]
    loser = profiles.side_of[held]
    for source in newest.sources:
        profile = profiles.profiles[source]
        if profile.from_map or profile.side == NOT_KNOWN:
            continue
        if profile.side == NEUTRAL or (profile.side == loser and profiles.side_of[newest.actor] != loser):
            return newest.actor
    # A report of what is held anyway needs no witness; any other gain waits for one.
    return newest.actor if profiles.side_of[newest.actor] == loser else held


def bayes(held: int, said: Sequence[Report], profiles: SourceProfiles) -> int:
    """The side with more than half of the belief, after every report in turn."""
    sides = sorted({profiles.side_of[one.actor] for one in said} | {profiles.side_of[held]})
    if len(sides) == 1:
        return said[-1].actor
    others = len(sides) - 1
    belief = np.full(len(sides), 0.05 / others)
    belief[sides.index(profiles.side_of[said[0].actor])] = 0.95  # the baseline, or whatever was said first
    day = said[0].day
    for one in said[1:]:
        stay = np.exp(-FLIPS_PER_DAY * (one.day - day))
        belief = belief * stay + (1 - belief) * (1 - stay) / others
        named, day = profiles.side_of[one.actor], one.day
        for profile in {profiles.profiles[source].origin: profiles.profiles[source] for source in one.sources}.values():
            wrong = profile.p_false_gain if profile.side in (named, NEUTRAL, NOT_KNOWN) else FALSE_OTHERWISE
            belief *= np.where(np.array(sides) == named, 1 - wrong, wrong / others)
        belief /= belief.sum()
    best = int(belief.argmax())
    return _newest_of(sides[best], held, said, profiles) if belief[best] > 0.5 else held


def _newest_of(side: int, held: int, said: Sequence[Report], profiles: SourceProfiles) -> int:
    """The member of a side that was named last; the holder, if it is of that side and nobody was named."""
    for report in reversed(said):
        if profiles.side_of[report.actor] == side:
            return report.actor
    return held


FUSE: dict[Rule, Callable[[int, Sequence[Report], SourceProfiles], int]] = {
    "latest": latest,
    "majority": majority,
    "against_interest": against_interest,
    "bayes": bayes,
}
