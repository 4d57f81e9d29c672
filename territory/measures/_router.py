"""A question about a way, and a router that answers it for any state of a timeline."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import networkx as nx
import numpy as np
import shapely
from numpy.typing import NDArray

from territory.errors import RouteError
from territory.measures._common import group_of
from territory.measures.road_network import Network, Stop, network
from territory.records.actors import FIRST
from territory.records.kinds import Status
from territory.space.projection import Plane
from territory.timeline.base import BaseTimeline
from territory.timeline.changes import State

RoadRule = Literal["ground", "places"]


@dataclass(frozen=True)
class Question:
    """From where to where, for whom, over what.

    Parameters
    ----------
    start, goal : place name or (lon, lat)
    actor : str
        Its whole side counts as own.
    allies : tuple of str
        Actors whose sides' ground counts as well.
    contested : bool
        Whether own ground that an enemy contests is open.
    road_rule : {"ground", "places"} or None
        RoadRule a stretch of road is: see ``routes``. None: places where the roads are schematic, else ground.
    """

    start: Stop
    goal: Stop
    actor: str
    allies: tuple[str, ...] = ()
    contested: bool = False
    road_rule: RoadRule | None = None


@dataclass(frozen=True)
class Way:
    """An answer on one day.

    Parameters
    ----------
    exists : bool
    length_km : float
        Of the shortest way; NaN without one.
    unconstrained_km : float
        Of the shortest way if all ground were open.
    detour_ratio : float
        Length to length in peace.
    exposure_km : float
        Widest path: how near the best-protected way comes to the enemy at its worst stretch.
    redundancy : int
        Edge-disjoint ways between the roads at both ends: as many cuts are needed to close them all.
    outside_km : float
        Of the length, what lies outside the partition, where the map says nothing.
    open_km : float
        How far the actor comes along the way of peace before the first closed stretch.
    stopped_at, holder, status, event : str
        The place that speaks for that stretch, who holds it, how, and by which event; empty where nothing stops it.
    closed_by : tuple of str
        The events behind every closed stretch of the way of peace, in its order.
    geometry : shapely.MultiLineString
        The way, or as much of the way of peace as is open; EPSG:4326.
    """

    question: Question
    day: np.datetime64
    exists: bool
    length_km: float
    unconstrained_km: float
    detour_ratio: float
    exposure_km: float
    redundancy: int
    outside_km: float
    open_km: float
    stopped_at: str
    holder: str
    status: str
    event: str
    closed_by: tuple[str, ...]
    geometry: shapely.MultiLineString


class Router:
    """A question with its network, ready to be asked of any state."""

    def __init__(self, timeline: BaseTimeline, asked: Question, roads: Network | None) -> None:
        if asked.road_rule not in (None, "ground", "places"):
            raise ValueError(f"road_rule is '{asked.road_rule}'; it must be 'ground', 'places' or None.")
        self.timeline, self.asked = timeline, asked
        self.roads = network(timeline, (asked.start, asked.goal)) if roads is None else roads
        missing = [stop for stop in (asked.start, asked.goal) if stop not in self.roads.place_node]
        if missing:
            raise ValueError(f"The network was made without the stops {missing}; name them in roads.network(...).")
        self.group = group_of(timeline, asked.actor, asked.allies)
        self.ends = self.roads.place_node[asked.start], self.roads.place_node[asked.goal]
        if self.ends[0] == self.ends[1]:
            raise RouteError(
                f"'{asked.start}' and '{asked.goal}' meet the road at one point: there is no way to ask for."
            )
        by_places = self.roads.schematic if asked.road_rule is None else asked.road_rule == "places"
        self.asked_cell = self.roads.speaker if by_places else self.roads.cell
        self.beyond = self._beyond()
        self.peace = self._shortest((self.roads.cell >= 0) | self.beyond)
        if self.peace is None:
            raise RouteError(f"No road leads from '{asked.start}' to '{asked.goal}', even in peace; give more roads.")

    def _beyond(self) -> NDArray[np.bool_]:
        """(edge,) bool: roads outside the partition that lead to an end of the way without touching it again."""
        outside = self.roads.cell < 0
        graph = self.roads.graph(outside)
        inner = {int(n) for ends in (self.roads.start, self.roads.end) for n in ends[~outside]}
        reached: set[int] = set()
        for end in set(self.ends) - inner:
            stack = [end]
            while stack:  # stops where the road comes back into the map
                node = stack.pop()
                fresh = {edge for _, _, edge in graph.edges(node, keys=True)} - reached
                reached |= fresh
                ends = {int(n) for edge in fresh for n in (self.roads.start[edge], self.roads.end[edge])}
                stack += list(ends - inner - {node})
        return np.isin(np.arange(len(outside)), list(reached))

    def _open(self, state: State) -> NDArray[np.bool_]:
        """(edge,) bool: where the actor may go."""
        side, cell = self.timeline.side_of, self.asked_cell
        own = self.group[state.controller] & (state.controller >= FIRST)
        if not self.asked.contested:
            enemy = (side[state.rival] >= FIRST) & ~self.group[state.rival]
            own &= ~((state.status == Status.CONTESTED) & enemy)
        return np.where(self.roads.cell >= 0, own[cell] & (cell >= 0), self.beyond)

    def _shortest(self, usable: NDArray[np.bool_]) -> tuple[list[int], list[int]] | None:
        """Nodes and edges of the shortest way over usable stretches."""
        graph = self.roads.graph(usable)
        try:
            nodes = nx.dijkstra_path(graph, *self.ends, weight="km")
        except nx.NetworkXNoPath:
            return None
        ways = (np.array(list(graph[u][v]), dtype=np.int64) for u, v in pairwise(nodes))
        return nodes, [int(edges[self.roads.km[edges].argmin()]) for edges in ways]

    def answer(self, state: State) -> tuple[int, ...]:
        """What must differ for the answer to have changed: the way, or the cell that stops it."""
        usable = self._open(state)
        found = self._shortest(usable)
        if found is not None:
            return (1, *found[1])
        return (0, *self.asked_cell[self._stops(usable)[:1]].tolist())

    def _stops(self, usable: NDArray[np.bool_]) -> NDArray[np.int64]:
        """The closed stretches of the way of peace, in order."""
        assert self.peace is not None  # noqa: S101  # refused in __init__; said for the type checker
        edges = np.array(self.peace[1], dtype=np.int64)
        return edges[~usable[edges]]

    def turned_by(self, day: np.datetime64, answer: tuple[int, ...]) -> str:
        """The event of a day after which the answer was what it is at its end."""
        all_changes = self.timeline.changes
        first, last = (int(np.searchsorted(all_changes.day, day, side=side)) for side in ("left", "right"))
        count = last
        while count > first and self.answer(self.timeline.state_after(count - 1)) == answer:
            count -= 1
        return self.timeline.campaign.events[int(all_changes.event[count - 1])].id

    def way(self, day: np.datetime64) -> Way:
        """The whole answer on a day."""
        state = self.timeline.state(day)
        usable = self._open(state)
        found = self._shortest(usable)
        assert self.peace is not None  # noqa: S101  # refused in __init__; said for the type checker
        km, peace = self.roads.km, np.array(self.peace[1], dtype=np.int64)
        stops = self._stops(usable)
        ahead = peace[: int(np.flatnonzero(peace == stops[0])[0])] if len(stops) else peace
        edges = ahead if found is None else np.array(found[1], dtype=np.int64)
        length = float("nan") if found is None else float(km[edges].sum())
        return Way(
            question=self.asked,
            day=day,
            exists=found is not None,
            length_km=length,
            unconstrained_km=float(km[peace].sum()),
            detour_ratio=length / float(km[peace].sum()),
            exposure_km=float("nan") if found is None else self._exposure(state, usable),
            redundancy=0 if found is None else self._redundancy(usable),
            outside_km=float(km[edges][self.roads.cell[edges] < 0].sum()),
            open_km=float(km[ahead].sum()),
            geometry=shapely.MultiLineString(list(self.roads.lines[edges])),
            closed_by=tuple(dict.fromkeys(self._closes(state, int(self.asked_cell[edge])) for edge in stops)),
            **self._stop(state, stops),
        )

    def _stop(self, state: State, stops: NDArray[np.int64]) -> dict[str, str]:
        campaign = self.timeline.campaign
        cell = int(self.asked_cell[stops[0]]) if len(stops) else -1
        if cell < 0:
            return {"stopped_at": "", "holder": "", "status": "", "event": ""}
        place = int(self.timeline.partition.place[cell])
        return {
            "stopped_at": campaign.places[place].id if place >= 0 else "",
            "holder": campaign.actors[int(state.controller[cell])].id,
            "status": Status(int(state.status[cell])).name.lower(),
            "event": self._closes(state, cell),
        }

    def _closes(self, state: State, cell: int) -> str:
        """The event that closes a cell: that gave it to another, or, on own ground, that has it contested."""
        if cell < 0:
            return ""
        own = self.group[state.controller[cell]]
        record = int(state.event[cell] if own else state.held_event[cell])
        return self.timeline.campaign.events[record].id if record >= 0 else ""

    def _exposure(self, state: State, usable: NDArray[np.bool_]) -> float:
        """The widest way there is: the largest least distance to ground that an enemy holds, km."""
        side = self.timeline.side_of[state.controller]
        enemy = (side >= FIRST) & ~self.group[state.controller]
        if not enemy.any():
            return float("inf")
        plane = Plane.around(self.timeline.partition)
        edges = np.flatnonzero(usable)
        tree = shapely.STRtree(plane.metres(self.timeline.partition.cells[enemy]))
        pair, metres = tree.query_nearest(
            plane.metres(self.roads.lines[edges]), return_distance=True, all_matches=False
        )
        graph: nx.Graph[int] = nx.Graph()
        for edge, away in zip(edges[pair[0]].tolist(), metres.tolist(), strict=True):
            u, v = int(self.roads.start[edge]), int(self.roads.end[edge])
            known = graph.edges[u, v]["metres"] if graph.has_edge(u, v) else -1.0
            graph.add_edge(u, v, metres=max(away, known))
        widest = nx.maximum_spanning_tree(graph, weight="metres")
        nodes = nx.shortest_path(widest, *self.ends)
        return min(float(widest.edges[u, v]["metres"]) for u, v in pairwise(nodes)) / 1000.0

    def _redundancy(self, usable: NDArray[np.bool_]) -> int:
        graph: nx.Graph[int] = nx.Graph()
        for u, v, _ in self.roads.graph(usable).edges:
            known = graph.edges[u, v]["ways"] if graph.has_edge(u, v) else 0
            graph.add_edge(u, v, ways=known + 1)
        start, goal = (self.roads.road_node[stop] for stop in (self.asked.start, self.asked.goal))
        if start == goal or not (graph.has_node(start) and graph.has_node(goal)):
            return 1
        return int(nx.maximum_flow_value(graph, start, goal, capacity="ways"))
