"""Fusion rules for conflicting reports about one cell: the reports so far in, the actor that holds it out.

latest
    The last report wins: as recorded, with all its noise.
majority
    The side that most independent sources named last; a tie changes nothing.
against_interest
    A partisan source counts only against its own side, a neutral one always; a source of unknown bias never, nor one
    derived from another map (the rule of Wikipedia's map editors).
bayes
    A recursive Bayesian filter over the sides, with each source's probability of a false gain; the holder changes
    where another side has a probability above one half.

``territory.evaluate.fusion_rules`` compares them and says what each costs in delay.
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
_FLIPS_PER_DAY = 1 / 1250  # rate at which a place changes hands between reports
_P_FALSE_OTHER = 0.03  # probability that a report not in its source's favour is false
P_FALSE_GAIN = {"partisan": 0.25, "neutral": 0.05, "not known": 0.15}  # probability that a reported gain is false


class Report(NamedTuple):
    """A statement of sources on a day that an actor holds the cell.

    Parameters
    ----------
    day : int
        Proleptic ordinal, as of ``date.toordinal``.
    actor : int
        Actor code.
    sources : tuple of int
        Rows of the sources.
    """

    day: int
    actor: int
    sources: tuple[int, ...]


class Profile(NamedTuple):
    """Bias and origin of a source.

    Parameters
    ----------
    side : int
        Code of a side, ``NEUTRAL`` or ``NOT_KNOWN``.
    origin : int
        Row of the original source, so that ten papers that relay one agency count once.
    from_map : bool
        Whether it derives from another map.
    p_false_gain : float
        Probability that a gain it reports in its side's favour is false.
    """

    side: int
    origin: int
    from_map: bool
    p_false_gain: float


@dataclass(frozen=True)
class SourceProfiles:
    """Profile of each source, and the side of each actor.

    Parameters
    ----------
    profiles : tuple of Profile
        By row of the sources.
    side_of : tuple of int
        By actor code.
    """

    profiles: tuple[Profile, ...]
    side_of: tuple[int, ...]

    @classmethod
    def of(cls, sources: Sources, actors: Actors) -> SourceProfiles:
        """Profiles of the sources of a campaign."""
        profiles = []
        for index, source in enumerate(sources.all):
            chain = sources.chain(index)
            side = _side(sources, actors, index)
            bias = "neutral" if side == NEUTRAL else "not known" if side == NOT_KNOWN else "partisan"
            p_false_gain = P_FALSE_GAIN[bias] if source.p_false_gain is None else source.p_false_gain
            from_map = any(relayed.from_map for relayed in chain)
            profiles.append(Profile(side, sources.index(chain[-1].id), from_map, p_false_gain))
        return cls(tuple(profiles), tuple(actors.side_of.tolist()))


def _side(sources: Sources, actors: Actors, index: int) -> int:
    """Side of the original source, or of the nearest to it in the chain whose side is given."""
    given = [source.side for source in reversed(sources.chain(index)) if source.side]
    if not given:
        return NOT_KNOWN
    if given[0] == "neutral":
        return NEUTRAL
    try:
        return int(actors.side_of[actors.code(given[0])])
    except UnknownName:
        return NOT_KNOWN


# Each rule takes the code of the present holder, all reports so far in order of day, the newest last, and the profiles
# of the sources, and gives the code of the holder after the newest report.


def latest(held: int, reports: Sequence[Report], profiles: SourceProfiles) -> int:  # noqa: ARG001  # one signature for all rules
    """Actor of the last report."""
    return reports[-1].actor


def majority(held: int, reports: Sequence[Report], profiles: SourceProfiles) -> int:
    """Actor of the side that most original sources named last; a tie leaves the holder."""
    last: dict[int, int] = {}
    for report in reports:
        for source in report.sources:
            last[profiles.profiles[source].origin] = report.actor
    votes: dict[int, int] = {}
    for actor in last.values():
        votes[profiles.side_of[actor]] = votes.get(profiles.side_of[actor], 0) + 1
    ranked = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return held
    return _last_named(ranked[0][0], held, reports, profiles)


def against_interest(held: int, reports: Sequence[Report], profiles: SourceProfiles) -> int:
    """Actor of the last report, if one of its sources is neutral or reports its own side's loss."""
    newest = reports[-1]
    loser = profiles.side_of[held]
    for source in newest.sources:
        profile = profiles.profiles[source]
        if profile.from_map or profile.side == NOT_KNOWN:
            continue
        if profile.side == NEUTRAL or (profile.side == loser and profiles.side_of[newest.actor] != loser):
            return newest.actor
    # A report that the holder's side holds it needs no such source; any other gain waits for one.
    return newest.actor if profiles.side_of[newest.actor] == loser else held


def bayes(held: int, reports: Sequence[Report], profiles: SourceProfiles) -> int:
    """Actor of the side with a probability above one half after every report in turn, else the holder."""
    sides = sorted({profiles.side_of[report.actor] for report in reports} | {profiles.side_of[held]})
    if len(sides) == 1:
        return reports[-1].actor
    others = len(sides) - 1
    belief = np.full(len(sides), 0.05 / others)
    belief[sides.index(profiles.side_of[reports[0].actor])] = 0.95  # the baseline, or else the first report
    day = reports[0].day
    for report in reports[1:]:
        stay = np.exp(-_FLIPS_PER_DAY * (report.day - day))
        belief = belief * stay + (1 - belief) * (1 - stay) / others
        named, day = profiles.side_of[report.actor], report.day
        by_source = [profiles.profiles[source] for source in report.sources]
        for profile in {profile.origin: profile for profile in by_source}.values():
            wrong = profile.p_false_gain if profile.side in (named, NEUTRAL, NOT_KNOWN) else _P_FALSE_OTHER
            belief *= np.where(np.array(sides) == named, 1 - wrong, wrong / others)
        belief /= belief.sum()
    best = int(belief.argmax())
    return _last_named(sides[best], held, reports, profiles) if belief[best] > 0.5 else held


def _last_named(side: int, held: int, reports: Sequence[Report], profiles: SourceProfiles) -> int:
    """Actor of a side that was named last; the present holder where none was named."""
    for report in reversed(reports):
        if profiles.side_of[report.actor] == side:
            return report.actor
    return held


FUSE: dict[Rule, Callable[[int, Sequence[Report], SourceProfiles], int]] = {
    "latest": latest,
    "majority": majority,
    "against_interest": against_interest,
    "bayes": bayes,
}
