"""Words on the terminal. Text from data is text: no markup of it is obeyed, no control character gets through."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

Align = Literal["left", "right"]


def console(*, stderr: bool = False, wrap: bool = True) -> Console:
    """Standard output, or standard error. rich is imported when something is said, so ``--help`` does without it."""
    from rich.console import Console

    return Console(stderr=stderr, soft_wrap=not wrap, highlight=False)


def plain(text: object, style: str = "") -> Text:
    """Text as it stands, with control and direction characters made visible."""
    from rich.text import Text

    shown = "".join(
        c if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf") else f"\\u{ord(c):04x}" for c in str(text)
    )
    return Text(shown, style=style)


def say(text: object, style: str = "") -> None:
    """One line on standard output."""
    console(wrap=False).print(plain(text, style))


def note(text: object) -> None:
    """One line beside the result, on standard error."""
    console(stderr=True, wrap=False).print(plain(text, "yellow"))


def fail(text: str) -> None:
    """What went wrong, on standard error."""
    console(stderr=True, wrap=False).print(plain("Error: ", "bold red") + plain(text))


def table(columns: Sequence[tuple[str, Align]], rows: Iterable[Sequence[object]], title: str = "") -> None:
    """A table on standard output."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    shown = Table(
        box=SIMPLE_HEAD,
        title=plain(title) if title else None,
        title_justify="left",
        title_style="bold",
        pad_edge=False,
    )
    for name, align in columns:
        shown.add_column(name, justify=align, overflow="fold")
    for row in rows:
        shown.add_row(*(plain(cell) for cell in row))
    console().print(shown)


@contextmanager
def working(what: str) -> Iterator[None]:
    """A spinner on standard error while something takes its time; nothing where no one looks."""
    with console(stderr=True).status(plain(what)):
        yield
