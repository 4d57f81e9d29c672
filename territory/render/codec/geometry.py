"""Encode cells and arcs: connectivity, nodes and vertices on an integer grid, areas, and the place of each cell.

Everything that the player can predict is predicted, and the residuals are stored (``player/src/codec/geometry.js``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from territory._util.ragged import counters, ranges
from territory.render.codec import connectivity, nodes
from territory.render.codec.gridded import Arcs, Grid, Integers, area_digits
from territory.render.codec.payload import Payload
from territory.render.codec.writer import Writer

OUTSIDE = -1
SEMI_MAJOR_KM, ECCENTRICITY_SQUARED = 6378.137, 0.0066943799901413165  # WGS 84


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


def write(writer: Writer, payload: Payload) -> Numbering:
    """Write arcs, cells and the positions of places."""
    grid, cells = payload.grid, payload.cells
    encoded = connectivity.encode(cells.rings, len(payload.arcs))
    writer.unsigned("counts", [len(payload.arcs), len(cells), len(payload.places)])
    for name, column in encoded.columns():
        writer.unsigned(name, column)
    order, number = encoded.source_cell, encoded.cell_numbers()
    place = cells.place[order].astype(np.int64)
    writer.split_bytes("cell_place", np.diff(place, prepend=0))
    places = grid.steps(payload.places.lonlat)
    place_rank = _write_places(writer, places, place)
    arcs = _renumbered(payload.arcs, encoded.source_arc, number)
    _write_nodes(writer, arcs, nodes.arc_ends(encoded), (place, places), grid)
    _write_vertices(writer, arcs)
    _write_areas(writer, cells.area_km2[order], arcs, grid)
    return Numbering(number, encoded.arc_numbers(), place_rank)


def _renumbered(arcs: Arcs, source: Integers, cell: Integers) -> Arcs:
    """Arcs in a new order, those given as ``~i`` in reverse, and the cells beside them in new numbers.

    Parameters
    ----------
    arcs : Arcs
    source : (arc,) int64
        The arc behind every new number.
    cell : (cell,) int64
        The new number of every cell.
    """
    back = source < 0
    old = np.where(back, ~source, source)
    begin, size = arcs.offset[old], np.diff(arcs.offset)[old]
    vertex = ranges(begin, size)
    reverse = np.repeat(back, size)
    vertex[reverse] = (np.repeat(2 * begin + size - 1, size) - vertex)[reverse]
    cell = np.append(cell, OUTSIDE).astype(np.int32)
    left, right = cell[arcs.left[old]], cell[arcs.right[old]]
    sides = np.where(back, right, left), np.where(back, left, right)
    return Arcs(arcs.xy[vertex], np.r_[0, np.cumsum(size)], *sides)


def _write_places(writer: Writer, xy: Integers, place: Integers) -> Integers:
    """Write where places lie, in the order of their first cell, as differences; return the rank of every place."""
    order = np.array(list(dict.fromkeys([*place[place >= 0].tolist(), *range(len(xy))])), dtype=np.int64)
    deltas = np.diff(xy[order], axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    writer.split_bytes("place_x", deltas[:, 0])
    writer.split_bytes("place_y", deltas[:, 1])
    rank = np.empty(len(xy), dtype=np.int64)
    rank[order] = np.arange(len(xy))
    return rank


def _write_nodes(
    writer: Writer, arcs: Arcs, ends: Integers, place_of_cell: tuple[Integers, Integers], grid: Grid
) -> None:
    """Write nodes as residuals of their prediction, or of the node before where there is none.

    Parameters
    ----------
    writer : Writer
    arcs : Arcs
    ends : (arc, 2) int64
        Nodes at the ends of every arc.
    place_of_cell : tuple of int64 arrays
        (cell,) the place of each cell; (place, 2) where it lies, in grid steps.
    grid : Grid
    """
    place, places = place_of_cell
    xy = np.empty((int(ends.max(initial=-1)) + 1, 2), dtype=np.int64)
    xy[ends[:, 0]], xy[ends[:, 1]] = arcs.xy[arcs.offset[:-1]], arcs.xy[arcs.offset[1:] - 1]
    three = nodes.first_three_places(ends, np.stack([arcs.left, arcs.right], axis=1), place)
    mean = float(np.cos(np.radians(grid.lat0 + places[:, 1].mean() * grid.step))) if len(places) else 0.0
    # A partition was made in one plane or at each place's own latitude: what predicts better is stored.
    tries: list[tuple[int, float, Integers]] = []
    for cos_lat in (0.0, mean):
        position, predicted = nodes.predict(three, places, grid, cos_lat)
        before = np.concatenate([np.zeros((1, 2), dtype=np.int64), xy[:-1]])[: len(xy)]
        residuals = xy - np.where(predicted[:, None], position, before)
        tries.append((int(np.abs(residuals).sum()), cos_lat, residuals))
    _, writer.texts["squeeze"], residuals = min(tries, key=lambda one: one[0])
    writer.split_bytes("node_x", residuals[:, 0])
    writer.split_bytes("node_y", residuals[:, 1])


def _write_vertices(writer: Writer, arcs: Arcs) -> None:
    """Write the vertices between the nodes of each arc, as differences along the arc."""
    size = np.diff(arcs.offset)
    writer.unsigned("arc_vertices", size - 2)
    at = counters(size)
    between = np.flatnonzero((at > 0) & (at < np.repeat(size, size) - 1))
    deltas = arcs.xy[between] - arcs.xy[between - 1]
    writer.split_bytes("vertex_x", deltas[:, 0])
    writer.split_bytes("vertex_y", deltas[:, 1])


def _write_areas(writer: Writer, area_km2: NDArray[np.float64], arcs: Arcs, grid: Grid) -> None:
    """Write geodesic areas as residuals of the area on the grid, scaled to the ellipsoid at the cell's latitude."""
    count, begin = len(area_km2), arcs.offset[:-1]
    twice, low, high = np.zeros(count + 1), np.full(count + 1, np.inf), np.full(count + 1, -np.inf)
    x, y = arcs.xy.T
    cross = np.append(x[:-1] * y[1:] - x[1:] * y[:-1], 0)
    cross[arcs.offset[1:] - 1] = 0  # from the last vertex of an arc no edge leads to the next arc
    sums, south, north = (
        reduce.reduceat(v, begin) for reduce, v in ((np.add, cross), (np.minimum, y), (np.maximum, y))
    )
    for side, sign in ((arcs.left, 1), (arcs.right, -1)):  # the last entry is the outside
        np.add.at(twice, side, sign * sums.astype(np.float64))
        np.minimum.at(low, side, south)
        np.maximum.at(high, side, north)
    cos_lat = nodes.cosine(np.radians(grid.lat0 + (low + high)[:-1] / 2 * grid.step))
    w2 = 1 - ECCENTRICITY_SQUARED * (1 - cos_lat * cos_lat)
    step_km = np.radians(grid.step) * SEMI_MAJOR_KM
    predicted = twice[:-1] / 2 * step_km * step_km * (1 - ECCENTRICITY_SQUARED) * cos_lat / (w2 * w2)
    unit = 10.0 ** -area_digits(grid)
    writer.split_bytes("area", np.rint((area_km2 - predicted) / unit).astype(np.int64))
