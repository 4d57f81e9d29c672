"""The manifest of a stored cube: the files in its folder with the sha256 of each; write, read and verify it."""

from __future__ import annotations

import hashlib
import json
from contextlib import AbstractContextManager
from pathlib import Path

from territory._util.atomic import draft_folder, sync
from territory.errors import CubeError

MANIFEST = "MANIFEST.json"
FORMAT, VERSION = "territory-cube", 1


def draft_cube(path: Path) -> AbstractContextManager[Path]:
    """Context manager of a draft folder for a cube; at its end it gets its manifest and is renamed to ``path``.

    Parameters
    ----------
    path : Path

    Raises
    ------
    InputError
        Where the parent folder is missing, or ``path`` exists and is not a cube.
    """
    return draft_folder(path, _write_manifest, ours=lambda folder: (folder / MANIFEST).is_file(), kind="cube")


def manifest(path: Path) -> dict[str, str]:
    """Read the manifest of a cube: sha256 by path of the file in its folder.

    Raises
    ------
    CubeError
        Where the manifest is missing, cannot be read, or is of another version.
    """
    if not path.is_dir():
        raise CubeError(f"{path} is not a folder, so it is not a cube; give the folder that to_zarr wrote.")
    try:
        read = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
        kind, version, files = read["format"], read["version"], read["files"]
        digests = {str(name): str(digest) for name, digest in files.items()}
    except FileNotFoundError:
        raise CubeError(f"{path} has no {MANIFEST}, so it may be incomplete; write the cube again.") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise CubeError(f"{path / MANIFEST} cannot be read as a manifest; write the cube again.") from None
    if (kind, version) != (FORMAT, VERSION):
        raise CubeError(f"{path / MANIFEST} is {kind} {version}; this version reads {FORMAT} {VERSION}.")
    return digests


def verify(path: Path) -> None:
    """Check that every file of the manifest is there with its sha256.

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
        raise CubeError("\n".join([*faults[:12], *more, "Write the cube again, or copy it again from an intact copy."]))


def sha256(data: bytes) -> str:
    """sha256 of some bytes, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _write_manifest(draft: Path) -> None:
    """Write the manifest of a draft folder and flush all its files to disk."""
    files = {}
    for file in sorted(draft.rglob("*")):
        if file.is_file():
            files[file.relative_to(draft).as_posix()] = sha256(file.read_bytes())
            sync(file)
    text = json.dumps({"format": FORMAT, "version": VERSION, "files": files}, indent=1, sort_keys=True)
    (draft / MANIFEST).write_text(text + "\n", encoding="utf-8")
    for one in (draft / MANIFEST, *(folder for folder in draft.rglob("*") if folder.is_dir()), draft):
        sync(one)
