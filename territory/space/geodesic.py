"""Geodesic areas and lengths on the WGS 84 ellipsoid, of all cells and arcs at once."""

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
_LEAST_COSINE = 0.02  # of a latitude, so that steps at a pole are not cut without end
_LONGEST_M = 9_000.0  # longer steps are cut into pieces, so that the cubic below stays exact enough

_E2 = GEOD.es
_E = float(np.sqrt(_E2))


def measure_topology(topology: Topology, cells: int) -> tuple[Floats, Floats]:
    """Geodesic area of every cell and length of every arc.

    A step is a segment between two vertices of an arc. The area between it and the equator has a closed form where it
    is straight in longitude and authalic sine; the small area between that line and the geodesic comes from a cubic
    with the geodesic's directions at both ends. Each step is measured once, added to the cell on its left and
    subtracted from the cell on its right, so neighbours always agree.

    Parameters
    ----------
    topology : Topology
    cells : int
        Number of cells.

    Returns
    -------
    (cell,) float64
        Areas in km2, within 1e-9 of pyproj's ``Geod`` (Karney 2013) for each cell.
    (arc,) float64
        Lengths in km.
    """
    arc = np.repeat(np.arange(len(topology)), np.diff(topology.offset))
    at = np.flatnonzero(arc[1:] == arc[:-1])  # the end of one arc and the start of the next make no step
    start, stop, of = topology.xy[at], topology.xy[at + 1], arc[at]
    forth, back, metres = GEOD.inv(*start.T, *stop.T)
    length = np.bincount(of, weights=metres, minlength=len(topology)) / 1000.0
    below = np.bincount(of, weights=_area_below(start, stop, forth, back, metres), minlength=len(topology)) / 1e6
    area = np.zeros(cells + 1)
    np.add.at(area, topology.left, -below)
    np.add.at(area, topology.right, below)
    return area[:-1], length


def _area_below(start: Floats, stop: Floats, forth: Floats, back: Floats, metres: Floats) -> Floats:
    """(step,) float64: area between each step and the equator, m2; positive north of it for a step eastward."""
    highest = np.radians(np.maximum(np.abs(start[:, 1]), np.abs(stop[:, 1])))
    longest = _LONGEST_M * np.maximum(np.cos(highest), _LEAST_COSINE)  # near a pole azimuths change faster
    pieces = np.maximum(1, np.ceil(metres / longest)).astype(np.int64)
    if (pieces > 1).any():
        return _area_below_long(start, stop, forth, back, metres, pieces)
    phi, other = np.radians(start[:, 1]), np.radians(stop[:, 1])
    turn = np.radians(stop[:, 0] - start[:, 0])
    low, high = _authalic(phi), _authalic(other)
    dlon, dlow = _direction(phi, np.radians(forth), metres)
    dlon_, dhigh = _direction(other, np.radians(back + 180.0), metres)
    # Longitude and authalic sine along the step are cubics with the geodesic's directions at both ends. The area
    # between them and the chord, the integral of q_off * lon_rate - chord * lon_off, is this polynomial in the
    # differences of these directions from the chord's.
    q, q_, lon, lon_ = dlow - (high - low), dhigh - (high - low), dlon - turn, dlon_ - turn
    bulge = (turn * (q - q_) - (high - low) * (lon - lon_)) / 12 + (q_ * lon - q * lon_) / 60
    return np.asarray(GEOD.a**2 * (turn * (low + high) / 2 + bulge))


def _area_below_long(
    start: Floats, stop: Floats, forth: Floats, back: Floats, metres: Floats, pieces: NDArray[np.int64]
) -> Floats:
    """``_area_below`` where long steps are first cut into pieces, at points of the same geodesic."""
    area = np.empty(len(metres))
    short = pieces == 1
    area[short] = _area_below(start[short], stop[short], forth[short], back[short], metres[short])
    step = np.repeat(np.flatnonzero(~short), pieces[~short])
    begins = np.flatnonzero(np.r_[True, step[1:] != step[:-1]])
    part = counters(pieces[~short])
    inner = np.delete(np.arange(len(step)), begins)  # pieces that begin inside a step
    here, ahead = start[step], forth[step]
    west, south = here[inner].T
    lon, lat, behind = GEOD.fwd(west, south, ahead[inner], (metres[step] * part / pieces[step])[inner])
    here[inner] = np.stack([lon, lat], axis=1)
    ahead[inner] = behind + 180.0
    there, back_ = stop[step], back[step]
    there[inner - 1], back_[inner - 1] = here[inner], behind
    area[~short] = np.add.reduceat(_area_below(here, there, ahead, back_, metres[step] / pieces[step]), begins)
    return area


def _authalic(phi: Floats) -> Floats:
    """Area between the equator and a latitude (radians), per radian of longitude, in squared equatorial radii."""
    sine = np.sin(phi)
    return np.asarray((1 - _E2) / 2 * (sine / (1 - _E2 * sine**2) + np.arctanh(_E * sine) / _E))


def _direction(phi: Floats, azimuth: Floats, metres: Floats) -> tuple[Floats, Floats]:
    """Derivatives of longitude (radians) and of ``_authalic`` along a geodesic, times the length of the step."""
    parallel = np.cos(phi) / np.sqrt(1 - _E2 * np.sin(phi) ** 2)  # radius of the parallel, in equatorial radii
    along = metres / GEOD.a
    return np.sin(azimuth) / parallel * along, np.cos(azimuth) * parallel * along


def area_km2(shape: Any) -> float:
    """Geodesic area of a polygon in degrees, km2."""
    return abs(float(GEOD.geometry_area_perimeter(shapely.orient_polygons(shape))[0])) / 1e6


def lengths_km(lines: ShapesLike) -> NDArray[np.float64]:
    """Geodesic lengths of lines.

    Parameters
    ----------
    lines : (line,) shapely geometries
        WGS 84.

    Returns
    -------
    (line,) float64
        km.
    """
    return np.array([GEOD.geometry_length(line) / 1000.0 for line in lines], dtype=np.float64)


def areas_km2(shapes: ShapesLike) -> NDArray[np.float64]:
    """Geodesic areas of the polygons in each geometry; points and lines count as 0.

    Parameters
    ----------
    shapes : (shape,) shapely geometries
        WGS 84.

    Returns
    -------
    (shape,) float64
        km2.
    """
    members, shape = shapely.get_parts(np.asarray(shapes, dtype=object), return_index=True)
    parts, member = shapely.get_parts(members, return_index=True)  # members of a collection may be multipolygons
    polygonal = shapely.area(parts) > 0  # an intersection of cells may have lines and points
    oriented = shapely.orient_polygons(parts[polygonal])  # Geod subtracts a hole only if it runs the other way
    km2 = [abs(GEOD.geometry_area_perimeter(polygon)[0]) / 1e6 for polygon in oriented]
    return np.asarray(np.bincount(shape[member[polygonal]], weights=km2, minlength=len(shapes)), dtype=np.float64)
