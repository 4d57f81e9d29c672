"""Where a record points: the cells that it speaks of, and the ground that it names but no cell answers for."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from territory.errors import Fault, TableErrors
from territory.records.campaign import Campaign
from territory.records.events import Event
from territory.records.names import name_key, suggest
from territory.space.geodesic import GEOD, area_km2
from territory.space.partition import Partition

EVENTS = "events.csv"
SNAP_KM = 2.0  # a point this near the partition is taken to lie on its edge: a coast, a border
HALF = 0.5  # a cell is spoken of where at least this share of it lies inside the ground named


class Located(NamedTuple):
    """Cells of a record, the one that speaks for it first, and what it names beside them.

    ``residual_km2`` is the ground that a polygon or a circle names and that is in none of the cells; 0 otherwise.
    ``snapped_km`` is how far a point off the partition was moved.
    """

    cells: tuple[int, ...]
    residual_km2: float = 0.0
    snapped_km: float = 0.0


class Locator:
    """Finds the cells of records; built once for a campaign and its partition.

    A unit is one of the partition's own, named by its id, where the ground was cut by units; or else the places that
    have it as their admin1 or admin2.

    Raises
    ------
    TableErrors
        Where records of events.csv name units that there are not: all of them, with file and line.
    """

    def __init__(self, campaign: Campaign, partition: Partition) -> None:
        self.campaign, self.partition = campaign, partition
        self.by_place = _cells_by_place(partition)
        self.by_unit = _places_by_unit(campaign)
        self.own = frozenset[str]() if (partition.place >= 0).any() else frozenset(partition.units)  # else places
        self._units: dict[str, tuple[int, ...] | None] = {}
        self._tree: shapely.STRtree | None = None
        self._refuse_unknown_units()

    def of(self, event: Event) -> Located:
        """The cells of one record."""
        if event.place >= 0:
            return Located(tuple(self.by_place.get(event.place, ())))
        if event.unit:
            return Located(self._unit(event.unit) or ())
        if event.shape is not None and event.line_side:
            return self._side(event.shape, event.line_side, event.radius_km)
        if event.shape is not None:
            return self._ground(event.shape)
        if event.radius_km:
            return self._ground(circle(event.lon, event.lat, event.radius_km))
        return self._point(event.lon, event.lat)

    def _unit(self, name: str) -> tuple[int, ...] | None:
        """The cells of a unit as a record names it; None where there is none such."""
        if name not in self._units:
            places = self.by_unit.get(name_key(name))
            if name in self.own:
                self._units[name] = tuple(self.partition.cells_of_unit(name).tolist())
            elif places is not None:
                cells = (cell for place in places for cell in self.by_place.get(place, ()))
                self._units[name] = tuple(dict.fromkeys(cells))  # two places may lie in one cell
            else:
                self._units[name] = None
        return self._units[name]

    def _refuse_unknown_units(self) -> None:
        faults = [
            Fault(EVENTS, event.line, _no_unit(event.unit, self.own, self.campaign))
            for event in self.campaign.events
            if event.unit and event.line and self._unit(event.unit) is None  # of no file: it is off the map
        ]
        if faults:
            raise TableErrors(faults)

    @property
    def tree(self) -> shapely.STRtree:
        """Index of the cells, made when a record first needs it."""
        if self._tree is None:
            self._tree = shapely.STRtree(self.partition.cells)
        return self._tree

    def _point(self, lon: float, lat: float) -> Located:
        point = shapely.Point(lon, lat)
        found = self.tree.query(point, predicate="intersects")
        if len(found):
            return Located((int(found.min()),))
        near = int(self.tree.nearest(point))
        edge = shapely.shortest_line(self.partition.cells[near], point)
        away_km = float(GEOD.geometry_length(edge)) / 1000.0
        return Located((near,), snapped_km=away_km) if away_km <= SNAP_KM else Located(())

    def _ground(self, shape: shapely.Geometry) -> Located:
        touched = np.sort(self.tree.query(shape, predicate="intersects"))
        cells = self.partition.cells[touched]
        shares = shapely.area(shapely.intersection(cells, shape)) / shapely.area(cells)
        spoken = touched[shares >= HALF]
        left = shapely.difference(shape, shapely.union_all(self.partition.cells[spoken]))
        return Located(tuple(spoken.tolist()), residual_km2=area_km2(left))

    def _side(self, line: shapely.Geometry, side: str, within_km: float) -> Located:
        """Cells whose middle lies on one side of a line, as far from it as the record says."""
        middle = shapely.point_on_surface(self.partition.cells)
        at = shapely.get_coordinates(middle)
        near = shapely.get_coordinates(shapely.shortest_line(middle, line)).reshape(-1, 2, 2)[:, 1]
        left = _left_of(shapely.get_coordinates(line), at, near)
        wanted = left if side == "left" else ~left
        if within_km:
            _, _, metres = GEOD.inv(*at.T, *near.T)
            wanted &= np.asarray(metres) <= within_km * 1000.0
        return Located(tuple(np.flatnonzero(wanted).tolist()))


def circle(lon: float, lat: float, radius_km: float, steps: int = 64) -> shapely.Polygon:
    """A geodesic circle in degrees."""
    azimuth = np.linspace(0.0, 360.0, steps, endpoint=False)
    turned = np.full(steps, radius_km * 1000.0)
    x, y, _ = GEOD.fwd(np.full(steps, lon), np.full(steps, lat), azimuth, turned)
    return shapely.Polygon(np.stack([x, y], axis=1)).reverse()


def _left_of(line: NDArray[np.float64], at: NDArray[np.float64], near: NDArray[np.float64]) -> NDArray[np.bool_]:
    """(point,) bool: whether points lie left of a line, judged at its nearest point (``near``).

    At a vertex two steps of the line meet; their mean direction decides, so that a bend does not mislead.
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
    """For each place its cells, the one that it lies in first."""
    cells: dict[int, list[int]] = {}
    for cell in np.flatnonzero(partition.place >= 0).tolist():
        cells.setdefault(int(partition.place[cell]), []).append(cell)
    for place, own in cells.items():
        own.sort(key=lambda cell: (cell != partition.home[place], cell))
    for place in np.flatnonzero(partition.home >= 0).tolist():  # cut by units, a place is heard where it lies
        cells.setdefault(place, [int(partition.home[place])])
    return cells


def _no_unit(name: str, own: Collection[str], campaign: Campaign) -> str:
    """Why a name is refused, and which was perhaps meant."""
    areas = {area for place in campaign.places for area in (place.admin1, place.admin2) if area}
    near = suggest(name, [*own, *areas], limit=1)
    units = "no unit that the ground is cut by, and " if own else ""
    hint = f" Did you mean '{near[0]}'?" if near else ""
    return f"unit '{name}' is {units}no admin1 or admin2 of places.csv.{hint}"


def _places_by_unit(campaign: Campaign) -> dict[str, list[int]]:
    """For each admin unit, under its folded name, the places in it."""
    units: dict[str, list[int]] = {}
    for row, place in enumerate(campaign.places):
        for unit in {name_key(place.admin1), name_key(place.admin2)} - {""}:
            units.setdefault(unit, []).append(row)
    return units
