"""Read a JSON file strictly: no NaN, no key twice in one object, no unbounded depth."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NoReturn

from territory.io.readers.text_file import read_text

Json = Any  # what json.loads gives; checked wherever a value is used


def load(path: Path) -> Json:
    """The value in a JSON file.

    Raises
    ------
    InputError
        Where the file cannot be read as text.
    ValueError
        Where it is no JSON as RFC 8259 has it, or nested too deeply.
    """
    text = read_text(path)
    try:
        return json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_refuse_repeated_keys)
    except RecursionError as error:
        raise ValueError(str(error)) from None


def _refuse_constant(token: str) -> NoReturn:
    raise ValueError(f"'{token}' is not a number in JSON")


def _refuse_repeated_keys(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f"the key '{next(key for key in keys if keys.count(key) > 1)}' is repeated in one object")
    return found
