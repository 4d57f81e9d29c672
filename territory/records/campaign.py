"""Campaign: the typed contents of a campaign folder, from settings to events and context layers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from territory.records.actors import Actors
from territory.records.dates import Policy
from territory.records.estimator import Estimator
from territory.records.events import Events
from territory.records.fusion import Rule
from territory.records.gazetteer import Gazetteer
from territory.records.layers import Layer, Role
from territory.records.sources import Sources

if TYPE_CHECKING:  # the schema rests on pydantic, which only readers wait for
    from territory.records.schema.partitions import PartitionSpec


@dataclass(frozen=True)
class GivenShapes:
    """Polygons or lines of the files that a partition is made from.

    Parameters
    ----------
    shapes : (shape,) array of shapely geometries
        WGS 84.
    ids : tuple of str
        Name of each unit; empty for other partitions.
    days : tuple of date
        Day of each shape of a dated map.
    labels : tuple of str
        Actor that holds each polygon of a dated map.
    """

    shapes: NDArray[np.object_]
    ids: tuple[str, ...] = ()
    days: tuple[date, ...] = ()
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chapter:
    """A caption for a day of the story.

    Parameters
    ----------
    day : date
    title, text, title_ar, text_ar : str
    events : tuple of str
        Ids of the events that the caption is about.
    view : (lon, lat, zoom) tuple of float, optional
        Where the map goes, in degrees and in zoom levels of web maps.
    """

    day: date
    title: str
    text: str = ""
    title_ar: str = ""
    text_ar: str = ""
    events: tuple[str, ...] = ()
    view: tuple[float, float, float] | None = None


@dataclass(frozen=True)
class Campaign:
    """A campaign folder as typed values: settings, actors, places, sources, events, layers and captions.

    Parameters
    ----------
    first_day, last_day : date
        The period that is shown, both days included.
    baseline : date
        The day of the baseline events; events before it change nothing.
    extent : (4,) tuple of float
        West, south, east, north in degrees.
    key_day : date, optional
        The day that a still shows unless another is asked for.
    time_zone : str
        IANA name of the zone in which days are civil days.
    policy : {"earliest", "latest", "midpoint"}
        Which day of an uncertain date an event acts on.
    stale_after_days : int
        Days without an event after which a place counts as stale.
    fusion : {"latest", "majority", "against_interest", "bayes"}
        Rule for conflicting reports.
    partition_spec : PlacesSpec, UnitsSpec, H3Spec, SnapshotsSpec or LinesSpec
        The table ``[partition]``: how the ground is cut.
    given : GivenShapes, optional
        What the files that ``partition_spec`` names say.
    estimator : Estimator
        How the side at a point between places is estimated; cells keep what the fold gives them.
    warnings : tuple of str
        What was odd in the files but could be used.
    """

    id: str
    title: str
    first_day: date
    last_day: date
    baseline: date
    extent: tuple[float, float, float, float]
    partition_spec: PartitionSpec
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
    given: GivenShapes | None = None
    estimator: Estimator = field(default_factory=Estimator)
    layers: tuple[Layer, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    warnings: tuple[str, ...] = ()

    def layer(self, role: Role) -> list[Layer]:
        """All layers of a role, in the order of campaign.toml."""
        return [layer for layer in self.layers if layer.role == role]
