"""Ground cut by dated front lines: each line parts it into a left and a right side, and the days are laid together."""

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
from territory.space.makers.snapshots import Drawn, from_snapshots
from territory.space.makers.units import NOBODY
from territory.space.partition import Partition
from territory.space.shapes import Floats, Shapes

ASIDE_DEG = 1e-7  # 1 cm: how far beside a line its sides are asked for
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
    gazetteer: Gazetteer = NOBODY,
) -> tuple[Partition, Drawn]:
    """The ground parted by each day's line into the side on its left and the side on its right.

    A line that ends inside the ground is led on to the nearest point of its edge, if that is not too far; ``method``
    says how many km were drawn in this way. Lines without a vertex are left out and counted.

    Parameters
    ----------
    days : sequence of days
        One for each line; several lines of one day part the ground together.
    lines : sequence of LineString or MultiLineString
        WGS 84, all walked in the same direction.
    left, right : str
        Who holds the ground on the left and on the right of a line as it is walked.
    ground : shapely.Polygon or MultiPolygon
    resolution_m : float
        As in ``from_snapshots``.
    farthest_km : float
        How far from the edge of the ground a line may end.
    gazetteer : Gazetteer

    Raises
    ------
    PartitionError
        Where a line ends too far inside, or does not part the ground: the day is named.
    """
    if left == right:
        raise PartitionError(f"Both sides of the lines are '{left}'; a line parts two.")
    by_day: dict[str, list[BaseGeometry]] = {}
    empty = 0
    for day, line in zip(days, lines, strict=True):
        if line.is_empty:
            empty += 1
        else:
            by_day.setdefault(str(np.datetime64(str(day), "D")), []).append(line)
    extended = 0.0
    when, shapes, labels = [], [], []
    for day, own in sorted(by_day.items()):
        drawn, added = _led_on(day, own, ground, farthest_km)
        extended += added
        for label, shape in zip((left, right), _parted(day, drawn, ground), strict=True):
            if not shape.is_empty:
                when.append(day)
                labels.append(label)
                shapes.append(shape)
    notes = {"method": "lines", "left": left, "right": right, "extended_km": round(extended, 3), "empty_lines": empty}
    return from_snapshots(
        when, shapes, labels, resolution_m=resolution_m, ground=ground, gazetteer=gazetteer, notes=notes
    )


def _led_on(day: str, lines: Sequence[BaseGeometry], ground: BaseGeometry, farthest_km: float) -> tuple[Shapes, float]:
    """The lines of a day, merged, with their loose ends led to the edge of the ground; and the km that this took."""
    merged = shapely.get_parts(shapely.line_merge(shapely.union_all([_only_lines(day, line) for line in lines])))
    edge, added = ground.boundary, 0.0
    found = []
    for line in _directed(merged, lines):
        xy = shapely.get_coordinates(line)
        for first in (True, False):
            end = shapely.Point(xy[0 if first else -1])
            if line.is_closed or not shapely.intersects(ground, end):
                continue
            way = shapely.get_coordinates(shapely.shortest_line(end, edge))
            km = float(GEOD.line_length(*way.T)) / 1000.0
            if km > farthest_km:
                raise PartitionError(
                    f"The line of {day} ends {km:.0f} km inside the ground, at {end.x:.4f}, {end.y:.4f}; at most "
                    f"{farthest_km:g} km are drawn on. Complete the line, or make the extent smaller."
                )
            added += km
            beyond = way[1] + (way[1] - way[0]) * 1e-6  # a trifle past the edge, so that it is surely crossed
            xy = np.concatenate([[beyond], xy]) if first else np.concatenate([xy, [beyond]])
        found.append(shapely.LineString(xy))
    return np.array(found, dtype=object), added


def _only_lines(day: str, line: BaseGeometry) -> BaseGeometry:
    if line.geom_type not in ("LineString", "MultiLineString"):
        raise PartitionError(f"On {day} there is a {line.geom_type} where a line was wanted.")
    return line


def _directed(merged: Shapes, lines: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Merging may turn lines round: turn them back, so that their left stays their left."""
    steps = shapely.get_coordinates(shapely.get_parts(np.array(lines, dtype=object))[0])[:2]
    turned = []
    for line in merged:
        given = [one for one in shapely.get_parts(np.array(lines, dtype=object)) if shapely.covers(line, one)]
        start, stop = shapely.get_coordinates(given[0])[:2] if given else steps
        along = line.project(shapely.Point(start)) <= line.project(shapely.Point(stop))
        turned.append(line if along else line.reverse())
    return turned


def _parted(day: str, lines: Shapes, ground: BaseGeometry) -> tuple[BaseGeometry, BaseGeometry]:
    """The ground on the left of the lines and on their right: each face goes the way that most of its border says."""
    noded = shapely.union_all([ground.boundary, *lines])
    faces = np.asarray(shapely.get_parts(shapely.polygonize(shapely.get_parts(noded))), dtype=object)
    faces = faces[shapely.intersects(ground, shapely.point_on_surface(faces))]
    votes = np.zeros(len(faces))
    tree = shapely.STRtree(faces)
    for line in lines:
        middle, aside, length = _beside(line, noded)
        for sign in (1.0, -1.0):
            step, face = tree.query(shapely.points(middle + sign * aside), predicate="within")
            np.add.at(votes, face, sign * length[step])
    for face in np.flatnonzero(votes == 0).tolist():  # an island that no line touches
        votes[face] = _side_of(faces[face], lines)
    if (votes > 0).all() or (votes < 0).all():
        raise PartitionError(f"The line of {day} does not part the ground: all of it lies on one side.")
    return shapely.coverage_union_all(faces[votes > 0]), shapely.coverage_union_all(faces[votes < 0])


def _beside(line: shapely.LineString, noded: BaseGeometry) -> tuple[Floats, Floats, NDArray[np.float64]]:
    """Of the noded steps of a line: the middle, a short way to the left of it, and the length."""
    split = shapely.get_parts(shapely.intersection(line, noded))
    split = split[shapely.get_type_id(split) == shapely.GeometryType.LINESTRING]
    xy, part = shapely.get_coordinates(split, return_index=True)
    same = part[1:] == part[:-1]
    start, stop = xy[:-1][same], xy[1:][same]
    turned = shapely.line_locate_point(line, shapely.points(start)) > shapely.line_locate_point(
        line, shapely.points(stop)
    )
    way = np.where(turned[:, None], start - stop, stop - start)
    length = np.hypot(*way.T)
    left = np.stack([-way[:, 1], way[:, 0]], axis=1) / length[:, None] * ASIDE_DEG
    return (start + stop) / 2, left, length


def _side_of(face: BaseGeometry, lines: Shapes) -> float:
    """1 where a face lies on the left of the nearest line, -1 on the right."""
    point = face.representative_point()
    line = lines[int(np.argmin(shapely.distance(lines, point)))]
    at = line.project(point)
    here, there = line.interpolate(max(at - ASIDE_DEG, 0)), line.interpolate(at + ASIDE_DEG)
    cross = (there.x - here.x) * (point.y - here.y) - (there.y - here.y) * (point.x - here.x)
    return 1.0 if cross > 0 else -1.0
