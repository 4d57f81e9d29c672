"""The words that options take."""

from __future__ import annotations

from enum import StrEnum


class Language(StrEnum):
    """Languages of the page."""

    en = "en"
    ar = "ar"


class AreaFormat(StrEnum):
    """Forms in which figures are printed."""

    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"


class Subject(StrEnum):
    """What is counted."""

    areas = "areas"
    units = "units"
    evidence = "evidence"
    fronts = "fronts"
    turnover = "turnover"


class RoadRule(StrEnum):
    """RoadRule a stretch of road is."""

    ground = "ground"
    places = "places"


class CubeDays(StrEnum):
    """Which days a cube has."""

    daily = "daily"
    changes = "changes"


class Method(StrEnum):
    """Estimators of whose the ground between places is."""

    nearest = "nearest"
    kriging = "kriging"
    tin = "tin"
