"""The page in headless Chromium: weight, first frame, and milliseconds a frame, beside folium's plugins and Leaflet.

Weights of folium's pages are of three sampled days, and linear from there: the whole would be up to gigabytes. Their
scripts come from a network that a bench has not, so they are weighed, not played. What is played beside ours is the
usual way with Leaflet itself: all cells on its canvas, and those that changed given a new style.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import Any

import folium
import numpy as np
from folium.plugins import TimeSliderChoropleth, TimestampedGeoJson

from benchmarks.bench import Row
from benchmarks.worlds import world
from territory import frames
from territory.shown import Timeline

LEAFLET = Path(__file__).parents[2] / "territory" / "player" / "node_modules" / "leaflet" / "dist"
SAMPLED = 3
FRAMES = 60
WORLDS = ("W1", "W2", "W3")
FEWER = {"W1": 30.0, "W2": 300.0, "W3": 900.0}  # how many times lighter than TimestampedGeoJson

BARE = """<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="leaflet.css">
<script src="leaflet.js"></script><div id="map" style="width:1280px;height:800px"></div><script>
const map = L.map('map', {preferCanvas: true}).fitBounds(BOUNDS, {animate: false});
FILL
requestAnimationFrame(() => requestAnimationFrame(() => { window.painted = performance.now(); }));
</script>"""
CELLS = """
const colours = COLOURS, days = DAYS, changes = CHANGES, layers = [];
L.geoJSON(DATA, {style: (one) => ({fillColor: colours[one.properties.held], weight: 0, fillOpacity: 1}),
  onEachFeature: (one, layer) => { layers[one.properties.cell] = layer; }}).addTo(map);
const canvas = document.querySelector('canvas').getContext('2d');
window.show = (day) => { for (const [cell, held] of changes[day]) layers[cell].setStyle({fillColor: colours[held]}); };
window.flush = () => {
  const { _renderer: one } = map;
  if (one._redrawRequest) { L.Util.cancelAnimFrame(one._redrawRequest); one._redraw(); }
  canvas.getImageData(0, 0, 1, 1);
};
window.days = days;"""
PLAY = """async ([how, count]) => {
  const { player } = window.territory;
  const days = player.timeline.changeDays;
  let seed = 7;
  const random = () => { seed = (seed * 1103515245 + 12345) & 0x7fffffff; return seed / 0x7fffffff; };
  const [took, map] = [[], []];
  const { layer } = player;
  const show = layer.show.bind(layer);
  let drawn = 0;
  layer.show = (...day) => {
    const start = performance.now();
    show(...day);
    for (const sheet of ['cells', 'over']) layer.sheets.contexts[sheet].getImageData(0, 0, 1, 1);
    drawn = performance.now() - start;
  };
  for (let i = 0; i < count; i += 1) {
    const there = Math.floor(random() * days.length);
    const next = { play: 10 + i, step: 40 + ((i % 2 ? -1 : 1) * (i >> 1)) % 30, jump: there }[how];
    await new Promise((done) => { requestAnimationFrame(done); });
    const start = performance.now();
    player.goTo(days[Math.abs(next) % days.length]);
    took.push(performance.now() - start);
    map.push(drawn);
  }
  delete layer.show;
  return [took, map];
}"""
RESTYLE = """async (count) => {
  const took = [];
  for (let i = 0; i < count; i += 1) {
    await new Promise((done) => { requestAnimationFrame(done); });
    const start = performance.now();
    window.show(i % window.days);
    window.flush();
    took.push(performance.now() - start);
  }
  return took;
}"""
READY = """(() => {
  const look = () => {
    if (!window.territory) requestAnimationFrame(look);
    else requestAnimationFrame(() => { window.painted = performance.now(); });
  };
  look();
})()"""
WHOLE = """() => {
  const [west, south, east, north] = window.territory.player.world.campaign.extent;
  window.territory.map.setMinZoom(1);
  window.territory.map.fitBounds([[south, west], [north, east]], { animate: false });
}"""


def rows() -> Iterator[Row]:
    """Weights, first frames and frames of three worlds; without a Chromium the weights alone."""
    with tempfile.TemporaryDirectory() as folder, _served(Path(folder)) as address, _browser() as browser:
        for name in WORLDS:
            timeline = world(name)
            page = Path(timeline.to_html(Path(folder) / f"{name}.html"))
            yield from _weights(name, timeline, page)
            if browser is not None:
                _bare(Path(folder) / f"{name}-bare.html", timeline, "")
                _bare(Path(folder) / f"{name}-cells.html", timeline, _cells(timeline))
                yield from _played(name, browser, address)


def _weights(name: str, timeline: Timeline, page: Path) -> Iterator[Row]:
    mb = page.stat().st_size / 1e6
    days = np.linspace(0, len(timeline.days) - 1, SAMPLED).astype(int)
    stamped, slider = _stamped(timeline, timeline.days[days]), _slider(timeline, timeline.days[days])
    count = len(timeline.days)
    note = f"{SAMPLED} of {count} days, linear from there"
    yield Row(f"page {name}, beside TimestampedGeoJson", mb, stamped * count / 1e6, FEWER[name], "MB", note)
    yield Row(f"page {name}, beside TimeSliderChoropleth", mb, slider * count / 1e6, FEWER[name], "MB", note)
    if name == "W3":
        yield Row("page W3, everything inside", mb, None, 0.8, "MB")


def _stamped(timeline: Timeline, days: Any) -> float:
    """Bytes a day of territories as polygons with a time."""
    features = [
        {"type": "Feature", "geometry": shape.__geo_interface__, "properties": {"times": [str(day)], "style": {}}}
        for day in days
        for shape in frames.territories(timeline, day).geometry
    ]
    data = {"type": "FeatureCollection", "features": features}
    return _weight(lambda some: TimestampedGeoJson(some), data, {**data, "features": []}) / len(days)


def _slider(timeline: Timeline, days: Any) -> float:
    """Bytes a day of a style for every cell."""
    cells = [str(cell) for cell in range(len(timeline.partition))]
    empty = {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "id": "0", "geometry": None, "properties": {}}],
    }
    seconds = [int(day.astype("datetime64[s]").astype(int)) for day in days]
    styles = {cell: {str(second): {"color": "#ac341f", "opacity": 0.5} for second in seconds} for cell in cells}
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
        "DAYS": len(steps),
        "CHANGES": steps,
        "DATA": data,
    }
    script = CELLS
    for word, value in values.items():
        script = script.replace(word, json.dumps(value), 1)
    return script


def _played(name: str, browser: Any, address: str) -> Iterator[Row]:
    first = {kind: median(_first(browser, f"{address}/{name}{kind}.html") for _ in range(3)) for kind in ("", "-bare")}
    note = "time to the first frame, median of 3; the peer is a Leaflet page without data; 0.25 is 4 times as long"
    yield Row(f"first frame {name}", first[""], first["-bare"], 0.25, "ms", note)
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{address}/{name}-cells.html")
    page.wait_for_function("() => window.painted")
    peer = page.evaluate(RESTYLE, 20)
    page.close()
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{address}/{name}.html")
    page.wait_for_function("() => window.territory")
    page.evaluate(WHOLE)
    page.wait_for_timeout(500)
    for how in ("play", "step", "jump"):
        whole, drawn = page.evaluate(PLAY, [how, FRAMES])
        if how == "play":
            note = "medians of the map alone; the peer shows no front, no names and no marks"
            yield Row(f"map {name}, {how}, beside Leaflet cells", median(drawn), median(peer), 20, "ms", note)
        for what, took in (("map", drawn), ("page", whole)):
            note = f"median {median(took):.1f} ms"
            yield Row(f"{what} {name}, {how}, 95th of 100", float(np.quantile(took, 0.95)), None, 8, "ms", note)
    page.close()


def _first(browser: Any, url: str) -> float:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.add_init_script(READY)
    page.goto(url)
    page.wait_for_function("() => window.painted")
    time = page.evaluate("() => window.painted")
    context.close()
    return float(time)


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """The folder on localhost: a browser's interception would slow large pages down."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

    for script in ("leaflet.js", "leaflet.css"):
        shutil.copy(LEAFLET / script, folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


@contextmanager
def _browser() -> Iterator[Any]:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        yield None
        return
    from playwright.sync_api import sync_playwright

    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--disable-gpu", *root])
        yield browser
        browser.close()
