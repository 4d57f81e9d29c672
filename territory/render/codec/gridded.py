"""Arcs, rings and cells of a partition, with coordinates as integers on the grid of a page."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from territory._util.brief import Brief
from territory.space import rings
from territory.space.partition import Partition

FINE_STEP = 1e-5  # degrees: about one metre, finer than any screen shows and than any place is known
MANY_CELLS = 4000
STEPS_PER_CELL = 300

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Grid:
    """Integer coordinates: steps from the south-west corner of the extent.

    Parameters
    ----------
    lon0, lat0 : float
        The corner, in degrees.
    step : float
        One step, in degrees.
    """

    lon0: float
    lat0: float
    step: float

    def steps(self, lonlat: NDArray[np.float64]) -> Integers:
        """(n, 2) int64: longitudes and latitudes in grid steps."""
        return np.rint((lonlat - (self.lon0, self.lat0)) / self.step).astype(np.int64)


@dataclass(frozen=True, repr=False)
class Arcs(Brief):
    """Arcs of the topology. They are rounded after it is built, so both sides of an arc stay one line.

    Parameters
    ----------
    xy : (vertex, 2) int64
        Vertices of all arcs, one arc after the other; grid steps.
    offset : (arc + 1,) int64
        Arc i has the vertices ``xy[offset[i] : offset[i + 1]]``.
    left, right : (arc,) int32
        Cells beside the arc, seen from its start; -1 is outside.
    """

    xy: Integers
    offset: Integers
    left: NDArray[np.int32]
    right: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.left)


@dataclass(frozen=True, repr=False)
class CellRings(Brief):
    """Rings of the cells, with the cell on their left; outer rings and holes alike, in the order of cells.

    Parameters
    ----------
    arc : (directed arc,) int32
        Arcs of all rings, one ring after the other; ``~i`` is arc i reversed.
    offset : (ring + 1,) int64
        Ring i has ``arc[offset[i] : offset[i + 1]]``.
    cell : (ring,) int32
        Ascending.
    """

    arc: NDArray[np.int32]
    offset: Integers
    cell: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.cell)


@dataclass(frozen=True, repr=False)
class Cells(Brief):
    """Cells of the partition.

    Parameters
    ----------
    place : (cell,) int32
        Row of the place, -1 for none.
    area_km2 : (cell,) float64
        Geodesic area, rounded to the unit in which it is stored.
    rings : CellRings
    """

    place: NDArray[np.int32]
    area_km2: NDArray[np.float64]
    rings: CellRings

    def __len__(self) -> int:
        return len(self.place)


def grid_of(part: Partition, corner: tuple[float, float]) -> Grid:
    """A grid with steps of a metre, or for very many cells of what is small next to any of them."""
    if len(part) < MANY_CELLS:
        return Grid(*corner, FINE_STEP)
    cell = float(np.sqrt(np.median(part.area_km2))) / 111.2
    steps = (FINE_STEP, 2e-5, 5e-5, 1e-4, 2e-4)
    return Grid(*corner, max(step for step in steps if step == FINE_STEP or step <= cell / STEPS_PER_CELL))


def area_digits(grid: Grid) -> int:
    """Decimals of an area in km2 that are stored."""
    return 4 if grid.step == FINE_STEP else 2


def arcs_of(part: Partition, grid: Grid) -> Arcs:
    """The arcs of a partition in grid steps."""
    topology = part.topology
    return Arcs(grid.steps(topology.xy), topology.offset, topology.left, topology.right)


def cells_of(part: Partition, grid: Grid) -> Cells:
    """The cells of a partition, with areas as exact as they are stored."""
    return Cells(part.place, np.round(part.area_km2, area_digits(grid)), _rings(part))


def _rings(part: Partition) -> CellRings:
    half_edges = rings.half_edges(part.topology, len(part))
    found = rings.Rings(half_edges, np.arange(len(part))).arcs
    cell = half_edges.left[[ring[0] for ring in found]]
    order = np.argsort(cell, kind="stable")
    size = np.array([len(ring) for ring in found], dtype=np.int64)[order]
    return CellRings(np.concatenate([found[ring] for ring in order]), np.r_[0, np.cumsum(size)], cell[order])
