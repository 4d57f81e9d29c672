"""Evaluation report of a map: cross-validation, sources, expected error and reference scores in a few tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from territory._util.brief import Brief
from territory._util.lazy import Lazy
from territory.evaluate.expected import Expected, expected
from territory.evaluate.reference import compare_with_reference
from territory.evaluate.without_place import leave_one_out
from territory.evaluate.without_source import leave_one_side_out, leave_one_source_out
from territory.measures._common import days_of
from territory.measures.surfaces import estimator_notes, resolve_estimator
from territory.records.estimator import Estimator
from territory.timeline.base import BaseTimeline
from territory.timeline.changes import Day

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
else:
    gpd = Lazy("geopandas")
    pd = Lazy("pandas")

SHOWN = 10  # sources in the printed report; the table has all
NO_REFERENCE = "No reference polygons were given."
PLACES_HEAD = "Leave one place out: share of places whose side the others predict, by km to the front"
OWN_FRONT = (
    "A place unlike all around it has a front of its own, so places that others cannot predict are in the nearest band."
)


@dataclass(frozen=True, repr=False)
class Evaluation(Brief):
    """Results of ``evaluate``; prints as a report.

    Parameters
    ----------
    title : str
    days : tuple of str
        The days on which places and sources were left out.
    estimator : mapping
        Method and parameters.
    expected : Expected
        Expected error of the fold's fronts from the spacing of places.
    places : DataFrame
        See ``without_place.leave_one_out``.
    sources, sides : DataFrame
        See ``without_source.leave_one_source_out`` and ``leave_one_side_out``.
    scores, actors : DataFrame
        See ``reference.compare_with_reference``; empty without a reference.
    """

    title: str
    days: tuple[str, ...]
    estimator: Mapping[str, str | float | int]
    expected: Expected
    places: pd.DataFrame = field(repr=False)
    sources: pd.DataFrame = field(repr=False)
    sides: pd.DataFrame = field(repr=False)
    scores: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(), repr=False)
    actors: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(), repr=False)

    def to_frames(self) -> dict[str, pd.DataFrame]:
        """Every table by its name; the expected error is a table of one row."""
        own = {"expected": pd.DataFrame([self.expected._asdict()])}
        return own | {name: getattr(self, name) for name in ("places", "sources", "sides", "scores", "actors")}

    def to_frame(self, name: str) -> pd.DataFrame:
        """One table by its name.

        Raises
        ------
        ValueError
            Where there is no table of that name.
        """
        frames = self.to_frames()
        if name not in frames:
            raise ValueError(f"There is no table '{name}'; the tables are {', '.join(frames)}.")
        return frames[name]

    def _repr_html_(self) -> str:
        """The report, its tables as tables."""
        heads = {"places": PLACES_HEAD, "sources": "Leave one source out", "sides": "Leave one side's sources out"}
        heads |= {"scores": "Against the reference, square by square", "actors": "Against the reference, by actor"}
        tables = ((head, getattr(self, name).head(SHOWN)) for name, head in heads.items())
        shown = [
            f"<h4>{escape(head)}</h4>{_formatted(frame).to_html(index=False, border=0)}"
            for head, frame in tables
            if not frame.empty
        ]
        return f"<h3>{escape(self.title)}</h3><p>{escape(str(self.expected))}</p>{''.join(shown)}"

    def __str__(self) -> str:
        given = ", ".join(f"{key} {value}" for key, value in self.estimator.items() if key != "method")
        resting = "Records that rest on one source alone, and how the map would change: the day of the widest effect"
        parts = [
            f"{self.title}: {self.estimator['method']} ({given})",
            str(self.expected),
            f"{PLACES_HEAD}\n{_text(self.places)}\n{OWN_FRONT}",
            f"Leave one source out. {resting}\n" + _text(self.sources.head(SHOWN)),
            "Leave one side's sources out\n" + _text(self.sides),
        ]
        if self.scores.empty:
            return "\n\n".join([*parts, NO_REFERENCE])
        head = "Against the reference, square by square; km between the fronts, to the drawn one and back"
        return "\n\n".join([*parts, f"{head}\n{_text(self.scores)}", _text(self.actors)])


def evaluate(
    timeline: BaseTimeline,
    on: Day | Iterable[Day] | None = None,
    *,
    reference: gpd.GeoDataFrame | None = None,
    estimator: Estimator | None = None,
    resolution_m: float = 1000.0,
) -> Evaluation:
    """Evaluate the accuracy of a map, next to naive baselines.

    Parameters
    ----------
    timeline : Timeline
    on : day or days, optional
        By default the first day, the key day and the last day.
    reference : GeoDataFrame, optional
        Polygons with a column ``actor``, and ``date`` where they show several days.
    estimator : Estimator, optional
        By default the campaign's.
    resolution_m : float
        Side, in m, of the squares on which a reference is compared.

    Returns
    -------
    Evaluation
    """
    campaign, chosen = timeline.campaign, resolve_estimator(timeline, estimator)
    usual = [campaign.first_day, campaign.key_day or campaign.last_day, campaign.last_day]
    days = days_of(timeline, usual if on is None else on)
    scores, actors = pd.DataFrame(), pd.DataFrame()
    if reference is not None:
        wanted = days if on is not None else days[:0]
        scores, actors = compare_with_reference(timeline, reference, wanted, chosen, resolution_m)
    return Evaluation(
        campaign.title,
        tuple(np.datetime_as_string(days).tolist()),
        estimator_notes(timeline, chosen),
        expected(timeline),
        leave_one_out(timeline, days, chosen),
        leave_one_source_out(timeline, days),
        leave_one_side_out(timeline, days),
        scores,
        actors,
    )


def _text(table: pd.DataFrame) -> str:
    """Format a table for print."""
    return _formatted(table).to_string(index=False)


def _formatted(table: pd.DataFrame) -> pd.DataFrame:
    """A table as texts: shares in per cent, km2 as whole numbers, ``-`` for NaN."""
    shown = table.copy()
    for name in table.columns:
        if pd.api.types.is_datetime64_any_dtype(table[name]):
            shown[name] = table[name].dt.strftime("%Y-%m-%d")
        elif pd.api.types.is_float_dtype(table[name]):
            shown[name] = [_figure(str(name), value) for value in table[name]]
    return shown.rename(columns=lambda name: str(name).replace("_", " "))


def _figure(name: str, value: float) -> str:
    """A number as text, in the format of its column."""
    if not np.isfinite(value):
        return "-"
    if "km2" in name and not name.startswith("share"):
        return f"{value:,.0f}"
    if name == "brier" or name == "iou":
        return f"{value:.3f}"
    return f"{value:.1f}" if name.endswith("_km") else f"{value:.1%}"
