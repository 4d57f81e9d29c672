"""Find routes over the ground that an actor holds, for any state of a timeline."""

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
from territory.records.kinds import FOUGHT, SHARED, Status
from territory.space.projection import Plane
from territory.timeline.base import BaseTimeline
from territory.timeline.changes import State

RoadRule = Literal["ground", "places"]


@dataclass(frozen=True)
class Question:
    """A route query: from where to where, for whom, over which ground.

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
        Which cell decides for a stretch of road: see ``routes``. None: places where the roads are schematic, else
        ground.
    """

    start: Stop
    goal: Stop
    actor: str
    allies: tuple[str, ...] = ()
    contested: bool = False
    road_rule: RoadRule | None = None


@dataclass(frozen=True)
class Way:
    """The route of one day, or where it is blocked.

    Parameters
    ----------
    question : Question
    day : datetime64[D]
    exists : bool
    length_km : float
        Of the shortest open route; NaN without one.
    unconstrained_km : float
        Of the unconstrained route: the shortest one if all ground were open.
    detour_ratio : float
        ``length_km / unconstrained_km``.
    exposure_km : float
        Widest path: the least distance to enemy ground along the route on which that distance is largest; infinite
        where there is no enemy.
    redundancy : int
        Number of edge-disjoint open routes between the roads at both ends (maximum flow).
    outside_km : float
        Length of the part outside the partition.
    open_km : float
        Length of the unconstrained route before its first closed stretch.
    stopped_at, holder, status, event : str
        The place of the cell of that stretch, its controller and status, and the event behind it; empty where the route
        is open.
    closed_by : tuple of str
        The events behind every closed stretch of the unconstrained route, in its order.
    geometry : shapely.MultiLineString
        The route, or the open beginning of the unconstrained route; EPSG:4326.
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
    """A route query bound to its road network; answers it for any state of the timeline."""

    def __init__(self, timeline: BaseTimeline, question: Question, roads: Network | None) -> None:
        if question.road_rule not in (None, "ground", "places"):
            raise ValueError(f"road_rule is '{question.road_rule}'; it must be 'ground', 'places' or None.")
        self.timeline, self.question = timeline, question
        self.roads = network(timeline, (question.start, question.goal)) if roads is None else roads
        missing = [stop for stop in (question.start, question.goal) if stop not in self.roads.place_node]
        if missing:
            raise ValueError(f"The road network lacks the stops {missing}; pass them to road_network.network(...).")
        self.group = group_of(timeline, question.actor, question.allies)
        self.ends = self.roads.place_node[question.start], self.roads.place_node[question.goal]
        if self.ends[0] == self.ends[1]:
            raise RouteError(
                f"'{question.start}' and '{question.goal}' meet the road at one point; choose stops farther apart."
            )
        by_places = self.roads.schematic if question.road_rule is None else question.road_rule == "places"
        self.deciding_cell = self.roads.place_cell if by_places else self.roads.cell
        self.beyond = self._beyond()
        self.unconstrained = self._shortest((self.roads.cell >= 0) | self.beyond)
        if self.unconstrained is None:
            raise RouteError(
                f"No road leads from '{question.start}' to '{question.goal}', whoever holds it; add roads."
            )

    def _beyond(self) -> NDArray[np.bool_]:
        """(edge,) bool: roads outside the partition that reach an end of the route without re-entering it."""
        outside = self.roads.cell < 0
        graph = self.roads.graph(outside)
        inner = {int(n) for ends in (self.roads.start, self.roads.end) for n in ends[~outside]}
        reached: set[int] = set()
        for end in set(self.ends) - inner:
            stack = [end]
            while stack:  # stops where the road re-enters the partition
                node = stack.pop()
                fresh = {edge for _, _, edge in graph.edges(node, keys=True)} - reached
                reached |= fresh
                ends = {int(n) for edge in fresh for n in (self.roads.start[edge], self.roads.end[edge])}
                stack += list(ends - inner - {node})
        return np.isin(np.arange(len(outside)), list(reached))

    def _open(self, state: State) -> NDArray[np.bool_]:
        """(edge,) bool: stretches open to the actor."""
        side, cell = self.timeline.side_of, self.deciding_cell
        own = self.group[state.controller] & (state.controller >= FIRST)
        jointly = (SHARED & ~FOUGHT)[state.status]
        own |= jointly & self.group[state.rival] & (state.rival >= FIRST)
        if not self.question.contested:
            enemy = (side[state.rival] >= FIRST) & ~self.group[state.rival]
            own &= ~(FOUGHT[state.status] & enemy)
        return np.where(self.roads.cell >= 0, own[cell] & (cell >= 0), self.beyond)

    def _shortest(self, usable: NDArray[np.bool_]) -> tuple[list[int], list[int]] | None:
        """Nodes and edges of the shortest route over usable stretches; None without one."""
        graph = self.roads.graph(usable)
        try:
            nodes = nx.dijkstra_path(graph, *self.ends, weight="km")
        except nx.NetworkXNoPath:
            return None
        parallel = (np.array(list(graph[u][v]), dtype=np.int64) for u, v in pairwise(nodes))
        return nodes, [int(edges[self.roads.km[edges].argmin()]) for edges in parallel]

    def answer(self, state: State) -> tuple[int, ...]:
        """Key of the answer: 1 and the edges of the route, or 0 and the cell that blocks it."""
        usable = self._open(state)
        found = self._shortest(usable)
        if found is not None:
            return (1, *found[1])
        return (0, *self.deciding_cell[self._closed_edges(usable)[:1]].tolist())

    def _closed_edges(self, usable: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Closed edges of the unconstrained route, in its order."""
        assert self.unconstrained is not None  # noqa: S101  # checked in __init__; for the type checker
        edges = np.array(self.unconstrained[1], dtype=np.int64)
        return edges[~usable[edges]]

    def deciding_event(self, day: np.datetime64, answer: tuple[int, ...]) -> str:
        """Id of the last event of a day that changed the answer to what it is at the end of the day."""
        all_changes = self.timeline.changes
        first, last = (int(np.searchsorted(all_changes.day, day, side=side)) for side in ("left", "right"))
        count = last
        while count > first and self.answer(self.timeline.state_after(count - 1)) == answer:
            count -= 1
        return self.timeline.campaign.events[int(all_changes.event[count - 1])].id

    def way(self, day: np.datetime64) -> Way:
        """The answer on a day, with all its figures."""
        state = self.timeline.state(day)
        usable = self._open(state)
        found = self._shortest(usable)
        assert self.unconstrained is not None  # noqa: S101  # checked in __init__; for the type checker
        km, unconstrained = self.roads.km, np.array(self.unconstrained[1], dtype=np.int64)
        closed = self._closed_edges(usable)
        ahead = unconstrained[: int(np.flatnonzero(unconstrained == closed[0])[0])] if len(closed) else unconstrained
        edges = ahead if found is None else np.array(found[1], dtype=np.int64)
        length = float("nan") if found is None else float(km[edges].sum())
        return Way(
            question=self.question,
            day=day,
            exists=found is not None,
            length_km=length,
            unconstrained_km=float(km[unconstrained].sum()),
            detour_ratio=length / float(km[unconstrained].sum()),
            exposure_km=float("nan") if found is None else self._exposure(state, usable),
            redundancy=0 if found is None else self._redundancy(usable),
            outside_km=float(km[edges][self.roads.cell[edges] < 0].sum()),
            open_km=float(km[ahead].sum()),
            geometry=shapely.MultiLineString(list(self.roads.lines[edges])),
            closed_by=tuple(
                dict.fromkeys(self._closing_event(state, int(self.deciding_cell[edge])) for edge in closed)
            ),
            **self._blocked_at(state, closed),
        )

    def _blocked_at(self, state: State, closed: NDArray[np.int64]) -> dict[str, str]:
        """Place, holder, status and event of the first closed stretch; empty without one."""
        campaign = self.timeline.campaign
        cell = int(self.deciding_cell[closed[0]]) if len(closed) else -1
        if cell < 0:
            return {"stopped_at": "", "holder": "", "status": "", "event": ""}
        place = int(self.timeline.partition.place[cell])
        return {
            "stopped_at": campaign.places[place].id if place >= 0 else "",
            "holder": campaign.actors[int(state.controller[cell])].id,
            "status": Status(int(state.status[cell])).name.lower(),
            "event": self._closing_event(state, cell),
        }

    def _closing_event(self, state: State, cell: int) -> str:
        """Id of the event that closes a cell: the one that gave it to another side, or made own ground contested."""
        if cell < 0:
            return ""
        own = self.group[state.controller[cell]]
        event = int(state.event[cell] if own else state.held_event[cell])
        return self.timeline.campaign.events[event].id if event >= 0 else ""

    def _exposure(self, state: State, usable: NDArray[np.bool_]) -> float:
        """Widest path, km: the largest possible least distance to enemy ground along an open route."""
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
        """Number of edge-disjoint open routes between the roads at both ends."""
        graph: nx.Graph[int] = nx.Graph()
        for u, v, _ in self.roads.graph(usable).edges:
            known = graph.edges[u, v]["count"] if graph.has_edge(u, v) else 0
            graph.add_edge(u, v, count=known + 1)
        start, goal = (self.roads.road_node[stop] for stop in (self.question.start, self.question.goal))
        if start == goal or not (graph.has_node(start) and graph.has_node(goal)):
            return 1
        return int(nx.maximum_flow_value(graph, start, goal, capacity="count"))
