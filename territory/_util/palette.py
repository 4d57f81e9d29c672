"""Colours of ground, lines and text, light and dark: one file, which the page's style sheet and every picture read."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Literal


def colours(theme: Literal["light", "dark"]) -> dict[str, str]:
    """Colours of a theme by name, ``#rrggbb``: sea, land, ink, quiet, rule ..."""
    text = (files("territory._util") / "palette.json").read_text(encoding="utf-8")
    found: dict[str, str] = json.loads(text)[theme]
    return found


LIGHT = colours("light")
