"""Print to the terminal. Text from data is printed literally: markup has no effect, control characters are escaped."""

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
    """Console of standard output or standard error; imports rich only now, so that ``--help`` is fast."""
    from rich.console import Console

    return Console(stderr=stderr, soft_wrap=not wrap, highlight=False)


def plain(text: object, style: str = "") -> Text:
    """Literal text, with control and direction characters escaped."""
    from rich.text import Text

    shown = "".join(
        c if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf") else f"\\u{ord(c):04x}" for c in str(text)
    )
    return Text(shown, style=style)


def say(text: object, style: str = "") -> None:
    """Print a line to standard output."""
    console(wrap=False).print(plain(text, style))


def note(text: object) -> None:
    """Print a warning to standard error."""
    console(stderr=True, wrap=False).print(plain(text, "yellow"))


def fail(text: str) -> None:
    """Print an error to standard error."""
    console(stderr=True, wrap=False).print(plain("Error: ", "bold red") + plain(text))


def table(columns: Sequence[tuple[str, Align]], rows: Iterable[Sequence[object]], title: str = "") -> None:
    """Print a table to standard output.

    Parameters
    ----------
    columns : sequence of (str, {"left", "right"})
        Header and alignment.
    rows : iterable of sequence
        One cell for each column.
    title : str
    """
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
    """Context with a spinner on standard error; nothing is printed where that is no terminal."""
    with console(stderr=True).status(plain(what)):
        yield
