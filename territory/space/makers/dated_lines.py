"""Partition from dated front lines: each day's line divides the ground into a left and a right side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from territory.errors import PartitionError
from territory.records.gazetteer import Gazetteer
from territory.space.geodesic import GEOD
from territory.space.makers.snapshots import MapSeries, from_snapshots
from territory.space.makers.units import NO_PLACES
from territory.space.partition import Partition
from territory.space.shapes import Floats, Shapes

_OFFSET_DEG = 1e-7  # 1 cm: how far from a line the face on either side is looked up
FARTHEST_KM = 50.0


def from_lines(
    days: Sequence[np.datetime64 | date | str],
    lines: Sequence[BaseGeometry],
    left: str,
    right: str,
    *,
    ground: BaseGeometry,
    resolution_m: float,
    farthest_km: float = FARTHEST_KM,
    gazetteer: Gazetteer = NO_PLACES,
) -> tuple[Partition, MapSeries]:
    """Partition of the ground by dated front lines, and who held each cell on each day.

    A line that ends inside the ground is extended to the nearest point of its edge, if that is not too far; ``method``
    says how many km were added. Empty lines are left out and counted.

    Parameters
    ----------
    days : sequence of days
        One for each line; several lines of one day divide the ground together.
    lines : sequence of LineString or MultiLineString
        WGS 84, all in the same direction.
    left, right : str
        Who holds the ground on the left and on the right of a line, seen from its start.
    ground : shapely.Polygon or MultiPolygon
        WGS 84.
    resolution_m : float
        As in ``from_snapshots``.
    farthest_km : float
        How far from the edge of the ground a line may end, km.
    gazetteer : Gazetteer

    Returns
    -------
    Partition
    MapSeries

    Raises
    ------
    PartitionError
        Where a line ends too far inside, or does not divide the ground: the day is named.
    """
    if left == right:
        raise PartitionError(f"Both sides of the lines are '{left}'; name two different actors.")
    by_day: dict[str, list[BaseGeometry]] = {}
    empty = 0
    for day, line in zip(days, lines, strict=True):
        if line.is_empty:
            empty += 1
        else:
            by_day.setdefault(str(np.datetime64(str(day), "D")), []).append(line)
    extended_km = 0.0
    shape_days, shapes, labels = [], [], []
    for day, lines_of_day in sorted(by_day.items()):
        extended, added_km = _extended(day, lines_of_day, ground, farthest_km)
        extended_km += added_km
        for label, shape in zip((left, right), _sides(day, extended, ground), strict=True):
            if not shape.is_empty:
                shape_days.append(day)
                labels.append(label)
                shapes.append(shape)
    notes: dict[str, object] = {"method": "lines", "left": left, "right": right}
    notes |= {"extended_km": round(extended_km, 3), "empty_lines": empty}
    return from_snapshots(
        shape_days, shapes, labels, resolution_m=resolution_m, ground=ground, gazetteer=gazetteer, notes=notes
    )


def _extended(
    day: str, lines: Sequence[BaseGeometry], ground: BaseGeometry, farthest_km: float
) -> tuple[Shapes, float]:
    """The lines of a day, merged, with their loose ends extended to the edge of the ground; and the km added."""
    merged = shapely.get_parts(shapely.line_merge(shapely.union_all([_only_lines(day, line) for line in lines])))
    edge, added = ground.boundary, 0.0
    found = []
    for line in _directed(merged, lines):
        xy = shapely.get_coordinates(line)
        for first in (True, False):
            end = shapely.Point(xy[0 if first else -1])
            if line.is_closed or not shapely.intersects(ground, end):
                continue
            shortest = shapely.get_coordinates(shapely.shortest_line(end, edge))
            km = float(GEOD.line_length(*shortest.T)) / 1000.0
            if km > farthest_km:
                raise PartitionError(
                    f"The line of {day} ends {km:.0f} km inside the ground, at {end.x:.4f}, {end.y:.4f}; at most "
                    f"{farthest_km:g} km are added. Complete the line, or make the extent smaller."
                )
            added += km
            beyond = shortest[1] + (shortest[1] - shortest[0]) * 1e-6  # slightly past the edge, so that it is crossed
            xy = np.concatenate([[beyond], xy]) if first else np.concatenate([xy, [beyond]])
        found.append(shapely.LineString(xy))
    return np.array(found, dtype=object), added


def _only_lines(day: str, line: BaseGeometry) -> BaseGeometry:
    if line.geom_type not in ("LineString", "MultiLineString"):
        raise PartitionError(f"On {day} there is a {line.geom_type}; give a LineString or MultiLineString.")
    return line


def _directed(merged: Shapes, lines: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Merged lines in the direction of the given ones, since merging may reverse them."""
    parts = shapely.get_parts(np.array(lines, dtype=object))
    directed = []
    for line in merged:
        covered = [part for part in parts if shapely.covers(line, part)]
        start, stop = shapely.get_coordinates(covered[0] if covered else parts[0])[:2]
        along = line.project(shapely.Point(start)) <= line.project(shapely.Point(stop))
        directed.append(line if along else line.reverse())
    return directed


def _sides(day: str, lines: Shapes, ground: BaseGeometry) -> tuple[BaseGeometry, BaseGeometry]:
    """The ground left and right of the lines: each face goes to the side on which most of its border is."""
    noded = shapely.union_all([ground.boundary, *lines])
    faces = np.asarray(shapely.get_parts(shapely.polygonize(shapely.get_parts(noded))), dtype=object)
    faces = faces[shapely.intersects(ground, shapely.point_on_surface(faces))]
    leftness = np.zeros(len(faces))  # length of border with the face on its left, less that on its right
    tree = shapely.STRtree(faces)
    for line in lines:
        middle, offset, length = _left_offsets(line, noded)
        for sign in (1.0, -1.0):
            segment, face = tree.query(shapely.points(middle + sign * offset), predicate="within")
            np.add.at(leftness, face, sign * length[segment])
    for face in np.flatnonzero(leftness == 0).tolist():  # an island that no line touches
        leftness[face] = _side_of(faces[face], lines)
    if (leftness > 0).all() or (leftness < 0).all():
        raise PartitionError(
            f"The line of {day} does not divide the ground: all of it lies on one side. Make the line longer, or leave "
            "the day out."
        )
    return shapely.coverage_union_all(faces[leftness > 0]), shapely.coverage_union_all(faces[leftness < 0])


def _left_offsets(line: shapely.LineString, noded: BaseGeometry) -> tuple[Floats, Floats, NDArray[np.float64]]:
    """Midpoint, short offset to the left, and length of each noded segment of a line."""
    split = shapely.get_parts(shapely.intersection(line, noded))
    split = split[shapely.get_type_id(split) == shapely.GeometryType.LINESTRING]
    xy, part = shapely.get_coordinates(split, return_index=True)
    same = part[1:] == part[:-1]
    start, stop = xy[:-1][same], xy[1:][same]
    from_start, from_stop = (shapely.line_locate_point(line, shapely.points(ends)) for ends in (start, stop))
    direction = np.where((from_start > from_stop)[:, None], start - stop, stop - start)
    length = np.hypot(*direction.T)
    left = np.stack([-direction[:, 1], direction[:, 0]], axis=1) / length[:, None] * _OFFSET_DEG
    return (start + stop) / 2, left, length


def _side_of(face: BaseGeometry, lines: Shapes) -> float:
    """1 where a face lies on the left of the nearest line, -1 on the right."""
    point = face.representative_point()
    line = lines[int(np.argmin(shapely.distance(lines, point)))]
    at = line.project(point)
    here, there = line.interpolate(max(at - _OFFSET_DEG, 0)), line.interpolate(at + _OFFSET_DEG)
    cross = (there.x - here.x) * (point.y - here.y) - (there.y - here.y) * (point.x - here.x)
    return 1.0 if cross > 0 else -1.0
