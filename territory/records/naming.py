"""Names that held for a time: what a place or an actor was called then, in place of its usual name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from territory.records.dates import within
from territory.records.names import NO_OTHERS


@dataclass(frozen=True)
class Naming:
    """A name for a time.

    Parameters
    ----------
    name : str
        In the campaign's main language.
    names : mapping of str to str
        In other languages, by tag.
    start, end : date or None
        First and last day, both included; None where open.
    """

    name: str
    names: Mapping[str, str] = field(default=NO_OTHERS, hash=False)
    start: date | None = None
    end: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the name held on a day."""
        return within(day, self.start, self.end)

    def all(self) -> tuple[str, ...]:
        """The name in every language."""
        return self.name, *self.names.values()


def name_on(day: date, usual: str, others: Mapping[str, str], namings: Iterable[Naming], tag: str = "") -> str:
    """A name on a day and in a language; in the main language where there is none in that one.

    Parameters
    ----------
    day : date
    usual : str
        The name outside the times of ``namings``.
    others : mapping of str to str
        The usual name in other languages, by tag.
    namings : iterable of Naming
    tag : str
        Of a language; empty for the main one.
    """
    for naming in namings:
        if naming.holds_on(day):
            return naming.names.get(tag, naming.name)
    return others.get(tag, usual)
