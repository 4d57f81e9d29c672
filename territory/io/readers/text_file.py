"""Read a UTF-8 text file of bounded size; an error says what was found instead."""

from __future__ import annotations

from pathlib import Path

from territory.errors import InputError

MOST_BYTES = 200 * 2**20


def read_text(path: Path, most: int = MOST_BYTES) -> str:
    """Text of a UTF-8 file, with or without a byte order mark.

    Parameters
    ----------
    path : Path
    most : int
        Largest size that is read, bytes.

    Raises
    ------
    InputError
        Where the file is missing, not regular, too large, empty, binary or in another encoding.
    """
    if not path.exists():
        raise InputError(f"{path} does not exist.")
    if not path.is_file():
        raise InputError(f"{path} is not a regular file.")
    size = path.stat().st_size
    if size > most:
        raise InputError(f"{path} has {size / 2**20:.0f} MB; at most {most / 2**20:.0f} MB are read.")
    data = path.read_bytes()
    if not data:
        raise InputError(f"{path} is empty.")
    _refuse_other_formats(path, data)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        hint = "It may be Windows-1256 (Arabic) or Windows-1252; save it as UTF-8."
        raise InputError(f"{path}:{line}: byte {error.start} is not UTF-8. {hint}") from None


def _refuse_other_formats(path: Path, data: bytes) -> None:
    """Raise for spreadsheets, compressed files, UTF-16 and binary data."""
    looks = {
        b"PK\x03\x04": "a zip or spreadsheet (.xlsx) file",
        b"\x1f\x8b": "a gzip file",
        b"\xff\xfe": "UTF-16",
        b"\xfe\xff": "UTF-16",
    }
    for start, what in looks.items():
        if data.startswith(start):
            raise InputError(f"{path} looks like {what}; wanted is UTF-8 text.")
    if b"\x00" in data:
        raise InputError(f"{path}:{data[: data.index(0)].count(10) + 1}: there is a NUL byte; wanted is UTF-8 text.")
