"""A campaign: all that a folder of records says, typed. The top of the wing of evidence; it opens no file itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from territory.records.actors import Actors
from territory.records.dates import Policy
from territory.records.estimator import Estimator
from territory.records.events import Events
from territory.records.fusion import Rule
from territory.records.gazetteer import Gazetteer
from territory.records.sources import Sources

Role = Literal["land", "country", "admin", "river", "lake", "road"]
ROLES: tuple[Role, ...] = ("land", "country", "admin", "river", "lake", "road")


@dataclass(frozen=True)
class Layer:
    """Context to draw, never evidence.

    Parameters
    ----------
    shapes : (n,) array of shapely geometries
        WGS 84.
    names : tuple of (str, str)
        Name and Arabic name of each shape; empty where it has none.
    schematic : bool
        True where the lines are drawn through known points rather than surveyed.
    """

    role: Role
    title: str
    shapes: NDArray[np.object_]
    names: tuple[tuple[str, str], ...]
    title_ar: str = ""
    schematic: bool = False
    attribution: str = ""
    licence: str = ""


@dataclass(frozen=True)
class Chapter:
    """A caption on a day, with the records it speaks of and where to look (lon, lat, zoom)."""

    day: date
    title: str
    text: str = ""
    title_ar: str = ""
    text_ar: str = ""
    events: tuple[str, ...] = ()
    view: tuple[float, float, float] | None = None


@dataclass(frozen=True)
class Campaign:
    """Records and their frame.

    Parameters
    ----------
    first_day, last_day : date
        The period that is shown; both days are in it.
    baseline : date
        The day of the baseline records; what is dated before it is history, and changes nothing.
    extent : (4,) tuple of float
        West, south, east, north in degrees.
    partition_spec : mapping
        How to cut space: ``method``, ``crs``, ``max_radius_km``, ``site_radius_km``.
    estimator : Estimator
        How likely each side is at a point of ground; the cells themselves stay those of the fold.
    warnings : tuple of str
        What was odd in the files but could be used.
    """

    id: str
    title: str
    first_day: date
    last_day: date
    baseline: date
    extent: tuple[float, float, float, float]
    actors: Actors
    places: Gazetteer
    sources: Sources
    events: Events
    title_ar: str = ""
    summary: str = ""
    summary_ar: str = ""
    licence: str = ""
    attribution: str = ""
    key_day: date | None = None
    time_zone: str = "UTC"
    policy: Policy = "latest"
    stale_after_days: int = 90
    fusion: Rule = "latest"
    partition_spec: Mapping[str, Any] = field(default_factory=dict)  # Any: straight from TOML, checked by the reader
    estimator: Estimator = field(default_factory=Estimator)
    layers: tuple[Layer, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    warnings: tuple[str, ...] = ()

    def layer(self, role: Role) -> list[Layer]:
        """The layers that play a role."""
        return [layer for layer in self.layers if layer.role == role]
