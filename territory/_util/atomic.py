"""Atomic writes of files and folders: write a draft beside the target, then rename it.

A run that dies leaves the old file or folder, and at worst a stale draft. A draft folder (``X.tmp-...``) is locked by
its process, and the next run removes those without a lock.
"""

from __future__ import annotations

import ctypes
import glob
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from territory.errors import InputError

_RENAME_EXCHANGE, _AT_FDCWD = 2, -100  # constants of Linux, for renameat2


@contextmanager
def draft_file(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Context of a draft file, which is synced to disk and renamed to ``path`` when the block ends without error.

    Parameters
    ----------
    path : str or Path
        The file to write or to replace.

    Yields
    ------
    Path
        The draft, to be filled.

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
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
        sync(draft)
        draft.chmod(0o666 & ~_umask())
        draft.replace(path)
    finally:
        with suppress(OSError):  # it is still there only after a failure
            draft.unlink()


def write_file(path: str | os.PathLike[str], data: bytes | str) -> Path:
    """Write a file atomically: a reader finds the old content or the new, never a part of it.

    Parameters
    ----------
    path : str or Path
    data : bytes or str
        Text is written as UTF-8.

    Raises
    ------
    InputError
        As ``draft_file``.
    """
    with draft_file(path) as draft:
        draft.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    return Path(path)


@contextmanager
def draft_folder(
    path: Path, seal: Callable[[Path], None], *, ours: Callable[[Path], bool], kind: str
) -> Iterator[Path]:
    """Context of a draft folder, which replaces the folder ``path`` when the block ends without error.

    Parameters
    ----------
    path : Path
    seal : callable
        Called with the filled draft before it is renamed.
    ours : callable
        Whether an existing folder may be replaced.
    kind : str
        What the folder is, for the error message.

    Yields
    ------
    Path
        The draft, to be filled.

    Raises
    ------
    InputError
        Before anything is written, where the parent folder is missing or what exists may not be replaced.
    """
    if not path.parent.is_dir():
        raise InputError(f"There is no folder {path.parent}; make it first, or name another place.")
    if path.is_symlink() or (path.exists() and not ours(path)):
        raise InputError(f"{path} exists and is no {kind} of territory, so it is not overwritten; name another place.")
    _clear_stale(path)
    draft = Path(tempfile.mkdtemp(dir=path.parent, prefix=f"{path.name}.tmp-"))
    try:
        with _locked(draft):
            yield draft
            seal(draft)
            draft.chmod(0o777 & ~_umask())
            _rename_over(draft, path)
    finally:
        shutil.rmtree(draft, ignore_errors=True)  # after a failure the draft, else the old folder under its name


def sync(path: Path) -> None:
    """Flush a file or folder to disk (fsync)."""
    if sys.platform == "win32" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _rename_over(draft: Path, path: Path) -> None:
    """Rename the draft to ``path``; an existing folder is exchanged with it in one step, if the system can."""
    while True:
        with suppress(OSError):  # something exists there by now, perhaps from another run
            draft.rename(path)
            break
        if not path.is_dir():
            draft.rename(path)  # raises the same error, not suppressed
        if _exchange(draft, path):
            break
        aside = Path(tempfile.mkdtemp(dir=path.parent, prefix=f"{path.name}.old-"))
        path.rename(aside)
        draft.rename(path)
        aside.rename(draft)
        break
    sync(path.parent)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange the names of two folders in one step; False where the system cannot."""
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    return bool(rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)


def _clear_stale(path: Path) -> None:
    """Remove drafts that no process has locked; an empty one may be about to be locked."""
    for draft in path.parent.glob(f"{glob.escape(path.name)}.tmp-*"):
        with suppress(OSError), _locked(draft):
            if any(draft.iterdir()):
                shutil.rmtree(draft, ignore_errors=True)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Lock a folder until the block or the process ends; OSError where another process has locked it."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
