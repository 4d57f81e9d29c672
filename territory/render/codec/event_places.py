"""Encode each event's place as its rank among neighbours of recent places.

Events of an advance name place after neighbouring place. So events in a row form clusters: a place is stored as its
rank among the cluster's places, their neighbours and the neighbours of these, nearest to the cluster's first place
first. An event elsewhere begins a new cluster (``player/src/codec/event_places.js``).
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Sequence

from territory.records.kinds import KINDS
from territory.render.codec.nodes import cosine_of

NO_PLACE, NEXT_ROW, NEW_CLUSTER, FIRST_RANK = 0, 1, 2, 3


class Cluster:
    """Candidates for the place of the next event, by distance from the place of the cluster's first one.

    Parameters
    ----------
    xy : sequence of (int, int)
        Where places lie, in grid steps.
    neighbours : sequence of sequences of int
        For each place those whose cells share an arc with a cell of it.
    lat : (float, float)
        Latitude of the grid's corner, and one step, in degrees.
    """

    def __init__(
        self, xy: Sequence[Sequence[int]], neighbours: Sequence[Sequence[int]], lat: tuple[float, float]
    ) -> None:
        self.xy, self.neighbours, self.lat = xy, neighbours, lat
        self.controller = [-1] * len(xy)
        self.begin(-1)

    def begin(self, place: int) -> None:
        """Empty the cluster, and begin one at a place; -1 for none."""
        self.first = place
        self.candidates: list[tuple[float, int]] = []
        self.listed: set[int] = set()
        self.expanded: set[int] = set()
        self.named: set[tuple[str, int]] = set()

    def add(self, kind: str, place: int) -> None:
        """Add the place of an event of a kind, and make what lies around it candidates."""
        self.named.add((kind, place))
        for middle in (place, *self.neighbours[place]):
            if middle in self.expanded:
                continue
            self.expanded.add(middle)
            for other in (middle, *self.neighbours[middle]):
                if other not in self.listed:
                    self.listed.add(other)
                    insort(self.candidates, (self._distance(other), other))

    def rank(self, kind: str, place: int, against: int) -> int:
        """How many eligible candidates are nearer than a place; -1 where it is no eligible candidate itself."""
        if place not in self.listed or not self._eligible(kind, place, against):
            return -1
        rank = 0
        for _, other in self.candidates:
            if other == place:
                break
            rank += self._eligible(kind, other, against)
        return rank

    def _eligible(self, kind: str, place: int, against: int) -> bool:
        """No event of this kind has named the place in this cluster, and it is held by whom the event is against."""
        return (kind, place) not in self.named and (against < 0 or self.controller[place] == against)

    def _distance(self, place: int) -> float:
        (x0, y0), (x1, y1) = self.xy[self.first], self.xy[place]
        east = (x1 - x0) * cosine_of((self.lat[0] + y0 * self.lat[1]) * (3.141592653589793 / 180))
        north = float(y1 - y0)
        return east * east + north * north


def encode(
    cluster: Cluster, events: Iterable[tuple[str, int, int, int]], place_rank: Sequence[int]
) -> tuple[list[int], list[int]]:
    """Encode the places of all events.

    Parameters
    ----------
    cluster : Cluster
        An empty one.
    events : iterable of (str, int, int, int)
        Kind, place, first actor and first opponent; -1 for none.
    place_rank : sequence of int
        (place,) the position of every place in the order in which places are stored.

    Returns
    -------
    list of int
        (event,) codes: ``NO_PLACE``; ``NEXT_ROW``, the place after the last one; ``NEW_CLUSTER``; or ``FIRST_RANK``
        + the rank in the cluster.
    list of int
        (new cluster,) place rank of its first place, less that of the last place.
    """
    codes: list[int] = []
    offsets: list[int] = []
    last = -1
    for kind, place, actor, against in events:
        if place < 0:
            codes.append(NO_PLACE)
            continue
        rank = cluster.rank(kind, place, against) if cluster.first >= 0 else -1
        if place == last + 1 and not 0 <= rank < 2:
            codes.append(NEXT_ROW)
            cluster.begin(-1)
        elif rank >= 0:
            codes.append(FIRST_RANK + rank)
            cluster.add(kind, place)
        else:
            codes.append(NEW_CLUSTER)
            offsets.append(place_rank[place] - (place_rank[last] if last >= 0 else 0))
            cluster.begin(place)
            cluster.add(kind, place)
        last = place
        if KINDS[kind].takes:
            cluster.controller[place] = actor
    return codes, offsets
