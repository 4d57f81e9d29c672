"""Encode each event's place by where it stands among the places named last and their neighbours.

Events of an advance name place after neighbouring place. So a place is stored as its position in a list: the place
named last and its neighbours, then the place named before that and its neighbours, and so on
(``player/src/codec/event_places.js``).
"""

from __future__ import annotations

import numpy as np

from territory._util.ragged import Groups
from territory.render.codec.gridded import Integers

NO_PLACE, NEXT_ROW, ELSEWHERE, NEARBY = 0, 1, 2, 3
RECENT = 16  # places; more of them save nothing


def neighbours(sides: Integers, places: int) -> Groups:
    """The places across an arc from each place, in the order of arcs; some of them twice.

    Parameters
    ----------
    sides : (arc, 2) int64
        Places left and right of every arc, -1 for none.
    places : int
        How many there are.
    """
    pairs = sides[(sides >= 0).all(axis=1) & (sides[:, 0] != sides[:, 1])].reshape(-1)
    order = np.argsort(pairs, kind="stable")
    offset = np.r_[0, np.cumsum(np.bincount(pairs, minlength=places))]
    return Groups(offset, pairs[order ^ 1])  # the other one of each pair


def encode(place: Integers, near: Groups, place_rank: Integers) -> tuple[list[int], list[int]]:
    """Encode the places of all events.

    Parameters
    ----------
    place : (event,) int64
        Rows of places, -1 for none.
    near : Groups
        As ``neighbours`` gives them.
    place_rank : (place,) int64
        The position of every place in the order in which places are stored.

    Returns
    -------
    list of int
        (event,) codes: ``NO_PLACE``; ``NEXT_ROW``, the place after the last one; ``ELSEWHERE``; or ``NEARBY`` + the
        position in the list.
    list of int
        For each ``ELSEWHERE`` its place rank, less that of the last place.
    """
    offset, item, rank = near.offset.tolist(), near.item.tolist(), place_rank.tolist()
    codes: list[int] = []
    offsets: list[int] = []
    recent: list[list[int]] = []  # each place with its neighbours, the one named last first
    last = -1
    for here in place.tolist():
        if here < 0:
            codes.append(NO_PLACE)
            continue
        if here == last + 1:
            codes.append(NEXT_ROW)
        else:
            position = _position(here, recent)
            codes.append(ELSEWHERE if position < 0 else NEARBY + position)
            if position < 0:
                offsets.append(rank[here] - (rank[last] if last >= 0 else 0))
        group = [here, *item[offset[here] : offset[here + 1]]]
        recent = [group, *(other for other in recent if other[0] != here)][:RECENT]
        last = here
    return codes, offsets


def _position(place: int, recent: list[list[int]]) -> int:
    """Where a place stands among distinct places; -1 where it is none of them."""
    before: set[int] = set()
    for group in recent:
        if place in group:
            return len(before.union(group[: group.index(place)]))
        before.update(group)
    return -1
