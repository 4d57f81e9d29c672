"""Check that the dependencies of an optional part of the package are installed."""

from __future__ import annotations

from importlib.util import find_spec

from territory.errors import MissingExtra


def require(extra: str, *packages: str, what: str) -> None:
    """Raise unless the packages of an extra are installed.

    Parameters
    ----------
    extra : str
        Its name for pip: ``pip install 'territory[extra]'``.
    *packages : str
        Names of the modules to import.
    what : str
        What needs them, in the plural: it begins the error message.

    Raises
    ------
    MissingExtra
        With all that are missing and how to install them.

    Examples
    --------
    >>> require("plots", "numpy", what="Plots")
    """
    missing = [name for name in packages if find_spec(name) is None]
    if missing:
        raise MissingExtra(f"{what} need {', '.join(missing)}, not installed here: pip install 'territory[{extra}]'.")
