"""What the cube needs beyond the rest of the package, asked for only when it is used."""

from __future__ import annotations

from importlib.util import find_spec

from territory.errors import MissingExtra


def need(*names: str) -> None:
    """See that packages of the extra ``cube`` are there.

    Raises
    ------
    MissingExtra
        With all that are missing and how to install them.
    """
    missing = [name for name in names if find_spec(name) is None]
    if missing:
        raise MissingExtra(f"The cube needs {', '.join(missing)}, not installed here: pip install 'territory[cube]'.")
