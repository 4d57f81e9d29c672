"""Read CSV tables as rows of text with line numbers, and judge them by their table of the schema.

No value is guessed: an actor called NA stays "NA".
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import TypeAdapter, ValidationError

from territory.errors import InputError
from territory.io.readers.fault_list import FaultList
from territory.io.readers.text_file import read_text
from territory.records.names import did_you_mean, nearest_key
from territory.records.schema.judge import judge, predicate
from territory.records.schema.table import Row

R = TypeVar("R", bound=Row)
Cells = dict[str, Any]  # Any: text, or for a column per language texts by tag; the schema judges it


class Typed(NamedTuple, Generic[R]):
    """A typed row.

    Parameters
    ----------
    line : int
        Line in the file, counted from 1 with the header.
    row : Row
        Where a cell was at fault, an example stands in for it.
    bad : frozenset of str
        Columns at fault; "" where it is the row as a whole.
    """

    line: int
    row: R
    bad: frozenset[str] = frozenset()


class Former(NamedTuple):
    """How an older format wrote a table.

    Parameters
    ----------
    columns : mapping of str to str
        Today's name of each column that was called otherwise.
    words : mapping of str to mapping of str to str
        For a column of today, today's word for each word of then. Other words count as empty, and are warned of.
    """

    columns: Mapping[str, str] = MappingProxyType({})
    words: Mapping[str, Mapping[str, str]] = MappingProxyType({})


TODAY = Former()


def read(path: Path, model: type[R], faults: FaultList, former: Former = TODAY) -> tuple[list[Typed[R]], list[str]]:
    """Read and judge the rows of a CSV file.

    Parameters
    ----------
    path : Path
    model : type
        The table of the schema that the rows are of.
    faults : FaultList
        Gets every fault of every row, and of the header.
    former : Former
        How an older format wrote the table.

    Returns
    -------
    rows : list of Typed
        Exact repetitions of a row are dropped, and rows of which nothing could be made.
    warnings : list of str

    Raises
    ------
    InputError
        Where the file is no CSV table.
    """
    lines = _lines(path, read_text(path))
    given = [name.strip() for name in next(lines, (1, []))[1]]
    header, warnings = _header(path, given, model, faults, former.columns)
    rows: dict[tuple[str, ...], int] = {}
    for line, cells in lines:
        if not any(cells):
            continue
        if len(cells) == len(header):
            rows.setdefault(tuple(map(str.strip, cells)), line)
        else:
            said = f"the row has {len(cells)} cells, the header {len(header)}; quote cells that hold a comma."
            faults.add(path.name, line, said)
    if not rows:
        warnings.append(f"{path.name} has a header and no rows.")
    filled = _filled(model, header, rows)
    warnings += _reword(path.name, filled, former)
    typed = _judged(path.name, model, filled, list(rows.values()), faults)
    if model.KEY:
        _check_unique(path.name, model, filled, list(rows.values()), faults)
    return typed, warnings


def _filled(model: type[R], header: Sequence[str], rows: Collection[tuple[str, ...]]) -> list[Cells]:
    """The cells of each row that say something, by column; those per language in one: ``names = {"ar": ...}``."""
    tags = [(at, tag) for at, name in enumerate(header) if (tag := model.tag(name))]
    used = [(at, name) for at, name in enumerate(header) if model.has(name) and not model.tag(name)]
    filled: list[Cells] = [{name: cells[at] for at, name in used if cells[at]} for cells in rows]
    if tags:
        for cells, given in zip(rows, filled, strict=True):
            given[f"{model.PER_LANGUAGE}s"] = {tag: cells[at] for at, tag in tags if cells[at]}
    return filled


def _reword(file: str, filled: Sequence[Cells], former: Former) -> list[str]:
    """Put today's words for those of an older format; warnings about words that have none."""
    lost: Counter[tuple[str, str]] = Counter()
    for column, words in former.words.items():
        for cells in filled:
            word = cells.pop(column, "")
            if word in words:
                cells[column] = words[word]
            elif word:
                lost[column, word] += 1
    return [
        f"{file}: {count} rows have '{word}' where {column} is meant; that is no {column}, so it is passed over."
        for (column, word), count in lost.items()
    ]


def _judged(
    file: str, model: type[R], filled: Sequence[Cells], lines: Sequence[int], faults: FaultList
) -> list[Typed[R]]:
    """Typed rows; adds the faults of cells."""
    try:
        rows = TypeAdapter(list[model]).validate_python(filled)  # type: ignore[valid-type]  # known when it runs
        return [Typed(line, row) for line, row in zip(lines, rows, strict=True)]
    except ValidationError:
        pass  # then row by row
    typed = []
    for cells, line in zip(filled, lines, strict=True):
        judged = judge(model, cells)
        for at, said in judged.faults.items():
            faults.add(file, line, predicate(str(at[0]) if at else "", said))
        if judged.value is not None:
            typed.append(Typed(line, judged.value, frozenset(str(at[0]) if at else "" for at in judged.faults)))
    return typed


def _check_unique(file: str, model: type[R], filled: Sequence[Cells], lines: Sequence[int], faults: FaultList) -> None:
    """Add a fault for every id that stands on two lines."""
    first: dict[str, int] = {}
    for cells, line in zip(filled, lines, strict=True):
        key = cells.get(model.KEY, "")
        if key in first:
            faults.add(file, line, f"{model.KEY} '{key}' is on line {first[key]} too, with other content.")
        elif key:
            first[key] = line


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


def _header(
    path: Path, given: Sequence[str], model: type[R], faults: FaultList, former: Mapping[str, str]
) -> tuple[list[str], list[str]]:
    """Names of the columns, read as they were meant, and warnings; adds faults for columns missing or misspelt."""
    if not any(given):
        raise InputError(f"{path.name}:1: there is no header; the first line must name the columns.")
    for name in sorted({name for name in given if given.count(name) > 1}):
        faults.add(path.name, 1, f"the column {name} is repeated; rename or remove one.")
    header, known = [former.get(name, name) for name in given], model.columns()
    absent, warnings = [name for name in known if name not in header], []
    for at, name in enumerate(header):
        near = nearest_key(name, absent)
        if model.has(name):
            continue
        if near:
            faults.add(path.name, 1, f"column '{name}' is not known. Did you mean '{near}'?")
            header[at] = near
        else:
            warnings.append(f"{path.name}:1: column '{name}' is not known and not used.{did_you_mean(name, known)}")
    missing = [name for name in model.COLUMNS if name not in header]
    if missing:
        semicolons = len(given) == 1 and ";" in given[0]
        hint = " The columns look separated by semicolons; separate them by commas." if semicolons else ""
        raise InputError(f"{path.name}:1: column {', '.join(missing)} is missing; found {', '.join(given)}.{hint}")
    return header, warnings
