"""territory: who controlled which ground, when, and who says so.

>>> import territory
>>> timeline = territory.open("idlib-2015")
>>> timeline.why("Jisr al-Shughur", "2015-04-24").status
'contested'

Names and rooms are loaded when they are first used, so importing this package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from territory._util.version import __version__

if TYPE_CHECKING:
    from territory import cube, errors, evaluate, io, measures, plots, records, render, space, timeline
    from territory.api import Timeline, open  # noqa: A004  # territory.open reads as it should
    from territory.errors import (
        AmbiguousName,
        CampaignError,
        InputError,
        MissingExtra,
        OutsidePeriod,
        PartitionError,
        TerritoryError,
        UnknownName,
    )
    from territory.records.campaign import Campaign
    from territory.space.partition import Partition

_HOMES = {
    "AmbiguousName": "territory.errors",
    "Campaign": "territory.records.campaign",
    "CampaignError": "territory.errors",
    "InputError": "territory.errors",
    "MissingExtra": "territory.errors",
    "OutsidePeriod": "territory.errors",
    "Partition": "territory.space.partition",
    "PartitionError": "territory.errors",
    "TerritoryError": "territory.errors",
    "Timeline": "territory.api",
    "UnknownName": "territory.errors",
    "open": "territory.api",
}
_ROOMS = ("cube", "errors", "evaluate", "io", "measures", "plots", "records", "render", "space", "timeline")

__all__ = [
    "AmbiguousName",
    "Campaign",
    "CampaignError",
    "InputError",
    "MissingExtra",
    "OutsidePeriod",
    "Partition",
    "PartitionError",
    "TerritoryError",
    "Timeline",
    "UnknownName",
    "__version__",
    "cube",
    "errors",
    "evaluate",
    "io",
    "measures",
    "open",
    "plots",
    "records",
    "render",
    "space",
    "timeline",
]


def __getattr__(name: str) -> Any:  # Any: whatever the name stands for
    if name in _ROOMS:
        return import_module(f"territory.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module 'territory' has no attribute '{name}'; it has {', '.join(__all__)}.")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
