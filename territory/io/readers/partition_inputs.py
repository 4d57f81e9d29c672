"""Read the files that the table [partition] of campaign.toml names: units, dated polygons or dated lines.

What was read is added to the table under the key ``read``. Files are GeoJSON in the campaign folder.

    [partition]                    [partition]                           [partition]
    method = "units"               method = "snapshots"                  method = "lines"
    file = "districts.geojson"     files = "days/*.geojson"              file = "front.geojson"
    id = "code"                    resolution_m = 10                     resolution_m = 100
                                   date = "day"       (property; left    date = "day"
                                   out: from the name of each file)      date_format = "%m/%d/%Y"  (left out: ISO)
                                   actor = "a"        (or actor_from =   left = "a"
                                   the property that names the actor)    right = "b"
                                   rest = "b"         (who has what no   source = "map-1"
                                   polygon has; left out: nobody)
                                   source = "map-1"
"""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from territory.errors import CampaignError, InputError
from territory.io.readers import geojson
from territory.io.readers._toml import Toml

_Row = tuple[str, int, shapely.Geometry, dict[str, Any]]  # file, feature, shape, properties

_DAY_IN_NAME = re.compile(r"(?<!\d)(\d{4})-?(\d{2})-?(\d{2})(?!\d)")


def read(folder: Path, spec: Toml) -> Toml:
    """The table ``[partition]`` with the shapes of its files added.

    Parameters
    ----------
    folder : Path
        The campaign folder.
    spec : mapping
        The table as in campaign.toml.

    Returns
    -------
    mapping
        With the key ``read``, where the method reads files: ``shapes``, and ``ids``, ``days`` or ``labels`` of each.

    Raises
    ------
    CampaignError
        Where a file or a property is missing or cannot be read; file and feature are named.
    """
    method = spec.get("method", "places")
    if method == "units":
        rows = _rows(folder, [_named(spec, "file")], valid=spec.get("repair") is not True)
        key = _named(spec, "id")
        return {**spec, "read": {"shapes": _shapes(rows), "ids": [_property(row, key) for row in rows]}}
    if method == "snapshots":
        rows = _rows(folder, _matching(folder, _named(spec, "files")), valid=False)
        actor, actor_from = spec.get("actor"), spec.get("actor_from")
        if (actor is None) == (actor_from is None):
            raise CampaignError("campaign.toml: [partition] needs one of actor and actor_from.")
        labels = [_property(row, actor_from) if actor_from else str(actor) for row in rows]
        return {**spec, "read": {"shapes": _shapes(rows), "days": _days(spec, rows), "labels": labels}}
    if method == "lines":
        rows = _rows(folder, [_named(spec, "file")])
        return {**spec, "read": {"shapes": _shapes(rows), "days": _days(spec, rows)}}
    return spec


def _named(spec: Toml, key: str) -> str:
    value = spec.get(key)
    if not isinstance(value, str) or not value:
        raise CampaignError(f"campaign.toml: [partition] with method {spec['method']!r} needs {key}, as text.")
    return value


def _matching(folder: Path, pattern: str) -> list[str]:
    """Names of the files in the folder that match a pattern, sorted."""
    if Path(pattern).is_absolute() or ".." in Path(pattern).parts:
        raise CampaignError(f"campaign.toml: [partition] files '{pattern}' must lie in the campaign folder.")
    found = sorted(path.relative_to(folder).as_posix() for path in folder.glob(pattern) if path.is_file())
    if not found:
        raise CampaignError(f"campaign.toml: [partition] files '{pattern}' matches no file in the campaign folder.")
    return found


def _rows(folder: Path, names: list[str], *, valid: bool = True) -> list[_Row]:
    """Features of the files, each with its file and number."""
    rows: list[_Row] = []
    for name in names:
        if Path(name).is_absolute() or ".." in Path(name).parts:
            raise CampaignError(f"campaign.toml: [partition] file '{name}' must lie in the campaign folder.")
        try:
            shapes, properties = geojson.read(folder / name, valid=valid)
        except InputError as error:
            raise CampaignError(f"campaign.toml: [partition] {error}") from None
        rows += [(name, number, *feature) for number, feature in enumerate(zip(shapes, properties, strict=True))]
    if not rows:
        raise CampaignError(f"campaign.toml: [partition] {names[0]} has no feature.")
    return rows


def _shapes(rows: list[_Row]) -> np.ndarray[Any, np.dtype[np.object_]]:
    shapes = np.empty(len(rows), dtype=object)
    shapes[:] = [shape for _, _, shape, _ in rows]
    return shapes


def _property(row: _Row, key: object) -> str:
    name, number, _, properties = row
    value = properties.get(str(key))
    if value is None or value == "":
        known = ", ".join(sorted(properties)) or "none"
        raise CampaignError(f"{name}, feature {number}: there is no property '{key}' (found: {known}).")
    return str(value)


def _days(spec: Toml, rows: list[_Row]) -> list[date]:
    if "date" not in spec:
        return [_day_of_name(row[0]) for row in rows]
    form = spec.get("date_format")
    return [_day(row, _property(row, spec["date"]), form) for row in rows]


def _day_of_name(name: str) -> date:
    found = _DAY_IN_NAME.findall(Path(name).name)
    try:
        (parts,) = found
        return date(*map(int, parts))
    except ValueError:
        raise CampaignError(
            f"{name}: its name must have one date, as 2015-04-25 or 20150425; or give date, a property, in [partition]."
        ) from None


def _day(row: _Row, text: str, form: object) -> date:
    """Parse a day as ISO, or by the ``date_format`` of campaign.toml; never guessed."""
    try:
        if form is not None:
            return datetime.strptime(text, str(form)).date()  # noqa: DTZ007  # a civil date has no time zone
        return date.fromisoformat(text)
    except ValueError:
        wanted = f"date_format {form!r}" if form is not None else "2015-04-25"
        hint = "" if form is not None else ' Say how dates are written: date_format = "%m/%d/%Y".'
        raise CampaignError(f"{row[0]}, feature {row[1]}: '{text}' is not a date as {wanted}.{hint}") from None
