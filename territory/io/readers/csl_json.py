"""Read sources from CSL-JSON, the format in which Zotero and other reference managers exchange them.

What CSL has no variable for (whose side a publisher is on, what a source relays) stands in its ``custom`` object, under
the names of the columns of sources.csv.
"""

from __future__ import annotations

from pathlib import Path

from territory.errors import InputError
from territory.io.readers import json_file
from territory.io.readers.fault_list import FaultList
from territory.io.readers.json_file import Json
from territory.records.schema.judge import judge, predicate
from territory.records.schema.rows import SourceRow

CUSTOM = ("side", "archive_url", "derived_from", "from_map", "p_false_gain")


def read(path: Path, faults: FaultList) -> list[SourceRow]:
    """The items of a file as rows of sources.csv.

    Parameters
    ----------
    path : Path
    faults : FaultList
        Gets every fault of every item, by its number and id.

    Raises
    ------
    InputError
        Where the file is no list of items.
    """
    try:
        items = json_file.load(path)
    except ValueError as error:
        raise InputError(f"{path.name} is not CSL-JSON: {error}.") from None
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise InputError(f"{path.name} is not CSL-JSON: it must be a list of items, [{{...}}, ...].")
    rows: list[SourceRow] = []
    seen: set[str] = set()
    for number, item in enumerate(items, start=1):
        judged = judge(SourceRow, {key: value for key, value in _cells(item).items() if value})
        where = f"item {number} ('{item.get('id', '')}'): "
        for at, said in judged.faults.items():
            faults.add(path.name, 0, where + predicate(str(at[0]), said))
        if judged.value is not None:
            if judged.value.source_id in seen:
                faults.add(path.name, 0, f"{where}another item has this id too.")
            seen.add(judged.value.source_id)
            rows.append(judged.value)
    return rows


def _cells(item: dict[str, Json]) -> dict[str, str]:
    """The cells of sources.csv that an item gives."""
    custom = item.get("custom")
    own = custom if isinstance(custom, dict) else {}
    return {
        "source_id": str(item.get("id", "")),
        "title": str(item.get("title", "")),
        "publisher": str(item.get("container-title") or item.get("publisher") or _names(item.get("author"))),
        "published": _day(item.get("issued")),
        "url": str(item.get("URL", "")),
        "accessed": _day(item.get("accessed")),
        **{name: _cell(own[name]) for name in CUSTOM if name in own},
    }


def _cell(value: Json) -> str:
    """A value of ``custom`` as a cell writes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ";".join(map(str, value)) if isinstance(value, list) else str(value)


def _names(authors: Json) -> str:
    """Authors, as "Family, Given" or as an organisation writes itself."""
    people = authors if isinstance(authors, list) else []
    names = [
        str(one.get("literal") or ", ".join(filter(None, (one.get("family"), one.get("given")))))
        for one in people
        if isinstance(one, dict)
    ]
    return "; ".join(names)


def _day(date: Json) -> str:
    """A date as sources.csv writes it: ``2015-04-25``, ``2015-04``, ``2015-04-24/2015-04-25``, or as found."""
    given = date if isinstance(date, dict) else {}
    parts = given.get("date-parts")
    if not isinstance(parts, list) or not all(isinstance(part, list) for part in parts):
        return str(given.get("literal") or given.get("raw") or "")
    return "/".join("-".join(str(number).zfill(2) for number in part) for part in parts)
