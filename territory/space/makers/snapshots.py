"""Partition from dated polygons, such as another map day by day: the faces between all their borders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from territory._util.brief import Brief
from territory._util.ragged import ranges
from territory.errors import PartitionError
from territory.records.gazetteer import Gazetteer
from territory.space.geodesic import area_km2
from territory.space.makers._arrangement import crossings, faces_of, grid_step, segments, snapped
from territory.space.makers.units import LEAST_KM2, NO_PLACES
from territory.space.partition import NO_PLACE, Partition, from_cells
from territory.space.shapes import Floats, Shapes

NO_LABEL = -1
Index = NDArray[np.int64]


@dataclass(frozen=True, repr=False)
class MapSeries(Brief):
    """Labels of cells in a series of maps, as a list of changes.

    Parameters
    ----------
    labels : tuple of str
        Distinct labels of the polygons, sorted.
    days : (map,) datetime64[D]
        Days for which there is a map, ascending. A map holds until the next one.
    day : (change,) datetime64[D]
        Ascending.
    cell : (change,) int32
    label, prev : (change,) int32
        Row of ``labels`` after and before; -1 where no polygon covers the cell.
    """

    labels: tuple[str, ...]
    days: NDArray[np.datetime64]
    day: NDArray[np.datetime64]
    cell: NDArray[np.int32]
    label: NDArray[np.int32]
    prev: NDArray[np.int32]

    def state(self, day: np.datetime64 | date | str, cells: int) -> NDArray[np.int32]:
        """Label of every cell on a day.

        Parameters
        ----------
        day : datetime64, date or str
        cells : int
            Number of cells.

        Returns
        -------
        (cell,) int32
            Row of ``labels``; -1 where no polygon covers the cell.
        """
        stop = int(np.searchsorted(self.day, np.datetime64(str(day), "D"), side="right"))
        state = np.full(cells, NO_LABEL, dtype=np.int32)
        state[self.cell[:stop]] = self.label[:stop]
        return state


def from_snapshots(
    days: Sequence[np.datetime64 | date | str],
    shapes: Sequence[BaseGeometry | None],
    labels: Sequence[str],
    *,
    resolution_m: float,
    ground: BaseGeometry | None = None,
    gazetteer: Gazetteer = NO_PLACES,
    notes: Mapping[str, object] | None = None,
) -> tuple[Partition, MapSeries]:
    """Partition into cells that no border of any day crosses, and the label of each cell on each day.

    Vertices are rounded to a grid of at most ``resolution_m``, equal segments of different days become one, all are
    noded together, and each face gets its label on each day. So every day is reproduced exactly, except for slivers:
    faces narrower than the resolution are merged into the neighbour with the longest common border, and ``method``
    counts them and their km2.

    Parameters
    ----------
    days : sequence of days
        One for each shape; shapes of one day and label are united.
    shapes : sequence of Polygon or MultiPolygon
        WGS 84.
    labels : sequence of str
        Who holds each shape.
    resolution_m : float
        Differences between maps that are smaller than this, m, do not count. There is no default, since it depends on
        the maps.
    ground : shapely geometry, optional
        Land to which all is clipped; without it, all ground that is ever inside a polygon.
    gazetteer : Gazetteer
    notes : mapping, optional
        Further entries of the partition's ``method``.

    Returns
    -------
    Partition
    MapSeries

    Raises
    ------
    PartitionError
        Where a shape is no polygon, or two labels overlap on one day: day, labels and km2.
    """
    if not len(days) == len(shapes) == len(labels):
        raise PartitionError(
            f"There are {len(days)} days, {len(shapes)} shapes and {len(labels)} labels; give as many of each."
        )
    step = grid_step(resolution_m)
    names = tuple(sorted(set(labels)))
    every, number = np.unique(np.array([np.datetime64(str(day), "D") for day in days]), return_inverse=True)
    code = np.array([names.index(label) for label in labels], dtype=np.int64)
    layers = _layers(number.reshape(-1) * len(names) + code, shapes, step)
    land = None if ground is None else snapped(ground, step)
    faces, rows, overlapping, slivers = _overlay(layers, names, every, step, land, resolution_m)
    if overlapping:
        layers |= {key: _make_valid([layers[key]])[0] for key in overlapping}
        faces, rows, _, slivers = _overlay(layers, names, every, step, land, resolution_m)
    if ground is None:
        kept = np.unique([row[1] for row in rows])
        rows = [(row[0], int(np.searchsorted(kept, row[1])), *row[2:]) for row in rows]
        faces = faces[kept]
    column = np.array(sorted(rows), dtype=np.int64).reshape(-1, 4)
    series = MapSeries(names, every, every[column[:, 0]], *column[:, 1:].astype(np.int32).T)
    place = np.full(len(faces), NO_PLACE, dtype=np.int32)
    method = {
        "method": "snapshots",
        "resolution_m": resolution_m,
        "grid_deg": step,
        "mended": len(overlapping),
        **slivers,
        **(notes or {}),
    }
    unit = np.arange(len(faces), dtype=np.int32)
    ids = [f"face-{row}" for row in range(len(faces))]
    return from_cells(faces, place, gazetteer, method, unit=unit, units=ids, proven=True), series


def _overlay(
    layers: Mapping[int, BaseGeometry],
    names: Sequence[str],
    days: NDArray[np.datetime64],
    step: float,
    ground: BaseGeometry | None,
    resolution_m: float,
) -> tuple[Shapes, list[tuple[int, int, int, int]], set[int], dict[str, object]]:
    """Faces, changes, keys of layers that overlap themselves, and counts of slivers."""
    ends, directed = segments(list(layers.values()), step)
    faces, inner, slivers = faces_of(ends, ground, resolution_m)
    keys = np.array(list(layers), dtype=np.int64)
    winding_changes = _winding_changes(inner, ends, directed, keys, len(names), len(days))
    changes = list(_changes(winding_changes, faces, names, days, resolution_m))
    return faces, changes, _self_overlapping(winding_changes, len(names)), slivers


def _layers(key: Index, shapes: Sequence[BaseGeometry | None], step: float) -> dict[int, BaseGeometry]:
    """The ground of each day and label on the grid; the key is ``day * labels + label``."""
    by_key: dict[int, list[BaseGeometry]] = {}
    for layer, shape in zip(key.tolist(), shapes, strict=True):
        if shape is None or shape.geom_type not in ("Polygon", "MultiPolygon"):
            found = "missing" if shape is None else f"a {shape.geom_type}"
            raise PartitionError(f"A dated shape must be a polygon, and one is {found}. Correct it or leave it out.")
        if not shape.is_empty:
            by_key.setdefault(layer, []).append(shape)
    if not by_key:
        raise PartitionError("All dated shapes are empty; give one polygon at least.")
    united = [own[0] if len(own) == 1 else shapely.union_all(_make_valid(own)) for _, own in sorted(by_key.items())]
    return dict(zip(sorted(by_key), snapped(np.array(united, dtype=object), step).tolist(), strict=True))


def _make_valid(shapes: Sequence[BaseGeometry]) -> Shapes:
    valid = shapely.make_valid(np.array(shapes, dtype=object), method="structure", keep_collapsed=False)
    return np.asarray(valid, dtype=object)


def _winding_changes(
    inner: Floats, ends: Floats, directed: tuple[Index, Index], keys: Index, labels: int, days: int
) -> Index:
    """(n, 4) int64: face, label, day, and change of the winding number of the label's border around the face.

    A face lies inside where the winding number is 1: of the borders that a ray from it crosses, one more runs westward
    than eastward. From day to day few segments come or go, and only these are looked at.
    """
    layer, segment = directed
    day, label = np.divmod(keys[layer], labels)
    # A directed segment of a label that is present on days d1 to d2 counts from d1, and is taken off on d2 + 1.
    width, count_of_segments = days + 1, 2 * len(ends)
    present = np.sort((label * count_of_segments + segment) * width + day)
    series, on = np.divmod(present[np.r_[True, present[1:] != present[:-1]]], width)
    starts = np.r_[True, (series[1:] != series[:-1]) | (on[1:] != on[:-1] + 1)]
    stops = np.r_[starts[1:], True]
    sign = np.where(series % 2 == 0, 1, -1)
    when = np.concatenate([on[starts], on[stops] + 1])
    in_period = when < days
    by = np.concatenate([sign[starts], -sign[stops]])[in_period]
    series, when = np.concatenate([series[starts], series[stops]])[in_period], when[in_period]
    of_label, of_segment = series // count_of_segments, series % count_of_segments // 2
    face, crossed = crossings(inner, ends)
    order = np.argsort(crossed, kind="stable")
    first = np.searchsorted(crossed[order], np.arange(len(ends) + 1))
    count = first[of_segment + 1] - first[of_segment]
    changed = face[order][ranges(first[of_segment], count)]
    key = (changed * labels + np.repeat(of_label, count)) * days + np.repeat(when, count)
    order = np.argsort(key)
    begins = np.flatnonzero(np.r_[True, key[order[1:]] != key[order[:-1]]])
    change = np.add.reduceat(np.repeat(by, count)[order], begins)
    face_label, day = np.divmod(key[order[begins]], days)
    changes = np.stack([*np.divmod(face_label, labels), day, change], axis=1)
    return np.asarray(changes[change != 0])


def _self_overlapping(winding_changes: Index, labels: int) -> set[int]:
    """Keys of the layers whose winding number around some face is neither 0 nor 1: they overlap themselves."""
    face, label, day, by = winding_changes.T
    total = np.cumsum(by)
    begins = np.flatnonzero(np.r_[True, (face[1:] != face[:-1]) | (label[1:] != label[:-1])])
    size = np.diff(np.append(begins, len(winding_changes)))
    winding = total - np.repeat(np.r_[0, total][begins], size)
    wrong = (winding != 0) & (winding != 1)
    return set((day[wrong] * labels + label[wrong]).tolist())


def _changes(
    winding_changes: Index, faces: Shapes, names: Sequence[str], days: NDArray[np.datetime64], resolution_m: float
) -> Iterable[tuple[int, int, int, int]]:
    """Day, face, label and previous label of every change.

    Two labels on one face raise PartitionError, unless the face is about as small as the resolution.
    """
    winding_changes = winding_changes[np.lexsort((winding_changes[:, 2], winding_changes[:, 0]))]
    begins = 1 + np.flatnonzero((winding_changes[1:, [0, 2]] != winding_changes[:-1, [0, 2]]).any(axis=1))
    winding: dict[int, int] = {}
    last, before = -1, NO_LABEL
    for own in np.split(winding_changes, begins):
        face, day = int(own[0, 0]), int(own[0, 2])
        if face != last:
            last, before, winding = face, NO_LABEL, {}
        for _, label, _, by in own.tolist():
            winding[label] = winding.get(label, 0) + by
        inside = [label for label, number in winding.items() if number]
        if len(inside) > 1 and (km2 := area_km2(faces[face])) > max(LEAST_KM2, (resolution_m / 1000) ** 2):
            who = " and ".join(names[label] for label in sorted(inside))
            raise PartitionError(f"On {days[day]}, {who} overlap by {km2:.6g} km2. Correct one of the shapes.")
        after = min(inside) if inside else NO_LABEL
        if after != before:
            yield day, face, after, before
        before = after
