"""Import a module when it is first used, so that a command does not wait for libraries that it does not need."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Lazy:
    """Proxy of a module that is imported on first attribute access.

    Parameters
    ----------
    name : str
        Full name of the module.

    Examples
    --------
    >>> maths = Lazy("math")
    >>> maths.sqrt(4.0)
    2.0
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:  # Any: whatever the module has
        return getattr(import_module(self._name), attribute)

    def __repr__(self) -> str:
        return f"Lazy({self._name!r})"
