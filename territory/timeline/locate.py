"""Resolve an event's location to cells; report area outside all cells."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from territory.errors import CampaignError, Fault
from territory.records.campaign import Campaign
from territory.records.events import Event
from territory.records.names import name_key, suggest
from territory.space.geodesic import GEOD, area_km2
from territory.space.partition import Partition

EVENTS = "events.csv"
SNAP_KM = 2.0  # a point no farther than this from the partition is snapped to its edge (a coast, a border)
MIN_SHARE = 0.5  # a polygon or circle names the cells of which at least this share lies inside it


class Located(NamedTuple):
    """Cells that an event names, its own cell first, and what of its location lies outside them.

    Parameters
    ----------
    cells : tuple of int
    residual_km2 : float
        Area of the event's polygon or circle that is in none of the cells; 0 for other locations.
    snapped_km : float
        How far a point outside the partition was moved to its edge.
    """

    cells: tuple[int, ...]
    residual_km2: float = 0.0
    snapped_km: float = 0.0


class Locator:
    """Resolver of events to cells, built once for a campaign and its partition.

    A unit is a unit of the partition, by its id, where the partition is made of units; else all places that have it as
    their admin1 or admin2.

    Raises
    ------
    CampaignError
        Where events of events.csv name unknown units: all of them, with file and line.
    """

    def __init__(self, campaign: Campaign, partition: Partition) -> None:
        self.campaign, self.partition = campaign, partition
        self.by_place = _cells_by_place(partition)
        self.by_unit = _places_by_unit(campaign)
        # Units name cells only where no places do.
        self.partition_units = frozenset[str]() if (partition.place >= 0).any() else frozenset(partition.units)
        self._units: dict[str, tuple[int, ...] | None] = {}
        self._tree: shapely.STRtree | None = None
        self._check_units()

    def locate(self, event: Event) -> Located:
        """Resolve the location of one event: place, unit, side of a line, polygon, circle or point."""
        if event.place >= 0:
            return Located(tuple(self.by_place.get(event.place, ())))
        if event.unit:
            return Located(self._unit(event.unit) or ())
        if event.shape is not None and event.line_side:
            return self._side_of_line(event.shape, event.line_side, event.radius_km)
        if event.shape is not None:
            return self._polygon(event.shape)
        if event.radius_km:
            return self._polygon(circle(event.lon, event.lat, event.radius_km))
        return self._point(event.lon, event.lat)

    def _unit(self, name: str) -> tuple[int, ...] | None:
        """The cells of a unit by the name in an event; None where the unit is unknown."""
        if name not in self._units:
            places = self.by_unit.get(name_key(name))
            if name in self.partition_units:
                self._units[name] = tuple(self.partition.cells_of_unit(name).tolist())
            elif places is not None:
                cells = (cell for place in places for cell in self.by_place.get(place, ()))
                self._units[name] = tuple(dict.fromkeys(cells))  # two places may lie in one cell
            else:
                self._units[name] = None
        return self._units[name]

    def _check_units(self) -> None:
        """Raise CampaignError for all events that name an unknown unit."""
        faults = [
            Fault(EVENTS, event.line, _unknown_unit(event.unit, self.partition_units, self.campaign))
            for event in self.campaign.events
            if event.unit and event.line and self._unit(event.unit) is None  # without a line: off_map
        ]
        if faults:
            raise CampaignError(faults)

    @property
    def tree(self) -> shapely.STRtree:
        """Index of the cells, made when an event first needs it."""
        if self._tree is None:
            self._tree = shapely.STRtree(self.partition.cells)
        return self._tree

    def _point(self, lon: float, lat: float) -> Located:
        """The cell of a point; the nearest one within ``SNAP_KM`` if it is outside."""
        point = shapely.Point(lon, lat)
        found = self.tree.query(point, predicate="intersects")
        if len(found):
            return Located((int(found.min()),))
        near = int(self.tree.nearest(point))
        edge = shapely.shortest_line(self.partition.cells[near], point)
        away_km = float(GEOD.geometry_length(edge)) / 1000.0
        return Located((near,), snapped_km=away_km) if away_km <= SNAP_KM else Located(())

    def _polygon(self, shape: shapely.Geometry) -> Located:
        """The cells of which a polygon covers ``MIN_SHARE``, and its area outside them."""
        touched = np.sort(self.tree.query(shape, predicate="intersects"))
        cells = self.partition.cells[touched]
        shares = shapely.area(shapely.intersection(cells, shape)) / shapely.area(cells)
        covered = touched[shares >= MIN_SHARE]
        left = shapely.difference(shape, shapely.union_all(self.partition.cells[covered]))
        return Located(tuple(covered.tolist()), residual_km2=area_km2(left))

    def _side_of_line(self, line: shapely.Geometry, side: str, within_km: float) -> Located:
        """Cells whose inner point lies on one side of a line, within the event's distance of it."""
        inner = shapely.point_on_surface(self.partition.cells)
        at = shapely.get_coordinates(inner)
        near = shapely.get_coordinates(shapely.shortest_line(inner, line)).reshape(-1, 2, 2)[:, 1]
        left = _left_of(shapely.get_coordinates(line), at, near)
        wanted = left if side == "left" else ~left
        if within_km:
            _, _, metres = GEOD.inv(*at.T, *near.T)
            wanted &= np.asarray(metres) <= within_km * 1000.0
        return Located(tuple(np.flatnonzero(wanted).tolist()))


def circle(lon: float, lat: float, radius_km: float, steps: int = 64) -> shapely.Polygon:
    """Polygon of a geodesic circle, in degrees (EPSG:4326).

    Parameters
    ----------
    lon, lat : float
        Centre, degrees.
    radius_km : float
    steps : int
        Number of vertices.
    """
    azimuth = np.linspace(0.0, 360.0, steps, endpoint=False)
    metres = np.full(steps, radius_km * 1000.0)
    x, y, _ = GEOD.fwd(np.full(steps, lon), np.full(steps, lat), azimuth, metres)
    return shapely.Polygon(np.stack([x, y], axis=1)).reverse()


def _left_of(line: NDArray[np.float64], at: NDArray[np.float64], near: NDArray[np.float64]) -> NDArray[np.bool_]:
    """(point,) bool: whether points lie left of a line, as seen from its nearest point (``near``).

    Where the nearest point is a vertex, the mean direction of its two segments decides.
    """
    step = np.diff(line, axis=0)
    gap = np.linalg.norm(near[:, None, :] - line[None, :-1, :], axis=2) + np.linalg.norm(
        near[:, None, :] - line[None, 1:, :], axis=2
    )
    excess = gap - np.linalg.norm(step, axis=1)[None, :]
    on = excess <= excess.min(axis=1, keepdims=True) + 1e-12
    heading = on.astype(float) @ (step / np.linalg.norm(step, axis=1, keepdims=True))
    offset = at - near
    return np.asarray(heading[:, 0] * offset[:, 1] - heading[:, 1] * offset[:, 0] > 0)


def _cells_by_place(partition: Partition) -> dict[int, list[int]]:
    """The cells of each place, the one that it lies in first."""
    cells: dict[int, list[int]] = {}
    for cell in np.flatnonzero(partition.place >= 0).tolist():
        cells.setdefault(int(partition.place[cell]), []).append(cell)
    for place, own in cells.items():
        own.sort(key=lambda cell: (cell != partition.home[place], cell))
    for place in np.flatnonzero(partition.home >= 0).tolist():  # units: the cell of each place
        cells.setdefault(place, [int(partition.home[place])])
    return cells


def _unknown_unit(name: str, partition_units: Collection[str], campaign: Campaign) -> str:
    """Error text for an unknown unit, with the nearest known name."""
    areas = {area for place in campaign.places for area in (place.admin1, place.admin2) if area}
    near = suggest(name, [*partition_units, *areas], limit=1)
    what = "neither a unit of the partition nor an" if partition_units else "no"
    hint = f" Did you mean '{near[0]}'?" if near else ""
    return f"unit '{name}' is {what} admin1 or admin2 of places.csv.{hint}"


def _places_by_unit(campaign: Campaign) -> dict[str, list[int]]:
    """The places of each admin unit, by its normalised name."""
    units: dict[str, list[int]] = {}
    for row, place in enumerate(campaign.places):
        for unit in {name_key(place.admin1), name_key(place.admin2)} - {""}:
            units.setdefault(unit, []).append(row)
    return units
