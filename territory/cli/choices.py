"""Values that options of the command line accept."""

from __future__ import annotations

from enum import StrEnum


class AreaFormat(StrEnum):
    """Format of printed or written figures."""

    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"


class Subject(StrEnum):
    """Quantity that ``territory stats`` reports."""

    areas = "areas"
    units = "units"
    evidence = "evidence"
    fronts = "fronts"
    turnover = "turnover"


class RoadRule(StrEnum):
    """Rule for who holds a stretch of road: by the ground below it, or by the places on it."""

    ground = "ground"
    places = "places"


class CubeDays(StrEnum):
    """Days of a cube: every day, or the days of change."""

    daily = "daily"
    changes = "changes"


class Method(StrEnum):
    """Estimator of the side that holds a point between places."""

    nearest = "nearest"
    kriging = "kriging"
    tin = "tin"
