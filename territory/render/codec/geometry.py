"""The ground in a payload: rings, nodes and vertices on a grid, areas, and which place speaks for which cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from territory.render.codec import nodes
from territory.render.codec.connectivity import Walk, walk
from territory.render.codec.packer import Packer
from territory.space.partition import Partition

OUTSIDE = -1
FINE = 1e-5  # degrees: about one metre, finer than any screen shows and than any place is known
MANY_CELLS = 4000
STEPS_A_CELL = 300
AXIS_KM, ECCENTRICITY_2 = 6378.137, 0.0066943799901413165


Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Ground:
    """The numbers that cells, arcs and places have in the packed payload.

    Parameters
    ----------
    cell, arc : (n,) int64
        The packed number of every cell and arc.
    rank : (place,) int64
        The order in which the walk comes to the places: neighbours have ranks not far apart.
    """

    cell: Whole
    arc: Whole
    rank: Whole


def step(part: Partition) -> float:
    """How fine coordinates are, in degrees: a metre, or for very many cells what is small beside any of them."""
    if len(part) < MANY_CELLS:
        return FINE
    cell = float(np.sqrt(np.median(part.area_km2))) / 111.2
    return max(step for step in (FINE, 2e-5, 5e-5, 1e-4, 2e-4) if step == FINE or step <= cell / STEPS_A_CELL)


def write(packer: Packer, built: dict[str, Any]) -> Ground:
    """Write arcs, cells and where places lie."""
    arcs, cells = built["arcs"], built["cells"]
    grid = built["grid"]
    told = walk(cells["rings"], len(arcs["xy"]))
    lines = [_line(arcs["xy"], arc) for arc in told.arc]
    packer.numbers([len(told.arc), len(told.cell), len(built["places"])])
    for column in (told.kind, told.back, told.forth, told.fresh, told.jumps, told.jump, told.other):
        packer.numbers(column)
    order = np.array(told.cell, dtype=np.int64)
    place = np.array(cells["place"], dtype=np.int64)[order]
    packer.planes(np.diff(place, prepend=0))
    lonlat = np.array([(one["lon"], one["lat"]) for one in built["places"]], dtype=np.float64).reshape(-1, 2)
    places = np.rint((lonlat - (grid["lon0"], grid["lat0"])) / grid["step"]).astype(np.int64)
    rank = _write_places(packer, places, place)
    number = np.append(told.cells(), OUTSIDE)
    sides = number[np.array([_sides(arcs, arc) for arc in told.arc], dtype=np.int64).reshape(-1, 2)]
    _write_lines(packer, told, lines, (sides, place, places), grid)
    _write_areas(packer, np.array(cells["area_km2"])[order], sides, lines, grid)
    return Ground(number[:-1], told.arcs(), rank)


def _own(arc: int) -> int:
    return ~arc if arc < 0 else arc


def _sides(arcs: dict[str, Any], arc: int) -> tuple[int, int]:
    """Cells left and right of a walked arc."""
    sides = arcs["left"][_own(arc)], arcs["right"][_own(arc)]
    return (sides[1], sides[0]) if arc < 0 else sides


def _line(xy: list[list[int]], arc: int) -> Whole:
    """(vertex, 2) int64: an arc in steps of the grid, in the direction in which it is walked."""
    line = np.array(xy[_own(arc)], dtype=np.int64).reshape(-1, 2).cumsum(axis=0)
    return line[::-1] if arc < 0 else line


def _write_places(packer: Packer, xy: Whole, place: Whole) -> Whole:
    """Where places lie, in the order in which their cells are met, each as steps from the one before."""
    met = list(dict.fromkeys([*place[place >= 0].tolist(), *range(len(xy))]))
    steps = np.diff(xy[met], axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    packer.planes(steps[:, 0])
    packer.planes(steps[:, 1])
    rank = np.empty(len(xy), dtype=np.int64)
    rank[met] = np.arange(len(xy))
    return rank


def _write_lines(
    packer: Packer,
    told: Walk,
    lines: list[Whole],
    around: tuple[Whole, Whole, Whole],
    grid: dict[str, float],
) -> None:
    """Nodes when they are first met, as steps from where the places around them let expect them, or from the node
    before; vertices between as steps along the arc.
    """
    corners = nodes.ends(told)
    sides, place, places = around
    xy = np.zeros((int(corners.max()) + 1, 2), dtype=np.int64)
    for (start, end), line in zip(corners.tolist(), lines, strict=True):
        xy[start], xy[end] = line[0], line[-1]
    middle = float(np.cos(np.radians(grid["lat0"] + places[:, 1].mean() * grid["step"]))) if len(places) else 0.0
    tries: list[tuple[int, float, Whole]] = []
    for squeeze in (0.0, middle):
        guess, counts = nodes.guesses(corners, sides, place, places, (grid["lat0"], grid["step"]), squeeze)
        off = xy - np.where(counts[:, None], guess, np.concatenate([[[0, 0]], xy[:-1]]))
        tries.append((int(np.abs(off).sum()), squeeze, off))
    _, packer.texts["squeeze"], off = min(tries, key=lambda one: one[0])
    packer.planes(off[:, 0])
    packer.planes(off[:, 1])
    packer.numbers([len(line) - 2 for line in lines])
    between = np.concatenate([np.diff(line[:-1], axis=0) for line in lines])
    packer.planes(between[:, 0])
    packer.planes(between[:, 1])


def area_unit_km2(fine: float) -> float:
    """How exactly areas are told where coordinates are told in steps of ``fine`` degrees."""
    return 1e-4 if fine == FINE else 1e-2


def _write_areas(
    packer: Packer,
    area_km2: NDArray[np.float64],
    sides: Whole,
    lines: list[Whole],
    grid: dict[str, float],
) -> None:
    """Geodesic areas, as what they differ by from the area on the grid; the player makes the same estimate."""
    count = len(area_km2)
    twice, low, high = np.zeros(count + 1), np.full(count + 1, np.inf), np.full(count + 1, -np.inf)
    cross = np.array([int((xy[:-1, 0] * xy[1:, 1] - xy[1:, 0] * xy[:-1, 1]).sum()) for xy in lines], dtype=np.float64)
    least, most = np.array([xy[:, 1].min() for xy in lines]), np.array([xy[:, 1].max() for xy in lines])
    for side, sign in ((0, 1), (1, -1)):  # the last entry is the outside
        np.add.at(twice, sides[:, side], sign * cross)
        np.minimum.at(low, sides[:, side], least)
        np.maximum.at(high, sides[:, side], most)
    shrink = nodes.cosine(np.radians(grid["lat0"] + (low + high)[:-1] / 2 * grid["step"]))
    flat = 1 - ECCENTRICITY_2 * (1 - shrink * shrink)
    step = np.radians(grid["step"]) * AXIS_KM
    guess = twice[:-1] / 2 * step * step * (1 - ECCENTRICITY_2) * shrink / (flat * flat)
    packer.planes(np.rint((area_km2 - guess) / area_unit_km2(grid["step"])).astype(np.int64))
