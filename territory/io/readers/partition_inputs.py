"""Read the files that the table [partition] of campaign.toml names: units, dated polygons or dated lines.

Files are GeoJSON in the campaign folder; ``records.schema.partitions`` says which key names what.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from territory.io.readers import geojson
from territory.io.readers.fault_list import FaultList
from territory.io.readers.settings_file import NAME
from territory.records.campaign import GivenShapes
from territory.records.schema.partitions import LinesSpec, PartitionSpec, SnapshotsSpec, UnitsSpec

_Row = tuple[str, int, shapely.Geometry, dict[str, Any]]  # file, feature, shape, properties

KEYS = ("method", "file", "files", "id", "date", "date_format", "actor", "actor_from")  # what a file is read by
_DAY_IN_NAME = re.compile(r"(?<!\d)(\d{4})-?(\d{2})-?(\d{2})(?!\d)")


def read(folder: Path, spec: PartitionSpec, faults: FaultList) -> GivenShapes | None:
    """The shapes of the files that ``[partition]`` names.

    Parameters
    ----------
    folder : Path
        The campaign folder.
    spec : UnitsSpec, SnapshotsSpec, LinesSpec ...
        The table as in campaign.toml.
    faults : FaultList
        Gets a fault for every file or property that is missing or cannot be read, with file and feature.

    Returns
    -------
    GivenShapes or None
        None for a method that reads no file.
    """
    if isinstance(spec, UnitsSpec):
        rows = _rows(folder, [spec.file], faults, valid=not spec.repair)
        return GivenShapes(_shapes(rows), ids=tuple(_property(row, spec.id, faults) for row in rows))
    if isinstance(spec, SnapshotsSpec):
        rows = _rows(folder, _matching(folder, spec.files, faults), faults, valid=False)
        key = spec.actor_from
        labels = tuple(_property(row, key, faults) if key else str(spec.actor) for row in rows)
        return GivenShapes(_shapes(rows), days=_days(spec, rows, faults), labels=labels)
    if isinstance(spec, LinesSpec):
        rows = _rows(folder, [spec.file], faults)
        return GivenShapes(_shapes(rows), days=_days(spec, rows, faults))
    return None


def _matching(folder: Path, pattern: str, faults: FaultList) -> list[str]:
    """Names of the files in the folder that match a pattern, sorted."""
    if _leads_out(pattern):
        faults.add(NAME, 0, f"partition.files '{pattern}' must lie in the campaign folder.")
        return []
    found = sorted(path.relative_to(folder).as_posix() for path in folder.glob(pattern) if path.is_file())
    if not found:
        faults.add(NAME, 0, f"partition.files '{pattern}' matches no file in the campaign folder.")
    return found


def _leads_out(name: str) -> bool:
    return Path(name).is_absolute() or ".." in Path(name).parts


def _rows(folder: Path, names: list[str], faults: FaultList, *, valid: bool = True) -> list[_Row]:
    """Features of the files, each with its file and number."""
    rows: list[_Row] = []
    for name in names:
        if _leads_out(name):
            faults.add(NAME, 0, f"partition.file '{name}' must lie in the campaign folder.")
            continue
        read = faults.attempt(NAME, 0, partial(geojson.read, folder / name, valid=valid))
        if read is not None:
            rows += [(name, number, *feature) for number, feature in enumerate(zip(*read, strict=True))]
            if len(read[0]) == 0:
                faults.add(name, 0, "there is no feature.")
    return rows


def _shapes(rows: list[_Row]) -> np.ndarray[Any, np.dtype[np.object_]]:
    shapes = np.empty(len(rows), dtype=object)
    shapes[:] = [shape for _, _, shape, _ in rows]
    return shapes


def _property(row: _Row, key: str, faults: FaultList) -> str:
    name, number, _, properties = row
    value = properties.get(key)
    if value is None or value == "":
        known = ", ".join(sorted(properties)) or "none"
        faults.add(name, 0, f"feature {number}: there is no property '{key}' (found: {known}).")
        return ""
    return str(value)


def _days(spec: SnapshotsSpec | LinesSpec, rows: list[_Row], faults: FaultList) -> tuple[date, ...]:
    """Day of each feature; the first of all days where it cannot be read."""
    days = []
    for row in rows:
        text = _property(row, spec.date, faults) if spec.date else ""
        if text or not spec.date:
            day = faults.attempt(
                row[0], 0, partial(_day, row, text, spec.date_format) if text else partial(_day_of_name, row[0])
            )
        else:
            day = None
        days.append(day or date.min)
    return tuple(days)


def _day_of_name(name: str) -> date:
    found = _DAY_IN_NAME.findall(Path(name).name)
    try:
        (parts,) = found
        return date(*map(int, parts))
    except ValueError:
        raise ValueError(
            "its name must have one date, as 2015-04-25 or 20150425; or give date, a property, in [partition]."
        ) from None


def _day(row: _Row, text: str, form: str | None) -> date:
    """Parse a day as ISO, or by the ``date_format`` of campaign.toml; never guessed."""
    try:
        if form is not None:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  # a civil date has no time zone
        return date.fromisoformat(text)
    except ValueError:
        wanted = f"date_format {form!r}" if form is not None else "2015-04-25"
        hint = "" if form is not None else ' Say how dates are written: date_format = "%m/%d/%Y".'
        raise ValueError(f"feature {row[1]}: '{text}' is not a date as {wanted}.{hint}") from None
