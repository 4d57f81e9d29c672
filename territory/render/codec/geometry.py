"""Encode cells and arcs: connectivity, nodes and vertices on an integer grid, areas, and the place of each cell.

Everything that the player can predict is predicted, and the residuals are stored (``player/src/codec/geometry.js``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from territory.render.codec import connectivity, nodes
from territory.render.codec.writer import Writer
from territory.space.partition import Partition

OUTSIDE = -1
FINE_STEP = 1e-5  # degrees: about one metre, finer than any screen shows and than any place is known
MANY_CELLS = 4000
STEPS_PER_CELL = 300
SEMI_MAJOR_KM, ECCENTRICITY_SQUARED = 6378.137, 0.0066943799901413165  # WGS 84

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Numbering:
    """The numbers that cells and arcs get in the data block, and the order in which places are stored.

    Parameters
    ----------
    cell, arc : (n,) int64
        The new number of every cell of the partition and every arc of the topology.
    place_rank : (place,) int64
        The position of every place in the order of its first cell: neighbours have ranks not far apart.
    """

    cell: Integers
    arc: Integers
    place_rank: Integers


def grid_step(part: Partition) -> float:
    """Resolution of coordinates in degrees: a metre, or for very many cells what is small next to any of them."""
    if len(part) < MANY_CELLS:
        return FINE_STEP
    cell = float(np.sqrt(np.median(part.area_km2))) / 111.2
    steps = (FINE_STEP, 2e-5, 5e-5, 1e-4, 2e-4)
    return max(step for step in steps if step == FINE_STEP or step <= cell / STEPS_PER_CELL)


def area_unit_km2(step: float) -> float:
    """Resolution of areas on a grid of ``step`` degrees."""
    return 1e-4 if step == FINE_STEP else 1e-2


def write(writer: Writer, payload: dict[str, Any]) -> Numbering:
    """Write arcs, cells and the positions of places."""
    arcs, cells, grid = payload["arcs"], payload["cells"], payload["grid"]
    encoded = connectivity.encode(cells["rings"], len(arcs["xy"]))
    lines = [_line(arcs["xy"], arc) for arc in encoded.source_arc]
    writer.unsigned([len(encoded.source_arc), len(encoded.source_cell), len(payload["places"])])
    for column in encoded.columns():
        writer.unsigned(column)
    order = np.array(encoded.source_cell, dtype=np.int64)
    place = np.array(cells["place"], dtype=np.int64)[order]
    writer.split_bytes(np.diff(place, prepend=0))
    lonlat = np.array([(one["lon"], one["lat"]) for one in payload["places"]], dtype=np.float64).reshape(-1, 2)
    places = np.rint((lonlat - (grid["lon0"], grid["lat0"])) / grid["step"]).astype(np.int64)
    place_rank = _write_places(writer, places, place)
    cell = np.append(encoded.cell_numbers(), OUTSIDE)
    sides = cell[np.array([_sides(arcs, arc) for arc in encoded.source_arc], dtype=np.int64).reshape(-1, 2)]
    _write_lines(writer, lines, nodes.arc_ends(encoded), (sides, place, places), grid)
    _write_areas(writer, np.array(cells["area_km2"])[order], sides, lines, grid)
    return Numbering(cell[:-1], encoded.arc_numbers(), place_rank)


def _undirected(arc: int) -> int:
    return ~arc if arc < 0 else arc


def _sides(arcs: dict[str, Any], arc: int) -> tuple[int, int]:
    """Cells left and right of a directed arc."""
    sides = arcs["left"][_undirected(arc)], arcs["right"][_undirected(arc)]
    return (sides[1], sides[0]) if arc < 0 else sides


def _line(xy: list[list[int]], arc: int) -> Integers:
    """(vertex, 2) int64: a directed arc in grid steps."""
    line = np.array(xy[_undirected(arc)], dtype=np.int64).reshape(-1, 2).cumsum(axis=0)
    return line[::-1] if arc < 0 else line


def _write_places(writer: Writer, xy: Integers, place: Integers) -> Integers:
    """Write where places lie, in the order of their first cell, as differences; return the rank of every place."""
    place_order = list(dict.fromkeys([*place[place >= 0].tolist(), *range(len(xy))]))
    deltas = np.diff(xy[place_order], axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    writer.split_bytes(deltas[:, 0])
    writer.split_bytes(deltas[:, 1])
    place_rank = np.empty(len(xy), dtype=np.int64)
    place_rank[place_order] = np.arange(len(xy))
    return place_rank


def _write_lines(
    writer: Writer,
    lines: list[Integers],
    ends: Integers,
    adjacent: tuple[Integers, Integers, Integers],
    grid: dict[str, float],
) -> None:
    """Write nodes as residuals of their prediction, or of the node before where there is none; the vertices between
    them as differences along the arc.

    Parameters
    ----------
    writer : Writer
    lines : list of (vertex, 2) int64
        Per arc, grid steps.
    ends : (arc, 2) int64
        Nodes at the ends of every arc.
    adjacent : tuple of int64 arrays
        (arc, 2) cells left and right; (cell,) the place of each; (place, 2) where it lies.
    grid : dict
    """
    sides, place, places = adjacent
    xy = np.zeros((int(ends.max()) + 1, 2), dtype=np.int64)
    for (start, end), line in zip(ends.tolist(), lines, strict=True):
        xy[start], xy[end] = line[0], line[-1]
    mean = float(np.cos(np.radians(grid["lat0"] + places[:, 1].mean() * grid["step"]))) if len(places) else 0.0
    # A partition was made in one plane or at each place's own latitude: what predicts better is stored.
    tries: list[tuple[int, float, Integers]] = []
    for cos_lat in (0.0, mean):
        position, predicted = nodes.predict(ends, sides, place, places, (grid["lat0"], grid["step"]), cos_lat)
        residuals = xy - np.where(predicted[:, None], position, np.concatenate([[[0, 0]], xy[:-1]]))
        tries.append((int(np.abs(residuals).sum()), cos_lat, residuals))
    _, writer.texts["squeeze"], residuals = min(tries, key=lambda one: one[0])
    writer.split_bytes(residuals[:, 0])
    writer.split_bytes(residuals[:, 1])
    writer.unsigned([len(line) - 2 for line in lines])
    between = np.concatenate([np.diff(line[:-1], axis=0) for line in lines])
    writer.split_bytes(between[:, 0])
    writer.split_bytes(between[:, 1])


def _write_areas(
    writer: Writer,
    area_km2: NDArray[np.float64],
    sides: Integers,
    lines: list[Integers],
    grid: dict[str, float],
) -> None:
    """Write geodesic areas as residuals of the area on the grid, scaled to the ellipsoid at the cell's latitude."""
    count = len(area_km2)
    twice, low, high = np.zeros(count + 1), np.full(count + 1, np.inf), np.full(count + 1, -np.inf)
    cross = np.array([int((xy[:-1, 0] * xy[1:, 1] - xy[1:, 0] * xy[:-1, 1]).sum()) for xy in lines], dtype=np.float64)
    south, north = np.array([xy[:, 1].min() for xy in lines]), np.array([xy[:, 1].max() for xy in lines])
    for side, sign in ((0, 1), (1, -1)):  # the last entry is the outside
        np.add.at(twice, sides[:, side], sign * cross)
        np.minimum.at(low, sides[:, side], south)
        np.maximum.at(high, sides[:, side], north)
    cos_lat = nodes.cosine(np.radians(grid["lat0"] + (low + high)[:-1] / 2 * grid["step"]))
    w2 = 1 - ECCENTRICITY_SQUARED * (1 - cos_lat * cos_lat)
    step_km = np.radians(grid["step"]) * SEMI_MAJOR_KM
    predicted = twice[:-1] / 2 * step_km * step_km * (1 - ECCENTRICITY_SQUARED) * cos_lat / (w2 * w2)
    writer.split_bytes(np.rint((area_km2 - predicted) / area_unit_km2(grid["step"])).astype(np.int64))
