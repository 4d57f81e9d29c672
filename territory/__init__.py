"""territory: who controlled which ground, when, and who says so.

>>> import territory
>>> timeline = territory.open("idlib-2015")
>>> timeline.why("Jisr al-Shughur", "2015-04-24").status
'contested'

Names are loaded when they are first used, so importing this package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from territory._util.version import __version__

if TYPE_CHECKING:
    from territory.api import Timeline, open  # noqa: A004  # territory.open reads as it should
    from territory.errors import TerritoryError
    from territory.records.campaign import Campaign
    from territory.space.partition import Partition

_HOMES = {
    "Campaign": "territory.records.campaign",
    "Partition": "territory.space.partition",
    "TerritoryError": "territory.errors",
    "Timeline": "territory.api",
    "open": "territory.api",
}

__all__ = ["Campaign", "Partition", "TerritoryError", "Timeline", "__version__", "open"]


def __getattr__(name: str) -> Any:  # Any: whatever the name stands for
    if name not in _HOMES:
        raise AttributeError(f"module 'territory' has no attribute '{name}'; it has {', '.join(__all__)}.")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
