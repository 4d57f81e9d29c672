"""folium's own ways to animate a map, with as many dates as they bear: TimestampedGeoJson and TimeSliderChoropleth."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import median
from typing import Any

import folium
from folium.plugins import TimeSliderChoropleth, TimestampedGeoJson

from benchmarks.chromium import opened
from territory.api import Timeline
from territory.measures import frames

# Dates in a page: with all of a world's, the pages would be gigabytes.
STAMPED = {"W1": 200, "W2": 100, "W3": 50}
SLID = {"W1": 200, "W2": 20, "W3": 8}
STEPS = {"W1": 60, "W2": 30, "W3": 7}

LOADED = """<script>window.addEventListener('load', () => requestAnimationFrame(() => requestAnimationFrame(() => {
  window.painted = performance.now();
})));</script>"""
# The one draws on Leaflet's canvas, and is timed until that is drawn; the other can only do SVG, and is timed until the
# page is laid out: what a picture of so many paths then costs the browser is not counted.
PLAY_STAMPED = """async ([map, steps]) => {
  const { timeDimension, _renderer: canvas, _container } = window[map];
  const took = [];
  for (let i = 0; i < steps; i += 1) {
    await new Promise((done) => { requestAnimationFrame(done); });
    const start = performance.now();
    timeDimension.setCurrentTimeIndex(1 + i % (timeDimension.getAvailableTimes().length - 1));
    if (canvas._redrawRequest) { L.Util.cancelAnimFrame(canvas._redrawRequest); canvas._redraw(); }
    _container.querySelector('canvas').getContext('2d').getImageData(0, 0, 1, 1);
    took.push(performance.now() - start);
  }
  return took;
}"""
PLAY_SLID = """async (steps) => {
  const slider = document.querySelector('input[type=range]');
  const took = [];
  for (let i = 0; i < steps; i += 1) {
    await new Promise((done) => { requestAnimationFrame(done); });
    const start = performance.now();
    slider.value = 1 + i % Number(slider.max);
    slider.dispatchEvent(new Event('input'));
    document.body.getBoundingClientRect();
    took.push(performance.now() - start);
  }
  return took;
}"""


def stamped(timeline: Timeline, days: Any) -> dict[str, Any]:
    """The territories of some days as polygons with a time."""
    colours = {actor.id: actor.colour for actor in timeline.campaign.actors.all}
    features = []
    for day in days:
        shapes = frames.territories(timeline, day)
        for shape, actor in zip(shapes.geometry, shapes["actor"], strict=True):
            style = {"fillColor": colours[actor], "weight": 0, "fillOpacity": 1}
            properties = {"times": [str(day)], "style": style}
            features.append({"type": "Feature", "geometry": shape.__geo_interface__, "properties": properties})
    return {"type": "FeatureCollection", "features": features}


def styles(timeline: Timeline, days: Any) -> dict[str, Any]:
    """A style for every cell and day."""
    colours = [actor.colour for actor in timeline.campaign.actors.all]
    found: dict[str, Any] = {str(cell): {} for cell in range(len(timeline.partition))}
    for day in days:
        second = str(int(day.astype("datetime64[s]").astype(int)))
        for cell, code in enumerate(timeline.state(day).controller.tolist()):
            found[str(cell)][second] = {"color": colours[code], "opacity": 0.5}
    return found


def write(folder: Path, name: str, timeline: Timeline) -> None:
    """The two pages of a world."""
    west, south, east, north = timeline.campaign.extent

    def page(layer: Any, canvas: bool) -> str:
        shown = folium.Map(tiles=None, prefer_canvas=canvas)
        shown.fit_bounds([[south, west], [north, east]])
        layer.add_to(shown)
        return str(shown.get_root().render()).replace("<head>", f"<head>{LOADED}", 1)

    data = stamped(timeline, timeline.days[: STAMPED[name]])
    layer = TimestampedGeoJson(json.dumps(data), duration="P1D", auto_play=False, add_last_point=False)
    (folder / f"{name}-stamped.html").write_text(page(layer, canvas=True), encoding="utf-8")
    cells = [
        {"type": "Feature", "id": str(cell), "geometry": shape.__geo_interface__, "properties": {}}
        for cell, shape in enumerate(timeline.partition.cells)
    ]
    collection = {"type": "FeatureCollection", "features": cells}
    slid = TimeSliderChoropleth(collection, styles(timeline, timeline.days[: SLID[name]]))
    (folder / f"{name}-slid.html").write_text(page(slid, canvas=False), encoding="utf-8")


def played(name: str, browser: Any, address: str) -> dict[str, tuple[float, int]]:
    """Milliseconds a frame, and of how many dates, by plugin."""
    steps = STEPS[name]
    page = opened(browser, f"{address}/{name}-stamped.html")
    map_name = page.evaluate("() => document.querySelector('.folium-map').id")
    times = page.evaluate("map => window[map].timeDimension.getAvailableTimes().length", map_name)
    first = median(page.evaluate(PLAY_STAMPED, [map_name, steps]))
    page.close()
    page = opened(browser, f"{address}/{name}-slid.html")
    second = median(page.evaluate(PLAY_SLID, steps))
    page.close()
    return {"TimestampedGeoJson": (first, times), "TimeSliderChoropleth": (second, SLID[name])}
