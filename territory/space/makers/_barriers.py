"""What stops a cell: rivers, lakes and the coast, and the ground that each place can get to without crossing them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from territory.space.makers._faces import SNAP_M, faces_between, steps_of, voronoi
from territory.space.shapes import Floats, Shapes, points

NOBODY = -1
LEAST_M2 = 1.0  # rests smaller than this are left to rounding
SEGMENTS = 24


class Barriers:
    """Barriers among points, in a projection in metres.

    Parameters
    ----------
    xy : (point, 2) float64
    walls : sequence of shapely geometries
        Lines, and polygons of water.
    ground : shapely geometry
        Its edge is a barrier too: nobody walks over the sea, or beyond what is mapped.
    reach : float
        How far a point speaks, m; infinite for as far as its own side goes.
    """

    def __init__(self, xy: Floats, walls: Sequence[BaseGeometry], ground: BaseGeometry, reach: float) -> None:
        self.xy, self.reach, self.ground = xy, reach, ground
        edges = [wall.boundary if wall.area > 0 else wall for wall in walls]
        self.lines = list(shapely.get_parts(shapely.union_all(edges))) if edges else []
        every = [*self.lines, *shapely.get_parts(ground.boundary)]
        self.steps = np.concatenate([steps_of(shapely.get_coordinates(line)) for line in every])
        self.tree = shapely.STRtree(self.steps)
        self.places = shapely.STRtree(points(xy))
        self._known: dict[int, BaseGeometry | None] = {}
        self._sides: Shapes | None = None

    def settle(
        self, faces: Shapes, speaker: NDArray[np.int64], fixed: NDArray[np.bool_], ground: BaseGeometry
    ) -> tuple[Shapes, NDArray[np.int64]]:
        """Give the faces that their speaker cannot get to, to those who can.

        Parameters
        ----------
        faces : (face,) array of Polygon
            Cut along the barriers already, so that each lies on one side.
        speaker : (face,) int64
            The nearest point; -1 for none in reach.
        fixed : (face,) bool
            Faces that stay as they are.
        ground : shapely geometry
        """
        inner = shapely.point_on_surface(faces)
        cut_off = [
            face
            for face in np.flatnonzero(~fixed & (speaker >= 0)).tolist()
            if not self._gets_to(int(speaker[face]), inner[face])
        ]
        if not cut_off:
            return faces, speaker
        pieces = [piece for face in cut_off for piece in self._share(faces[face], self._around(faces[face]))]
        kept = np.setdiff1d(np.arange(len(faces)), cut_off)
        whole = np.concatenate([faces[kept], np.array([shape for shape, _ in pieces], dtype=object)])
        who = np.concatenate([speaker[kept], np.array([one for _, one in pieces], dtype=np.int64)])
        again = faces_between([*shapely.boundary(faces), *shapely.boundary(whole)], ground)
        pair = shapely.STRtree(whole).query_nearest(shapely.point_on_surface(again), all_matches=False)
        found = np.full(len(again), NOBODY, dtype=np.int64)
        found[pair[0]] = who[pair[1]]
        return again, found

    def _gets_to(self, point: int, at: BaseGeometry) -> bool:
        own = self._ground(point)
        return own is None or bool(shapely.intersects(own, at))

    def _around(self, face: BaseGeometry) -> list[int]:
        """Points that may speak for some of a face."""
        if np.isfinite(self.reach):
            near = self.places.query(face, predicate="dwithin", distance=self.reach)
            return [point for point in near.tolist() if self._gets_to(point, face)]
        at = shapely.point_on_surface(face)  # the whole face lies on one side
        return [point for point in range(len(self.xy)) if self._gets_to(point, at)]

    def _share(self, face: BaseGeometry, who: list[int]) -> list[tuple[BaseGeometry, int]]:
        """A face shared among points: each spot to the nearest of those that can get to it."""
        if not who:
            return [(face, NOBODY)]
        near = voronoi(self.xy[who], face)
        shared: list[tuple[BaseGeometry, int]] = []
        for point, cell in zip(who, near, strict=True):
            mine = shapely.intersection(cell, face)
            own = self._ground(point) or points(self.xy[[point]])[0].buffer(self.reach, quad_segs=SEGMENTS)
            shared += [(part, point) for part in _polygons(shapely.intersection(mine, own))]
            others = [one for one in who if one != point]
            for rest in _polygons(shapely.difference(mine, own)):
                shared += self._share(rest, others)
        return shared

    def _ground(self, point: int) -> BaseGeometry | None:
        """The ground that a point gets to; None where no barrier is near it, so that only distance counts."""
        if point not in self._known:
            self._known[point] = self._found(point)
        return self._known[point]

    def _found(self, point: int) -> BaseGeometry | None:
        at = points(self.xy[[point]])[0]
        if np.isfinite(self.reach):
            near = self.tree.query(at, predicate="dwithin", distance=self.reach)
            if len(near) == 0:
                return None
            frame = shapely.intersection(at.buffer(self.reach, quad_segs=SEGMENTS), self.ground)
            sides = _sides(frame, self.steps[near])
        else:
            sides = self._all_sides()
        own = sides[shapely.distance(sides, at) <= SNAP_M]
        return shapely.union_all(own)

    def _all_sides(self) -> Shapes:
        if self._sides is None:
            self._sides = _sides(self.ground, self.steps)
        return self._sides


def _sides(frame: BaseGeometry, steps: Shapes) -> Shapes:
    """The parts into which lines cut a frame; a line that ends inside parts nothing."""
    noded = shapely.union_all([frame.boundary, *steps])
    parts = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    return np.asarray(parts[shapely.intersects(frame, shapely.point_on_surface(parts))], dtype=object)


def _polygons(shape: BaseGeometry) -> list[BaseGeometry]:
    return [part for part in shapely.get_parts(shape).tolist() if part.area > LEAST_M2]


def dissolved(
    faces: Shapes, speaker: NDArray[np.int64], inner: NDArray[np.bool_], fixed: NDArray[np.bool_]
) -> tuple[Shapes, NDArray[np.int64]]:
    """Neighbouring faces of one speaker made one, but for fixed ones.

    A barrier that both sides can walk round parts nothing, nor does an edge that the Voronoi diagram has too many.
    """
    group = speaker * 2 + inner
    keys, size = np.unique(group[~fixed], return_counts=True)
    several = keys[size > 1]
    apart = fixed | ~np.isin(group, several)
    shapes: list[BaseGeometry] = []
    who: list[int] = []
    for key in several:
        parts = shapely.get_parts(shapely.coverage_union_all(faces[(group == key) & ~fixed]))
        shapes += list(parts)
        who += [int(key) // 2] * len(parts)
    joined = np.array(shapes, dtype=object)
    return np.concatenate([faces[apart], joined]), np.concatenate([speaker[apart], np.array(who, dtype=np.int64)])
