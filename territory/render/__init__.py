"""Render a timeline: HTML page, SVG still, folium layer, notebook iframe; ``codec`` packs the payload of the page."""

from __future__ import annotations

from territory._util.lazy import submodules

__getattr__, __dir__ = submodules(__name__, __path__)
