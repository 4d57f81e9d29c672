"""Read the places and the sources of a folder into a gazetteer and a table of sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from territory.errors import InputError
from territory.io.readers import csl_json, csv_rows
from territory.io.readers.fault_list import FaultList
from territory.records.gazetteer import Gazetteer, Place
from territory.records.names import did_you_mean
from territory.records.naming import Naming
from territory.records.schema.rows import NameRow, PlaceRow, SourceRow
from territory.records.sources import Source, Sources


def read_places(folder: Path, faults: FaultList) -> tuple[Gazetteer, list[str]]:
    """Read places.csv, and names.csv where there is one.

    Parameters
    ----------
    folder : Path
    faults : FaultList
        Gets every fault of every row.

    Returns
    -------
    Gazetteer
    warnings : list of str

    Raises
    ------
    InputError
        Where a file is no CSV table.
    """
    rows, warnings = csv_rows.read(folder / "places.csv", PlaceRow, faults)
    known = dict.fromkeys(row.place_id for _, row, _ in rows)
    namings: dict[str, list[Naming]] = {}
    if (folder / "names.csv").exists():
        names, odd = csv_rows.read(folder / "names.csv", NameRow, faults)
        warnings += odd
        for line, row, _ in names:
            namings.setdefault(row.place_id, []).append(Naming(row.name, row.names, row.start, row.end))
            for said in _faults_of_naming(row, known):
                faults.add("names.csv", line, said)
    return Gazetteer.of([_place(row, tuple(namings.get(row.place_id, ()))) for _, row, _ in rows]), warnings


def _faults_of_naming(row: NameRow, known: Mapping[str, None]) -> Iterator[str]:
    if row.place_id not in known:
        yield f"place_id names '{row.place_id}', which is no place_id of places.csv.{did_you_mean(row.place_id, known)}"
    if row.start and row.end and row.end < row.start:
        yield f"to is {row.end}, before from, {row.start}."


def _place(row: PlaceRow, namings: tuple[Naming, ...]) -> Place:
    """Place of a row."""
    return Place(
        id=row.place_id, name=row.name or row.place_id, lon=row.lon, lat=row.lat, names=row.names,
        aliases=row.aliases, kind=row.kind, approximate=row.precision == "approximate",
        admin1=row.admin1, admin2=row.admin2, source=row.source, note=row.note, namings=namings,
    )  # fmt: skip


def read_sources(folder: Path, faults: FaultList) -> tuple[Sources, list[str]]:
    """Read the sources of a folder: sources.csv, or sources.json in CSL-JSON.

    Parameters
    ----------
    folder : Path
    faults : FaultList
        Gets every fault of every row or item.

    Returns
    -------
    Sources
    warnings : list of str

    Raises
    ------
    InputError
        Where there is no such file, or it is no table and no CSL-JSON; or where there are both.
    """
    path, items = folder / "sources.csv", folder / "sources.json"
    lines: list[tuple[int, SourceRow]]
    warnings: list[str] = []
    if items.exists():
        if path.exists():
            raise InputError("sources.csv and sources.json both stand in the folder; keep one of them.")
        path = items
        lines = [(0, row) for row in csl_json.read(items, faults)]
    else:
        rows, warnings = csv_rows.read(path, SourceRow, faults)
        lines = [(line, row) for line, row, _ in rows]
    known = {row.source_id for _, row in lines}
    for line, row in lines:
        for other in row.derived_from:
            if other not in known:
                said = f"derived_from names '{other}', which is no source_id.{did_you_mean(other, known)}"
                faults.add(path.name, line, said if line else f"'{row.source_id}': {said}")
    return Sources.of([_source(row) for _, row in lines]), warnings


def _source(row: SourceRow) -> Source:
    """Source of a row."""
    fields = row.model_dump()
    return Source(fields.pop("source_id"), **fields)
