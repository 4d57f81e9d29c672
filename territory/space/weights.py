"""RoadRule is a point of ground, given whose the places around it are: each estimator as weights of places.

Every estimator here is linear: the probability of a side at a point is a weighted sum of 1s and 0s at places, and the
weights depend on where the places lie, never on who holds them. So they are found once and serve every day, and
swapping two sides swaps their probabilities.

nearest
    The nearest place speaks alone.
kriging
    Ordinary indicator kriging with an exponential covariance from the nearest places. The weights sum to 1 and may be
    a little below 0; probabilities are clipped to [0, 1] and shared out anew, one side against the rest.
tin
    Linear between the three places of the Delaunay triangle around the point; the nearest place outside all triangles.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from territory.records.estimator import Estimator
from territory.space.shapes import Floats

AROUND = 32  # nearest places of which a triangle is made where one place is left out
CHUNK = 4096  # points at a time, so that memory does not grow with the map


@dataclass(frozen=True)
class Weights:
    """What each place counts for at each point; rows of ``weight`` sum to 1.

    Parameters
    ----------
    place : (point, k) int64
    weight : (point, k) float64
    """

    place: NDArray[np.int64]
    weight: Floats

    def probabilities(self, belief: Floats) -> Floats:
        """(point, side) float64 in [0, 1], rows summing to 1, from the belief (place, side) at the places."""
        raw = np.zeros((len(self.place), belief.shape[1]))
        for place, weight in zip(self.place.T, self.weight.T, strict=True):  # k of them, at most a few dozen
            raw += weight[:, None] * belief[place]
        kept = np.clip(raw, 0.0, 1.0)
        return np.asarray(kept / kept.sum(axis=1, keepdims=True))


def weigh(estimator: Estimator, places: Floats, points: Floats) -> Weights:
    """The weights of places at points.

    Parameters
    ----------
    estimator : Estimator
        For kriging with its ``range_km``.
    places, points : (place, 2), (point, 2) float64
        In a plane, km; no two places in one spot.

    Examples
    --------
    >>> at = weigh(Estimator("tin"), np.array([[0.0, 0], [4, 0], [0, 4]]), np.array([[1.0, 0]]))
    >>> at.probabilities(np.array([[1.0, 0], [0, 1], [0, 1]]))
    array([[0.75, 0.25]])
    """
    _refuse_twins(places)
    if estimator.method == "tin":
        return _tin(places, points)
    wanted = 1 if estimator.method == "nearest" else min(estimator.neighbours, len(places))
    return _spoken(estimator, places, points, _nearest(places, points, wanted))


def weigh_without_each(estimator: Estimator, places: Floats) -> Weights:
    """The weights of the other places at each place, as if it were not there; two places at least."""
    _refuse_twins(places)
    if len(places) < 2:
        raise ValueError("One place cannot be told from others; leaving one out needs two at least.")
    most = {"nearest": 1, "kriging": estimator.neighbours, "tin": AROUND}[estimator.method]
    others = _nearest(places, places, min(most + 1, len(places)))[:, 1:]  # each is its own nearest
    if estimator.method == "tin":
        return _tin_without_each(places, others)
    return _spoken(estimator, places, places, others)


def _refuse_twins(places: Floats) -> None:
    if len(places) == 0:
        raise ValueError("No place is known, so nothing can be estimated.")
    if len(np.unique(places, axis=0)) < len(places):
        raise ValueError("Two places lie in one spot; an estimator cannot tell them apart. Leave one of them out.")


def _nearest(places: Floats, points: Floats, count: int) -> NDArray[np.int64]:
    """(point, count) int64: the nearest places, nearest first."""
    from scipy.spatial import KDTree  # takes a tenth of a second to import, and maps do without it

    _, found = KDTree(places).query(points, k=np.arange(1, count + 1))
    return np.asarray(found, dtype=np.int64)


def _spoken(estimator: Estimator, places: Floats, points: Floats, near: NDArray[np.int64]) -> Weights:
    """Weights of given neighbours: all of it to a single one, else by kriging."""
    if estimator.method == "nearest":
        return Weights(near, np.ones(near.shape))
    if estimator.range_km is None:
        raise ValueError("Kriging needs range_km here; three times the spacing of places is usual.")
    weight = np.empty(near.shape)
    for start in range(0, len(points), CHUNK):
        some = slice(start, start + CHUNK)
        weight[some] = _kriged(places[near[some]], points[some], estimator.range_km)
    return Weights(near, weight)


def _kriged(near: Floats, points: Floats, range_km: float) -> Floats:
    """(point, k) float64: weights of ordinary kriging from the neighbours (point, k, 2) of each point."""
    count = near.shape[1]
    apart = np.linalg.norm(near[:, :, None] - near[:, None], axis=3)
    away = np.linalg.norm(near - points[:, None], axis=2)
    system = np.ones((len(points), count + 1, count + 1))  # the border of ones has the weights sum to 1
    system[:, :count, :count] = np.exp(-3.0 * apart / range_km)
    system[:, count, count] = 0.0
    wanted = np.ones((len(points), count + 1))
    wanted[:, :count] = np.exp(-3.0 * away / range_km)
    return np.asarray(np.linalg.solve(system, wanted[..., None])[:, :count, 0])


def _tin(places: Floats, points: Floats) -> Weights:
    from scipy.spatial import Delaunay, QhullError

    nearest = _nearest(places, points, 1)
    found = Weights(np.repeat(nearest, 3, axis=1), np.tile([1.0, 0.0, 0.0], (len(points), 1)))
    middle = places.mean(axis=0)  # Qhull keeps more digits near the origin
    try:
        net = Delaunay(places - middle)
    except (QhullError, ValueError):  # fewer than three places, or all on one line: no triangle
        return found
    at = points - middle
    triangle = net.find_simplex(at)
    turn = net.transform[triangle]
    share = np.einsum("nij,nj->ni", turn[:, :2], at - turn[:, 2])
    share = np.column_stack([share, 1.0 - share.sum(axis=1)])
    inside = (triangle >= 0) & np.isfinite(share).all(axis=1)  # a sliver of a triangle has no transform
    found.place[inside] = net.simplices[triangle[inside]]
    found.weight[inside] = np.clip(share[inside], 0.0, 1.0)
    return Weights(found.place, found.weight / found.weight.sum(axis=1, keepdims=True))


def _tin_without_each(places: Floats, others: NDArray[np.int64]) -> Weights:
    """A net of the places nearest to each; a triangle around a place has its corners among these but for rare cases."""
    rows = [_tin(places[near], places[[row]]) for row, near in enumerate(others)]
    corner = np.concatenate([row.place for row in rows])
    return Weights(np.take_along_axis(others, corner, axis=1), np.concatenate([row.weight for row in rows]))
