"""Draws docs/rooms.svg, the house in one picture, from the import contracts in pyproject.toml.

Each layer is a row, each room a card with the first line of its docstring. ``make rooms`` writes the picture anew;
``tests/test_rooms.py`` fails when the committed one is not what this file draws. The standard library is enough.
"""

from __future__ import annotations

import ast
import textwrap
import tomllib
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "rooms.svg"
WIDTH, CARD, GAP, TOP = 1000, 300, 16, 28
LINE, LETTERS = 16, 41  # height of a line of text, and how many letters fit on one
PAPER, SHADE, WHITE, INK, QUIET, EDGE = "#f7f4ec", "#ebe5d6", "#ffffff", "#26241f", "#6b665b", "#d8d0bd"
TOPMOST, MIDDLE, LOWEST = (176, 74, 44), (201, 152, 58), (38, 104, 108)
STYLE = f"""
text {{ font: 12px -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; fill: {INK} }}
.room {{ font: 600 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace }}
.inner {{ font: 12px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace }}
.title {{ font-size: 22px; font-weight: 600 }} .head {{ font-weight: 600 }} .quiet {{ fill: {QUIET} }}
"""

Contract = dict[str, Any]  # Any: straight from TOML
Row = list[tuple[str, list[str]]]  # the rooms of a layer, each with what it is for in lines


def contracts() -> list[Contract]:
    """The import contracts, as pyproject.toml has them."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        found: list[Contract] = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    return found


def layers(contract: Contract) -> list[list[str]]:
    """The names of a layers contract, from the top down; those of one layer do not know each other."""
    return [[name.strip() for name in layer.split("|")] for layer in contract["layers"]]


def purpose(room: str) -> str:
    """The first line of what a room says of itself."""
    path = ROOT.joinpath("territory", *room.split("."))
    source = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return (ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) or "").partition("\n")[0]


def draw() -> str:
    """The whole picture as text, the same bytes for the same contracts and docstrings."""
    house, inner = [one for one in contracts() if one["type"] == "layers"]
    rows: list[Row] = [[(room, textwrap.wrap(purpose(room), LETTERS)) for room in names] for names in layers(house)]
    ends = [TOP]
    for row in rows:
        ends.append(ends[-1] + max(len(lines) for _, lines in row) * LINE + 40 + GAP)
    tops = ends[:-1]
    under = next(number for number, row in enumerate(rows) if row[0][0] == _room(inner))
    below = tops[under + 1] + 16  # beside the rows from here on there is room for notes
    parts = [
        *_silhouette(rows, tops, ends),
        *(card for number, row in enumerate(rows) for card in _row(row, tops[number], ends[number + 1], number, rows)),
        *_heading(),
        *_inside(inner, _left(3, 0), below, (_left(len(rows[under]), 0), tops[under] + 24)),
        *_outside([one for one in contracts() if one["type"] == "forbidden"], _left(3, 2) + 14, below),
    ]
    height = ends[-1] + TOP - GAP
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    label = "The rooms of territory: imports run down from row to row"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{label}">'
    paper = _box(0.5, 0.5, WIDTH - 1, height - 1, PAPER, EDGE, 14)
    return "\n".join([head, f"<style>{STYLE}</style>", paper, *parts, "</svg>\n"])


def _left(count: int, place: int) -> int:
    """Where a card begins: rows stand in the middle of the picture."""
    return (WIDTH - count * CARD - (count - 1) * GAP) // 2 + place * (CARD + GAP)


def _box(x: float, y: float, width: float, height: float, fill: str, edge: str, corner: int = 8) -> str:
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{corner}" fill="{fill}" stroke="{edge}"/>'


def _text(x: float, y: float, text: str, kind: str = "") -> str:
    kind = f' class="{kind}"' if kind else ""
    return f'<text x="{x}" y="{y}"{kind}>{escape(text)}</text>'


def _row(row: Row, top: int, end: int, number: int, rows: Sequence[Row]) -> Iterator[str]:
    colour = _colour(number / (len(rows) - 1))
    for place, (room, lines) in enumerate(row):
        x, height = _left(len(row), place), end - top - GAP
        yield _box(x, top, CARD, height, WHITE, EDGE)
        yield f'<path d="M{x + 3} {top + 11}v{height - 22}" stroke="{colour}" stroke-width="4" stroke-linecap="round"/>'
        yield _text(x + 16, top + 23, room, "room")
        for line, words in enumerate(lines):
            yield _text(x + 16, top + 42 + line * LINE, words, "quiet")


def _colour(part: float) -> str:
    """From the colour of the roof over that of the middle to that of the ground."""
    one, other, share = (TOPMOST, MIDDLE, 2 * part) if part < 0.5 else (MIDDLE, LOWEST, 2 * part - 1)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(one, other, strict=True))


def _silhouette(rows: Sequence[Row], tops: Sequence[int], ends: Sequence[int]) -> Iterator[str]:
    """The hourglass: what encloses the rows, one outline from the roof down and up again."""
    right = []
    for number, row in enumerate(rows):
        x = WIDTH - _left(len(row), 0) + 10
        right += [(x, tops[number] - (10 if number == 0 else 0)), (x, ends[number + 1] - GAP)]
    right[-1] = (right[-1][0], right[-1][1] + 10)
    outline = right + [(WIDTH - x, y) for x, y in reversed(right)]
    points = " ".join(f"{x},{y}" for x, y in outline)
    yield f'<polygon points="{points}" fill="{SHADE}" stroke="{SHADE}" stroke-width="6" stroke-linejoin="round"/>'


def _heading() -> Iterator[str]:
    x = _left(3, 0)
    yield _text(x, TOP + 24, "The rooms of territory", "title")
    for line, words in enumerate(("Imports run down, never up.", "Rooms in one row do not know each other.")):
        yield _text(x, TOP + 50 + line * LINE, words, "quiet")
    x = _left(3, 2) + 60
    for at, head, d, words in (
        (x, "imports", "M{x} {y}v44m-5 -7l5 7 5 -7", "run down"),
        (x + 110, "data", "M{x} {z}v-44m-5 7l5 -7 5 7", "flows up"),
    ):
        path = d.format(x=at, y=TOP + 10, z=TOP + 54)
        yield f'<path d="{path}" fill="none" stroke="{INK}" stroke-width="1.6" stroke-linecap="round"/>'
        yield _text(at + 14, TOP + 30, head, "head") + _text(at + 14, TOP + 46, words, "quiet")


def _room(contract: Contract) -> str:
    room: str = contract["containers"][0]
    return room.removeprefix("territory.")


def _inside(contract: Contract, x: int, top: int, door: tuple[int, int]) -> Iterator[str]:
    """The layers inside one room, as a ladder beside the house, and a line to its door."""
    yield (
        f'<path d="M{door[0]} {door[1]}H{x + 28}a8 8 0 0 0 -8 8V{top - 4}" fill="none" stroke="{QUIET}" '
        f'stroke-dasharray="1 4" stroke-width="1.6" stroke-linecap="round"/>'
    )
    yield _text(x, top + 12, f"Inside {_room(contract)}, the same rule", "head")
    for number, names in enumerate(layers(contract)):
        width = (CARD - 30 - 6 * (len(names) - 1)) / len(names)
        for place, name in enumerate(names):
            left, y = x + place * (width + 6), top + 24 + number * 29
            yield _box(round(left, 1), y, round(width, 1), 23, WHITE, EDGE, 5)
            yield _text(round(left + 9, 1), y + 16, name, "inner")


def _outside(rules: Sequence[Contract], x: int, top: int) -> Iterator[str]:
    """What may not be imported from outside, and the single exceptions."""
    yield _text(x, top + 12, "What stays outside", "head")
    y = top + 36
    for rule in rules:
        but = [name for one in rule.get("ignore_imports", []) if (name := one.partition(" -> ")[0]) != "territory"]
        words = (
            f"No import of {', '.join(rule['forbidden_modules'])}"
            + (f", except in {', '.join(but)}" if but else "")
            + "."
        )
        yield _text(x, y, rule["name"])
        for line in textwrap.wrap(words, LETTERS):
            y += LINE
            yield _text(x, y, line, "quiet")
        y += LINE + 10


if __name__ == "__main__":
    PICTURE.write_text(draw(), encoding="utf-8")
