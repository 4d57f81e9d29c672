"""Faults of all files of a folder, collected so that they are reported together."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from territory.errors import CampaignError, Fault, TerritoryError

T = TypeVar("T")


class FaultList:
    """Collect faults by file and line, and raise them together."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def __len__(self) -> int:
        return len(self.faults)

    def add(self, file: str, line: int, message: str) -> None:
        """Add a fault; line 0 is the file as a whole."""
        self.faults.append(Fault(file, line, message))

    def attempt(self, file: str, line: int, read: Callable[[], T]) -> T | None:
        """Result of a function, or None with its error added as a fault.

        Parameters
        ----------
        file : str
        line : int
        read : callable
            Raises ValueError or TerritoryError for a fault, CampaignError for several.
        """
        try:
            return read()
        except CampaignError as error:
            self.faults += error.faults
        except (ValueError, TerritoryError) as error:
            self.add(file, line, str(error))
        return None

    def finish(self) -> None:
        """Raise CampaignError if there are faults."""
        if self.faults:
            raise CampaignError(self.faults)
