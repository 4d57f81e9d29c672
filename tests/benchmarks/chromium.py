"""Pages in headless Chromium: served from localhost, played frame by frame, or opened with nobody watching."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

NODE = Path(__file__).parent / "node_modules"
# What folium names by an address in a network, and where npm has put it. Other scripts are for other features: empty.
SCRIPTS = {
    "leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet.css": "leaflet/dist/leaflet.css",
    "jquery-3.7.1.min.js": "jquery/dist/jquery.min.js",
    "jquery.min.js": "jquery/dist/jquery.min.js",
    "d3.v4.min.js": "d3/build/d3.min.js",
    "moment.min.js": "moment/min/moment.min.js",
    "iso8601.min.js": "iso8601-js-period/iso8601.js",
    "leaflet.timedimension.min.js": "leaflet-timedimension/dist/leaflet.timedimension.min.js",
    "leaflet.timedimension.control.css": "leaflet-timedimension/dist/leaflet.timedimension.control.css",
}
VIEW = {"width": 1280, "height": 800}
PATIENCE = 120.0
PAINTED = "() => window.painted ?? performance.getEntriesByName('territory-first-frame')[0]?.startTime ?? null"


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder on localhost: a browser's interception would slow large pages down."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

    for script in ("leaflet.js", "leaflet.css"):
        shutil.copy(NODE / SCRIPTS[script], folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


def _program() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def _options() -> list[str]:
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return ["--disable-gpu", *root]


@contextmanager
def browser() -> Iterator[Any]:
    """A browser to play pages in; None where the machine has no Chromium."""
    found = _program()
    if found is None:
        yield None
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=_options())
        yield launched
        launched.close()


def opened(browser: Any, url: str) -> Any:
    """A page whose scripts from a network come from npm's folder, once its first frame is painted."""

    def answer(route: Any) -> None:
        known = SCRIPTS.get(route.request.url.rpartition("/")[2])
        if known:
            route.fulfill(path=NODE / known)
        else:
            route.fulfill(status=200, body="")

    page = browser.new_page(viewport=VIEW)
    page.route("https://**/*", answer)
    page.goto(url, timeout=PATIENCE * 1000)
    page.wait_for_function(PAINTED, timeout=PATIENCE * 1000)
    return page


@contextmanager
def unwatched() -> Iterator[Callable[[str], float]]:
    """Milliseconds to the first frame of a page in a browser that no debugger is attached to while the page loads.

    A debugger lets V8 keep a position for every call, which takes a large script longer to start than a small one.
    """
    from playwright.sync_api import sync_playwright

    program = _program()
    assert program is not None
    with tempfile.TemporaryDirectory() as profile:
        command = [program, "--headless", *_options(), "--window-size=1280,800", "--remote-debugging-port=0"]
        command += [f"--user-data-dir={profile}", "--no-first-run", "--disable-background-networking", "about:blank"]
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            door = _door(running)
            time.sleep(2)
            with sync_playwright() as playwright:
                yield lambda url: _first(playwright, door, url)
        finally:
            running.terminate()
            running.wait()


def _door(running: subprocess.Popen[str]) -> str:
    for line in running.stderr or ():
        found = re.search(r"ws://(127\.0\.0\.1:\d+)", line)
        if found:
            return f"http://{found[1]}"
    raise RuntimeError("Chromium ended before it opened a door for a debugger.")


def _first(playwright: Any, door: str, url: str) -> float:
    with urlopen(Request(f"{door}/json/new?{url}", method="PUT")) as tab:  # noqa: S310 (our own browser)
        json.load(tab)
    time.sleep(3)
    # Only now, when the page has long been painted, does anybody look.
    joined = playwright.chromium.connect_over_cdp(door)
    page = next(page for context in joined.contexts for page in context.pages if page.url.split("#")[0] == url)
    painted = page.evaluate(PAINTED)
    page.close()
    joined.close()
    if painted is None:
        raise RuntimeError(f"{url} was not painted within 3 seconds.")
    return float(painted)
