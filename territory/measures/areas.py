"""Areas by holder, by administrative unit and by evidence: geodesic areas of the cells that an actor holds on a day."""

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
    """Area A_k(t) of every side or controller, optionally by status.

    The areas of a day sum to the area of the partition. Every combination that ever occurs has a row on every day.

    Parameters
    ----------
    timeline : Timeline
    days : day, iterable of days or None
        None: the first day and every later day of change.
    by : {"side", "controller"}
    status : bool
        Whether areas are split by status (control, contested, besieged ...).

    Returns
    -------
    DataFrame
        day, actor, label, [status,] area_km2.
    """
    return _areas(timeline, days, by, status, whole(timeline.partition))


def by_unit(
    timeline: BaseTimeline,
    units: gpd.GeoDataFrame | None = None,
    days: Day | Iterable[Day] | None = None,
    *,
    code: str = "code",
    by: By = "side",
    status: bool = False,
) -> pd.DataFrame:
    """Area A_k(t) in every administrative unit.

    With ``units``, each cell is apportioned by the geodesic area of its intersection with each unit; what lies in no
    unit has the empty code, so units sum to the whole. Without, each cell counts for the ``admin1`` of its place.

    Parameters
    ----------
    timeline : Timeline
    units : GeoDataFrame, optional
        One row each; they may not overlap.
    days, by, status
        See ``by_actor``.
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
    frame = _areas(timeline, days, by, status, units_of(timeline, units, code))
    total = frame.groupby(["day", "unit"]).area_km2.transform("sum")
    return frame.assign(share=frame.area_km2 / total)


def by_evidence(
    timeline: BaseTimeline, days: Day | Iterable[Day] | None = None, *, observed_km: float = 2.0, by: By = "side"
) -> pd.DataFrame:
    """Area A_k(t), observed and inferred.

    Of a cell whose holder is known, the ground within ``observed_km`` of its place is *observed*, the rest *inferred*.
    A cell without a place, which an event names by a point in it, is observed whole. Unknown ground is neither.

    Parameters
    ----------
    timeline : Timeline
    days, by
        See ``by_actor``.
    observed_km : float

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
    return _areas(timeline, days, by, False, pieces)


def _near_km2(timeline: BaseTimeline, observed_km: float) -> NDArray[np.float64]:
    """(cell,) float64: area of each cell within ``observed_km`` of its place, km2; all of it without a place."""
    part, plane = timeline.partition, Plane.around(timeline.partition)
    near = part.area_km2.copy()
    with_place = np.flatnonzero(part.place >= 0)
    points = [shapely.Point(lonlat) for lonlat in timeline.campaign.places.lonlat[part.place[with_place]]]
    discs = shapely.buffer(plane.metres(points), observed_km * 1000.0, quad_segs=32)
    cells = plane.metres(part.cells[with_place])
    share = shapely.area(shapely.intersection(cells, discs)) / shapely.area(cells)  # both in one equal-area plane
    near[with_place] = part.area_km2[with_place] * np.minimum(share, 1.0)
    return near


def _areas(
    timeline: BaseTimeline, days: Day | Iterable[Day] | None, by: By, status: bool, overlay: Overlay
) -> pd.DataFrame:
    """Area of pieces of cells by day, class, holder and status."""
    wanted, classes = days_of(timeline, days), len(overlay.classes)
    # Unknown ground is neither observed nor inferred.
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
