"""Exceptions of the package. A message says what was found, what was wanted, where, and what to do.

TerritoryError
├── InputError            a file, folder or option cannot be used (exit code 2)
│   ├── CampaignError     a campaign folder: all faults of all its files at once, in ``faults``
│   ├── LayerError        a GeoJSON context layer
│   └── CubeError         a stored cube whose files are not what its manifest says
├── UnknownName           no such place, actor, event or campaign; ``suggestions`` has the nearest
├── AmbiguousName         a name that more than one place has
├── OutsidePeriod         a day outside the period of the timeline
├── RouteError            no route can be computed: no roads, or a stop too far from them
├── MissingExtra          an optional part of the package whose dependencies are not installed
└── PartitionError        no valid coverage of cells can be made
    └── TopologyError     rings that are no valid coverage: overlaps, or a ring with the wrong winding
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class TerritoryError(Exception):
    """Base class of all errors that this package raises on purpose."""


class InputError(TerritoryError):
    """A file, folder or option cannot be used."""


@dataclass(frozen=True, order=True)
class Fault:
    """A fault in a file of a campaign folder.

    Parameters
    ----------
    file : str
        Name of the file in the folder.
    line : int
        Line in the file, counted from 1 (of a table with its header); 0 where the fault is of the whole file.
    message : str
        What was found, what was wanted and what to do.
    """

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"


class CampaignError(InputError):
    """A campaign folder has faults; all of them, of all its files, are raised together.

    Parameters
    ----------
    faults : sequence of Fault

    Attributes
    ----------
    faults : tuple of Fault
        Every fault found, by file and line.
    """

    SHOWN = 12

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        lines = [str(fault) for fault in self.faults[: self.SHOWN]]
        if len(self.faults) > self.SHOWN:
            lines.append(f"... and {len(self.faults) - self.SHOWN} further faults (all in CampaignError.faults).")
        super().__init__("\n".join(lines))


class LayerError(InputError):
    """A GeoJSON layer cannot be read."""


class CubeError(InputError):
    """A stored cube does not match its manifest, or is no cube at all."""


class UnknownName(TerritoryError, KeyError):
    """A name that is not known; ``kind``, ``name`` and ``suggestions`` say of what and what is near it."""

    def __init__(self, kind: str, name: str, suggestions: Sequence[str] = (), hint: str = "") -> None:
        self.kind, self.name, self.suggestions = kind, name, tuple(suggestions)
        text = f"No {kind} is called '{name}'."
        if self.suggestions:
            text += " Did you mean " + " or ".join(f"'{suggestion}'" for suggestion in self.suggestions) + "?"
        self.text = f"{text} {hint}".strip()
        super().__init__(self.text)

    def __str__(self) -> str:  # KeyError would show the message in quotes
        return self.text


class AmbiguousName(TerritoryError):
    """A name that more than one place has; ``candidates`` are their ids."""

    def __init__(self, name: str, candidates: Sequence[str]) -> None:
        self.name, self.candidates = name, tuple(candidates)
        super().__init__(f"'{name}' may be any of {', '.join(self.candidates)}. Use one of these place ids.")


class OutsidePeriod(TerritoryError, ValueError):
    """A day outside the period of the timeline."""


class MissingExtra(TerritoryError, ImportError):
    """Dependencies of an optional part are not installed; the message says how to install them."""


class RouteError(TerritoryError):
    """No route can be computed: there are no roads, or a stop lies too far from them."""


class PartitionError(TerritoryError):
    """No valid coverage of cells can be made as asked."""


class TopologyError(PartitionError):
    """Rings do not form a valid coverage."""
