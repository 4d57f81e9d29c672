"""Libraries that take long to import, imported when they are first used.

A command that only draws a map need not wait a second for tables and arrays that it never makes.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Lazy:
    """Stands for a module, and imports it when something is asked of it.

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
