"""Areas A_k(t): the sum of the geodesic areas of the cells that k holds on day t, and its finer divisions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

from territory._util.lazy import Lazy
from territory.measures._common import days_of, long_frame
from territory.measures.unit_overlay import Overlay, units_of, whole
from territory.records.kinds import STATUSES, status_name
from territory.space.projection import Plane
from territory.timeline.base import BaseTimeline, By
from territory.timeline.changes import Day
from territory.timeline.totals import Pieces, by_holder, totals_by_class

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
else:
    gpd = Lazy("geopandas")
    pd = Lazy("pandas")

EVIDENCE = ("", "observed", "inferred")


def by_actor(
    timeline: BaseTimeline, days: Day | Iterable[Day] | None = None, *, by: By = "side", status: bool = False
) -> pd.DataFrame:
    """Area A_k(t) of every side or controller, on request by status.

    The areas of a day sum to the area of the partition. Every combination that ever occurs has a row on every day.

    Parameters
    ----------
    timeline : Timeline
    days : day, iterable of days or None
        None: the first day and every later day of change.
    by : {"side", "controller"}
    status : bool
        Whether control, contested, besieged, claimed, truce and mixed ground are told apart.

    Returns
    -------
    DataFrame
        day, actor, label, [status,] area_km2.
    """
    return _tally(timeline, days, by, status, whole(timeline.partition))


def by_unit(
    timeline: BaseTimeline,
    units: gpd.GeoDataFrame | None = None,
    days: Day | Iterable[Day] | None = None,
    *,
    code: str = "code",
    by: By = "side",
    status: bool = False,
) -> pd.DataFrame:
    """Area A_k(t) in every administrative unit: the table with codes on which humanitarian planning rests.

    With ``units``, each cell is apportioned by the geodesic area of its intersection with each unit, and what lies in
    none has the empty code, so that units sum to the whole. Without, each cell counts whole for the ``admin1`` of the
    place that speaks for it.

    Parameters
    ----------
    units : GeoDataFrame, optional
        One row each; they may not overlap.
    code : str
        Column of ``units`` with the codes.

    Returns
    -------
    DataFrame
        day, unit, actor, label, [status,] area_km2, share (of the unit's area on the map).

    Raises
    ------
    ValueError
        Where the units have no CRS, no such column or a code twice, or overlap.
    """
    frame = _tally(timeline, days, by, status, units_of(timeline, units, code))
    total = frame.groupby(["day", "unit"]).area_km2.transform("sum")
    return frame.assign(share=frame.area_km2 / total)


def by_evidence(
    timeline: BaseTimeline, days: Day | Iterable[Day] | None = None, *, observed_km: float = 2.0, by: By = "side"
) -> pd.DataFrame:
    """Area A_k(t), observed and inferred.

    An event speaks of a place, and the map credits to it all land that lies nearer to it than to any other. Of a cell
    whose holder is known, the ground within ``observed_km`` of the place that speaks for it is *observed*, the rest is
    *inferred*: credited through the nearest place of which a source speaks. A cell that no place speaks for and that a
    event yet named, by a point in it, is observed whole. Unknown ground is neither.

    Returns
    -------
    DataFrame
        day, actor, label, evidence ("observed", "inferred", "" for unknown ground), area_km2.
    """
    if not observed_km > 0:
        raise ValueError(f"observed_km is {observed_km}; it must be more than 0.")
    near = _near_km2(timeline, observed_km)
    cells = np.arange(len(timeline.partition))
    pieces = Overlay(
        np.repeat(cells, 2),
        np.tile([1, 2], len(cells)),
        np.stack([near, np.maximum(timeline.partition.area_km2 - near, 0.0)], axis=1).reshape(-1),
        EVIDENCE,
        "evidence",
    )
    return _tally(timeline, days, by, False, pieces)


def _near_km2(timeline: BaseTimeline, observed_km: float) -> NDArray[np.float64]:
    """(cell,) float64: how much of each cell lies within reach of the place that speaks for it."""
    part, plane = timeline.partition, Plane.around(timeline.partition)
    near = part.area_km2.copy()
    spoken = np.flatnonzero(part.place >= 0)
    points = [shapely.Point(lonlat) for lonlat in timeline.campaign.places.lonlat[part.place[spoken]]]
    discs = shapely.buffer(plane.metres(points), observed_km * 1000.0, quad_segs=32)
    cells = plane.metres(part.cells[spoken])
    share = shapely.area(shapely.intersection(cells, discs)) / shapely.area(cells)  # both in one equal-area plane
    near[spoken] = part.area_km2[spoken] * np.minimum(share, 1.0)
    return near


def _tally(
    timeline: BaseTimeline, days: Day | Iterable[Day] | None, by: By, status: bool, overlay: Overlay
) -> pd.DataFrame:
    """Sum pieces of cells by who holds them, how, and their class, day by day."""
    wanted, classes = days_of(timeline, days), len(overlay.classes)
    # Of ground about which nothing is known, nothing was observed and nothing inferred.
    none = 0 if overlay.noun == "evidence" else None
    pieces = Pieces(overlay.cell, overlay.cls, overlay.km2, classes)
    found = totals_by_class(timeline, pieces, by_holder(timeline, by, status=status), none).on(wanted)
    key, cls = np.divmod(found.key, classes)
    actor, how = np.divmod(key, len(STATUSES))
    actors = [timeline.campaign.actors[int(code)] for code in actor]
    columns: dict[str, list[str]] = {}
    if overlay.noun:
        columns[overlay.noun] = [overlay.classes[one] for one in cls]
    columns |= {"actor": [one.id for one in actors], "label": [one.label for one in actors]}
    if status:
        columns["status"] = [status_name(*pair) for pair in zip(actor, how, strict=True)]
    return long_frame(wanted, columns, "area_km2", found.amount)
