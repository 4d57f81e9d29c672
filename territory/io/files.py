"""Reading and writing files so that nothing is half done."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from territory.errors import InputError

MOST_BYTES = 200 * 2**20


def read_text(path: Path, most: int = MOST_BYTES) -> str:
    """The text of a UTF-8 file, with or without a byte order mark.

    Raises
    ------
    InputError
        Where it is missing, no regular file, too large, empty, binary or in another encoding.
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


def write_whole(path: str | os.PathLike[str], data: bytes | str) -> Path:
    """Write a file so that a reader finds the old one or the new one, never a torn one.

    The text goes to a temporary file beside it, is flushed to the disk, and then takes its name.

    Raises
    ------
    InputError
        Where the folder is missing or the path is a folder, before anything is written.
    """
    path = Path(path)
    if path.is_dir():
        raise InputError(f"{path} is a folder; name a file in it.")
    if not path.parent.is_dir():
        raise InputError(f"There is no folder {path.parent}; make it first, or name another file.")
    raw = data.encode("utf-8") if isinstance(data, str) else data
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(raw)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    return path


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
