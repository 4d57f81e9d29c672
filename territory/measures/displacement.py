"""Displacement of fronts between two days: mean, local (signed distances) and partial Hausdorff distance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from territory._util.brief import Brief
from territory._util.lazy import Lazy
from territory.measures._common import step_of
from territory.measures.front_lines import RULER_M, lengths, pairs
from territory.measures.turnover import gains
from territory.records.actors import UNKNOWN
from territory.space.projection import Plane, nearest_km
from territory.space.shapes import Shapes, arc_lines, points_along
from territory.timeline.base import BaseTimeline
from territory.timeline.changes import Day

if TYPE_CHECKING:
    import pandas as pd
else:
    pd = Lazy("pandas")

SPACING_M = 250.0


def displacement(timeline: BaseTimeline, start: Day, stop: Day, *, ruler_m: float = RULER_M) -> pd.DataFrame:
    """Mean displacement and speed of each front: net area over mean length.

    ``(gain - loss) / half (L_tau(t0) + L_tau(t1))``, positive where side_a advanced, and the same of gain plus
    loss; only ground that passed between the two sides counts. Such a speed is not comparable with the straight-line
    advance along one axis that some reports give.

    Parameters
    ----------
    timeline : Timeline
    start, stop : date, str or datetime64
    ruler_m : float
        The ruler of the lengths.

    Returns
    -------
    DataFrame
        side_a, side_b, gain_km2 (a from b), loss_km2, start_km, stop_km (lengths), displacement_km,
        gross_displacement_km, days, speed_m_per_day, ruler_m.
    """
    first, last = step_of(timeline, start, stop)
    length = lengths(timeline, [first, last], ruler_m=ruler_m)
    ends = length.pivot(index=["side_a", "side_b"], columns="day", values="length_km")
    matrix, days = gains(timeline, first, last), int((last - first).astype(int))
    rows = []
    for (a, b), pair in zip(ends.index.tolist(), ends.to_numpy(dtype=np.float64), strict=True):
        gain, loss = _gain_km2(matrix, b, a), _gain_km2(matrix, a, b)
        mean_km = float(pair.mean())
        net = (gain - loss) / mean_km if mean_km else float("nan")
        gross = (gain + loss) / mean_km if mean_km else float("nan")
        rows.append((a, b, gain, loss, *pair.tolist(), net, gross, days, net * 1000.0 / days, ruler_m))
    return pd.DataFrame(
        rows,
        columns=[
            *("side_a", "side_b", "gain_km2", "loss_km2", "start_km", "stop_km"),
            *("displacement_km", "gross_displacement_km", "days", "speed_m_per_day", "ruler_m"),
        ],
    )


def _gain_km2(matrix: pd.DataFrame, giver: str, taker: str) -> float:
    """Area that passed from one side to another, km2; 0 where either is not in the matrix."""
    known = giver in matrix.index and taker in matrix.columns
    return float(matrix[taker].to_numpy()[matrix.index.get_loc(giver)]) if known else 0.0


@dataclass(frozen=True, repr=False)
class FrontSamples(Brief):
    """Sample points at equal spacing along a front, each weighted by the length that it represents.

    Parameters
    ----------
    points : (sample,) array of shapely.Point
        In a plane in metres.
    weight_km : (sample,) float64
    arc : (sample,) int64
    """

    points: Shapes
    weight_km: NDArray[np.float64]
    arc: NDArray[np.int64]

    @classmethod
    def along(cls, timeline: BaseTimeline, arcs: NDArray[np.int64], spacing_m: float) -> FrontSamples:
        """Midpoints of the parts of each arc, cut into equal parts of at most the spacing."""
        points, line, count = points_along(_lines(timeline, arcs), spacing_m)
        weight = timeline.partition.arc_km[arcs] / count
        return cls(points, weight[line], arcs[line])


def _lines(timeline: BaseTimeline, arcs: NDArray[np.int64]) -> Shapes:
    """Arcs as lines in a plane in metres."""
    return Plane.around(timeline.partition).metres(arc_lines(timeline.partition.topology, arcs))


def _quantile(values: NDArray[np.float64], weight: NDArray[np.float64], share: float) -> float:
    """Weighted quantile: the least value at or below which a share of the weight lies; NaN without values."""
    if len(values) == 0:
        return float("nan")
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weight[order])
    rank = int(np.searchsorted(reached, share * reached[-1] * (1 - 1e-12)))
    return float(values[order[min(rank, len(order) - 1)]])


def local_displacement(
    timeline: BaseTimeline, start: Day, stop: Day, *, spacing_m: float = SPACING_M, ruler_m: float = RULER_M
) -> pd.DataFrame:
    """Local displacement: signed distances from samples along the front of one day to the nearest front of the other.

    Both are the front between the same two sides, along the arcs. Measured from ``stop`` back to ``start``, a territory
    that vanished is missed, since it has no front left; from ``start`` forward, a new pocket is missed: so both are
    given. The sign is positive where a cell beside the sample passed from side_b to side_a, negative where it passed
    the other way; samples beside ground of a third side have no sign and count in the unsigned columns only.

    Parameters
    ----------
    timeline : Timeline
    start, stop : date, str or datetime64
    spacing_m : float
        Distance between samples.
    ruler_m : float
        Distance from which a sample counts as moved.

    Returns
    -------
    DataFrame
        side_a, side_b, measured_from ("start" or "stop"), samples, mean_km, median_km, p95_km (of signed distances),
        mean_abs_km, median_abs_km, p95_abs_km, moved_share (of the length, farther than ``ruler_m`` from the
        other front), unsigned_share.
    """
    first, last = step_of(timeline, start, stop)
    states = timeline.state(first), timeline.state(last)
    sides = timeline.side_of[states[0].controller], timeline.side_of[states[1].controller]
    front = pairs(timeline, states[0]), pairs(timeline, states[1])
    names = timeline.campaign.actors.ids
    rows = []
    for a, b in np.unique(np.concatenate([front[0][1], front[1][1]]), axis=0).reshape(-1, 2).tolist():
        arcs = [own[(pair == (a, b)).all(axis=1)] for own, pair in front]
        for origin, here, there in (("start", arcs[0], arcs[1]), ("stop", arcs[1], arcs[0])):
            if len(here):
                samples = FrontSamples.along(timeline, here, spacing_m)
                distance = nearest_km(samples.points, _lines(timeline, there))
                sign = _signs(timeline, sides, samples.arc, a, b)
                rows.append((names[a], names[b], origin, *_summary(samples, distance, sign, ruler_m)))
    columns = ["side_a", "side_b", "measured_from", "samples", *(f"{name}_km" for name in ("mean", "median", "p95"))]
    columns += [*(f"{name}_abs_km" for name in ("mean", "median", "p95")), "moved_share", "unsigned_share"]
    return pd.DataFrame(rows, columns=columns)


def _signs(
    timeline: BaseTimeline, sides: tuple[NDArray[np.int8], NDArray[np.int8]], arc: NDArray[np.int64], a: int, b: int
) -> NDArray[np.float64]:
    """(sample,) float64: +1 where a advanced, -1 where b did, 0 where neither did, NaN beside a third side."""
    topology = timeline.partition.topology
    cells = np.stack([topology.left[arc], topology.right[arc]], axis=1)
    before, after = sides[0][cells], sides[1][cells]
    forward = ((after == a) & (before == b)).any(axis=1)
    back = ((after == b) & (before == a)).any(axis=1)
    unmoved = (after == before).all(axis=1)
    return np.select([forward & ~back, back & ~forward, unmoved], [1.0, -1.0, 0.0], default=np.nan)


def _summary(
    samples: FrontSamples, distance: NDArray[np.float64], sign: NDArray[np.float64], ruler_m: float
) -> tuple[float, ...]:
    weight, known = samples.weight_km, np.isfinite(distance)
    signed = known & np.isfinite(sign)
    value, share = distance[signed] * sign[signed], weight[signed]
    total = weight.sum()
    with_sign = [_mean(value, share), *(_quantile(value, share, q) for q in (0.5, 0.95))]
    without = [_mean(distance[known], weight[known])]
    without += [_quantile(distance[known], weight[known], q) for q in (0.5, 0.95)]
    moved = ~known | (distance > ruler_m / 1000.0)  # where the other day has no front, all of it moved
    return (
        len(weight),
        *with_sign,
        *without,
        float(weight[moved].sum() / total),
        float(weight[~signed].sum() / total),
    )


def _mean(values: NDArray[np.float64], weight: NDArray[np.float64]) -> float:
    return float(np.average(values, weights=weight)) if len(values) else float("nan")


def hausdorff(
    timeline: BaseTimeline,
    start: Day,
    stop: Day,
    side_a: str,
    side_b: str,
    *,
    share: float = 0.95,
    spacing_m: float = SPACING_M,
) -> float:
    """Partial Hausdorff distance between the fronts of two days, km: the larger of both directed 95 % distances.

    With ``share=1`` it is the Hausdorff distance, which one new pocket far from the front makes large; neither measures
    an advance. NaN where the two sides do not meet on one of the days.

    Parameters
    ----------
    timeline : Timeline
    start, stop : date, str or datetime64
    side_a, side_b : str
        Actors, each standing for its side.
    share : float
        Share of the length of each front that must lie within the distance, above 0 and at most 1.
    spacing_m : float
        Distance between samples.
    """
    if not 0 < share <= 1:
        raise ValueError(f"share is {share}; it must lie above 0 and be at most 1.")
    codes = timeline.campaign.actors
    wanted = sorted(int(timeline.side_of[codes.code(name)]) for name in (side_a, side_b))
    if wanted[0] <= UNKNOWN or wanted[0] == wanted[1]:
        raise ValueError(f"'{side_a}' and '{side_b}' have no front: they must be actors of two sides.")
    both = []
    for day in step_of(timeline, start, stop):
        arcs, pair = pairs(timeline, timeline.state(day))
        both.append(arcs[(pair == wanted).all(axis=1)])
    worst = 0.0
    for one, other in (both, both[::-1]):
        samples = FrontSamples.along(timeline, one, spacing_m)
        distance = nearest_km(samples.points, _lines(timeline, other))
        worst = np.fmax(worst, _quantile(distance, samples.weight_km, share)) if len(one) and len(other) else np.nan
    return float(worst)
