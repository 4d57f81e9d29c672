"""Folders that are there whole or not at all, and the manifest that says what must lie in one.

A folder is filled under another name beside its own, X.tmp-..., gets its manifest last, and then takes its name in
one step. A run that dies leaves the old folder or the new one, and at worst a stale X.tmp-... that the next run clears.
"""

from __future__ import annotations

import ctypes
import glob
import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from territory.errors import CubeError, InputError

MANIFEST = "MANIFEST.json"
FORMAT, VERSION = "territory-cube", 1
EXCHANGE, AT_FDCWD = 2, -100  # of renameat2 in Linux


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """A folder to fill, which takes the name ``path`` when the block ends well, in the place of what was there.

    Raises
    ------
    InputError
        Before anything is written, where there is no folder to write into, or what is there is no folder of ours.
    """
    if not path.parent.is_dir():
        raise InputError(f"There is no folder {path.parent}; make it first, or name another place.")
    if path.is_symlink() or (path.exists() and not (path / MANIFEST).is_file()):
        raise InputError(f"{path} is there and is no cube of territory, so it is not overwritten; name another place.")
    _clear_stale(path)
    draft = Path(tempfile.mkdtemp(dir=path.parent, prefix=f"{path.name}.tmp-"))
    try:
        with _held(draft):
            yield draft
            _write_manifest(draft)
            draft.chmod(0o777 & ~_umask())
            _take_name(draft, path)
    finally:
        shutil.rmtree(draft, ignore_errors=True)  # what is left: a failed draft, or the old folder


def manifest(path: Path) -> dict[str, str]:
    """The files of a folder, by their paths in it, with their sha256.

    Raises
    ------
    CubeError
        Where the manifest is missing, no manifest, or of another version.
    """
    if not path.is_dir():
        raise CubeError(f"{path} is no folder, so it is no cube.")
    try:
        read = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
        kind, version, files = read["format"], read["version"], read["files"]
        digests = {str(name): str(digest) for name, digest in files.items()}
    except FileNotFoundError:
        raise CubeError(f"{path} has no {MANIFEST}, so nobody can say whether it is whole; write it again.") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise CubeError(f"{path / MANIFEST} cannot be read as a manifest; write the cube again.") from None
    if (kind, version) != (FORMAT, VERSION):
        raise CubeError(f"{path / MANIFEST} is {kind} {version}; this version reads {FORMAT} {VERSION}.")
    return digests


def verify(path: Path) -> None:
    """See that every file of the manifest is there as it was written.

    Raises
    ------
    CubeError
        With every file that is missing or altered.
    """
    faults = []
    for name, digest in manifest(path).items():
        file = path / name
        if not file.is_file():
            faults.append(f"{file} is missing.")
        elif sha256(file.read_bytes()) != digest:
            faults.append(f"{file} is not as it was written ({file.stat().st_size:,} bytes now).")
    if faults:
        more = [f"... and {len(faults) - 12} further files."] if len(faults) > 12 else []
        raise CubeError(
            "\n".join([*faults[:12], *more, "Write the cube again, or copy it again from where it is whole."])
        )


def sha256(data: bytes) -> str:
    """Digest of some bytes, in hexadecimal figures."""
    return hashlib.sha256(data).hexdigest()


def _write_manifest(draft: Path) -> None:
    files = {}
    for file in sorted(draft.rglob("*")):
        if file.is_file():
            files[file.relative_to(draft).as_posix()] = sha256(file.read_bytes())
            _sync(file)
    text = json.dumps({"format": FORMAT, "version": VERSION, "files": files}, indent=1, sort_keys=True)
    (draft / MANIFEST).write_text(text + "\n", encoding="utf-8")
    for one in (draft / MANIFEST, *(folder for folder in draft.rglob("*") if folder.is_dir()), draft):
        _sync(one)


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
    _sync(path.parent)


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


def _sync(path: Path) -> None:
    """Flush a file or folder to the disk."""
    if sys.platform == "win32" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
