"""How two outputs of the same command differ, in a line: texts, JSON, the page's data, tables, pictures.

Each function answers with a word and an explanation: ``("same", "")``, or ``("differs", "line 3: here a, there b")``.
"""

from __future__ import annotations

import base64
import csv
import io
import json
import math
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

SIDES = ("here", "there")
EQUAL = 1e-9
SHOWN = 60  # characters of a value that differs

Answer = tuple[str, str]
SAME = ("same", "")


def by_lines(here: bytes, there: bytes) -> Answer:
    """Same bytes; else the first line that differs, around the first character that does."""
    if here == there:
        return SAME
    one, two = (text.decode(errors="replace").splitlines(keepends=True) for text in (here, there))
    differing = [at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b]
    if not differing:
        return "differs", f"{len(one)} lines here, {len(two)} there; the shorter is the beginning of the longer"
    a, b = one[differing[0]], two[differing[0]]
    start = max(0, _first(a, b) - SHOWN // 3)
    count = f"{len(one)} lines here, {len(two)} there" if len(one) != len(two) else f"differing lines: {len(differing)}"
    return "differs", f"line {differing[0] + 1}: here {short(a[start:])}, there {short(b[start:])}; {count}"


def _first(one: str | bytes, two: str | bytes) -> int:
    differing = (at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b)
    return next(differing, min(len(one), len(two)))


def by_json(here: bytes, there: bytes) -> Answer:
    """Same bytes; else the first value that differs, by its path."""
    if here == there:
        return SAME
    try:
        one, two = json.loads(here), json.loads(there)
    except ValueError:
        return by_lines(here, there)
    return "differs", _leaf(one, two) or "the same values, written differently"


def _leaf(here: Any, there: Any) -> str:
    differing = list(leaves(here, there))
    if not differing:
        return ""
    path, a, b = differing[0]
    return f"{path.lstrip('.')}: here {short(a)}, there {short(b)}; differing values: {len(differing)}"


def leaves(here: Any, there: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """The values in which two JSON values differ, with their paths. Any: whatever JSON can hold."""
    if isinstance(here, dict) and isinstance(there, dict):
        for key in dict.fromkeys([*here, *there]):
            yield from leaves(here.get(key), there.get(key), f"{path}.{key}")
    elif isinstance(here, list) and isinstance(there, list):
        if len(here) != len(there):
            yield f"{path} (length)", len(here), len(there)
        for at, (a, b) in enumerate(zip(here, there, strict=False)):
            yield from leaves(a, b, f"{path}[{at}]")
    elif here != there:
        yield path, here, there


def by_data_block(here: bytes, there: bytes) -> Answer:
    """Same bytes in the page's data block; else the first value that differs in what is packed there."""
    blocks = [
        re.search(rb'<script[^>]*id="territory-data"[^>]*>(.*?)</script>', page, re.DOTALL) for page in (here, there)
    ]
    if None in blocks:
        return "failed", f"no script element #territory-data {SIDES[blocks.index(None)]}"
    one, two = (block[1] for block in blocks if block)
    if one == two:
        return SAME
    (texts, numbers), (other_texts, other_numbers) = _unpacked(one), _unpacked(two)
    parts = [_leaf(texts, other_texts)]
    if numbers != other_numbers:
        at = _first(numbers, other_numbers)
        parts.append(f"columns of numbers: {len(numbers)} bytes here, {len(other_numbers)} there, from byte {at} on")
    return "differs", "; ".join(filter(None, parts)) or "the same data, packed differently"


def _unpacked(block: bytes) -> tuple[Any, bytes]:
    """The JSON texts of a data block and the columns of numbers behind them; the block as it is where it has none."""
    try:
        data = zlib.decompress(base64.b64decode(json.loads(block)["data"]))
        start = data.index(b"{")
        texts, length = json.JSONDecoder().raw_decode(data[start:].decode("latin-1"))
    except (KeyError, TypeError, ValueError, zlib.error):
        return None, block
    return texts, data[start + length :]


def by_columns(here: bytes, there: bytes) -> Answer:
    """The same columns in the same order; else what was added, and what was renamed, by equal values."""
    one, two = _columns(here), _columns(there)
    if list(one) == list(two):
        return SAME
    only, gone = [name for name in one if name not in two], [name for name in two if name not in one]
    parts = []
    for old in list(gone):
        new = next((name for name in only if one[name] == two[old]), None)
        if new:
            parts.append(f"{old} there is {new} here")
            only.remove(new)
            gone.remove(old)
    parts += [f"only {side}: {', '.join(names)}" for side, names in zip(SIDES, (only, gone), strict=True) if names]
    return "differs", "; ".join(parts) or "the same columns in another order"


def by_cells(here: bytes, there: bytes) -> Answer:
    """The same rows in the columns that both have; numbers may be off by ``EQUAL``, which is told."""
    one, two = _columns(here), _columns(there)
    common = [name for name in one if name in two]
    if not common:
        return "differs", "no column is in both"
    texts = [name for name in common if not _number(one[name][0])] if one[common[0]] else []
    off = [
        (at, name, a, b)
        for name in common
        for at, (a, b) in enumerate(zip(one[name], two[name], strict=False))
        if a != b
    ]
    far = sorted((cell for cell in off if not _near(*cell[2:])), key=lambda cell: cell[0])
    gaps = [abs(float(a) - float(b)) for _, _, a, b in off if _number(a) and _number(b)]
    parts = [f"the largest difference is {max(gaps):.3g}"] if gaps else []
    if far:
        at, name, a, b = far[0]
        row = " ".join(one[text][at] for text in texts)
        parts = [
            f"row {at + 1} ({row}), {name}: here {short(a)}, there {short(b)}",
            f"differing cells: {len(far)}",
            *parts,
        ]
    if len(one[common[0]]) != len(two[common[0]]):
        parts = [f"{len(one[common[0]])} rows here, {len(two[common[0]])} there", *parts]
    elif not far:
        return ("same", "; ".join([f"equal to {EQUAL:g}", *parts])) if off else SAME
    return "differs", "; ".join(parts)


def _columns(text: bytes) -> dict[str, list[str]]:
    head, *rows = list(csv.reader(io.StringIO(text.decode()))) or [[]]
    return {name: [row[at] for row in rows] for at, name in enumerate(head)}


def _number(text: str) -> bool:
    return re.fullmatch(r"[-+]?\d+(\.\d*)?([eE][-+]?\d+)?", text) is not None


def _near(one: str, two: str) -> bool:
    return _number(one) and _number(two) and math.isclose(float(one), float(two), rel_tol=EQUAL)


def short(value: object, most: int = SHOWN) -> str:
    text = value.strip() if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= most else f"{text[:most]}..."


def by_pixels(here: Path, there: Path) -> Answer:
    """The same pixels; else how many differ, and the box that they lie in."""
    one, two = (np.asarray(Image.open(path).convert("RGB")) for path in (here, there))
    rows, columns = np.nonzero((one != two).any(axis=2))
    if not len(rows):
        return SAME
    box = f"x {columns.min()} to {columns.max()}, y {rows.min()} to {rows.max()}"
    return "differs", f"{len(rows):,} of {one.shape[0] * one.shape[1]:,} pixels, {box}"
