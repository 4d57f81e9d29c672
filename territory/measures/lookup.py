"""Join points and days with who held them: the lookup that conflict researchers need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

from territory._util.lazy import Lazy
from territory.measures.front_lines import pairs
from territory.records.actors import FIRST
from territory.records.kinds import STATUSES, Status
from territory.space.projection import LONLAT, Plane
from territory.space.shapes import arc_lines
from territory.timeline.base import BaseTimeline

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
else:
    pd = Lazy("pandas")
    gpd = Lazy("geopandas")

NOTES = ("", "no point", "no date", "outside the period", "off the map")
_SHOWN = 3  # bad values that an error shows
Days = NDArray[np.datetime64]


def lookup(
    timeline: BaseTimeline,
    table: pd.DataFrame,
    *,
    lon: str = "lon",
    lat: str = "lat",
    date: str = "date",
    front_km: bool = False,
) -> pd.DataFrame:
    """Who held the point of each row at the end of its day, in which status, by which event.

    A million rows take seconds: points are found in an index of the cells, days in the sorted changes of each cell.

    Parameters
    ----------
    timeline : Timeline
    table : DataFrame or GeoDataFrame
        A row for each point and day, in any order; points of a GeoDataFrame come from its geometry.
    lon, lat : str
        Columns with degrees, WGS 84.
    date : str
        Column with days: ``datetime64`` at midnight, ``date``, or text as 2015-04-25.
    front_km : bool
        Whether to measure the distance to the nearest front line of the day as well: slower by a search for each day of
        change.

    Returns
    -------
    DataFrame
        With the index of ``table``: cell (-1 for none), place_id (of the place that the cell belongs to), holder and
        side (ids of actors), status, rival, event (id of the event since which the holder holds it), since (its day),
        observed (whether the ground is near its place, see ``frames.at``), note (why a row has no answer: "no point",
        "no date", "outside the period" or "off the map"), and front_km where it was asked for (NaN without a front).

    Raises
    ------
    KeyError
        Where a column is missing; those that there are are named.
    ValueError
        Where dates have times or zones, or a value is no number or no day: with the rows.

    Examples
    --------
    >>> import pandas as pd, territory
    >>> timeline = territory.open("idlib-2015")
    >>> table = pd.DataFrame({"lon": [36.32, 36.63], "lat": [35.81, 35.93], "date": ["2015-04-24", "2015-04-24"]})
    >>> timeline.lookup(table)[["holder", "status"]].values.tolist()
    [['government', 'contested'], ['army-of-conquest', 'control']]
    """
    lonlat = _points(table, lon, lat)
    days = _days(_column(table, date), date)
    cell = np.full(len(table), -1, dtype=np.int64)
    placed = np.isfinite(lonlat).all(axis=1)
    cell[placed] = timeline.partition.locate_all(lonlat[placed])
    first, last = (np.datetime64(day, "D") for day in (timeline.first_day, timeline.last_day))
    note = np.select([~placed, np.isnat(days), (days < first) | (days > last), cell < 0], [1, 2, 3, 4], default=0)
    answered = note == 0
    row = np.full(len(table), -1, dtype=np.int64)
    row[answered] = timeline.changes.last(cell[answered], days[answered])
    frame = _frame(timeline, cell, row, answered).set_axis(table.index)
    frame["note"] = pd.Categorical.from_codes(note.astype(np.int64), categories=pd.Index(NOTES))
    if front_km:
        frame["front_km"] = _front_km(timeline, lonlat, days, answered)
    return frame


def _column(table: pd.DataFrame, name: str) -> pd.Series:
    if name not in table.columns:
        raise KeyError(f"There is no column '{name}'; the table has {', '.join(map(str, table.columns))}.")
    return table[name]


def _points(table: pd.DataFrame, lon: str, lat: str) -> NDArray[np.float64]:
    """(row, 2) float64: degrees, NaN where a row has no point."""
    if isinstance(table, gpd.GeoDataFrame) and lon not in table.columns:
        if table.crs is None:
            raise ValueError("The points have no CRS; say which with table.set_crs('EPSG:4326').")
        points = table.geometry.to_crs(LONLAT)
        return np.column_stack([points.x, points.y])
    columns = []
    for name in (lon, lat):
        given = _column(table, name)
        numbers = pd.to_numeric(given, errors="coerce")
        _refuse(given[numbers.isna() & given.notna()], f"{name} must be a number of degrees")
        columns.append(numbers.to_numpy(dtype=np.float64))
    _refuse(table[lat][np.abs(columns[1]) > 90], f"{lat} must be between -90 and 90; are {lon} and {lat} swapped")
    return np.column_stack(columns)


def _days(given: pd.Series, name: str) -> Days:
    """(row,) datetime64[D]: days, NaT where a row has none."""
    if isinstance(given.dtype, pd.DatetimeTZDtype):
        raise ValueError(
            f"{name} has a time zone ({given.dtype.tz}); make civil days of it first: .dt.tz_localize(None)."
        )
    if not pd.api.types.is_datetime64_dtype(given):
        codes, texts = pd.factorize(given.astype("string"), use_na_sentinel=True)  # days repeat: each is parsed once
        parsed = pd.to_datetime(pd.Series(texts), format="%Y-%m-%d", errors="coerce")
        bad = np.flatnonzero(parsed.isna().to_numpy())
        _refuse(given[np.isin(codes, bad)], f"{name} must be a day, as 2015-04-25")
        days = np.append(parsed.to_numpy(dtype="datetime64[D]"), np.datetime64("NaT", "D"))
        return days[codes]
    moments = given.to_numpy()
    days = moments.astype("datetime64[D]")
    _refuse(given[~np.isnat(moments) & (days != moments)], f"{name} must be a day without a time; use .dt.normalize()")
    return days


def _refuse(bad: pd.Series, wanted: str) -> None:
    if len(bad):
        shown = "; ".join(f"row {label!r}: {value!r}" for label, value in bad.head(_SHOWN).items())
        raise ValueError(f"{wanted}; {len(bad):,} rows are not ({shown}).")


def _held_since(timeline: BaseTimeline) -> NDArray[np.int64]:
    """For every change the row of the change since which the holder after it has held the cell; -1 for none."""
    changes = timeline.changes
    order = changes.by_cell()
    cell, taken = changes.cell[order], (changes.controller != changes.prev_controller)[order]
    last = np.maximum.accumulate(np.where(taken, np.arange(len(order)), -1))  # perhaps of another cell
    since = np.empty(len(order), dtype=np.int64)
    since[order] = np.where((last >= 0) & (cell[last] == cell), order[last], -1)
    return since


def _frame(
    timeline: BaseTimeline, cell: NDArray[np.int64], row: NDArray[np.int64], answered: NDArray[np.bool_]
) -> pd.DataFrame:
    """Columns of the answer; the last entry of each array of the timeline stands for a row without a change."""
    changes, part, actors = timeline.changes, timeline.partition, timeline.campaign.actors
    holder, rival, status = (np.append(getattr(changes, name), 0)[row] for name in ("controller", "rival", "status"))
    held = np.append(_held_since(timeline), -1)[row]
    event = np.append(changes.event, -1)[held]
    day = np.append(changes.day, np.datetime64("NaT", "D"))[held]
    places, place = timeline.campaign.places, np.append(part.place, -1)[cell]
    near = np.append(part.observed(timeline.campaign.partition_spec.observed_km), False)[cell]

    def ids(codes: NDArray[np.int64], names: list[str], missing: NDArray[np.bool_]) -> pd.Categorical[str]:
        return pd.Categorical.from_codes(np.where(missing, -1, codes), categories=pd.Index(names))

    away = ~answered
    known = actors.ids.tolist()
    return pd.DataFrame(
        {
            "cell": cell,
            "place_id": ids(place, [one.id for one in places], away | (place < 0)),
            "holder": ids(holder, known, away),
            "side": ids(timeline.side_of[holder], known, away),
            "status": ids(status, list(STATUSES), away | ((holder < FIRST) & (status == Status.CONTROL))),
            "rival": ids(rival, known, away | (rival == 0)),
            "event": ids(event, [one.id for one in timeline.campaign.events], away | (event < 0)),
            "since": day.astype("datetime64[s]"),
            "observed": near & answered,
        }
    )


def _front_km(
    timeline: BaseTimeline, lonlat: NDArray[np.float64], days: Days, answered: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """(row,) float64: km to the nearest front line of the day, in a plane around the map; NaN without one."""
    plane = Plane.around(timeline.partition)
    lines = plane.metres(arc_lines(timeline.partition.topology))
    points = plane.metres(np.asarray(shapely.points(lonlat[answered]), dtype=object))
    step = np.searchsorted(timeline.days, days[answered], side="right") - 1
    km = np.full(answered.sum(), np.nan)
    for own in np.unique(step):
        arcs, _ = pairs(timeline, timeline.state(timeline.days[own]))
        if len(arcs):
            here = np.flatnonzero(step == own)
            near, metres = shapely.STRtree(lines[arcs]).query_nearest(
                points[here], return_distance=True, all_matches=False
            )
            km[here[near[0]]] = metres / 1000.0
    found = np.full(len(answered), np.nan)
    found[answered] = km
    return found
