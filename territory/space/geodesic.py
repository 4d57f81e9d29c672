"""Areas and lengths on the ellipsoid, of every cell and arc at once, from the steps of the arcs."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod

from territory._util.ragged import counters
from territory.space.shapes import Floats, ShapesLike
from territory.space.topology import Topology

GEOD = Geod(ellps="WGS84")
FLATTEST = 0.02
LONGEST_M = 9_000.0  # longer steps are taken in pieces, so that the bulge of each is known

_E2 = GEOD.es
_E = float(np.sqrt(_E2))


def measure_topology(topology: Topology, cells: int) -> tuple[Floats, Floats]:
    """Geodesic area of every cell and length of every arc.

    The area between a step and the equator has a closed form on the ellipsoid where the step runs straight in
    longitude and authalic sine; what the geodesic bulges beyond that is small, and is taken from a cubic with the
    geodesic's own directions at both ends. Each step is measured once and counted to the cell on its left and
    against the cell on its right, so neighbours can never disagree.

    Parameters
    ----------
    topology : Topology
    cells : int
        How many cells there are.

    Returns
    -------
    (cell,) float64, (arc,) float64
        km2 and km. Within 1e-9 of pyproj's ``Geod`` (Karney 2013) for each cell.
    """
    arc = np.repeat(np.arange(len(topology)), np.diff(topology.offset))
    at = np.flatnonzero(arc[1:] == arc[:-1])  # from the end of one arc to the start of the next is no step
    start, stop, of = topology.xy[at], topology.xy[at + 1], arc[at]
    forth, back, metres = GEOD.inv(*start.T, *stop.T)
    length = np.bincount(of, weights=metres, minlength=len(topology)) / 1000.0
    swept = np.bincount(of, weights=_swept(start, stop, forth, back, metres), minlength=len(topology)) / 1e6
    area = np.zeros(cells + 1)
    np.add.at(area, topology.left, -swept)
    np.add.at(area, topology.right, swept)
    return area[:-1], length


def _swept(start: Floats, stop: Floats, forth: Floats, back: Floats, metres: Floats) -> Floats:
    """(step,) float64: area between each step and the equator, m2; positive northward of it, walking east."""
    highest = np.radians(np.maximum(np.abs(start[:, 1]), np.abs(stop[:, 1])))
    longest = LONGEST_M * np.maximum(np.cos(highest), FLATTEST)  # meridians run together, so directions turn faster
    pieces = np.maximum(1, np.ceil(metres / longest)).astype(np.int64)
    if (pieces > 1).any():
        return _swept_long(start, stop, forth, back, metres, pieces)
    phi, other = np.radians(start[:, 1]), np.radians(stop[:, 1])
    turn = np.radians(stop[:, 0] - start[:, 0])
    low, high = _authalic(phi), _authalic(other)
    dlon, dlow = _direction(phi, np.radians(forth), metres)
    dlon_, dhigh = _direction(other, np.radians(back + 180.0), metres)
    # Two cubics pass through the ends with the geodesic's directions. What lies between them and the chord, the
    # integral of q_off * lon_rate - chord * lon_off, is this polynomial of how the directions differ from the chord's.
    q, q_, lon, lon_ = dlow - (high - low), dhigh - (high - low), dlon - turn, dlon_ - turn
    bulge = (turn * (q - q_) - (high - low) * (lon - lon_)) / 12 + (q_ * lon - q * lon_) / 60
    return np.asarray(GEOD.a**2 * (turn * (low + high) / 2 + bulge))


def _swept_long(
    start: Floats, stop: Floats, forth: Floats, back: Floats, metres: Floats, pieces: NDArray[np.int64]
) -> Floats:
    """``_swept`` where some steps are cut into pieces first, at points of the same geodesic."""
    swept = np.empty(len(metres))
    short = pieces == 1
    swept[short] = _swept(start[short], stop[short], forth[short], back[short], metres[short])
    step = np.repeat(np.flatnonzero(~short), pieces[~short])
    begins = np.flatnonzero(np.r_[True, step[1:] != step[:-1]])
    part = counters(pieces[~short])
    inner = np.delete(np.arange(len(step)), begins)  # these begin where a piece ends, the others where a step does
    here, ahead = start[step], forth[step]
    west, south = here[inner].T
    lon, lat, behind = GEOD.fwd(west, south, ahead[inner], (metres[step] * part / pieces[step])[inner])
    here[inner] = np.stack([lon, lat], axis=1)
    ahead[inner] = behind + 180.0
    there, back_ = stop[step], back[step]
    there[inner - 1], back_[inner - 1] = here[inner], behind
    swept[~short] = np.add.reduceat(_swept(here, there, ahead, back_, metres[step] / pieces[step]), begins)
    return swept


def _authalic(phi: Floats) -> Floats:
    """Area between the equator and a latitude, for one radian of longitude, in squares of the equator's radius."""
    sine = np.sin(phi)
    return np.asarray((1 - _E2) / 2 * (sine / (1 - _E2 * sine**2) + np.arctanh(_E * sine) / _E))


def _direction(phi: Floats, azimuth: Floats, metres: Floats) -> tuple[Floats, Floats]:
    """How fast longitude (radians) and the authalic measure grow along a geodesic, over the whole step."""
    parallel = np.cos(phi) / np.sqrt(1 - _E2 * np.sin(phi) ** 2)  # radius of the parallel over the equator's
    along = metres / GEOD.a
    return np.sin(azimuth) / parallel * along, np.cos(azimuth) * parallel * along


def area_km2(shape: Any) -> float:
    """Geodesic area of a shape in degrees."""
    return abs(float(GEOD.geometry_area_perimeter(shapely.orient_polygons(shape))[0])) / 1e6


def lengths_km(lines: ShapesLike) -> NDArray[np.float64]:
    """(n,) float64: lengths on the ellipsoid of lines in degrees, km."""
    return np.array([GEOD.geometry_length(line) / 1000.0 for line in lines], dtype=np.float64)


def areas_km2(shapes: ShapesLike) -> NDArray[np.float64]:
    """(n,) float64: areas on the ellipsoid of what is polygonal in geometries in degrees, km2."""
    parts, owner = shapely.get_parts(shapely.get_parts(np.asarray(shapes, dtype=object)), return_index=True)
    _, whose = shapely.get_parts(np.asarray(shapes, dtype=object), return_index=True)
    flat = shapely.area(parts) > 0  # two cells that touch have a line or a point in common
    upright = shapely.orient_polygons(parts[flat])  # a hole must turn the other way to be taken off
    km2 = [abs(GEOD.geometry_area_perimeter(one)[0]) / 1e6 for one in upright]
    return np.asarray(np.bincount(whose[owner[flat]], weights=km2, minlength=len(shapes)), dtype=np.float64)
