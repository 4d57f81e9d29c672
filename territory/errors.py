"""What can go wrong, and how it is said: found, wanted, where, what to do.

TerritoryError
├── InputError            something given cannot be read as what it should be (exit code 2)
│   ├── CampaignError     a campaign folder or its campaign.toml
│   ├── TableErrors       rows of a table: all bad rows at once, in ``faults``
│   ├── LayerError        a GeoJSON context layer
│   └── CubeError         a stored cube whose files are not what its manifest says
├── UnknownName           no such place, actor, event or campaign; ``suggestions`` has the nearest
├── AmbiguousName         a name that more than one place bears
├── OutsidePeriod         a day on which the timeline says nothing
├── RouteError            a way that no road could answer for: no roads, or a stop too far from them
├── MissingExtra          a part of the package that needs packages which are not installed
└── PartitionError        space that cannot be cut into a valid coverage
    └── TopologyError     rings that are no coverage: overlaps, or a ring with the wrong turn
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class TerritoryError(Exception):
    """Whatever this package raises on purpose."""


class InputError(TerritoryError):
    """Something given cannot be read as what it should be."""


class CampaignError(InputError):
    """A campaign folder, or its campaign.toml, is not as it should be."""


class LayerError(InputError):
    """A GeoJSON layer is not as it should be."""


class CubeError(InputError):
    """A stored cube is not what its manifest says, or no cube at all."""


@dataclass(frozen=True, order=True)
class Fault:
    """One fault in one row of a table.

    Parameters
    ----------
    file : str
        The file's name, as the user knows it.
    line : int
        Line in the file, counted from 1 with the header.
    message : str
        What was found, what was wanted, what to do.
    """

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class TableErrors(InputError):
    """Rows that cannot be used; nothing was kept of the table.

    Attributes
    ----------
    faults : tuple of Fault
        Every fault found, in the order of the file.
    """

    SHOWN = 12

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        lines = [str(fault) for fault in self.faults[: self.SHOWN]]
        if len(self.faults) > self.SHOWN:
            lines.append(f"... and {len(self.faults) - self.SHOWN} further faults (all in TableErrors.faults).")
        super().__init__("\n".join(lines))


class UnknownName(TerritoryError, KeyError):
    """A name that nothing bears."""

    def __init__(self, kind: str, name: str, suggestions: Sequence[str] = (), hint: str = "") -> None:
        self.kind, self.name, self.suggestions = kind, name, tuple(suggestions)
        text = f"No {kind} is called '{name}'."
        if self.suggestions:
            text += " Did you mean " + " or ".join(f"'{one}'" for one in self.suggestions) + "?"
        self.text = f"{text} {hint}".strip()
        super().__init__(self.text)

    def __str__(self) -> str:  # KeyError would show the message quoted
        return self.text


class AmbiguousName(TerritoryError):
    """A name that more than one place bears; ``candidates`` are their ids."""

    def __init__(self, name: str, candidates: Sequence[str]) -> None:
        self.name, self.candidates = name, tuple(candidates)
        super().__init__(f"'{name}' may be any of {', '.join(self.candidates)}. Use one of these place ids.")


class OutsidePeriod(TerritoryError, ValueError):
    """A day on which the timeline says nothing."""


class MissingExtra(TerritoryError, ImportError):
    """A part of the package needs packages that are not installed; the message says how to install them."""


class RouteError(TerritoryError):
    """A way that no road could answer for."""


class PartitionError(TerritoryError):
    """Space cannot be cut as asked."""


class TopologyError(PartitionError):
    """Rings that do not form a coverage."""
