"""Two sources compared: where two timelines over one extent agree, and by how much more than chance would have it."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

from territory._util.lazy import Lazy
from territory.measures._common import as_days, days_of
from territory.space.geodesic import areas_km2
from territory.space.shapes import Shapes
from territory.timeline.base import BaseTimeline
from territory.timeline.changes import Day

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
else:
    gpd = Lazy("geopandas")
    pd = Lazy("pandas")

FEW_RECORDS = 5


class SpliceWarning(UserWarning):
    """A series is made of sources that follow each other: a step at the seam may be a change of source."""


@dataclass(frozen=True)
class Overlay:
    """The ground that two timelines share, cut by the cells of both.

    Parameters
    ----------
    first, second : Timeline
    cells : (piece, 2) int64
        The cell of each in which a piece lies.
    km2 : (piece,) float64
        Geodesic.
    shapes : (piece,) array of shapely geometries
        EPSG:4326.
    """

    first: BaseTimeline
    second: BaseTimeline
    cells: NDArray[np.int64]
    km2: NDArray[np.float64]
    shapes: Shapes

    def sides(self, day: Day) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
        """(piece,), (piece,) ids of the sides that hold each piece, as each of the two has it.

        Sides are the same where their ids are. ``none`` is known to be held by nobody, ``unknown`` says nothing.
        """
        held = []
        for timeline, cells in zip((self.first, self.second), self.cells.T, strict=True):
            code = timeline.side_of[timeline.state(day).controller][cells]
            held.append(timeline.campaign.actors.ids[code])
        return held[0], held[1]


def overlay(first: BaseTimeline, second: BaseTimeline) -> Overlay:
    """Cut the cells of two timelines by each other; what only one of them covers is left out.

    Raises
    ------
    ValueError
        Where they share no ground.
    """
    a, b = shapely.STRtree(second.partition.cells).query(first.partition.cells, predicate="intersects")
    shapes = shapely.intersection(first.partition.cells[a], second.partition.cells[b])
    real = shapely.area(shapes) > 0
    if not real.any():
        raise ValueError(
            f"'{first.campaign.id}' and '{second.campaign.id}' share no ground, so there is nothing to compare."
        )
    shapes = np.asarray(shapes[real], dtype=object)
    return Overlay(first, second, np.stack([a[real], b[real]], axis=1), areas_km2(shapes), shapes)


def agreement(both: Overlay, day: Day) -> gpd.GeoDataFrame:
    """The agreement map of a day: ground by what each of the two says of it.

    Returns
    -------
    GeoDataFrame
        first, second (ids of sides), agreement ("agree", "disagree", or "unknown" where one of them says nothing),
        area_km2, geometry (EPSG:4326); largest first.
    """
    one, other = both.sides(day)
    frame = gpd.GeoDataFrame(
        {"first": one, "second": other, "area_km2": both.km2}, geometry=both.shapes, crs="EPSG:4326"
    )
    merged = frame.dissolve(["first", "second"], aggfunc="sum", as_index=False)
    silent = (merged["first"] == "unknown") | (merged["second"] == "unknown")
    same = np.where(merged["first"] == merged["second"], "agree", "disagree")
    merged.insert(2, "agreement", np.where(silent, "unknown", same))
    return merged.sort_values("area_km2", ascending=False, ignore_index=True)


def disagreement(both: Overlay, day: Day) -> pd.DataFrame:
    """The disagreement matrix of a day, in km2: rows what the first says, columns what the second does.

    Its sum is the ground that they share; agreement is on the diagonal.

    Returns
    -------
    DataFrame
        Square; index ``first``, columns ``second``: ids of sides, in the order of the first one's campaign.
    """
    one, other = both.sides(day)
    order = [actor.id for timeline in (both.first, both.second) for actor in timeline.campaign.actors.all]
    seen = [name for name in dict.fromkeys(order) if name in {*one, *other}]
    code = {name: number for number, name in enumerate(seen)}
    matrix = np.zeros((len(seen), len(seen)))
    np.add.at(matrix, ([code[name] for name in one], [code[name] for name in other]), both.km2)
    return pd.DataFrame(matrix, index=pd.Index(seen, name="first"), columns=pd.Index(seen, name="second"))


def kappa(both: Overlay, days: Day | Iterable[Day] | None = None) -> pd.DataFrame:
    """Cohen's kappa by day, weighted by area: agreement beyond what the two would reach by chance.

    Ground of which one of the two says nothing is left out and counted as ``silent_km2``. Kappa is 1 where they agree
    everywhere, 0 where no better than chance, and NaN where both know one and the same side alone.

    Parameters
    ----------
    days : day, iterable of days or None
        None: every day of change of either that lies in the period of both.

    Returns
    -------
    DataFrame
        day, common_km2, silent_km2, agree_share, kappa.

    Warns
    -----
    SpliceWarning
        Where one of the two series changes its sources at a seam: see ``splices``.
    """
    _warn_of_splices(both)
    wanted = _common_days(both) if days is None else days_of(both.first, days)
    rows = []
    for day in wanted:
        matrix = disagreement(both, day)
        known = [name for name in matrix.index if name != "unknown"]
        square = matrix.loc[known, known].to_numpy(dtype=np.float64)
        total = float(square.sum())
        observed = float(np.trace(square)) / total if total else float("nan")
        chance = float((square.sum(axis=0) * square.sum(axis=1)).sum()) / total**2 if total else float("nan")
        score = (observed - chance) / (1 - chance) if chance < 1 - 1e-12 else float("nan")
        rows.append((day, total, float(both.km2.sum()) - total, observed, score))
    frame = pd.DataFrame(rows, columns=["day", "common_km2", "silent_km2", "agree_share", "kappa"])
    return frame.assign(day=as_days(np.asarray(wanted)))


def _common_days(both: Overlay) -> NDArray[np.datetime64]:
    first = np.datetime64(max(both.first.first_day, both.second.first_day), "D")
    last = np.datetime64(min(both.first.last_day, both.second.last_day), "D")
    if last < first:
        raise ValueError("The two timelines have no day in common.")
    days = np.unique(np.concatenate([both.first.days, both.second.days, [first]]))
    return days[(days >= first) & (days <= last)]


def splices(timeline: BaseTimeline, *, few: int = FEW_RECORDS) -> pd.DataFrame:
    """Seams of a series: days before which other sources speak than after.

    Every source is taken back to the one that spoke first. A seam is a day from which on no source speaks that spoke
    before it, baseline aside, with at least ``few`` events on each side.

    Returns
    -------
    DataFrame
        day (of the first event after the seam), before, after (tuples of publishers), events_before, events_after.
    """
    campaign = timeline.campaign
    told = sorted(
        (event.span.day(campaign.policy), frozenset(campaign.sources.chain(one)[-1].id for one in event.sources))
        for event in campaign.events
        if event.sources and event.kind != "baseline" and not event.alternative_to
    )
    told = [(day, said) for day, said in told if timeline.first_day <= day <= timeline.last_day]
    rows = []
    for seam in range(few, len(told) - few + 1):
        before, after = (frozenset().union(*(said for _, said in part)) for part in (told[:seam], told[seam:]))
        if not before & after and told[seam - 1][0] < told[seam][0]:
            rows.append((told[seam][0], tuple(sorted(before)), tuple(sorted(after)), seam, len(told) - seam))
    frame = pd.DataFrame(rows, columns=["day", "before", "after", "events_before", "events_after"])
    return frame.assign(day=frame.day.astype("datetime64[s]"))


def _warn_of_splices(both: Overlay) -> None:
    for timeline in (both.first, both.second):
        seams = splices(timeline)
        for day, before, after in zip(seams.day, seams.before, seams.after, strict=True):
            warnings.warn(
                f"'{timeline.campaign.id}' splices sources on {day:%Y-%m-%d}: {', '.join(before)} before, "
                f"{', '.join(after)} after. A step in agreement on that day may be the seam, not the front.",
                SpliceWarning,
                stacklevel=3,
            )
