"""Campaign: the typed contents of a campaign folder, from settings to events and context layers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from territory._util.brief import Brief
from territory.errors import InputError
from territory.records.actors import FIRST, Actors
from territory.records.dates import Policy
from territory.records.estimator import Estimator
from territory.records.events import Events
from territory.records.fusion import Rule
from territory.records.gazetteer import Gazetteer
from territory.records.layers import Layer, Role
from territory.records.names import NO_OTHERS
from territory.records.sources import Sources
from territory.words.languages import FALLBACK, TAGS, Words, words_of

if TYPE_CHECKING:  # the schema rests on pydantic, which only readers wait for
    from territory.records.schema.partitions import PartitionSpec


@dataclass(frozen=True, repr=False)
class GivenShapes(Brief):
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


@dataclass(frozen=True, repr=False)
class Chapter(Brief):
    """A caption for a day of the story.

    Parameters
    ----------
    day : date
    title, text : str
    titles, texts : mapping of str to str
        Both in other languages, by tag.
    events : tuple of str
        Ids of the events that the caption is about.
    view : (lon, lat, zoom) tuple of float, optional
        Where the map goes, in degrees and in zoom levels of web maps.
    """

    day: date
    title: str
    text: str = ""
    titles: Mapping[str, str] = field(default=NO_OTHERS, hash=False)
    texts: Mapping[str, str] = field(default=NO_OTHERS, hash=False)
    events: tuple[str, ...] = ()
    view: tuple[float, float, float] | None = None


@dataclass(frozen=True, repr=False)
class Campaign(Brief):
    """A campaign folder as typed values: settings, actors, places, sources, events, layers and captions.

    Parameters
    ----------
    first_day, last_day : date
        The period that is shown, both days included.
    baseline : date
        The day of the baseline events; events before it change nothing.
    extent : (4,) tuple of float
        West, south, east, north in degrees.
    title, summary : str
        In the main language; ``titles`` and ``summaries`` have them in others, by tag.
    language : str
        Tag of the main language, in which names and texts without a tag are.
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
    titles: Mapping[str, str] = field(default=NO_OTHERS, hash=False)
    summary: str = ""
    summaries: Mapping[str, str] = field(default=NO_OTHERS, hash=False)
    language: str = "en"
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

    def _facts(self) -> list[tuple[str, str]]:
        return [
            ("id", self.id),
            ("title", self.title),
            ("period", f"{self.first_day} to {self.last_day}"),
            ("actors", f"{len(self.actors) - FIRST:,}"),
            ("events", f"{len(self.events):,} of {len(self.places):,} places, {len(self.sources):,} sources"),
            ("partition", self.partition_spec.method),
            ("languages", ", ".join(self.languages)),
            ("warnings", f"{len(self.warnings):,}"),
        ]

    def layer(self, role: Role) -> list[Layer]:
        """All layers of a role, in the order of campaign.toml."""
        return [layer for layer in self.layers if layer.role == role]

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Languages that pages and pictures can be in, the main one first: by tag, all of ``words/languages.json``.

        Another language is offered if the title and the label of every actor are given in it. Where the main language
        has no file of words, the words are English.
        """
        main = self.language if self.language in TAGS else FALLBACK
        needed = [self.titles, *(actor.labels for actor in self.actors.all[FIRST:])]
        return (main, *(tag for tag in TAGS if tag != main and all(tag in given for given in needed)))

    def words(self, lang: str | None = None) -> Words:
        """The words of a language that the campaign offers; of its main one by default.

        Raises
        ------
        InputError
            Where it is not offered; the message has those that are.
        """
        offered = self.languages
        if lang is not None and lang not in offered:
            raise InputError(
                f"The campaign '{self.id}' is not offered in the language '{lang}', only in {', '.join(offered)}. "
                "To offer one, give the title and the label of every actor in it; "
                f"there are words for {', '.join(TAGS)}."
            )
        return words_of(lang or offered[0])
