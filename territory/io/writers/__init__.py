"""Writers of tables and geometries as text or bytes, one format a module.

A format that can hold the territories of a day has a function ``territories(timeline, on)``, which gives text or bytes,
the same for the same timeline, and its suffix in ``FORMATS``. ``territory export`` needs to know nothing else of it.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from territory.errors import InputError

if TYPE_CHECKING:
    from territory.timeline.base import BaseTimeline
    from territory.timeline.changes import Day

FORMATS = {".geojson": "geojson"}  # suffix of a file, and the module that writes it


class Writer(Protocol):
    """A format that can hold the territories of a day."""

    def territories(self, timeline: BaseTimeline, on: Day) -> str | bytes:
        """The territories of a day as the contents of a file."""


def writer_of(path: Path) -> Writer:
    """The writer that the suffix of a file asks for.

    Parameters
    ----------
    path : Path

    Raises
    ------
    InputError
        Where no format has that suffix; those that there are are listed.
    """
    module = FORMATS.get(path.suffix.lower())
    if module is None:
        raise InputError(f"{path} ends in '{path.suffix}', which says no format; end it in {', '.join(FORMATS)}.")
    return cast(Writer, import_module(f"territory.io.writers.{module}"))
