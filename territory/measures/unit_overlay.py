"""Overlay administrative units on cells: the area of each cell in each unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

from territory._util.brief import Brief
from territory._util.lazy import Lazy
from territory.space.geodesic import areas_km2
from territory.space.partition import Partition
from territory.space.projection import LONLAT
from territory.timeline.base import BaseTimeline

if TYPE_CHECKING:
    import geopandas as gpd
else:
    gpd = Lazy("geopandas")

OVERLAP = 1e-6  # share of a cell's area that two units may both cover before they count as overlapping


@dataclass(frozen=True, repr=False)
class Overlay(Brief):
    """Pieces of cells, each with a class; the pieces of a cell sum to its area.

    Parameters
    ----------
    cell, cls : (piece,) int64
        The cell of each piece, ascending; and the index of its class in ``classes``.
    km2 : (piece,) float64
    classes : tuple of str
    noun : str
        What a class stands for: "unit", "evidence"; empty for whole cells.
    """

    cell: NDArray[np.int64]
    cls: NDArray[np.int64]
    km2: NDArray[np.float64]
    classes: tuple[str, ...]
    noun: str


def whole(partition: Partition) -> Overlay:
    """Each cell as one piece, all in one class."""
    cells = np.arange(len(partition))
    return Overlay(cells, np.zeros(len(cells), dtype=np.int64), partition.area_km2, ("",), "")


def units_of(timeline: BaseTimeline, units: gpd.GeoDataFrame | None, code: str = "code") -> Overlay:
    """Apportion cells to units: by intersection, or by the ``admin1`` of their places where no units are given.

    The class of index 0 has the empty code: ground in no unit.

    Parameters
    ----------
    timeline : Timeline
    units : GeoDataFrame or None
    code : str
        Column of ``units`` with the codes.

    Returns
    -------
    Overlay

    Raises
    ------
    ValueError
        Where the units have no CRS, no such column or a code twice, or overlap.
    """
    if units is None:
        return _by_admin1(timeline)
    check_units(units, code)
    shapes = np.asarray(units.geometry.to_crs(LONLAT).array, dtype=object)
    return apportion(timeline.partition, shapes, tuple(str(one) for one in units[code]))


def check_units(units: gpd.GeoDataFrame, code: str) -> None:
    """Check that units have a CRS and a column of unique codes.

    Raises
    ------
    ValueError
        Where they do not.
    """
    if units.crs is None:
        raise ValueError("The units have no CRS; set it with units.set_crs(...).")
    if code not in units.columns:
        raise ValueError(f"The units have no column '{code}'; they have {', '.join(map(str, units.columns))}.")
    twice = units[code][units[code].duplicated()].unique()
    if len(twice):
        raise ValueError(f"These codes stand twice: {', '.join(map(str, twice))}. Dissolve the units by code first.")


def _by_admin1(timeline: BaseTimeline) -> Overlay:
    """Each cell as one piece, in the class of its place's ``admin1``."""
    part = timeline.partition
    own = [timeline.campaign.places[row].admin1 if row >= 0 else "" for row in part.place]
    codes = ("", *sorted({code for code in own if code}))
    cls = np.array([codes.index(code) for code in own], dtype=np.int64)
    return Overlay(np.arange(len(part)), cls, part.area_km2, codes, "unit")


def apportion(partition: Partition, shapes: NDArray[np.object_], codes: tuple[str, ...]) -> Overlay:
    """Cut each cell by the units that it meets; ground in no unit is a piece of the class with the empty code.

    Parameters
    ----------
    partition : Partition
    shapes : (unit,) array of shapely polygons
        EPSG:4326.
    codes : (unit,) tuple of str

    Returns
    -------
    Overlay

    Raises
    ------
    ValueError
        Where units overlap.
    """
    unit, cell = shapely.STRtree(partition.cells).query(shapes, predicate="intersects")
    common = shapely.intersection(shapes[unit], partition.cells[cell])
    km2 = areas_km2(common)
    real = km2 > 0
    unit, cell, km2 = unit[real], cell[real], km2[real]
    covered = np.bincount(cell, weights=km2, minlength=len(partition))
    over = covered > partition.area_km2 * (1 + OVERLAP)
    if over.any():
        pair = sorted({codes[one] for one in unit[np.isin(cell, np.flatnonzero(over))]})
        raise ValueError(f"Some of these units overlap: {', '.join(pair)}. Repair them, so that areas count once.")
    # Where units cover a cell up to rounding, the rest must not become ground in no unit.
    uncovered = np.maximum(partition.area_km2 - covered, 0.0)
    full = uncovered <= partition.area_km2 * OVERLAP
    km2 = km2 * np.where(full & (covered > 0), partition.area_km2 / np.where(covered > 0, covered, 1.0), 1.0)[cell]
    rest = np.flatnonzero(~full)
    own = np.concatenate([cell, rest]).astype(np.int64)
    order = np.argsort(own, kind="stable")
    return Overlay(
        own[order],
        np.concatenate([unit + 1, np.zeros(len(rest), dtype=np.int64)])[order],
        np.concatenate([km2, uncovered[rest]])[order],
        ("", *codes),
        "unit",
    )
