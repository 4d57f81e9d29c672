"""Normalise names for comparison: one key for all spellings of a name in Latin or Arabic letters.

Look-ups need equal keys; similarity only makes suggestions.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

# Alef with hamza or madda, alef maqsura and ta marbuta are written for one another in everyday Arabic.
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ـ": None})
# Signs and spaces, and the half rings and primes that transliterations write for ayn, hamza and the soft sign.
_SPACING = re.compile(r"[\W_\u02b9-\u02c8]+", re.UNICODE)
_ASCII_SPACING = re.compile(r"[\W_]+", re.ASCII)


class _NoOthers(Mapping[str, str]):
    """An empty mapping that stays empty; a mappingproxy could neither be pickled nor be a default."""

    def __getitem__(self, tag: str) -> str:
        raise KeyError(tag)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __hash__(self) -> int:
        return 0

    def __repr__(self) -> str:
        return "{}"

    def __reduce__(self) -> str:
        return "NO_OTHERS"


NO_OTHERS = _NoOthers()  # a text in no other language than the main one


def name_key(name: str) -> str:
    """Key that is equal for spellings of the same name.

    Case, accents, Arabic vowel marks, hyphens, quotes and spaces are dropped, unless nothing else is left.

    Examples
    --------
    >>> name_key("Jisr ash-Shughūr") == name_key("jisr ash shughur")
    True
    >>> name_key("إدلب") == name_key("ادلب")
    True
    """
    if name.isascii():  # no accents to remove
        return _ASCII_SPACING.sub("", name).lower() or name.strip()
    text = unicodedata.normalize("NFKD", name.translate(_ARABIC))
    text = "".join(c for c in text if not unicodedata.combining(c))
    return _SPACING.sub("", text.translate(_ARABIC)).casefold() or name.strip()


def suggest(name: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """Known names most similar to a name that was not found, best first; empty where none is similar enough.

    Parameters
    ----------
    name : str
    known : iterable of str
    limit : int
        How many at most.
    """
    from rapidfuzz import fuzz, process

    choices = dict.fromkeys(known)
    found = process.extract(name, list(choices), scorer=fuzz.WRatio, processor=name_key, limit=limit, score_cutoff=72)
    return [choice for choice, _, _ in found]


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The question ``" Did you mean '...'?"`` with the most similar known name; empty where none is similar."""
    known = list(known)
    near = nearest_key(name, known) or "".join(suggest(name, known, limit=1))
    return f" Did you mean '{near}'?" if near else ""


def nearest_key(word: str, known: Iterable[str]) -> str:
    """The known key that a word was probably meant for, by its letters alone; "" where none is near.

    Near is a third of the letters wrong, missing, added or exchanged with their neighbour, or one in a short word.

    Examples
    --------
    >>> nearest_key("extnet", ["extent", "events"])
    'extent'
    """
    from rapidfuzz.distance import OSA

    distance, key = min(((OSA.distance(word, key), key) for key in known), default=(99, ""))
    return key if distance <= max(1, len(word) // 3) and distance < len(key) else ""
