"""Hypothesis strategies: coverages, control of cells, and events of all kinds."""

from __future__ import annotations

import numpy as np
import shapely
from hypothesis import strategies as st
from numpy.typing import NDArray
from worlds import ALPHA, BRAVO, CHARLIE, WING, event

from territory.records import kinds
from territory.space.topology import Topology, build

GRID = 1e-6
LANDS = {
    "a square": shapely.box(0, 0, 10, 10),
    "a square with a lake": shapely.box(0, 0, 10, 10) - shapely.box(4, 4, 6, 7),
    "two islands": shapely.union_all([shapely.box(0, 0, 4, 10), shapely.box(6, 0, 10, 10)]),
    "a bay": shapely.box(0, 0, 10, 10) - shapely.box(4, 5, 6, 10),
}


def rings_of(cells: NDArray[np.object_]) -> tuple[list[NDArray[np.float64]], NDArray[np.int64]]:
    """Closed rings with their cell on the left, and the cell of each."""
    rings, owner = shapely.get_rings(shapely.orient_polygons(cells), return_index=True)
    return [shapely.get_coordinates(ring) for ring in rings], owner


def topology_of(cells: NDArray[np.object_]) -> Topology:
    return build(*rings_of(cells))


def cut(lines: list[shapely.Geometry], land: shapely.Geometry) -> NDArray[np.object_]:
    """The pieces of land between lines, in no particular order."""
    noded = shapely.union_all([land.boundary, *lines], grid_size=GRID)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    return faces[shapely.contains_properly(land, shapely.point_on_surface(faces))]


@st.composite
def voronoi_coverages(draw: st.DrawFn) -> NDArray[np.object_]:
    """Clipped Voronoi cells of random points on land of several shapes."""
    land = LANDS[draw(st.sampled_from(sorted(LANDS)))]
    xy = st.tuples(st.integers(0, 100), st.integers(0, 100))
    points = np.array(draw(st.lists(xy, min_size=2, max_size=12, unique=True))) / 10
    edges = shapely.voronoi_polygons(shapely.multipoints(points), extend_to=land.buffer(1), only_edges=True)
    return cut([shapely.intersection(edges, land)], land)


@st.composite
def mosaics(draw: st.DrawFn) -> NDArray[np.object_]:
    """Coverages of merged unit squares: islands, cells in cells, cells that touch at a point, rings without a node."""
    height, width = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    colour = draw(st.lists(st.integers(0, 3), min_size=height * width, max_size=height * width))
    squares = np.array([shapely.box(x, y, x + 1, y + 1) for y in range(height) for x in range(width)], dtype=object)
    blocks = [shapely.union_all(squares[np.array(colour) == one]) for one in sorted(set(colour) - {3})]
    cells = [part for block in blocks for part in shapely.get_parts(block)]  # colour 3 is water
    return np.array(cells or [squares[0]], dtype=object)


coverages = voronoi_coverages() | mosaics()


@st.composite
def controlled(draw: st.DrawFn) -> tuple[NDArray[np.object_], NDArray[np.int8]]:
    """A coverage and the side of each cell: 0 unknown, 1 none, 2 to 4 sides."""
    cells = draw(coverages)
    side = draw(st.lists(st.integers(0, 4), min_size=len(cells), max_size=len(cells)))
    return cells, np.array(side, dtype=np.int8)


ACTING = tuple(kind for kind in kinds.KINDS if kind not in ("correction", "retraction"))


@st.composite
def any_event(draw: st.DrawFn, name: str = "e", places: int = 3, earliest: int = 0):
    """One event of any kind that acts by itself, with or without an order (seq) in its day."""
    return event(
        name,
        draw(st.integers(earliest, 9)),
        draw(st.sampled_from(ACTING)),
        draw(st.integers(0, places - 1)),
        draw(st.sampled_from([ALPHA, BRAVO, WING, CHARLIE])),
        draw(st.sampled_from([0, ALPHA, BRAVO, WING, CHARLIE])),
        seq=draw(st.sampled_from([0, 0, 1, 2])),
        reported=draw(st.sampled_from([None, None, 9, 12])),
    )


@st.composite
def event_lists(draw: st.DrawFn, most: int = 14):
    """Events of three places, with ids in an order unrelated to their days."""
    names = draw(st.permutations([f"e{n:02}" for n in range(draw(st.integers(0, most)))]))
    return [draw(any_event(name)) for name in names]
