"""Which place each record is about, told as a patch of ground that grows: the next is as a rule among the nearest.

Records of an advance name place after neighbouring place. So a place is told by its rank among the neighbours of the
patch and theirs, the nearest to where the patch began first; a record elsewhere begins a new patch
(``player/src/codec/event_places.js``).
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Sequence

from territory.render.codec.nodes import cosine_of

TAKES = ("baseline", "capture", "recapture", "handover")
NOWHERE, NEXT_PLACE, NEW_PATCH, FIRST_RANK = 0, 1, 2, 3


class Patch:
    """Places around a first one, by distance from it.

    Parameters
    ----------
    xy : sequence of (int, int)
        Where places lie, in steps of the grid.
    neighbours : sequence of sequences of int
        The places whose ground borders on that of each place.
    lat : (float, float)
        Latitude of the grid's corner, and one step, in degrees.
    """

    def __init__(
        self, xy: Sequence[Sequence[int]], neighbours: Sequence[Sequence[int]], lat: tuple[float, float]
    ) -> None:
        self.xy, self.neighbours, self.lat = xy, neighbours, lat
        self.holder = [-1] * len(xy)
        self.begin(-1)

    def begin(self, place: int) -> None:
        """Begin a patch at a place; -1 for none."""
        self.seed = place
        self.near: list[tuple[float, int]] = []
        self.listed: set[int] = set()
        self.spread: set[int] = set()
        self.told: set[tuple[str, int]] = set()

    def add(self, kind: str, place: int) -> None:
        """A record of a kind spoke of a place of the patch."""
        self.told.add((kind, place))
        for middle in (place, *self.neighbours[place]):
            if middle in self.spread:
                continue
            self.spread.add(middle)
            for other in (middle, *self.neighbours[middle]):
                if other not in self.listed:
                    self.listed.add(other)
                    insort(self.near, (self._distance(other), other))

    def rank(self, kind: str, place: int, against: int) -> int:
        """How many nearer places the record could as well speak of; -1 where the place is not in reach."""
        if place not in self.listed or not self._open(kind, place, against):
            return -1
        rank = 0
        for _, other in self.near:
            if other == place:
                break
            rank += self._open(kind, other, against)
        return rank

    def _open(self, kind: str, place: int, against: int) -> bool:
        """No such record has spoken of the place in this patch, and whom it goes against was last to take it."""
        return (kind, place) not in self.told and (against < 0 or self.holder[place] == against)

    def _distance(self, place: int) -> float:
        (x0, y0), (x1, y1) = self.xy[self.seed], self.xy[place]
        east = (x1 - x0) * cosine_of((self.lat[0] + y0 * self.lat[1]) * (3.141592653589793 / 180))
        north = float(y1 - y0)
        return east * east + north * north


def told(
    patch: Patch, records: Iterable[tuple[str, int, int, int]], rank: Sequence[int]
) -> tuple[list[int], list[int]]:
    """Codes for all records (kind, place, first actor, first opponent; -1 for none), and for each new patch how far it
    begins from the last place, in ranks of the walk.
    """
    codes: list[int] = []
    jumps: list[int] = []
    last = -1
    for kind, place, actor, against in records:
        if place < 0:
            codes.append(NOWHERE)
            continue
        at = patch.rank(kind, place, against) if patch.seed >= 0 else -1
        if place == last + 1 and not 0 <= at < 2:
            codes.append(NEXT_PLACE)
            patch.begin(-1)
        elif at >= 0:
            codes.append(FIRST_RANK + at)
            patch.add(kind, place)
        else:
            codes.append(NEW_PATCH)
            jumps.append(rank[place] - (rank[last] if last >= 0 else 0))
            patch.begin(place)
            patch.add(kind, place)
        last = place
        if kind in TAKES:
            patch.holder[place] = actor
    return codes, jumps
