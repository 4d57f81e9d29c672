"""Compare two timelines of one extent: agreement map, disagreement matrix, Cohen's kappa, seams between sources."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

from territory._util.brief import Brief
from territory._util.lazy import Lazy
from territory.measures._common import as_days, days_of
from territory.space.geodesic import areas_km2
from territory.space.projection import LONLAT
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
    """The sources of a timeline change on a day; a step in the series there may come from that alone."""


@dataclass(frozen=True, repr=False)
class Overlay(Brief):
    """The area that two timelines share, cut by the cells of both.

    Parameters
    ----------
    first, second : Timeline
    cells : (piece, 2) int64
        The cell of ``first`` and of ``second`` in which each piece lies.
    km2 : (piece,) float64
        Geodesic area.
    shapes : (piece,) array of shapely geometries
        EPSG:4326.
    """

    first: BaseTimeline
    second: BaseTimeline
    cells: NDArray[np.int64]
    km2: NDArray[np.float64]
    shapes: Shapes

    def sides(self, day: Day) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
        """(piece,), (piece,) object: ids of the sides that hold each piece in the first and the second timeline.

        Sides are equal where their ids are. ``none`` is ground known to be held by nobody, ``unknown`` is not known.
        """
        held = []
        for timeline, cells in zip((self.first, self.second), self.cells.T, strict=True):
            code = timeline.side_of[timeline.state(day).controller][cells]
            held.append(timeline.campaign.actors.ids[code])
        return held[0], held[1]


def overlay(first: BaseTimeline, second: BaseTimeline) -> Overlay:
    """Intersect the cells of two timelines; ground that only one covers is left out.

    Parameters
    ----------
    first, second : Timeline

    Returns
    -------
    Overlay

    Raises
    ------
    ValueError
        Where they do not overlap.
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
    """Agreement map of a day: areas by the sides that hold them in the two timelines.

    Parameters
    ----------
    both : Overlay
    day : date, str or datetime64

    Returns
    -------
    GeoDataFrame
        first, second (ids of sides), agreement ("agree", "disagree", or "unknown" where one of them is unknown),
        area_km2, geometry (EPSG:4326); largest first.
    """
    one, other = both.sides(day)
    frame = gpd.GeoDataFrame({"first": one, "second": other, "area_km2": both.km2}, geometry=both.shapes, crs=LONLAT)
    merged = frame.dissolve(["first", "second"], aggfunc="sum", as_index=False)
    unknown = (merged["first"] == "unknown") | (merged["second"] == "unknown")
    same = np.where(merged["first"] == merged["second"], "agree", "disagree")
    merged.insert(2, "agreement", np.where(unknown, "unknown", same))
    return merged.sort_values("area_km2", ascending=False, ignore_index=True)


def disagreement(both: Overlay, day: Day) -> pd.DataFrame:
    """Disagreement matrix of a day, km2: rows by holder in the first timeline, columns by holder in the second.

    It sums to the shared area; agreement is on the diagonal.

    Parameters
    ----------
    both : Overlay
    day : date, str or datetime64

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

    Ground unknown to one of the two is left out and counted as ``silent_km2``. Kappa is 1 where they agree
    everywhere, 0 where no better than chance, and NaN where both have one and the same side only.

    Parameters
    ----------
    both : Overlay
    days : day, iterable of days or None
        None: every day of change of either within both periods.

    Returns
    -------
    DataFrame
        day, common_km2, silent_km2, agree_share, kappa.

    Warns
    -----
    SpliceWarning
        Where the sources of one of the two change at a seam: see ``splices``.
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
    """Days of change of either timeline within both periods."""
    first = np.datetime64(max(both.first.first_day, both.second.first_day), "D")
    last = np.datetime64(min(both.first.last_day, both.second.last_day), "D")
    if last < first:
        raise ValueError("The two timelines have no day in common.")
    days = np.unique(np.concatenate([both.first.days, both.second.days, [first]]))
    return days[(days >= first) & (days <= last)]


def splices(timeline: BaseTimeline, *, few: int = FEW_RECORDS) -> pd.DataFrame:
    """Seams of a timeline: days on which its sources change completely.

    A relay counts as its first source. At a seam no source before it is used after it, baselines aside, with at least
    ``few`` events on each side.

    Parameters
    ----------
    timeline : Timeline
    few : int

    Returns
    -------
    DataFrame
        day (of the first event after the seam), before, after (tuples of publishers), events_before, events_after.
    """
    campaign = timeline.campaign
    cited = sorted(
        (event.span.day(campaign.policy), frozenset(campaign.sources.chain(one)[-1].id for one in event.sources))
        for event in campaign.events
        if event.sources and event.kind != "baseline" and not event.alternative_to
    )
    cited = [(day, sources) for day, sources in cited if timeline.first_day <= day <= timeline.last_day]
    rows = []
    for seam in range(few, len(cited) - few + 1):
        before, after = (frozenset().union(*(sources for _, sources in part)) for part in (cited[:seam], cited[seam:]))
        if not before & after and cited[seam - 1][0] < cited[seam][0]:
            rows.append((cited[seam][0], tuple(sorted(before)), tuple(sorted(after)), seam, len(cited) - seam))
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
