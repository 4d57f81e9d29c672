"""Build a road network over a partition: noded where roads meet, ends snapped to near roads, cut at cell borders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.ops import substring

from territory._util.brief import Brief
from territory._util.lazy import Lazy
from territory.errors import RouteError
from territory.space.geodesic import lengths_km
from territory.space.projection import LONLAT, Plane
from territory.space.shapes import Shapes, arc_lines
from territory.timeline.base import BaseTimeline

if TYPE_CHECKING:
    import geopandas as gpd
else:
    gpd = Lazy("geopandas")

Stop = str | tuple[float, float]  # any name of a place, or lon and lat

JOIN_M = 500.0
ACCESS_KM = 5.0
ON_ROAD_KM = 1.0
PLACE_REACH_KM = 12.0
PIECE_M = 500.0  # longest stretch, so that a route is checked every half kilometre
GRID_M = 0.01  # lines are noded on a 1 cm grid
ACCESS = "(to the road)"
JOIN = "(join)"


@dataclass(frozen=True, repr=False)
class Network(Brief):
    """A road graph: stretches of road between nodes, each in one cell.

    Parameters
    ----------
    start, end : (edge,) int64
        Nodes.
    km : (edge,) float64
        Geodesic length.
    cell : (edge,) int64
        The cell that the stretch runs through; -1 outside the partition.
    place_cell : (edge,) int64
        Home cell of the place on the road that is nearest along the road; where none is near, as ``cell``.
    name : tuple of str
        Name of the road of each edge.
    lines : (edge,) array of shapely.LineString
        EPSG:4326.
    schematic : bool
        Whether the lines show the order of places rather than the course of the road.
    place_node, road_node : dict of Stop to int
        The node of each stop, and the node where it meets the road.
    """

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    km: NDArray[np.float64]
    cell: NDArray[np.int64]
    place_cell: NDArray[np.int64]
    name: tuple[str, ...]
    lines: Shapes
    schematic: bool
    place_node: dict[Stop, int] = field(repr=False)
    road_node: dict[Stop, int] = field(repr=False)

    def graph(self, usable: NDArray[np.bool_]) -> nx.MultiGraph[int]:
        """Multigraph of the usable edges; keys are edge numbers, ``km`` their lengths.

        Parameters
        ----------
        usable : (edge,) bool
        """
        graph: nx.MultiGraph[int] = nx.MultiGraph()
        graph.add_nodes_from({*self.place_node.values(), *self.road_node.values()})
        for edge in np.flatnonzero(usable).tolist():
            graph.add_edge(int(self.start[edge]), int(self.end[edge]), key=edge, km=float(self.km[edge]))
        return graph

    def frame(self) -> gpd.GeoDataFrame:
        """The edges as a GeoDataFrame: index ``edge``; name, cell, speaker (``place_cell``), length_km, geometry."""
        columns = {"name": self.name, "cell": self.cell, "speaker": self.place_cell, "length_km": self.km}
        return gpd.GeoDataFrame(columns, geometry=self.lines, crs=LONLAT).rename_axis("edge")


def network(
    timeline: BaseTimeline,
    stops: Iterable[Stop] = (),
    roads: gpd.GeoDataFrame | None = None,
    *,
    join_m: float = JOIN_M,
    access_km: float = ACCESS_KM,
    on_road_km: float = ON_ROAD_KM,
    speak_km: float = PLACE_REACH_KM,
) -> Network:
    """Build the road graph over the cells of a timeline.

    Roads that cross are taken to meet. A road's end that lies within ``join_m`` of another road is joined to it by a
    straight line. A stop is joined to the nearest road by a straight line, cut at cell borders as roads are. A stretch
    along a border belongs to the cell with the lower number.

    Parameters
    ----------
    timeline : Timeline
    stops : iterable of place names or (lon, lat)
    roads : GeoDataFrame, optional
        Lines with a column ``name``; by default the campaign's layers of the role road.
    join_m : float
        Ends of roads farther than this from every other road are not joined.
    access_km : float
        A stop farther than this from every road is refused.
    on_road_km : float
        A place no farther than this from a road counts as on the road.
    speak_km : float
        How far along the road such a place decides for it (``place_cell``).

    Returns
    -------
    Network

    Raises
    ------
    RouteError
        Where there are no roads, or a stop has none near it.
    UnknownName, AmbiguousName
    """
    plane = Plane.around(timeline.partition)
    lines, names = _road_lines(timeline, roads)
    metric = _Builder(list(plane.metres(lines)), list(names))
    metric.join_ends(join_m)
    points = {stop: plane.metres([shapely.Point(_lonlat(timeline, stop))])[0] for stop in dict.fromkeys(stops)}
    feet = {stop: metric.join_stop(stop, point, access_km * 1000.0) for stop, point in points.items()}
    parts, part_names = metric.noded(_arcs_m(timeline, plane))
    degrees = plane.degrees(parts)
    ends = np.stack([shapely.get_coordinates(shapely.get_point(parts, at)) for at in (0, -1)], axis=1)
    xy, number = np.unique(np.round(ends.reshape(-1, 2) / GRID_M).astype(np.int64), axis=0, return_inverse=True)
    start, end = number.reshape(-1, 2).astype(np.int64).T
    nodes = shapely.STRtree([shapely.Point(*one) for one in xy * GRID_M])
    built = Network(
        start,
        end,
        lengths_km(degrees),
        _cells(timeline, degrees),
        np.full(len(parts), -1, dtype=np.int64),
        part_names,
        degrees,
        roads is None and any(layer.schematic for layer in timeline.campaign.layer("road")),
        {stop: int(nodes.nearest(point)) for stop, point in points.items()},
        {stop: int(nodes.nearest(foot)) for stop, foot in feet.items()},
    )
    built.place_cell[:] = _place_cells(timeline, plane, built, nodes, on_road_km, speak_km)
    return built


def _road_lines(timeline: BaseTimeline, roads: gpd.GeoDataFrame | None) -> tuple[Sequence[shapely.Geometry], list[str]]:
    """Roads as single LineStrings in degrees, and their names."""
    if roads is None:
        layers = timeline.campaign.layer("road")
        pairs = [pair for layer in layers for pair in zip(layer.shapes, layer.names, strict=True)]
        shapes, names = [shape for shape, _ in pairs], [name for _, (name, _) in pairs]
    else:
        if roads.crs is None:
            raise ValueError("The roads have no CRS; set it with roads.set_crs(...).")
        shapes = list(roads.geometry.to_crs(LONLAT))
        names = [str(name) for name in roads["name"]] if "name" in roads.columns else [""] * len(shapes)
    parts, owner = shapely.get_parts(np.array(shapes, dtype=object), return_index=True)
    is_line = shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING
    if not is_line.any():
        raise RouteError("There are no roads; pass lines as `roads`, or add a layer of role 'road' to campaign.toml.")
    return list(parts[is_line]), [names[one] for one in owner[is_line]]


def _lonlat(timeline: BaseTimeline, stop: Stop) -> tuple[float, float]:
    """Longitude and latitude of a stop."""
    if not isinstance(stop, str):
        return stop
    place = timeline.campaign.places[timeline.campaign.places.find(stop)]
    return place.lon, place.lat


def _arcs_m(timeline: BaseTimeline, plane: Plane) -> Shapes:
    """All arcs of the partition as lines in metres."""
    return plane.metres(arc_lines(timeline.partition.topology))


def _cells(timeline: BaseTimeline, lines: Shapes) -> NDArray[np.int64]:
    """(line,) int64: the cell of the midpoint of each line; -1 outside the partition."""
    midpoints = shapely.line_interpolate_point(lines, 0.5, normalized=True)
    which, cell = shapely.STRtree(timeline.partition.cells).query(midpoints, predicate="intersects")
    found = np.full(len(lines), len(timeline.partition), dtype=np.int64)
    np.minimum.at(found, which, cell)
    return np.where(found == len(timeline.partition), -1, found)


@dataclass
class _Builder:
    """Lines and their names in metres, while the network is being built."""

    lines: list[shapely.LineString]
    names: list[str]

    def join_ends(self, join_m: float) -> None:
        """Join each end of a road to another road within ``join_m``, unless they touch."""
        for own in range(len(self.lines)):
            others = [other for other in range(len(self.lines)) if other != own]
            for at in (0, -1) if others else ():
                end = shapely.get_point(self.lines[own], at)
                away = shapely.distance(np.array(self.lines, dtype=object)[others], end)
                near = others[int(away.argmin())]
                if 0 < away.min() <= join_m:
                    foot = self._cut(near, end)
                    self.lines.append(shapely.LineString([end, foot]))
                    self.names.append(JOIN)

    def join_stop(self, stop: Stop, point: shapely.Point, access_m: float) -> shapely.Point:
        """Join a stop to the nearest road; the point where it meets the road."""
        roads = [own for own, name in enumerate(self.names) if name != ACCESS]
        away = shapely.distance(np.array(self.lines, dtype=object)[roads], point)
        if away.min() > access_m:
            raise RouteError(
                f"The nearest road to {_stop_text(stop)} is {away.min() / 1000:.1f} km away, and at most "
                f"{access_m / 1000:g} km are bridged; give more roads, or a larger access_km."
            )
        foot = self._cut(roads[int(away.argmin())], point)
        if away.min() > GRID_M:
            self.lines.append(shapely.LineString([point, foot]))
            self.names.append(ACCESS)
        return foot

    def _cut(self, own: int, point: shapely.Point) -> shapely.Point:
        """Cut a line where it comes nearest to a point, unless that is at its end."""
        line = self.lines[own]
        at = line.project(point)
        foot = line.interpolate(at)
        if GRID_M < at < line.length - GRID_M:
            first, second = _parts(line, [0.0, at, line.length])
            foot = shapely.Point(second.coords[0])
            self.lines[own] = first
            self.lines.append(second)
            self.names.append(self.names[own])
        return foot

    def noded(self, borders: Shapes) -> tuple[Shapes, tuple[str, ...]]:
        """All lines cut where they meet each other or a border, and into short stretches; with their names."""
        tree = shapely.STRtree(np.array(self.lines, dtype=object))
        near = np.unique(tree.query(borders, predicate="intersects")[0])
        together = shapely.union_all(np.array([*self.lines, *borders[near]], dtype=object), grid_size=GRID_M)
        parts = shapely.get_parts(together)
        midpoints = shapely.line_interpolate_point(parts, 0.5, normalized=True)
        pair, away = tree.query_nearest(midpoints, max_distance=5 * GRID_M, return_distance=True, all_matches=False)
        on_road = pair[0][away <= 5 * GRID_M]
        short, names = [], []
        for part, road in zip(parts[on_road], pair[1], strict=True):
            pieces = int(np.ceil(part.length / PIECE_M))
            at = np.linspace(0, part.length, pieces + 1)
            short += _parts(part, at.tolist())
            names += [self.names[road]] * pieces
        return np.array(short, dtype=object), tuple(names)


def _parts(line: shapely.LineString, at: Sequence[float]) -> list[shapely.LineString]:
    """Parts of a line between the given distances along it."""
    return [shapely.LineString(substring(line, a, b).coords) for a, b in pairwise(at)]


def _stop_text(stop: Stop) -> str:
    """A stop as text for errors."""
    return f"'{stop}'" if isinstance(stop, str) else f"lon {stop[0]}, lat {stop[1]}"


def _place_cells(
    timeline: BaseTimeline, plane: Plane, built: Network, nodes: shapely.STRtree, on_road_km: float, speak_km: float
) -> NDArray[np.int64]:
    """(edge,) int64: home cell of the place on the road that is nearest along it, else the edge's own cell."""
    home = timeline.partition.home
    rows = np.flatnonzero(home >= 0)
    points = plane.metres([shapely.Point(lonlat) for lonlat in timeline.campaign.places.lonlat[rows]])
    is_road = np.array([name not in (ACCESS, JOIN) for name in built.name])
    roads = shapely.STRtree(plane.metres(built.lines[is_road]))
    pair, away = roads.query_nearest(points, return_distance=True, all_matches=False)
    on_road = pair[0][away <= on_road_km * 1000.0]
    feet = [shapely.shortest_line(points[one], roads.geometries[roads.nearest(points[one])]) for one in on_road]
    sources: dict[int, int] = {}  # node -> home cell; of two places at one node the nearer one counts
    for one, leg in sorted(zip(on_road.tolist(), feet, strict=True), key=lambda both: (both[1].length, both[0])):
        sources.setdefault(int(nodes.nearest(shapely.get_point(leg, -1))), int(home[rows[one]]))
    if not sources:
        return built.cell
    graph: nx.Graph[int] = nx.Graph()
    for u, v, km in zip(built.start.tolist(), built.end.tolist(), built.km.tolist(), strict=True):
        graph.add_edge(u, v, km=min(km, graph.edges[u, v]["km"]) if graph.has_edge(u, v) else km)
    far = nx.multi_source_dijkstra_path_length(graph, set(sources), weight="km")
    paths = nx.multi_source_dijkstra_path(graph, set(sources), weight="km")
    found = built.cell.copy()
    for edge, (u, v) in enumerate(zip(built.start.tolist(), built.end.tolist(), strict=True)):
        nearest = min((u, v), key=lambda node: (far.get(node, np.inf), node))
        if far.get(nearest, np.inf) + built.km[edge] / 2 <= speak_km:
            found[edge] = sources[paths[nearest][0]]
    return found
