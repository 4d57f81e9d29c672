"""Read places.csv and sources.csv into a gazetteer and a table of sources."""

from __future__ import annotations

from pathlib import Path

from territory.io.readers import csv_rows
from territory.io.readers.fault_list import FaultList
from territory.records.gazetteer import Gazetteer, Place
from territory.records.names import did_you_mean
from territory.records.schema.rows import PlaceRow, SourceRow
from territory.records.sources import Source, Sources


def read_places(path: Path, faults: FaultList) -> tuple[Gazetteer, list[str]]:
    """Read places.csv.

    Parameters
    ----------
    path : Path
    faults : FaultList
        Gets every fault of every row.

    Returns
    -------
    Gazetteer
    warnings : list of str

    Raises
    ------
    InputError
        Where the file is no CSV table.
    """
    rows, warnings = csv_rows.read(path, PlaceRow, faults)
    return Gazetteer.of([_place(row) for _, row, _ in rows]), warnings


def _place(row: PlaceRow) -> Place:
    """Place of a row."""
    return Place(
        id=row.place_id, name=row.name or row.place_id, lon=row.lon, lat=row.lat, name_ar=row.names.get("ar", ""),
        aliases=row.aliases, kind=row.kind, approximate=row.precision == "approximate",
        admin1=row.admin1, admin2=row.admin2, source=row.source, note=row.note,
    )  # fmt: skip


def read_sources(path: Path, faults: FaultList) -> tuple[Sources, list[str]]:
    """Read sources.csv.

    Parameters
    ----------
    path : Path
    faults : FaultList
        Gets every fault of every row.

    Returns
    -------
    Sources
    warnings : list of str

    Raises
    ------
    InputError
        Where the file is no CSV table.
    """
    rows, warnings = csv_rows.read(path, SourceRow, faults)
    known = {row.source_id for _, row, _ in rows}
    for line, row, _ in rows:
        for other in row.derived_from:
            if other not in known:
                said = f"derived_from names '{other}', which is no source_id.{did_you_mean(other, known)}"
                faults.add(path.name, line, said)
    return Sources.of([_source(row) for _, row, _ in rows]), warnings


def _source(row: SourceRow) -> Source:
    """Source of a row."""
    fields = row.model_dump()
    return Source(fields.pop("source_id"), **fields)
