"""A short text of a value that holds much: what is in it, at most ten lines, never the contents of its arrays."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import fields
from html import escape
from typing import Any

import numpy as np

LINES, LETTERS = 10, 100


class Brief:
    """Base of dataclasses that hold arrays or long tables: their ``repr`` says how much there is of what.

    Examples
    --------
    >>> from dataclasses import dataclass
    >>> @dataclass(repr=False)
    ... class Line(Brief):
    ...     name: str
    ...     xy: np.ndarray
    >>> Line("coast", np.zeros((900, 2)))
    <Line>
      name  'coast'
      xy    (900, 2) float64
    """

    def __repr__(self) -> str:
        rows = self._facts()
        width = max((len(name) for name, _ in rows), default=0)
        lines = [f"  {name:{width}}  {fact}"[:LETTERS] for name, fact in rows]
        if len(lines) >= LINES:
            lines = [*lines[: LINES - 2], f"  ... and {len(lines) - LINES + 2} more"]
        return "\n".join([f"<{type(self).__name__}>", *lines])

    def _facts(self) -> list[tuple[str, str]]:
        """Name and short text of every field that says something, or of what else is worth saying."""
        said = [field.name for field in fields(self) if field.repr]  # type: ignore[arg-type]  # a base of dataclasses
        values = [(name, getattr(self, name)) for name in said]
        return [
            (name, fact(value))
            for name, value in values
            if isinstance(value, np.ndarray | Brief) or value not in ("", (), None)
        ]


def fact(value: Any) -> str:  # Any: whatever a field holds
    """A value in a few words: the shape of an array, the length of a table, or the value itself."""
    if isinstance(value, np.ndarray):
        return f"{value.shape} {value.dtype}"
    if isinstance(value, Brief):
        return f"<{type(value).__name__}>"
    if (
        isinstance(value, Collection)
        and not isinstance(value, str)
        and not hasattr(value, "_fields")
        and len(value) > 3
    ):
        return f"{len(value):,} items"
    text = " ".join(repr(value).split())
    return text if len(text) <= LETTERS else f"{text[: LETTERS - 20]} ..."


def html_table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table for notebooks; every text is escaped."""
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    body = "".join(f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
