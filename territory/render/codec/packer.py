"""Numbers and texts as few bytes: columns of small differences, then deflate.

The format is described in territory/player/README.md. Everything is written in one order and read in the same order.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

FORMAT, VERSION = "territory-page", 2
LEVEL = 9
PLANE_BITS = 8

Json = Any  # what json.dumps takes


class Packer:
    """Columns of whole numbers behind one block of JSON texts."""

    def __init__(self) -> None:
        self.texts: dict[str, Json] = {}
        self._columns: list[bytes] = []

    def numbers(self, values: ArrayLike) -> None:
        """Non-negative numbers, one byte each below 128: a column of codes, flags or counts."""
        whole = np.asarray(values, dtype=np.int64).reshape(-1)
        self._columns.append(varints(np.array([len(whole)])) + varints(whole))

    def signed(self, values: ArrayLike) -> None:
        """Numbers about zero."""
        self.numbers(zigzag(np.asarray(values, dtype=np.int64)))

    def steps(self, values: ArrayLike) -> None:
        """Numbers that grow slowly, as differences."""
        whole = np.asarray(values, dtype=np.int64).reshape(-1)
        self.signed(np.diff(whole, prepend=np.int64(0)))

    def planes(self, values: ArrayLike) -> None:
        """Numbers about zero with noise in their low bits: low bytes apart from high ones, so that these compress."""
        whole = zigzag(np.asarray(values, dtype=np.int64).reshape(-1))
        self._columns.append(varints(np.array([len(whole)])) + (whole & 255).astype(np.uint8).tobytes())
        self._columns.append(varints(whole >> PLANE_BITS))

    def words(self, name: str, values: Sequence[Json]) -> None:
        """Values of few kinds: each kind once, as JSON, and a column of indices."""
        kinds: dict[str, int] = {}
        index = [kinds.setdefault(inert(value), len(kinds)) for value in values]
        self.texts[name] = [json.loads(kind) for kind in kinds]
        self.numbers(index)

    def names(self, name: str, values: Iterable[str]) -> None:
        """Texts of which many are the one before with its last number counted on: a text, and how many follow it."""
        told: list[str | int] = []
        last = ""
        for value in values:
            if value == _successor(last) and told:
                if isinstance(told[-1], int):
                    told[-1] += 1
                else:
                    told.append(1)
            else:
                told.append(value)
            last = value
        self.texts[name] = told

    def bytes(self) -> bytes:
        """All of it, compressed; the same input gives the same bytes."""
        texts = inert(self.texts).encode("ascii")
        return zlib.compress(b"".join([varints(np.array([len(texts)])), texts, *self._columns]), LEVEL)


def envelope(packed: bytes) -> str:
    """Packed bytes as an inert text for a script element: ASCII, and none of ``<``, ``>`` and ``&``."""
    return inert({"data": base64.b64encode(packed).decode("ascii"), "format": FORMAT, "version": VERSION})


def varints(values: NDArray[np.int64]) -> bytes:
    """Seven bits a byte, the lowest first; the top bit says that more follow."""
    if len(values) == 0:
        return b""
    if values.min() < 0:
        raise ValueError("A negative number has no place in a column of counts.")
    width = max(1, -(-int(values.max()).bit_length() // 7))
    shift = np.arange(width) * 7
    digits = (values[:, None] >> shift) & 127
    used = np.maximum(1, ((values[:, None] >> shift) > 0).sum(axis=1))
    place = np.arange(width)[None, :]
    more = place < used[:, None] - 1
    return bytes((digits | (more * 128)).astype(np.uint8)[place < used[:, None]].tobytes())


def zigzag(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """0, -1, 1, -2, 2 ... as 0, 1, 2, 3, 4 ..."""
    return np.where(values < 0, -2 * values - 1, 2 * values)


def inert(value: Json) -> str:
    """A value as JSON that is inert inside a script element of any kind: no ``<``, ``>`` or ``&`` is left in it."""
    text = json.dumps(value, ensure_ascii=True, sort_keys=True, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


_COUNTED = re.compile(r"^(.*?)(\d{1,9})$", re.DOTALL | re.ASCII)


def _successor(text: str) -> str | None:
    """E099 -> E100, p9 -> p10; None where no number ends the text."""
    found = _COUNTED.match(text)
    if found is None:
        return None
    return f"{found[1]}{int(found[2]) + 1:0{len(found[2])}d}"
