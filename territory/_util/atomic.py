"""Files and folders that are written whole or not at all: a draft beside the target takes its name when it is complete.

A run that dies leaves the old file or folder, and at worst a stale draft. Drafts of folders (``X.tmp-...``) are held by
a lock that goes with the process, and the next run removes those that nobody holds.
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

EXCHANGE, AT_FDCWD = 2, -100  # of renameat2 in Linux


@contextmanager
def draft_file(path: str | os.PathLike[str]) -> Iterator[Path]:
    """A file to fill, which is flushed to the disk and takes the name ``path`` when the block ends well.

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
        with suppress(OSError):  # what is left: a failed draft
            draft.unlink()


def write_file(path: str | os.PathLike[str], data: bytes | str) -> Path:
    """Write a file so that a reader finds the old one or the new one, never a torn one.

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
    """A folder to fill, which takes the name ``path`` when the block ends well, in the place of what was there.

    Parameters
    ----------
    path : Path
    seal : callable
        Called with the draft once it is filled, before it takes its name.
    ours : callable
        Whether a folder that is there may be replaced.
    kind : str
        What the folder is, for the sentence that refuses another one.

    Raises
    ------
    InputError
        Before anything is written, where there is no folder to write into, or what is there may not be replaced.
    """
    if not path.parent.is_dir():
        raise InputError(f"There is no folder {path.parent}; make it first, or name another place.")
    if path.is_symlink() or (path.exists() and not ours(path)):
        raise InputError(
            f"{path} is there and is no {kind} of territory, so it is not overwritten; name another place."
        )
    _clear_stale(path)
    draft = Path(tempfile.mkdtemp(dir=path.parent, prefix=f"{path.name}.tmp-"))
    try:
        with _held(draft):
            yield draft
            seal(draft)
            draft.chmod(0o777 & ~_umask())
            _take_name(draft, path)
    finally:
        shutil.rmtree(draft, ignore_errors=True)  # what is left: a failed draft, or the old folder


def sync(path: Path) -> None:
    """Flush a file or folder to the disk."""
    if sys.platform == "win32" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _take_name(draft: Path, path: Path) -> None:
    """Rename the draft; where there is a folder already, the two change names in one step, if the system can."""
    while True:
        with suppress(OSError):  # there is something by now, be it from another run
            draft.rename(path)
            break
        if not path.is_dir():
            draft.rename(path)  # fails again, and now says why
        if _exchange(draft, path):
            break
        aside = Path(tempfile.mkdtemp(dir=path.parent, prefix=f"{path.name}.old-"))
        path.rename(aside)
        draft.rename(path)
        aside.rename(draft)
        break
    sync(path.parent)


def _exchange(one: Path, other: Path) -> bool:
    """Whether two folders could change names in one step."""
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    return bool(rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), EXCHANGE) == 0)


def _clear_stale(path: Path) -> None:
    """Remove drafts that no run holds any longer; an empty one may just be about to be held."""
    for draft in path.parent.glob(f"{glob.escape(path.name)}.tmp-*"):
        with suppress(OSError), _held(draft):
            if any(draft.iterdir()):
                shutil.rmtree(draft, ignore_errors=True)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Hold a folder's lock, which goes with the process; OSError where another run holds it."""
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
