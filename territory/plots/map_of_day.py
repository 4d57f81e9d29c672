"""Plot the map of one day: who held which ground, with fronts, cities and areas, on matplotlib axes."""

from __future__ import annotations

import textwrap
from typing import Any

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Patch, PathPatch
from matplotlib.path import Path
from matplotlib.patheffects import withStroke
from shapely.geometry.base import BaseGeometry

from territory._util.palette import LIGHT
from territory.measures import frames
from territory.plots import _style
from territory.records.actors import FIRST
from territory.records.kinds import traits_of
from territory.timeline.base import BaseTimeline
from territory.timeline.changes import Day

REST = 0.55  # how strongly an actor's colour shows on the land
CREDIT = 135  # letters in a line of the credit
BESIDE_DEG = 0.25  # a city with another so near to its east has its name on the west

Style = dict[str, Any]  # Any: what artists of matplotlib take


def map_of_day(timeline: BaseTimeline, on: Day) -> Figure:
    """The map of a day, in the colours of the page: territories, fronts, rivers, cities, and areas in km2.

    Parameters
    ----------
    timeline : Timeline
    on : date, str or datetime64

    Returns
    -------
    matplotlib.figure.Figure
    """
    west, south, east, north = timeline.campaign.extent
    tall = (north - south) / ((east - west) * np.cos(np.radians((south + north) / 2)))
    drawn = _style.figure(min(1.6, max(0.4, tall)) * 0.95 * _style.WIDTH_IN + 1.3)
    draw_map(drawn.add_subplot(), timeline, on)
    _style.source(drawn, timeline, *textwrap.wrap(timeline.campaign.attribution, CREDIT))
    return drawn


def draw_map(axes: Axes, timeline: BaseTimeline, on: Day) -> Axes:
    """Draw the map of a day on axes; degrees, with the aspect of the middle of the map.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
    timeline : Timeline
    on : date, str or datetime64

    Returns
    -------
    matplotlib.axes.Axes
        The axes given.
    """
    campaign, day = timeline.campaign, timeline.day(on).astype(object)
    west, south, east, north = campaign.extent
    axes.set(xlim=(west, east), ylim=(south, north), aspect=1 / np.cos(np.radians((south + north) / 2)))
    axes.set(xticks=[], yticks=[], facecolor=LIGHT["sea"])
    axes.spines[:].set_visible(False)
    for role, colour in (("country", LIGHT["abroad"]), ("land", LIGHT["land"])):
        for shape in (shape for layer in campaign.layers if layer.role == role for shape in layer.shapes):
            _fill(axes, shape, {"facecolor": colour})
    handles = _territories(axes, timeline, on)
    for shape in (shape for layer in campaign.layers if layer.role == "river" for shape in layer.shapes):
        _line(axes, shape, {"color": LIGHT["river"], "linewidth": 0.7})
    for front in frames.fronts(timeline, on).geometry:
        _line(axes, front, {"color": LIGHT["casing"], "linewidth": 3.0})
        _line(axes, front, {"color": LIGHT["front"], "linewidth": 1.4})
    _cities(axes, timeline, on)
    _style.title(axes, f"{campaign.title}: {day.day} {day:%B %Y}")
    axes.legend(handles=handles, loc="upper left", bbox_to_anchor=(-0.01, 0.0), frameon=False, fontsize=9, ncols=3)
    return axes


def _territories(axes: Axes, timeline: BaseTimeline, on: Day) -> list[Patch]:
    """Draw the territories; a handle of the legend for each, with its area."""
    handles, held = [], frames.territories(timeline, on)
    for row, shape in zip(held.itertuples(), held.geometry, strict=True):
        look = _look(timeline, str(row.actor), str(row.status))
        _fill(axes, shape, look)
        status = f", {row.status}" if row.status not in ("", "control") else ""
        handles.append(Patch(**look, label=f"{row.label}{status}  {row.area_km2:,.0f} km²"))
    return handles


def _look(timeline: BaseTimeline, actor: str, status: str) -> Style:
    """Colour and hatch of ground: an actor's colour on the land, hatched where it is disputed."""
    code = timeline.campaign.actors.code(actor)
    if code < FIRST:
        return {"facecolor": LIGHT["land"], "edgecolor": LIGHT["hatch"], "hatch": "////", "linewidth": 0.0}
    land, own = np.array(to_rgb(LIGHT["land"])), np.array(to_rgb(timeline.campaign.actors[code].colour))
    hatched: Style = {"edgecolor": LIGHT["casing"], "hatch": _style.hatch(traits_of(status)), "linewidth": 0.0}
    return {"facecolor": tuple(land + (own - land) * REST), **hatched}


def _fill(axes: Axes, shape: BaseGeometry, look: Style) -> None:
    """Fill polygons, holes left open."""
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            rings = [shapely.get_coordinates(ring) for ring in shapely.get_rings(shapely.orient_polygons(part))]
            path = Path.make_compound_path(*(Path(ring, closed=True) for ring in rings))
            axes.add_patch(PathPatch(path, **{"linewidth": 0.0, **look}))


def _line(axes: Axes, shape: BaseGeometry, look: Style) -> None:
    for part in shapely.get_parts(shape):
        if part.geom_type == "LineString":
            axes.plot(*shapely.get_coordinates(part).T, solid_joinstyle="round", **look)


def _cities(axes: Axes, timeline: BaseTimeline, on: Day) -> None:
    """A dot and a name for every city in the extent."""
    west, south, east, north = timeline.campaign.extent
    cities = [place for place in timeline.campaign.places if place.kind == "city"]
    for place in (place for place in cities if west < place.lon < east and south < place.lat < north):
        crowded = any(0 < one.lon - place.lon < BESIDE_DEG and abs(one.lat - place.lat) < 0.05 for one in cities)
        axes.plot(place.lon, place.lat, "o", color=LIGHT["ink"], markersize=3.2)
        axes.annotate(
            place.name_on(timeline.day(on).astype(object)),
            (place.lon, place.lat),
            (-5 if crowded else 5, 0),
            textcoords="offset points",
            ha="right" if crowded else "left",
            va="center_baseline",
            fontsize=9,
            fontweight="bold",
            color=LIGHT["ink"],
            path_effects=[withStroke(linewidth=2.2, foreground=LIGHT["halo"])],
        )
