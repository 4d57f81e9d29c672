"""The page in headless Chromium: weight, first frame, and milliseconds a frame, beside Leaflet and folium's plugins.

Weights of folium's pages are of nine sampled days, and linear from there: the whole would be up to gigabytes.
Played beside ours is the usual way with Leaflet itself: all cells on its canvas, and those that changed given a new
style; and folium's two plugins on as many dates as they can bear.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

import folium
import numpy as np
from folium.plugins import TimeSliderChoropleth, TimestampedGeoJson

from benchmarks import plugins
from benchmarks.bench import Row
from benchmarks.chromium import browser, opened, served, unwatched
from benchmarks.worlds import world
from territory.api import Timeline

SAMPLED = 9
SNAPSHOTS = 8
FRAMES = 120
WORLDS = ("W1", "W2", "W3")
FEWER = {"W1": 1.0, "W2": 300.0, "W3": 900.0}  # how many times lighter than TimestampedGeoJson

BARE = """<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="leaflet.css">
<script src="leaflet.js"></script><div id="map" style="width:1280px;height:800px"></div><script>
const map = L.map('map', {preferCanvas: true}).fitBounds(BOUNDS, {animate: false});
FILL
requestAnimationFrame(() => setTimeout(() => { window.painted = performance.now(); }));
</script>"""
CELLS = """
const colours = COLOURS, changes = CHANGES, snapshots = SNAPSHOTS, layers = [];
L.geoJSON(DATA, {style: (one) => ({fillColor: colours[one.properties.held], weight: 0, fillOpacity: 1}),
  onEachFeature: (one, layer) => { layers[one.properties.cell] = layer; }}).addTo(map);
const canvas = document.querySelector('canvas').getContext('2d');
const held = snapshots[0].slice();
const put = (cell, code) => { held[cell] = code; layers[cell].setStyle({fillColor: colours[code]}); };
window.play = (at) => { for (const [cell, code] of changes[at % changes.length]) put(cell, code); };
window.jump = (at) => {
  const wanted = snapshots[at % snapshots.length];
  for (let cell = 0; cell < held.length; cell += 1) if (held[cell] !== wanted[cell]) put(cell, wanted[cell]);
};
window.flush = () => {
  const { _renderer: one } = map;
  if (one._redrawRequest) { L.Util.cancelAnimFrame(one._redrawRequest); one._redraw(); }
  canvas.getImageData(0, 0, 1, 1);
};"""
PLAY = """async ([how, count]) => {
  const { player } = window.territory;
  const days = player.days.timeline.changeDays;
  let seed = 7;
  const random = () => { seed = (seed * 1103515245 + 12345) & 0x7fffffff; return seed / 0x7fffffff; };
  const [took, map] = [[], []];
  const { layer } = player;
  const show = layer.show.bind(layer);
  let drawn = 0;
  layer.show = (...day) => {
    const start = performance.now();
    show(...day);
    for (const sheet of ['cells', 'over']) layer.canvases.contexts[sheet].getImageData(0, 0, 1, 1);
    drawn = performance.now() - start;
  };
  for (let i = 0; i < count; i += 1) {
    const there = Math.floor(random() * days.length);
    const next = { play: 10 + i, step: 40 + ((i % 2 ? -1 : 1) * (i >> 1)) % 30, jump: there }[how];
    await new Promise((done) => { requestAnimationFrame(done); });
    const start = performance.now();
    player.days.goTo(days[Math.abs(next) % days.length]);
    took.push(performance.now() - start);
    map.push(drawn);
  }
  delete layer.show;
  return [took, map];
}"""
RESTYLE = """async ([how, count]) => {
  const took = [];
  for (let i = 0; i < count; i += 1) {
    await new Promise((done) => { requestAnimationFrame(done); });
    const start = performance.now();
    window[how](i);
    window.flush();
    took.push(performance.now() - start);
  }
  return took;
}"""
WHOLE = """() => {
  const [west, south, east, north] = window.territory.player.world.campaign.extent;
  window.territory.map.setMinZoom(1);
  window.territory.map.fitBounds([[south, west], [north, east]], { animate: false });
}"""


def rows() -> Iterator[Row]:
    """Weights, first frames and frames of three worlds; without a Chromium the weights alone."""
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as address:
        for name in WORLDS:
            timeline = world(name)
            page = Path(timeline.to_html(Path(folder) / f"{name}.html"))
            yield from _weights(name, timeline, page)
            _bare(Path(folder) / f"{name}-bare.html", timeline, "")
            _bare(Path(folder) / f"{name}-cells.html", timeline, _cells(timeline))
            plugins.write(Path(folder), name, timeline)
        with browser() as found:
            if found is None:
                return
            for name in WORLDS:
                yield from _played(name, found, address)
        with unwatched() as first:
            for name in WORLDS:
                yield _first(name, first, address)


def _first(name: str, first: Callable[[str], float], address: str) -> Row:
    """Time to the first frame; the first of all opens warms the browser up."""
    pages = (f"{address}/{name}.html", f"{address}/{name}-bare.html")
    times = [[first(page) for page in pages] for _ in range(6)][1:]
    ours, bare = (median(time) for time in zip(*times, strict=True))
    note = "median of 5, no debugger attached; the peer is a Leaflet page without data; 0.25 is 4 times as long"
    return Row(f"first frame {name}", ours, bare, 0.25, "ms", note)


def _weights(name: str, timeline: Timeline, page: Path) -> Iterator[Row]:
    mb = page.stat().st_size / 1e6
    stamped, slider = (weigh(timeline, _some(timeline, SAMPLED)) for weigh in (_stamped, _slider))
    count = len(timeline.days)
    note = f"{SAMPLED} of {count} days, linear from there"
    yield Row(f"page {name}, beside TimestampedGeoJson", mb, stamped * count / 1e6, FEWER[name], "MB", note)
    yield Row(f"page {name}, beside TimeSliderChoropleth", mb, slider * count / 1e6, FEWER[name], "MB", note)
    if name == "W3":
        yield Row("page W3, everything inside", mb, None, 0.8, "MB")


def _some(timeline: Timeline, count: int) -> Any:
    """Days from the first to the last, evenly."""
    return timeline.days[np.linspace(0, len(timeline.days) - 1, count).astype(int)]


def _stamped(timeline: Timeline, days: Any) -> float:
    """Bytes a day of territories as polygons with a time."""
    data = plugins.stamped(timeline, days)
    return _weight(lambda some: TimestampedGeoJson(some), data, {**data, "features": []}) / len(days)


def _slider(timeline: Timeline, days: Any) -> float:
    """Bytes a day of a style for every cell."""
    empty = {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "id": "0", "geometry": None, "properties": {}}],
    }
    styles = plugins.styles(timeline, days)
    return _weight(lambda some: TimeSliderChoropleth(empty, some), styles, {"0": styles["0"]}) / len(days)


def _weight(layer: Any, full: Any, bare: Any) -> int:
    sizes = []
    for data in (full, bare):
        shown = folium.Map()
        layer(data).add_to(shown)
        sizes.append(len(shown.get_root().render()))
    return sizes[0] - sizes[1]


def _bare(path: Path, timeline: Timeline, fill: str) -> None:
    west, south, east, north = timeline.campaign.extent
    bounds = json.dumps([[south, west], [north, east]])
    path.write_text(BARE.replace("BOUNDS", bounds).replace("FILL", fill), encoding="utf-8")


def _cells(timeline: Timeline) -> str:
    held = timeline.state(timeline.first_day).controller.tolist()
    data = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "geometry": shape.__geo_interface__, "properties": {"cell": cell, "held": held[cell]}}
            for cell, shape in enumerate(timeline.partition.cells)
        ],
    }
    changes = timeline.changes
    some = [np.flatnonzero(changes.day == day) for day in timeline.days[1 : FRAMES + 1]]
    steps = [list(zip(changes.cell[at].tolist(), changes.controller[at].tolist(), strict=True)) for at in some]
    values = {
        "COLOURS": [actor.colour for actor in timeline.campaign.actors.all],
        "CHANGES": steps,
        "SNAPSHOTS": [timeline.state(day).controller.tolist() for day in _some(timeline, SNAPSHOTS)],
        "DATA": data,
    }
    script = CELLS
    for word, value in values.items():
        script = script.replace(word, json.dumps(value), 1)
    return script


def _played(name: str, browser: Any, address: str) -> Iterator[Row]:
    page = opened(browser, f"{address}/{name}.html")
    page.evaluate(WHOLE)
    page.wait_for_timeout(500)
    map_alone = {}
    for how in ("play", "step", "jump"):
        whole, drawn = page.evaluate(PLAY, [how, FRAMES])
        map_alone[how] = median(drawn)
        for what, took in (("map", drawn), ("page", whole)):
            note = f"median {median(took):.1f} ms"
            yield Row(f"{what} {name}, {how}, 95th of 100", float(np.quantile(took, 0.95)), None, 8, "ms", note)
    page.close()
    for peer, (took, dates) in plugins.played(name, browser, address).items():
        note = f"medians of the map alone; the peer has {dates} dates"
        yield Row(f"map {name}, play, beside {peer}", map_alone["play"], took, 1, "ms", note)
    page = opened(browser, f"{address}/{name}-cells.html")
    for how in ("play", "jump") if name == "W3" else ():
        took = median(page.evaluate(RESTYLE, [how, 20]))
        note = "medians of the map alone; the peer shows no front, no names and no marks"
        yield Row(
            f"map {name}, {how}, beside Leaflet cells", map_alone[how], took, 20 if how == "jump" else 1, "ms", note
        )
    page.close()
