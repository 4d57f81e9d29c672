"""Barriers between places and ground (rivers, lakes, the coast), and the ground within reach of each place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from territory.space.makers._faces import SNAP_M, faces_between, segments_of, voronoi
from territory.space.shapes import Floats, Shapes, points

NO_POINT = -1
_LEAST_M2 = 1.0  # smaller pieces come from rounding
_QUAD_SEGS = 24


class Barriers:
    """Barriers among points, and what each point can reach; in a projection in metres.

    Parameters
    ----------
    xy : (point, 2) float64
    obstacles : sequence of shapely geometries
        Lines, and polygons of water.
    ground : shapely geometry
        Its edge is a barrier too, so that no cell reaches over the sea or beyond the map.
    radius : float
        How far the ground of a point extends, m; may be infinite.
    """

    def __init__(self, xy: Floats, obstacles: Sequence[BaseGeometry], ground: BaseGeometry, radius: float) -> None:
        self.xy, self.radius, self.ground = xy, radius, ground
        edges = [shape.boundary if shape.area > 0 else shape for shape in obstacles]
        self.lines = list(shapely.get_parts(shapely.union_all(edges))) if edges else []
        every = [*self.lines, *shapely.get_parts(ground.boundary)]
        self.segments = np.concatenate([segments_of(shapely.get_coordinates(line)) for line in every])
        self.tree = shapely.STRtree(self.segments)
        self.points = shapely.STRtree(points(xy))
        self._reachable: dict[int, BaseGeometry | None] = {}
        self._parts: Shapes | None = None

    def reassign(
        self, faces: Shapes, point: NDArray[np.int64], fixed: NDArray[np.bool_], ground: BaseGeometry
    ) -> tuple[Shapes, NDArray[np.int64]]:
        """Reassign faces that their point cannot reach to the nearest points that can, cutting them where needed.

        Parameters
        ----------
        faces : (face,) array of Polygon
            Already cut along the barriers, so that no barrier crosses one.
        point : (face,) int64
            The nearest point; -1 for none within the radius.
        fixed : (face,) bool
            Faces that stay as they are.
        ground : shapely geometry

        Returns
        -------
        (n,) array of Polygon
            The faces, with those that were cut replaced by their pieces.
        (n,) int64
            The nearest point that can reach each; -1 for none.
        """
        inner = shapely.point_on_surface(faces)
        cut_off = [
            face
            for face in np.flatnonzero(~fixed & (point >= 0)).tolist()
            if not self._reaches(int(point[face]), inner[face])
        ]
        if not cut_off:
            return faces, point
        pieces = [piece for face in cut_off for piece in self._divide(faces[face], self._candidates(faces[face]))]
        kept = np.setdiff1d(np.arange(len(faces)), cut_off)
        shapes = np.concatenate([faces[kept], np.array([shape for shape, _ in pieces], dtype=object)])
        nearest = np.concatenate([point[kept], np.array([near for _, near in pieces], dtype=np.int64)])
        noded = faces_between([*shapely.boundary(faces), *shapely.boundary(shapes)], ground)
        pair = shapely.STRtree(shapes).query_nearest(shapely.point_on_surface(noded), all_matches=False)
        found = np.full(len(noded), NO_POINT, dtype=np.int64)
        found[pair[0]] = nearest[pair[1]]
        return noded, found

    def _reaches(self, point: int, shape: BaseGeometry) -> bool:
        """Whether a point can reach some of a shape."""
        reachable = self._reachable_from(point)
        return reachable is None or bool(shapely.intersects(reachable, shape))

    def _candidates(self, face: BaseGeometry) -> list[int]:
        """Points that can reach some of a face."""
        if np.isfinite(self.radius):
            near = self.points.query(face, predicate="dwithin", distance=self.radius)
            return [point for point in near.tolist() if self._reaches(point, face)]
        inner = shapely.point_on_surface(face)  # no barrier crosses a face, so one point of it is enough
        return [point for point in range(len(self.xy)) if self._reaches(point, inner)]

    def _divide(self, face: BaseGeometry, candidates: list[int]) -> list[tuple[BaseGeometry, int]]:
        """Pieces of a face, each with the nearest of the candidates that can reach it; -1 for none."""
        if not candidates:
            return [(face, NO_POINT)]
        cells = voronoi(self.xy[candidates], face)
        pieces: list[tuple[BaseGeometry, int]] = []
        for point, cell in zip(candidates, cells, strict=True):
            nearest = shapely.intersection(cell, face)
            reachable = self._reachable_from(point) or self._disc(point)
            pieces += [(part, point) for part in _polygons(shapely.intersection(nearest, reachable))]
            others = [other for other in candidates if other != point]
            for rest in _polygons(shapely.difference(nearest, reachable)):
                pieces += self._divide(rest, others)
        return pieces

    def _reachable_from(self, point: int) -> BaseGeometry | None:
        """Ground that a point can reach within the radius; None where no barrier is near, so that it is a disc."""
        if point not in self._reachable:
            self._reachable[point] = self._find_reachable(point)
        return self._reachable[point]

    def _disc(self, point: int) -> BaseGeometry:
        """Disc of the radius around a point."""
        disc: BaseGeometry = points(self.xy[[point]])[0].buffer(self.radius, quad_segs=_QUAD_SEGS)
        return disc

    def _find_reachable(self, point: int) -> BaseGeometry | None:
        """Parts of the disc, or of all ground, that touch the point and that no barrier crosses."""
        at = points(self.xy[[point]])[0]
        if np.isfinite(self.radius):
            near = self.tree.query(at, predicate="dwithin", distance=self.radius)
            if len(near) == 0:
                return None
            disc = shapely.intersection(self._disc(point), self.ground)
            parts = _divided(disc, self.segments[near])
        else:
            if self._parts is None:
                self._parts = _divided(self.ground, self.segments)
            parts = self._parts
        return shapely.union_all(parts[shapely.distance(parts, at) <= SNAP_M])


def _divided(shape: BaseGeometry, segments: Shapes) -> Shapes:
    """The parts into which lines divide a polygon; a line that ends inside divides nothing."""
    noded = shapely.union_all([shape.boundary, *segments])
    parts = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    return np.asarray(parts[shapely.intersects(shape, shapely.point_on_surface(parts))], dtype=object)


def _polygons(shape: BaseGeometry) -> list[BaseGeometry]:
    return [part for part in shapely.get_parts(shape).tolist() if part.area > _LEAST_M2]


def dissolve(
    faces: Shapes, point: NDArray[np.int64], inner: NDArray[np.bool_], fixed: NDArray[np.bool_]
) -> tuple[Shapes, NDArray[np.int64]]:
    """Dissolve adjacent faces of the same point, so that only needed borders stay.

    A barrier with the same point on both sides divides nothing, nor does a superfluous edge of the Voronoi diagram.

    Parameters
    ----------
    faces : (face,) array of Polygon
    point : (face,) int64
        The point that each belongs to; -1 for none.
    inner : (face,) bool
        Inner and outer faces of one point are kept apart.
    fixed : (face,) bool
        Faces that stay as they are.

    Returns
    -------
    (n,) array of Polygon
    (n,) int64
        The point that each belongs to.
    """
    group = point * 2 + inner
    keys, size = np.unique(group[~fixed], return_counts=True)
    several = keys[size > 1]
    apart = fixed | ~np.isin(group, several)
    shapes: list[BaseGeometry] = []
    owner: list[int] = []
    for key in several:
        parts = shapely.get_parts(shapely.coverage_union_all(faces[(group == key) & ~fixed]))
        shapes += list(parts)
        owner += [int(key) // 2] * len(parts)
    joined = np.array(shapes, dtype=object)
    return np.concatenate([faces[apart], joined]), np.concatenate([point[apart], np.array(owner, dtype=np.int64)])
