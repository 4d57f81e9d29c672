"""Lines of a TOML file on which keys stand; the parser of the standard library does not tell them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

Path = tuple[int | str, ...]  # keys and list items from the outside in: ("actor", 2, "colour")

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|[\[\]{}]|\n', re.DOTALL
)
_HEADER = re.compile(r"""(\[\[?)((?:"(?:\\.|[^"\\])*"|'[^']*'|[^\]"'])*)\]""")
_KEY = re.compile(r'(?:"(?:\\.|[^"\\])*"|\'[^\']*\'|[^=#"\'])+')


def lines_of(text: str) -> dict[Path, int]:
    r"""Line of every table and of every key that starts a statement; keys of inline tables stand with their statement.

    Parameters
    ----------
    text : str
        TOML that the parser takes.

    Examples
    --------
    >>> lines_of('title = "T"\n[[actor]]\nid = "a"')
    {('title',): 1, ('actor', 0): 2, ('actor', 0, 'id'): 3}
    """
    found: dict[Path, int] = {}
    count: dict[Path, int] = {}  # items of each array of tables so far
    table: Path = ()
    for line, statement in _statements(text):
        header = _HEADER.match(statement)
        if header is None:
            if written := _KEY.match(statement):
                found.setdefault((*table, *_keys(f"{written[0]} = 0")), line)
            continue
        *outer, last = _keys(f"[{header[2]}]")
        table = ()
        for key in outer:
            table = _inside((*table, key), count)
        table = (*table, last)
        if header[1] == "[[":
            count[table] = count.get(table, 0) + 1
            table = _inside(table, count)
        found.setdefault(table, line)
    return found


def _inside(table: Path, count: dict[Path, int]) -> Path:
    """The last item of an array of tables, or the table itself."""
    return (*table, count[table] - 1) if table in count else table


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Line and text of each line that starts a statement."""
    depth, line, start = 0, 1, 0
    lines = text.split("\n")
    for token in _TOKEN.finditer(text + "\n"):
        if token[0] == "\n" and depth == 0:
            if lines[start].strip():
                yield start + 1, lines[start].strip()
            start = line
        depth += (token[0] in "[{") - (token[0] in "]}")
        line += token[0].count("\n")


def _keys(toml: str) -> list[str]:
    """The keys of a header or of a dotted key."""
    keys: list[str] = []
    inner: object = tomllib.loads(toml)
    while isinstance(inner, dict) and inner:
        (key,) = inner
        keys.append(key)
        inner = inner[key]
    return keys


def line_of(lines: dict[Path, int], path: Path) -> int:
    """Line of the innermost table or key on the way to a path; 0 where none stands in the file."""
    return next((lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in lines), 0)
