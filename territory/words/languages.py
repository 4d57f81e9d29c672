"""Read the words of a language, and write dates and numbers as it does.

``languages.json`` has a row for each language: its own name, its direction, and its marks between digits. Beside it
lies a file of words for each, all with the same keys. ``records.json`` has what kinds of event and statuses are called,
all languages side by side. ``{holes}`` are filled in. A counted text has a form for each plural category of its
language (CLDR); only the player chooses among them, so nothing here counts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

FALLBACK = "en"  # the words of a campaign whose own language has no file
NOT_FOR_THE_PLAYER = ("fault", "still", "statusNames")  # shown where its data cannot be read, or without script


def _read(name: str) -> dict[str, Any]:  # Any: texts, lists of texts, and groups of them
    found: dict[str, Any] = json.loads((files("territory") / "words" / f"{name}.json").read_text(encoding="utf-8"))
    return found


TAGS = tuple(_read("languages"))


@dataclass(frozen=True)
class Words:
    """The words of a language.

    Parameters
    ----------
    tag : str
        As in ``lang`` of HTML.
    texts : mapping
        The file of words, and the row of ``languages.json``.
    """

    tag: str
    texts: Mapping[str, Any]  # Any: texts, lists of texts, and groups of them

    @property
    def dir(self) -> str:
        """Direction of the script: ltr or rtl."""
        return str(self.texts["dir"])

    def say(self, key: str, **values: object) -> str:
        """A text with its holes filled.

        Parameters
        ----------
        key : str
            ``"front"``, or ``"still.title"`` for a text in a group.
        **values
            What fills the holes; it is put in as it is.
        """
        found: Any = self.texts
        for part in key.split("."):
            found = found[part]
        return re.sub(r"\{(\w+)\}", lambda hole: str(values.get(hole[1], hole[0])), found)

    def date(self, day: date) -> str:
        """A day in words.

        Examples
        --------
        >>> words_of("de").date(date(2015, 4, 25))
        '25. April 2015'
        """
        return self.say("dates.short", day=day.day, month=self.texts["months"][day.month - 1], year=day.year)

    def number(self, value: float) -> str:
        """A number without decimals, its digits in groups of three.

        Examples
        --------
        >>> words_of("de").number(10248.4)
        '10.248'
        """
        return f"{value:,.0f}".replace(",", str(self.texts["group"]))


@lru_cache
def words_of(tag: str) -> Words:
    """The words of a language of ``TAGS``."""
    records = {group: {name: texts[tag] for name, texts in rows.items()} for group, rows in _read("records").items()}
    return Words(tag, {**_read("languages")[tag], **_read(tag), **records})


def for_player(tags: Iterable[str]) -> dict[str, dict[str, Any]]:
    """By language, the words that a page carries in its data."""
    return {
        tag: {key: text for key, text in words_of(tag).texts.items() if key not in NOT_FOR_THE_PLAYER} for tag in tags
    }


def for_faults(tags: Iterable[str]) -> dict[str, dict[str, Any]]:
    """By language, the words that a page carries beside its data, for when those cannot be read."""
    return {tag: {"dir": words_of(tag).dir, **words_of(tag).texts["fault"]} for tag in tags}
