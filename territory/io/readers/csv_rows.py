"""CSV tables as rows of text with their line numbers. Nothing is converted here: an actor called NA stays "NA"."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from territory.errors import Fault, InputError, TableErrors, TerritoryError
from territory.io.readers.text_file import read_text
from territory.records.names import suggest

LONGEST = 64 * 1024  # characters in one cell
MOST_MARKS = 8  # combining marks on one letter: more than any script needs, fewer than a prank does

T = TypeVar("T")


class Row(dict[str, str]):
    """One row: its cells by column, all text, and its line in the file. A column that the file lacks is empty."""

    __slots__ = ("line",)

    def __init__(self, line: int, cells: Iterable[tuple[str, str]]) -> None:
        super().__init__(cells)
        self.line = line

    def __missing__(self, column: str) -> str:
        return ""

    @property
    def cells(self) -> dict[str, str]:
        """The cells alone."""
        return dict(self)

    def many(self, column: str) -> tuple[str, ...]:
        """The parts of a cell that holds several, parted by semicolons."""
        text = self[column]
        if ";" not in text:
            return (text,) if text else ()  # cells are stripped already
        return tuple(part.strip() for part in text.split(";") if part.strip())

    def number(self, column: str) -> float:
        """The cell as a finite float; ValueError says what was found."""
        text = self[column]
        try:
            value = float(text)
        except ValueError:
            raise ValueError(f"{column} is '{text}'; it must be a number with a decimal point.") from None
        if value - value != 0:
            raise ValueError(f"{column} is '{text}'; it must be finite.")
        return value


@dataclass
class Checker:
    """Gathers the faults of one table, so that all bad rows are told at once."""

    file: str
    faults: list[Fault] = field(default_factory=list)

    def add(self, line: int, message: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(self.file, line, message))

    def attempt(self, row: Row, read: Callable[[], T]) -> T | None:
        """Run a reader; where it refuses, note why and give None."""
        try:
            return read()
        except (ValueError, TerritoryError) as error:
            self.add(row.line, str(error))
            return None

    def unique(self, rows: Sequence[Row], column: str) -> None:
        """Note ids that are missing, and ids that stand twice with different content."""
        first: dict[str, Row] = {}
        for row in rows:
            key = row[column]
            if not key:
                self.add(row.line, f"{column} is empty; every row needs one.")
            elif key in first and first[key] != row:
                self.add(row.line, f"{column} '{key}' stands on line {first[key].line} too, with other content.")
            first.setdefault(key, row)

    def finish(self) -> None:
        """Raise what was gathered."""
        if self.faults:
            raise TableErrors(self.faults)


def read(path: Path, required: Sequence[str], known: Sequence[str]) -> tuple[list[Row], list[str]]:
    """Rows of a CSV file.

    Parameters
    ----------
    path : Path
    required, known : sequence of str
        Columns that must be there; columns that mean something. Others are kept and reported.

    Returns
    -------
    rows : list of Row
        Exact repetitions of a row are dropped.
    warnings : list of str

    Raises
    ------
    InputError, TableErrors
    """
    text = read_text(path)
    check = Checker(path.name)
    lines = _lines(path, text)
    header = [name.strip() for name in next(lines, (1, []))[1]]
    warnings = _check_header(path, header, required, known)
    rows: dict[tuple[str, ...], Row] = {}
    for line, cells in lines:
        if not any(cells):
            continue
        if len(cells) != len(header):
            check.add(
                line,
                f"the row has {len(cells)} cells, the header {len(header)}; quote cells that hold a comma.",
            )
            continue
        whole = "".join(cells)
        if len(whole) > LONGEST or not whole.isascii():  # a short row of plain letters has no odd cell
            for name, cell in zip(header, cells, strict=True):
                _check_cell(check, line, name, cell)
        key = tuple(map(str.strip, cells))
        rows.setdefault(key, Row(line, zip(header, key, strict=True)))
    check.finish()
    if not rows:
        warnings.append(f"{path.name} has a header and no rows.")
    return list(rows.values()), warnings


def _lines(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    started = 1
    try:
        for cells in reader:
            yield started, cells
            started = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            f"{path.name}:{started}: the row cannot be read ({error}); look for a quote that is not closed."
        ) from None


def _check_header(path: Path, header: list[str], required: Sequence[str], known: Sequence[str]) -> list[str]:
    if not any(header):
        raise InputError(f"{path.name}:1: there is no header; the first line must name the columns.")
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise InputError(f"{path.name}:1: the column {', '.join(twice)} stands twice.")
    missing = [name for name in required if name not in header]
    if missing:
        hint = (
            " The columns look parted by semicolons; part them by commas."
            if len(header) == 1 and ";" in header[0]
            else ""
        )
        raise InputError(f"{path.name}:1: column {', '.join(missing)} is missing; found {', '.join(header)}.{hint}")
    warnings = []
    for name in header:
        if name not in known:
            near = suggest(name, known, limit=1)
            warnings.append(
                f"{path.name}:1: column '{name}' is not known and not used"
                + (f"; did you mean '{near[0]}'?" if near else ".")
            )
    return warnings


def _check_cell(check: Checker, line: int, name: str, cell: str) -> None:
    if len(cell) > LONGEST:
        check.add(line, f"{name} has {len(cell)} characters; at most {LONGEST} are read.")
    elif not cell.isascii():
        run = 0
        for character in cell:
            run = run + 1 if unicodedata.combining(character) else 0
            if run > MOST_MARKS:
                check.add(line, f"{name} has more than {MOST_MARKS} combining marks on one letter.")
                return
