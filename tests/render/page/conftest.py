"""What tests of the page share: the shipped campaign's page, rendered once, and Leaflet for folium's own pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Route

import territory

LEAFLET = Path(territory.__file__).parent / "player" / "node_modules" / "leaflet" / "dist"


@pytest.fixture(scope="session")
def page_file(idlib, tmp_path_factory) -> Path:
    return idlib.to_html(tmp_path_factory.mktemp("page") / "idlib.html")


@pytest.fixture(scope="session")
def leaflet_from_here() -> Callable[[Route], None]:
    """Answers what a page of folium asks the network for: with Leaflet, and with nothing else."""

    def answer(route: Route) -> None:
        name = route.request.url.rsplit("/", 1)[-1]
        if route.request.url.startswith(("file:", "data:")):
            route.continue_()
        elif name in ("leaflet.js", "leaflet.css"):
            route.fulfill(path=LEAFLET / name)
        else:
            route.abort()

    return answer
