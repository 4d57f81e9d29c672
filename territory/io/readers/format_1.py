"""Campaign format 1 in the words of format 2: Arabic in keys of its own, ``confidence`` for ``grounding``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from territory.io.readers.csv_rows import Former

Toml = dict[str, Any]  # Any: straight from TOML; the schema judges it

GROUNDING = {"found": "cited", "recalled": "recalled", "cited": "cited", "implied": "implied", "map": "map"}
EVENTS = Former({"confidence": "grounding"}, {"grounding": GROUNDING})
TEXTS = ("title", "summary", "label", "text")


def settings(toml: Mapping[str, Any]) -> Toml:
    """campaign.toml of format 1 as one of format 2."""
    upgraded = _by_language(toml) | {"format": 2}
    for key in ("actor", "layer", "chapter"):
        if isinstance(toml.get(key), list):
            upgraded[key] = [_by_language(entry) if isinstance(entry, dict) else entry for entry in toml[key]]
    return upgraded


def _by_language(table: Mapping[str, Any]) -> Toml:
    """A table with ``label`` and ``label_ar`` in one key, by language."""
    upgraded = dict(table)
    for key in TEXTS:
        arabic = upgraded.pop(f"{key}_ar", None)
        if arabic:
            upgraded[key] = {"en": upgraded.get(key), "ar": arabic}
    return upgraded
