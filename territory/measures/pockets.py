"""Pockets: components of a side's territory that are cut off from its main body, compared with reported sieges.

Let G be the graph of the cells that a side and its allies hold, with an edge where two cells share a border (rook
adjacency). The *main body* is every component with an anchor, or the largest where there is none. Other components:

open
    touches the edge of the map, beyond which it may be connected to the main body.
enclave
    cut off, with less than ``theta`` of its perimeter held by enemies; the rest is unknown or held by nobody.
pocket
    cut off, with at least ``theta`` of its perimeter held by enemies: besieged by geometry.

And of a component, main body included:

semi_besieged
    a part that is connected to the rest only through contested cells. (A corridor under fire is a matter of roads: see
    ``exposure_km`` of ``routes.route``.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import shapely
from numpy.typing import NDArray

from territory._util.lazy import Lazy
from territory.measures._common import group_of
from territory.records.actors import FIRST
from territory.records.kinds import FOUGHT, Status
from territory.space.projection import LONLAT
from territory.timeline.base import BaseTimeline
from territory.timeline.changes import Day, State

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
else:
    gpd = Lazy("geopandas")
    pd = Lazy("pandas")

THETA = 0.95
MIN_AREA_KM2 = 1.0


def pockets(
    timeline: BaseTimeline,
    day: Day,
    actor: str,
    *,
    allies: Sequence[str] = (),
    anchors: Sequence[str] = (),
    theta: float = THETA,
    min_area_km2: float = MIN_AREA_KM2,
) -> gpd.GeoDataFrame:
    """Connected components of the territory of a side on a day, by kind: main, open, enclave, pocket, semi_besieged.

    Parameters
    ----------
    timeline : Timeline
    day : date, str or datetime64
    actor, allies : str, sequence of str
        Actors, each standing for its side.
    anchors : sequence of str
        Names of places (a capital, a base, an open border post); components with one are the main body. Without any, or
        where the side holds none of them, the largest component is.
    theta : float
        Hostile share of the perimeter from which a component is a pocket.
    min_area_km2 : float
        Smaller components are left out as slivers.

    Returns
    -------
    GeoDataFrame
        By area, largest first: kind, cells, area_km2, perimeter_km, hostile_share (hostile perimeter to perimeter, the
        kettle index), edge_km (of the perimeter, on the edge of the map), besieged_share (of the area, by its status),
        places (names), geometry (EPSG:4326).
    """
    if not 0 < theta <= 1:
        raise ValueError(f"theta is {theta}; it must lie above 0 and be at most 1.")
    ground = _Territory.of(timeline, timeline.state(day), actor, allies)
    whole = ground.components(ground.own)
    main = _main(timeline, ground, whole, anchors)
    rows = [
        ground.row(cells, _kind(ground, cells, theta, own_main)) for cells, own_main in zip(whole, main, strict=True)
    ]
    for cells in whole:
        parts = ground.components(ground.firm & np.isin(np.arange(len(ground.own)), cells))
        rest = sorted(parts, key=lambda part: (-_rank(timeline, ground, part, anchors), int(part[0])))[1:]
        rows += [ground.row(part, "semi_besieged") for part in rest]
    columns = ["kind", "cells", "area_km2", "perimeter_km", "hostile_share", "edge_km", "besieged_share", "places"]
    frame = gpd.GeoDataFrame(rows, columns=[*columns, "geometry"], geometry="geometry", crs=LONLAT)
    large = frame[frame.area_km2 >= min_area_km2]
    return large.sort_values(["area_km2", "perimeter_km"], ascending=False, ignore_index=True)


@dataclass(frozen=True)
class _Territory:
    """The cells of a side and its allies on a day: ``own``, and of these ``firm``: not contested by an enemy."""

    timeline: BaseTimeline
    state: State
    group: NDArray[np.bool_]
    own: NDArray[np.bool_]
    firm: NDArray[np.bool_]

    @classmethod
    def of(cls, timeline: BaseTimeline, state: State, actor: str, allies: Sequence[str]) -> _Territory:
        group = group_of(timeline, actor, allies)
        own = group[state.controller] & (state.controller >= FIRST)
        fought = FOUGHT[state.status] & ~group[state.rival]
        return cls(timeline, state, group, own, np.asarray(own & ~fought))

    def components(self, inside: NDArray[np.bool_]) -> list[NDArray[np.int64]]:
        """Connected components of cells joined along borders; cells ascending in each."""
        topology = self.timeline.partition.topology
        inner = (topology.left >= 0) & (topology.right >= 0)
        joined = inner & inside[topology.left] & inside[topology.right]
        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from(np.flatnonzero(inside).tolist())
        graph.add_edges_from(zip(topology.left[joined].tolist(), topology.right[joined].tolist(), strict=True))
        return [np.array(sorted(one), dtype=np.int64) for one in nx.connected_components(graph)]

    @cached_property
    def hostile(self) -> NDArray[np.bool_]:
        """(cell,) bool: held by an enemy."""
        return np.asarray((self.state.controller >= FIRST) & ~self.own, dtype=np.bool_)

    def perimeter(self, cells: NDArray[np.int64]) -> tuple[float, float, float]:
        """Perimeter of some cells, km: whole, beside enemies, on the edge of the map."""
        part = self.timeline.partition
        inside = np.zeros(len(part) + 1, dtype=bool)  # index -1 (outside) reads the last
        inside[cells] = True
        left, right = inside[part.topology.left], inside[part.topology.right]
        around = np.flatnonzero(left != right)
        beyond = np.where(left, part.topology.right, part.topology.left)[around]
        km, hostile = part.arc_km[around], np.append(self.hostile, False)[beyond]
        return float(km.sum()), float(km[hostile].sum()), float(km[beyond < 0].sum())

    def row(self, cells: NDArray[np.int64], kind: str) -> tuple[object, ...]:
        """Row of the table of ``pockets`` for a component."""
        part, places = self.timeline.partition, self.timeline.campaign.places
        area = part.area_km2[cells]
        around, hostile, edge = self.perimeter(cells)
        besieged = area[self.state.status[cells] == Status.BESIEGED].sum()
        names = [places[int(row)].name for row in np.unique(part.place[cells]) if row >= 0]
        shape = shapely.union_all(part.cells[cells])
        share = hostile / around
        return (kind, len(cells), area.sum(), around, share, edge, besieged / area.sum(), tuple(names), shape)


def _main(
    timeline: BaseTimeline, ground: _Territory, whole: list[NDArray[np.int64]], anchors: Sequence[str]
) -> NDArray[np.bool_]:
    """(component,) bool: whether each belongs to the main body."""
    if not whole:
        return np.zeros(0, dtype=bool)
    anchored = np.array([_anchored(timeline, cells, anchors) for cells in whole], dtype=np.bool_)
    if anchored.any():
        return anchored
    ranks = [_rank(timeline, ground, cells, ()) for cells in whole]
    return np.asarray(np.arange(len(whole)) == int(np.argmax(ranks)), dtype=np.bool_)


def _anchored(timeline: BaseTimeline, cells: NDArray[np.int64], anchors: Sequence[str]) -> bool:
    """Whether one of the anchors lies in some cells."""
    places = timeline.campaign.places
    homes = timeline.partition.home[[places.find(name) for name in anchors]] if anchors else np.empty(0)
    return bool(np.isin(homes[homes >= 0], cells).any())


def _rank(timeline: BaseTimeline, ground: _Territory, cells: NDArray[np.int64], anchors: Sequence[str]) -> float:
    """Rank of a part by area, km2; parts with an anchor rank above all others."""
    area = float(ground.timeline.partition.area_km2[cells].sum())
    return area + timeline.partition.total_km2 * _anchored(timeline, cells, anchors)


def _kind(ground: _Territory, cells: NDArray[np.int64], theta: float, is_main: bool) -> str:
    """Kind of a component: main, open, enclave or pocket."""
    if is_main:
        return "main"
    around, hostile, edge = ground.perimeter(cells)
    if edge > 0:
        return "open"
    return "pocket" if hostile / around >= theta else "enclave"


def besieged(
    timeline: BaseTimeline,
    day: Day,
    actor: str,
    *,
    allies: Sequence[str] = (),
    anchors: Sequence[str] = (),
    theta: float = THETA,
    min_area_km2: float = MIN_AREA_KM2,
) -> pd.DataFrame:
    """Compare, place by place, besieged by geometry with besieged by events.

    By geometry: the place lies in a pocket. By events (``by_records``): its cell has the status besieged. Where they
    disagree, a report is missing, a siege was declared over ground with a way out, or the map is wrong.

    Parameters
    ----------
    timeline, day, actor, allies, anchors, theta, min_area_km2
        See ``pockets``.

    Returns
    -------
    DataFrame
        Every place that is besieged by either: place_id, name, by_geometry, by_records, agree, event (of the status).
    """
    found = _Territory.of(timeline, timeline.state(day), actor, allies)
    whole = found.components(found.own)
    kinds = [
        _kind(found, cells, theta, m) for cells, m in zip(whole, _main(timeline, found, whole, anchors), strict=True)
    ]
    area = timeline.partition.area_km2
    cut_off = [c for c, kind in zip(whole, kinds, strict=True) if kind == "pocket" and area[c].sum() >= min_area_km2]
    by_geometry = np.isin(np.arange(len(area)), np.concatenate(cut_off) if cut_off else [])
    by_records = found.own & (found.state.status == Status.BESIEGED)
    rows = []
    for row, cell in enumerate(timeline.partition.home.tolist()):
        if cell >= 0 and (by_geometry[cell] or by_records[cell]):
            place, event = timeline.campaign.places[row], int(found.state.event[cell])
            name = timeline.campaign.events[event].id if by_records[cell] and event >= 0 else ""
            both = bool(by_geometry[cell]), bool(by_records[cell])
            rows.append((place.id, place.name, *both, both[0] == both[1], name))
    return pd.DataFrame(rows, columns=["place_id", "name", "by_geometry", "by_records", "agree", "event"])
