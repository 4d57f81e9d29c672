"""Interpolate the controlling side at a point from nearby places: each estimator as weights of places.

Every estimator is linear: the probability of a side at a point is a weighted sum of 1s and 0s at places, and the
weights depend on the coordinates alone, never on who holds a place. So they are computed once for all days, and
swapping two sides swaps their probabilities.

nearest
    The nearest place has all the weight.
kriging
    Ordinary indicator kriging with an exponential covariance from the nearest places. The weights sum to 1 and may be
    a little below 0; probabilities are clipped to [0, 1] and normalised.
tin
    Linear between the three places of the Delaunay triangle around the point; the nearest place outside all triangles.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from territory._util.brief import Brief
from territory.records.estimator import Estimator
from territory.space.shapes import Floats

_AROUND = 32  # nearest places that are triangulated where one place is left out
_CHUNK = 4096  # points at a time, so that memory does not grow with the map


@dataclass(frozen=True, repr=False)
class Weights(Brief):
    """Weights of k places at each point.

    Parameters
    ----------
    place : (point, k) int64
        Rows of the places.
    weight : (point, k) float64
        Rows sum to 1.
    """

    place: NDArray[np.int64]
    weight: Floats

    def probabilities(self, belief: Floats) -> Floats:
        """Probability of each side at each point.

        Parameters
        ----------
        belief : (place, side) float64
            Probability of each side at each place; rows sum to 1.

        Returns
        -------
        (point, side) float64
            In [0, 1]; rows sum to 1.
        """
        raw = np.zeros((len(self.place), belief.shape[1]))
        for place, weight in zip(self.place.T, self.weight.T, strict=True):  # k is at most a few dozen
            raw += weight[:, None] * belief[place]
        clipped = np.clip(raw, 0.0, 1.0)
        return np.asarray(clipped / clipped.sum(axis=1, keepdims=True))


def weigh(estimator: Estimator, places: Floats, points: Floats) -> Weights:
    """Weights of places at points.

    Parameters
    ----------
    estimator : Estimator
        For kriging with a ``range_km``.
    places, points : (place, 2), (point, 2) float64
        Projected coordinates, km; no two places are equal.

    Raises
    ------
    ValueError
        Where there is no place, two places have the same coordinates, or kriging has no ``range_km``.

    Examples
    --------
    >>> at = weigh(Estimator("tin"), np.array([[0.0, 0], [4, 0], [0, 4]]), np.array([[1.0, 0]]))
    >>> at.probabilities(np.array([[1.0, 0], [0, 1], [0, 1]]))
    array([[0.75, 0.25]])
    """
    _check_places(places)
    if estimator.method == "tin":
        return _tin(places, points)
    wanted = 1 if estimator.method == "nearest" else min(estimator.neighbours, len(places))
    return _from_neighbours(estimator, places, points, _nearest(places, points, wanted))


def weigh_without_each(estimator: Estimator, places: Floats) -> Weights:
    """Weights of the other places at each place, for leave-one-out validation.

    Parameters
    ----------
    estimator : Estimator
        For kriging with a ``range_km``.
    places : (place, 2) float64
        Projected coordinates, km; at least two, none equal.

    Raises
    ------
    ValueError
        As ``weigh``, or where there is only one place.
    """
    _check_places(places)
    if len(places) < 2:
        raise ValueError("There is one place only; leaving one out needs two at least.")
    most = {"nearest": 1, "kriging": estimator.neighbours, "tin": _AROUND}[estimator.method]
    others = _nearest(places, places, min(most + 1, len(places)))[:, 1:]  # each is its own nearest
    if estimator.method == "tin":
        return _tin_without_each(places, others)
    return _from_neighbours(estimator, places, places, others)


def _check_places(places: Floats) -> None:
    if len(places) == 0:
        raise ValueError("No place is known, so nothing can be estimated.")
    if len(np.unique(places, axis=0)) < len(places):
        raise ValueError("Two places lie in one spot, so their weights are not defined. Leave one of them out.")


def _nearest(places: Floats, points: Floats, count: int) -> NDArray[np.int64]:
    """(point, count) int64: the nearest places, nearest first."""
    from scipy.spatial import KDTree  # takes a tenth of a second to import, and most commands do not need it

    _, found = KDTree(places).query(points, k=np.arange(1, count + 1))
    return np.asarray(found, dtype=np.int64)


def _from_neighbours(estimator: Estimator, places: Floats, points: Floats, near: NDArray[np.int64]) -> Weights:
    """Weights of given neighbours: 1 for the nearest alone, or by kriging."""
    if estimator.method == "nearest":
        return Weights(near, np.ones(near.shape))
    if estimator.range_km is None:
        raise ValueError("Kriging needs range_km here; three times the spacing of places is usual.")
    weight = np.empty(near.shape)
    for start in range(0, len(points), _CHUNK):
        some = slice(start, start + _CHUNK)
        weight[some] = _kriging_weights(places[near[some]], points[some], estimator.range_km)
    return Weights(near, weight)


def _kriging_weights(near: Floats, points: Floats, range_km: float) -> Floats:
    """(point, k) float64: weights of ordinary kriging from the neighbours (point, k, 2) of each point."""
    count = near.shape[1]
    apart = np.linalg.norm(near[:, :, None] - near[:, None], axis=3)
    away = np.linalg.norm(near - points[:, None], axis=2)
    system = np.ones((len(points), count + 1, count + 1))  # the border of ones makes the weights sum to 1
    system[:, :count, :count] = np.exp(-3.0 * apart / range_km)
    system[:, count, count] = 0.0
    wanted = np.ones((len(points), count + 1))
    wanted[:, :count] = np.exp(-3.0 * away / range_km)
    return np.asarray(np.linalg.solve(system, wanted[..., None])[:, :count, 0])


def _tin(places: Floats, points: Floats) -> Weights:
    """Barycentric weights in the Delaunay triangle around each point; the nearest place outside all triangles."""
    from scipy.spatial import Delaunay, QhullError

    nearest = _nearest(places, points, 1)
    found = Weights(np.repeat(nearest, 3, axis=1), np.tile([1.0, 0.0, 0.0], (len(points), 1)))
    middle = places.mean(axis=0)  # Qhull keeps more digits near the origin
    try:
        mesh = Delaunay(places - middle)
    except (QhullError, ValueError):  # fewer than three places, or all on one line: no triangle
        return found
    at = points - middle
    triangle = mesh.find_simplex(at)
    affine = mesh.transform[triangle]
    barycentric = np.einsum("nij,nj->ni", affine[:, :2], at - affine[:, 2])
    barycentric = np.column_stack([barycentric, 1.0 - barycentric.sum(axis=1)])
    inside = (triangle >= 0) & np.isfinite(barycentric).all(axis=1)  # a degenerate triangle has no transform
    found.place[inside] = mesh.simplices[triangle[inside]]
    found.weight[inside] = np.clip(barycentric[inside], 0.0, 1.0)
    return Weights(found.place, found.weight / found.weight.sum(axis=1, keepdims=True))


def _tin_without_each(places: Floats, others: NDArray[np.int64]) -> Weights:
    """``_tin`` at each place from its nearest others alone: these nearly always hold the corners of its triangle."""
    rows = [_tin(places[near], places[[row]]) for row, near in enumerate(others)]
    corner = np.concatenate([row.place for row in rows])
    return Weights(np.take_along_axis(others, corner, axis=1), np.concatenate([row.weight for row in rows]))
