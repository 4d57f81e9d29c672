"""Ground cut by dated polygons, somebody's map day by day: the arrangement of all their borders, and who had what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from territory._util.ragged import ranges
from territory.errors import PartitionError
from territory.records.gazetteer import Gazetteer
from territory.space.geodesic import area_km2
from territory.space.makers._arrangement import crossings, faces_of, grid_step, segments, snapped
from territory.space.makers.units import LEAST_KM2, NOBODY
from territory.space.partition import NOBODY_SPEAKS, Partition, from_cells
from territory.space.shapes import Floats, Shapes

UNDRAWN = -1
Index = NDArray[np.int64]


@dataclass(frozen=True)
class Drawn:
    """What a series of maps says about the cells: a list of changes, as a timeline has it.

    Parameters
    ----------
    labels : tuple of str
        Who the polygons are said to belong to.
    days : (map,) datetime64[D]
        The days for which there is a map, ascending. Between two of them the earlier one holds.
    day : (change,) datetime64[D]
        Ascending.
    cell : (change,) int32
    label, was : (change,) int32
        Row of ``labels`` after and before; -1 where no polygon has the cell.
    """

    labels: tuple[str, ...]
    days: NDArray[np.datetime64]
    day: NDArray[np.datetime64]
    cell: NDArray[np.int32]
    label: NDArray[np.int32]
    was: NDArray[np.int32]

    def state(self, day: np.datetime64 | date | str, cells: int) -> NDArray[np.int32]:
        """(cell,) int32: the label of every cell on a day."""
        upto = int(np.searchsorted(self.day, np.datetime64(str(day), "D"), side="right"))
        state = np.full(cells, UNDRAWN, dtype=np.int32)
        state[self.cell[:upto]] = self.label[:upto]
        return state


def from_snapshots(
    days: Sequence[np.datetime64 | date | str],
    shapes: Sequence[BaseGeometry | None],
    labels: Sequence[str],
    *,
    resolution_m: float,
    ground: BaseGeometry | None = None,
    gazetteer: Gazetteer = NOBODY,
    notes: Mapping[str, object] | None = None,
) -> tuple[Partition, Drawn]:
    """The arrangement of dated polygons: cells that no border of any day crosses, and who had each on which day.

    Vertices are moved to a grid of at most ``resolution_m``; equal segments of different days are one; all are noded
    together, and each face is asked on which days it lay inside which polygon. So every day is recovered exactly, but
    for slivers: faces narrower than the resolution go to the neighbour with the longest common border, and
    ``method`` counts them and their km2.

    Parameters
    ----------
    days : sequence of days
        One for each shape; shapes of one day and label together are that label's ground on that day.
    shapes : sequence of Polygon or MultiPolygon
        WGS 84.
    labels : sequence of str
        RoadRule ground each shape is.
    resolution_m : float
        What is smaller than this on the ground is drawing, not news. There is no default: only the user knows.
    ground : shapely geometry, optional
        Land to which all is clipped; without it, all that is ever inside a polygon.
    gazetteer : Gazetteer
    notes : mapping, optional
        What else to note of how the shapes were made.

    Raises
    ------
    PartitionError
        Where a shape is no polygon, or two labels share ground on one day: day, labels and km2.
    """
    if not len(days) == len(shapes) == len(labels):
        raise PartitionError(f"There are {len(days)} days, {len(shapes)} shapes and {len(labels)} labels.")
    step = grid_step(resolution_m)
    names = tuple(sorted(set(labels)))
    every, number = np.unique(np.array([np.datetime64(str(one), "D") for one in days]), return_inverse=True)
    code = np.array([names.index(one) for one in labels], dtype=np.int64)
    layers = _layers(number.reshape(-1) * len(names) + code, shapes, step)
    land = None if ground is None else snapped(ground, step)
    faces, rows, bent, slivers = _laid(layers, names, every, step, land, resolution_m)
    if bent:
        layers |= {one: _sound([layers[one]])[0] for one in bent}
        faces, rows, _, slivers = _laid(layers, names, every, step, land, resolution_m)
    if ground is None:
        kept = np.unique([row[1] for row in rows])
        rows = [(row[0], int(np.searchsorted(kept, row[1])), *row[2:]) for row in rows]
        faces = faces[kept]
    column = np.array(sorted(rows), dtype=np.int64).reshape(-1, 4)
    drawn = Drawn(names, every, every[column[:, 0]], *column[:, 1:].astype(np.int32).T)
    nobody = np.full(len(faces), NOBODY_SPEAKS, dtype=np.int32)
    method = {
        "method": "snapshots",
        "resolution_m": resolution_m,
        "grid_deg": step,
        "mended": len(bent),
        **slivers,
        **(notes or {}),
    }
    unit = np.arange(len(faces), dtype=np.int32)
    ids = [f"face-{row}" for row in range(len(faces))]
    return from_cells(faces, nobody, gazetteer, method, unit=unit, units=ids, proven=True), drawn


def _laid(
    layers: Mapping[int, BaseGeometry],
    names: Sequence[str],
    days: NDArray[np.datetime64],
    step: float,
    ground: BaseGeometry | None,
    resolution_m: float,
) -> tuple[Shapes, list[tuple[int, int, int, int]], set[int], dict[str, object]]:
    """Faces, changes, layers that run over themselves, and what became of slivers."""
    ends, walked = segments(list(layers.values()), step)
    faces, inner, slivers = faces_of(ends, ground, resolution_m)
    turns = _turns(inner, ends, walked, np.array(list(layers), dtype=np.int64), len(names), len(days))
    return faces, list(_changes(turns, faces, names, days, resolution_m)), _bent(turns, len(names)), slivers


def _layers(key: Index, shapes: Sequence[BaseGeometry | None], step: float) -> dict[int, BaseGeometry]:
    """The ground of each day and label on the grid, by key."""
    layers: dict[int, list[BaseGeometry]] = {}
    for one, shape in zip(key.tolist(), shapes, strict=True):
        if shape is None or shape.geom_type not in ("Polygon", "MultiPolygon"):
            found = "missing" if shape is None else f"a {shape.geom_type}"
            raise PartitionError(f"A dated shape must be a polygon, and one is {found}.")
        if not shape.is_empty:
            layers.setdefault(one, []).append(shape)
    if not layers:
        raise PartitionError("No dated shape has any ground.")
    laid = [own[0] if len(own) == 1 else shapely.union_all(_sound(own)) for _, own in sorted(layers.items())]
    return dict(zip(sorted(layers), snapped(np.array(laid, dtype=object), step).tolist(), strict=True))


def _sound(shapes: Sequence[BaseGeometry]) -> Shapes:
    made = shapely.make_valid(np.array(shapes, dtype=object), method="structure", keep_collapsed=False)
    return np.asarray(made, dtype=object)


def _turns(inner: Floats, ends: Floats, walked: tuple[Index, Index], keys: Index, labels: int, days: int) -> Index:
    """(n, 4) int64: face, label, day and by how much the winding number of a label's border around a face changes.

    A face is inside where it is wound round once: where the borders that a ray from it crosses go once more westward
    than eastward. From day to day few segments come or go, and only these are looked at.
    """
    layer, walk = walked
    day, label = np.divmod(keys[layer], labels)
    # A walk of label l on the days d1 < d2 ... counts from d1 and counts no more on the first day without it.
    width, walks = days + 1, 2 * len(ends)
    present = np.sort((label * walks + walk) * width + day)
    series, on = np.divmod(present[np.r_[True, present[1:] != present[:-1]]], width)
    starts = np.r_[True, (series[1:] != series[:-1]) | (on[1:] != on[:-1] + 1)]
    stops = np.r_[starts[1:], True]
    way = np.where(series % 2 == 0, 1, -1)
    turn = np.concatenate([on[starts], on[stops] + 1])
    live = turn < days
    by = np.concatenate([way[starts], -way[stops]])[live]
    series, turn = np.concatenate([series[starts], series[stops]])[live], turn[live]
    of_label, of_segment = series // walks, series % walks // 2
    face, crossed = crossings(inner, ends)
    order = np.argsort(crossed, kind="stable")
    first = np.searchsorted(crossed[order], np.arange(len(ends) + 1))
    count = first[of_segment + 1] - first[of_segment]
    turned = face[order][ranges(first[of_segment], count)]
    spot = (turned * labels + np.repeat(of_label, count)) * days + np.repeat(turn, count)
    order = np.argsort(spot)
    begins = np.flatnonzero(np.r_[True, spot[order[1:]] != spot[order[:-1]]])
    change = np.add.reduceat(np.repeat(by, count)[order], begins)
    rest, when = np.divmod(spot[order[begins]], days)
    turns = np.stack([*np.divmod(rest, labels), when, change], axis=1)
    return np.asarray(turns[change != 0])


def _bent(turns: Index, labels: int) -> set[int]:
    """Keys of the layers that wind round some face otherwise than once or not at all: no valid polygons."""
    face, label, day, by = turns.T
    total = np.cumsum(by)
    begins = np.flatnonzero(np.r_[True, (face[1:] != face[:-1]) | (label[1:] != label[:-1])])
    size = np.diff(np.append(begins, len(turns)))
    winding = total - np.repeat(np.r_[0, total][begins], size)
    wrong = (winding != 0) & (winding != 1)
    return set((day[wrong] * labels + label[wrong]).tolist())


def _changes(
    turns: Index, faces: Shapes, names: Sequence[str], days: NDArray[np.datetime64], resolution_m: float
) -> Iterable[tuple[int, int, int, int]]:
    """Day, face, label and label before of every change; two labels on one face are refused unless it is a sliver."""
    turns = turns[np.lexsort((turns[:, 2], turns[:, 0]))]
    begins = 1 + np.flatnonzero((turns[1:, [0, 2]] != turns[:-1, [0, 2]]).any(axis=1))
    winding: dict[int, int] = {}
    last, before = -1, UNDRAWN
    for own in np.split(turns, begins):
        face, day = int(own[0, 0]), int(own[0, 2])
        if face != last:
            last, before, winding = face, UNDRAWN, {}
        for _, label, _, by in own.tolist():
            winding[label] = winding.get(label, 0) + by
        inside = [label for label, times in winding.items() if times]
        if len(inside) > 1 and (km2 := area_km2(faces[face])) > max(LEAST_KM2, (resolution_m / 1000) ** 2):
            who = " and ".join(names[label] for label in sorted(inside))
            raise PartitionError(f"On {days[day]}, {who} share {km2:.6g} km2 of ground. Correct one of the shapes.")
        after = min(inside) if inside else UNDRAWN
        if after != before:
            yield day, face, after, before
        before = after
