"""Import a module when it is first used, so that a command does not wait for libraries that it does not need."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from pkgutil import iter_modules
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


def submodules(
    package: str, path: Iterable[str]
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:  # Any: modules
    """``__getattr__`` and ``__dir__`` of a package, so that its modules are there by name and load when first used.

    Parameters
    ----------
    package : str
        ``__name__`` of the package.
    path : iterable of str
        ``__path__`` of the package.
    """
    names = sorted(found.name for found in iter_modules(path) if not found.name.startswith("_"))

    def load(name: str) -> Any:
        if name not in names:
            raise AttributeError(f"module '{package}' has no attribute '{name}'; it has {', '.join(names)}.")
        return import_module(f"{package}.{name}")

    return load, lambda: names
