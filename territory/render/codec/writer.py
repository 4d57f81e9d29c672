"""Write columns of integers and categories as varints, deltas and split bytes, then deflate and base64.

docs/page-format.md specifies the format; ``player/src/codec/reader.js`` has a method of the same name for
each kind of column. Nothing says where a column begins, so both sides must keep the same order.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Callable, Hashable, Iterable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

FORMAT, VERSION = "territory-page", 4
COMPRESSION_LEVEL = 9

Json = Any  # what json.dumps takes
Integers = NDArray[np.integer]


class Writer:
    """Columns of integers behind one block of JSON, ``texts``.

    Attributes
    ----------
    texts : dict
        JSON by name.
    order : list of (str, str)
        Name and kind of every column so far. They are not stored; the specification lists the same.
    """

    def __init__(self) -> None:
        self.texts: dict[str, Json] = {}
        self.order: list[tuple[str, str]] = []
        self._columns: list[bytes] = []

    def unsigned(self, name: str, values: ArrayLike) -> None:
        """Non-negative integers, one byte each below 128: codes, flags or counts."""
        self._add(name, "unsigned", np.asarray(values, dtype=np.int64).reshape(-1))

    def signed(self, name: str, values: ArrayLike) -> None:
        """Integers near zero, zigzag-encoded."""
        self._add(name, "signed", _zigzag(values))

    def deltas(self, name: str, values: ArrayLike) -> None:
        """Integers that grow slowly, as differences to the one before."""
        whole = np.asarray(values, dtype=np.int64).reshape(-1)
        self._add(name, "deltas", _zigzag(np.diff(whole, prepend=np.int64(0))))

    def split_bytes(self, name: str, values: ArrayLike) -> None:
        """Integers near zero with noise in their low bits: all low bytes first, so that the high parts compress."""
        whole = _zigzag(values)
        self.order.append((name, "split bytes"))
        self._columns += [_varint(len(whole)), (whole & 255).astype(np.uint8).tobytes(), _varints(whole >> 8)]

    def categories(
        self, name: str, values: Iterable[Hashable], as_json: Callable[[Any], Json] | None = None
    ) -> None:  # Any: one of the values
        """Values of which few are distinct: each distinct value once, as JSON, and a column of codes."""
        codes: dict[Hashable, int] = {}
        column = [codes.setdefault(value, len(codes)) for value in values]
        self.texts[name] = [as_json(value) for value in codes] if as_json else list(codes)
        self._add(name, "categories", np.array(column, dtype=np.int64))

    def states(self, name: str, controller: Integers, status: Integers, rival: Integers) -> None:
        """Controller, status and rival as one category."""
        codes = np.stack([controller, status, rival]).astype(np.int64)
        _, first, inverse = np.unique(codes[0] << 16 | codes[1] << 8 | codes[2], return_index=True, return_inverse=True)
        rank = np.argsort(np.argsort(first))  # in the order in which they first occur
        self.texts[name] = codes[:, np.sort(first)].T.tolist()
        self._add(name, "categories", rank[inverse])

    def numbered_texts(self, name: str, values: Iterable[str]) -> None:
        """Texts that often differ from the one before by a last number greater by one (E001, E002, ...).

        They are stored as runs: a text, then how many such successors follow it.
        """
        self.order.append((name, "numbered texts"))
        runs: list[str | int] = []
        last = ""
        for value in values:
            if value == _successor(last) and runs:
                if isinstance(runs[-1], int):
                    runs[-1] += 1
                else:
                    runs.append(1)
            else:
                runs.append(value)
            last = value
        self.texts[name] = runs

    def bytes(self) -> bytes:
        """The texts and all columns, compressed; the same input gives the same bytes."""
        texts = script_safe_json(self.texts).encode("ascii")
        return zlib.compress(b"".join([_varint(len(texts)), texts, *self._columns]), COMPRESSION_LEVEL)

    def _add(self, name: str, kind: str, values: NDArray[np.int64]) -> None:
        if len(values) and values.min() < 0:
            raise ValueError(
                f"Column {name} holds {values.min()}, and an unsigned column no negative number; "
                "write it as signed, deltas or split_bytes."
            )
        self.order.append((name, kind))
        self._columns += [_varint(len(values)), _varints(values)]


def envelope(packed: bytes) -> str:
    """Packed bytes as script-safe JSON that names format and version."""
    return script_safe_json({"data": base64.b64encode(packed).decode("ascii"), "format": FORMAT, "version": VERSION})


def _varint(value: int) -> bytes:
    return _varints(np.array([value], dtype=np.int64))


def _varints(values: NDArray[np.int64]) -> bytes:
    """LEB128: seven bits a byte, the lowest first; the top bit says that more follow."""
    if len(values) == 0:
        return b""
    width = max(1, -(-int(values.max()).bit_length() // 7))
    shift = np.arange(width) * 7
    digits = (values[:, None] >> shift) & 127
    used = np.maximum(1, ((values[:, None] >> shift) > 0).sum(axis=1))
    place = np.arange(width)[None, :]
    more = place < used[:, None] - 1
    return bytes((digits | (more * 128)).astype(np.uint8)[place < used[:, None]].tobytes())


def _zigzag(values: ArrayLike) -> NDArray[np.int64]:
    """0, -1, 1, -2, 2 ... as 0, 1, 2, 3, 4 ..."""
    whole = np.asarray(values, dtype=np.int64).reshape(-1)
    return np.where(whole < 0, -2 * whole - 1, 2 * whole)


def script_safe_json(value: Json) -> str:
    """A value as ASCII JSON that cannot end or open an HTML script element: no ``<``, ``>`` or ``&`` is left in it."""
    text = json.dumps(value, ensure_ascii=True, sort_keys=True, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


_NUMBERED = re.compile(r"^(.*?)(\d{1,9})$", re.DOTALL | re.ASCII)


def _successor(text: str) -> str | None:
    """E099 -> E100, p9 -> p10; None where no number ends the text."""
    found = _NUMBERED.match(text)
    if found is None:
        return None
    return f"{found[1]}{int(found[2]) + 1:0{len(found[2])}d}"
