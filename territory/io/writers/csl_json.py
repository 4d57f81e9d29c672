"""Write sources as CSL-JSON, which Zotero and other reference managers read."""

from __future__ import annotations

import json
import re
from typing import Any

from territory.records.sources import Source, Sources

Json = Any  # what json.dumps takes
_DAY = re.compile(r"\d{4}(-\d\d){0,2}(/\d{4}(-\d\d){0,2})?")


def dumps(sources: Sources) -> str:
    """Sources as text of CSL-JSON; ``readers.csl_json`` reads them back without loss.

    Parameters
    ----------
    sources : Sources
    """
    return json.dumps([_item(source) for source in sources.all], ensure_ascii=False, indent=2) + "\n"


def _item(source: Source) -> dict[str, Json]:
    """A source as an item: a web page where it has an address, else a document."""
    custom = {
        "side": source.side,
        "archive_url": source.archive_url,
        "derived_from": list(source.derived_from),
        "from_map": source.from_map,
        "p_false_gain": source.p_false_gain,
    }
    item = {
        "id": source.id,
        "type": "webpage" if source.url else "document",
        "title": source.title,
        "container-title": source.publisher,
        "issued": _date(source.published),
        "URL": source.url,
        "accessed": _date(source.accessed),
        "custom": {name: value for name, value in custom.items() if value not in ("", [], False, None)},
    }
    return {name: value for name, value in item.items() if value}


def _date(text: str) -> dict[str, Json]:
    """A date in parts where it is one or an interval of two; else as it is written."""
    if _DAY.fullmatch(text):
        return {"date-parts": [[int(number) for number in day.split("-")] for day in text.split("/")]}
    return {"literal": text} if text else {}
