"""Population by actor, from a table by place, a table by unit, or a raster of counts.

People are assigned to cells once; a day then sums cells. People outside all cells are counted as outside, so totals are
kept. Rasters are summed with exactextract, which weighs each pixel by the share that a cell covers. (rioxarray clips by
the pixel's centre, so a cell smaller than a pixel may get nobody; tobler needs many further packages for the same
sums.) Install it with ``pip install 'territory[people]'``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from territory._util.brief import Brief
from territory._util.extras import require
from territory._util.lazy import Lazy
from territory.measures._common import days_of, long_frame
from territory.measures.unit_overlay import apportion, check_units
from territory.records.kinds import STATUSES, status_name
from territory.space.geodesic import areas_km2
from territory.space.projection import LONLAT
from territory.timeline.base import BaseTimeline, By
from territory.timeline.changes import Day
from territory.timeline.totals import by_holder, totals

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    import xarray as xr
else:
    gpd = Lazy("geopandas")
    pd = Lazy("pandas")
    xr = Lazy("xarray")

OUTSIDE = ("", "Outside the map")


@dataclass(frozen=True, repr=False)
class Headcount(Brief):
    """Population by cell.

    Parameters
    ----------
    cell : (cell,) float64
    outside : float
        People outside all cells.
    """

    cell: NDArray[np.float64]
    outside: float

    @property
    def total(self) -> float:
        """All people, those outside included."""
        return float(self.cell.sum()) + self.outside


def of_places(
    timeline: BaseTimeline, table: pd.DataFrame, *, place: str = "place", people: str = "people"
) -> Headcount:
    """Population from a table by place; all people of a place live in its home cell.

    Parameters
    ----------
    timeline : Timeline
    table : DataFrame
        One row a place.
    place, people : str
        Columns with a name of the place, and with the number of people.

    Returns
    -------
    Headcount

    Raises
    ------
    UnknownName, AmbiguousName
    ValueError
        Where a number is missing or below 0, or a place stands twice.
    """
    counts = _numbers(table, people)
    rows = np.array([timeline.campaign.places.find(str(name)) for name in table[place]], dtype=np.int64)
    twice = sorted({timeline.campaign.places[int(row)].id for row in rows[pd.Series(rows).duplicated()]})
    if twice:
        raise ValueError(f"These places stand twice in the table: {', '.join(twice)}.")
    home = timeline.partition.home[rows]
    cell = np.zeros(len(timeline.partition))
    np.add.at(cell, home[home >= 0], counts[home >= 0])
    return Headcount(cell, float(counts[home < 0].sum()))


def of_units(
    timeline: BaseTimeline, units: gpd.GeoDataFrame, *, code: str = "code", people: str = "people"
) -> Headcount:
    """Population from a table by administrative unit, spread evenly over each unit (areal weighting).

    Parameters
    ----------
    timeline : Timeline
    units : GeoDataFrame
        One row each; they may not overlap.
    code, people : str
        Columns with the code of the unit, and with the number of people.

    Returns
    -------
    Headcount

    Raises
    ------
    ValueError
        Where the units cannot be used (see ``unit_overlay.units_of``), or a number is missing or below 0.
    """
    check_units(units, code)
    counts = _numbers(units, people)
    shapes = np.asarray(units.geometry.to_crs(LONLAT).array, dtype=object)
    pieces = apportion(timeline.partition, shapes, tuple(str(one) for one in units[code]))
    density = np.append(0.0, counts / areas_km2(shapes))  # class 0 is ground in no unit
    cell = np.zeros(len(timeline.partition))
    np.add.at(cell, pieces.cell, pieces.km2 * density[pieces.cls])
    over = cell.sum() / counts.sum() if counts.sum() else 0.0
    if over > 1:  # by rounding of areas only
        cell = cell / over
    return Headcount(cell, float(counts.sum() - cell.sum()))


def of_raster(timeline: BaseTimeline, raster: xr.DataArray) -> Headcount:
    """Population from a raster of counts (not densities), as of WorldPop.

    Parameters
    ----------
    timeline : Timeline
    raster : DataArray
        Two dimensions with regular coordinates in degrees, x or lon or longitude, and y or lat or latitude; pixels
        without a number (NaN) have no people.

    Returns
    -------
    Headcount

    Raises
    ------
    MissingExtra
        Where exactextract is not installed.
    ValueError
        Where the coordinates are missing or irregular, or a count is below 0.
    """
    require("people", "exactextract", what="Rasters of people")
    from exactextract import exact_extract
    from exactextract.raster import NumPyRasterSource

    counts, west, south, east, north = _north_up(raster)
    source = NumPyRasterSource(counts, xmin=west, ymin=south, xmax=east, ymax=north, srs_wkt=LONLAT)
    cells = gpd.GeoDataFrame(geometry=timeline.partition.cells, crs=LONLAT)
    sums = exact_extract(source, cells, ["sum"], output="pandas")["sum"].to_numpy(dtype=np.float64)
    total = float(counts.sum())
    return Headcount(sums, max(total - float(sums.sum()), 0.0))


def _numbers(table: pd.DataFrame, column: str) -> NDArray[np.float64]:
    """A column of numbers of people, checked."""
    if column not in table.columns:
        raise ValueError(f"The table has no column '{column}'; it has {', '.join(map(str, table.columns))}.")
    counts = table[column].to_numpy(dtype=np.float64)
    bad = np.flatnonzero(~(np.isfinite(counts) & (counts >= 0)))
    if len(bad):
        raise ValueError(
            f"Rows {bad[:10].tolist()} of '{column}' are missing or below 0; they must be numbers of people."
        )
    return counts


def _north_up(raster: xr.DataArray) -> tuple[NDArray[np.float64], float, float, float, float]:
    """Counts with rows from the north and columns from the west, and the bounds: west, south, east, north."""
    names = {"x": ("x", "lon", "longitude"), "y": ("y", "lat", "latitude")}
    found = {axis: [name for name in known if name in raster.dims] for axis, known in names.items()}
    if raster.ndim != 2 or not (found["x"] and found["y"]):
        raise ValueError(f"The raster has the dimensions {raster.dims}; it must have two, x (or lon) and y (or lat).")
    x, y = found["x"][0], found["y"][0]
    north_up = raster.sortby(x).sortby(y, ascending=False).transpose(y, x)
    counts = np.nan_to_num(north_up.to_numpy().astype(np.float64), nan=0.0)
    if (counts < 0).any():
        raise ValueError("The raster has counts below 0; mask its fill value first.")
    edges = []
    for axis in (x, y):
        at = north_up[axis].to_numpy().astype(np.float64)
        steps = np.diff(at)
        if len(at) < 2 or not np.allclose(steps, steps[0], rtol=1e-3):
            raise ValueError(
                f"The coordinates '{axis}' of the raster are not evenly spaced, or fewer than 2; resample it first."
            )
        edges += [float(at[0] - steps[0] / 2), float(at[-1] + steps[-1] / 2)]
    west, east, north, south = edges
    return counts, west, south, east, north


def population_by_actor(
    timeline: BaseTimeline,
    people: Headcount,
    days: Day | Iterable[Day] | None = None,
    *,
    by: By = "side",
    status: bool = False,
) -> pd.DataFrame:
    """Population of the cells that each actor holds, by day. The numbers of a day sum to the total.

    Parameters
    ----------
    timeline : Timeline
    people : Headcount
        From ``of_places``, ``of_units`` or ``of_raster``.
    days : day, iterable of days or None
        None: the first day and every later day of change.
    by : {"side", "controller"}
    status : bool
        Whether numbers are split by status (control, contested, besieged ...).

    Returns
    -------
    DataFrame
        day, actor (empty: outside the map), label, [status,] people; every combination that ever occurs has a row on
        every day.
    """
    wanted = days_of(timeline, days)
    found = totals(timeline, people.cell, by_holder(timeline, by, status=status)).on(wanted)
    actor, how = np.divmod(found.key, len(STATUSES))
    actors = [timeline.campaign.actors[int(code)] for code in actor]
    who = [(one.id, one.label) for one in actors]
    words, count = [status_name(*pair) for pair in zip(actor, how, strict=True)], found.amount
    if people.outside > 0:
        who, words = [*who, OUTSIDE], [*words, ""]
        count = np.column_stack([count, np.full(len(wanted), people.outside)])
    columns = {"actor": [one for one, _ in who], "label": [label for _, label in who]}
    return long_frame(wanted, columns | ({"status": words} if status else {}), "people", count)
