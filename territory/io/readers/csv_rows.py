"""Read CSV tables as rows of text with line numbers, and collect the faults of a table.

Nothing is converted here: an actor called NA stays "NA".
"""

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
from territory.records.names import did_you_mean

_LONGEST = 64 * 1024  # characters in one cell
_MOST_MARKS = 8  # combining marks on one letter: more than any script needs, fewer than a prank does

T = TypeVar("T")


class Row(dict[str, str]):
    """A row of a CSV file: text by column, and its line number. A column that the file lacks reads as empty.

    Parameters
    ----------
    line : int
        Line in the file, counted from 1 with the header.
    cells : iterable of (str, str)
        Column and text.
    """

    __slots__ = ("line",)

    def __init__(self, line: int, cells: Iterable[tuple[str, str]]) -> None:
        super().__init__(cells)
        self.line = line

    def __missing__(self, column: str) -> str:
        return ""

    @property
    def cells(self) -> dict[str, str]:
        """Text by column, as a plain dict."""
        return dict(self)

    def many(self, column: str) -> tuple[str, ...]:
        """The values of a cell that are separated by semicolons."""
        text = self[column]
        if ";" not in text:
            return (text,) if text else ()  # cells are already stripped
        return tuple(part.strip() for part in text.split(";") if part.strip())

    def number(self, column: str) -> float:
        """The cell as a finite float.

        Raises
        ------
        ValueError
            Where it is no number, or not finite.
        """
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
    """Collect the faults of one table, so that all bad rows are reported at once.

    Parameters
    ----------
    file : str
        Name of the file, for the messages.
    faults : list of Fault
        What was found so far.
    """

    file: str
    faults: list[Fault] = field(default_factory=list)

    def add(self, line: int, message: str) -> None:
        """Add a fault."""
        self.faults.append(Fault(self.file, line, message))

    def attempt(self, row: Row, read: Callable[[], T]) -> T | None:
        """Result of a function, or None with its error added as a fault of the row.

        Parameters
        ----------
        row : Row
            Where the fault lies.
        read : callable
            Raises ValueError or TerritoryError for a fault.
        """
        try:
            return read()
        except (ValueError, TerritoryError) as error:
            self.add(row.line, str(error))
            return None

    def unique(self, rows: Sequence[Row], column: str) -> None:
        """Add a fault for every id that is missing, or repeated with different content."""
        first: dict[str, Row] = {}
        for row in rows:
            key = row[column]
            if not key:
                self.add(row.line, f"{column} is empty; every row needs one.")
            elif key in first and first[key] != row:
                self.add(row.line, f"{column} '{key}' is on line {first[key].line} too, with other content.")
            first.setdefault(key, row)

    def finish(self) -> None:
        """Raise TableErrors if there are faults."""
        if self.faults:
            raise TableErrors(self.faults)


def read(path: Path, required: Sequence[str], known: Sequence[str]) -> tuple[list[Row], list[str]]:
    """Read the rows of a CSV file.

    Parameters
    ----------
    path : Path
    required : sequence of str
        Columns that must exist.
    known : sequence of str
        Columns that are used. Others are kept, with a warning.

    Returns
    -------
    rows : list of Row
        Exact repetitions of a row are dropped.
    warnings : list of str

    Raises
    ------
    InputError
        Where the file is no CSV table, or a required column is missing.
    TableErrors
        Where rows have too many or too few cells, or cells that are too long.
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
        text = "".join(cells)
        if len(text) > _LONGEST or not text.isascii():  # cells of a short ASCII row need no check
            for name, cell in zip(header, cells, strict=True):
                _check_cell(check, line, name, cell)
        key = tuple(map(str.strip, cells))
        rows.setdefault(key, Row(line, zip(header, key, strict=True)))
    check.finish()
    if not rows:
        warnings.append(f"{path.name} has a header and no rows.")
    return list(rows.values()), warnings


def _lines(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of each row."""
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
    """Warnings about unknown columns; raises where columns are missing or repeated."""
    if not any(header):
        raise InputError(f"{path.name}:1: there is no header; the first line must name the columns.")
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise InputError(f"{path.name}:1: the column {', '.join(twice)} is repeated; rename or remove one.")
    missing = [name for name in required if name not in header]
    if missing:
        hint = (
            " The columns look separated by semicolons; separate them by commas."
            if len(header) == 1 and ";" in header[0]
            else ""
        )
        raise InputError(f"{path.name}:1: column {', '.join(missing)} is missing; found {', '.join(header)}.{hint}")
    unknown = [name for name in header if name not in known]
    return [f"{path.name}:1: column '{name}' is not known and not used.{did_you_mean(name, known)}" for name in unknown]


def _check_cell(check: Checker, line: int, name: str, cell: str) -> None:
    """Add a fault for a cell that is too long, or has too many combining marks on a letter."""
    if len(cell) > _LONGEST:
        check.add(line, f"{name} has {len(cell)} characters; at most {_LONGEST} are read.")
    elif not cell.isascii():
        run = 0
        for character in cell:
            run = run + 1 if unicodedata.combining(character) else 0
            if run > _MOST_MARKS:
                check.add(line, f"{name} has more than {_MOST_MARKS} combining marks on one letter.")
                return
