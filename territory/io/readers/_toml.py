"""Values of campaign.toml by key, checked for their type."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from territory.errors import CampaignError
from territory.io.readers.text_file import read_text
from territory.records import dates

FORMAT = 1
Toml = Mapping[str, Any]  # Any: straight from TOML; each value is checked where it is used
T = TypeVar("T")


def load(folder: Path) -> Toml:
    """Parse the campaign.toml of a folder and check its format number."""
    path = folder / "campaign.toml"
    if not path.exists():
        raise CampaignError(f"{folder} has no campaign.toml, so it is no campaign folder.")
    try:
        toml = tomllib.loads(read_text(path))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CampaignError(f"campaign.toml is not TOML: {error}.") from None
    if toml.get("format") != FORMAT:
        raise CampaignError(f"campaign.toml: format is {toml.get('format')!r}; this version reads format = {FORMAT}.")
    return toml


def text(toml: Toml, key: str, default: str | None = None) -> str:
    """A text that must not be empty, or may be missing where a default is given."""
    value = toml.get(key, default)
    if not isinstance(value, str) or (default is None and not value):
        raise CampaignError(f'campaign.toml: {key} is {value!r}; write it as text: {key} = "...".')
    return value


def day(toml: Toml, key: str) -> date:
    """An exact day, written as ISO or EDTF."""
    value = toml.get(key)
    try:
        span = dates.parse(str(value))
    except ValueError as error:
        raise CampaignError(f"campaign.toml: {key}: {error}") from None
    if span.earliest is None or span.earliest != span.latest:
        raise CampaignError(f"campaign.toml: {key} is {value}; it must be one day.")
    return span.earliest


def texts(toml: Toml, key: str) -> tuple[str, ...]:
    """A list of texts; empty where the key is missing."""
    value = toml.get(key, [])
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise CampaignError(f'campaign.toml: {key} is {value!r}; write it as a list of texts: {key} = ["..."].')
    return tuple(value)


def table(toml: Toml, key: str) -> Toml:
    """A table; empty where the key is missing."""
    value = toml.get(key, {})
    if not isinstance(value, dict):
        raise CampaignError(f"campaign.toml: {key} must be a table: [{key}].")
    return value


def entries(toml: Toml, key: str) -> list[Toml]:
    """An array of tables; empty where the key is missing."""
    value = toml.get(key, [])
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise CampaignError(f"campaign.toml: each {key} must be a table of its own: [[{key}]].")
    return value


def choice(rules: Toml, key: str, choices: Sequence[T], default: T) -> T:
    """One of several values; the default where the key is missing."""
    value = rules.get(key, default)
    for choice in choices:
        if value == choice:
            return choice
    raise CampaignError(f"campaign.toml: {key} is {value!r}; it must be one of {', '.join(map(str, choices))}.")


def days(rules: Toml, key: str, default: int) -> int:
    """A number of days, 0 or more; the default where the key is missing."""
    value = rules.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise CampaignError(f"campaign.toml: {key} is {value!r}; it must be a whole number of days.")
    return value
