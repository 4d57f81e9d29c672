"""Who says so: sources, and the chain of claims from the one that was read back to the one that spoke first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from territory.errors import UnknownName
from territory.records.names import suggest


@dataclass(frozen=True)
class Source:
    """A published report.

    Parameters
    ----------
    side : str
        Actor id of a partisan publisher, ``neutral``, or empty where it is not known.
    derived_from : tuple of str
        Ids of the sources that this one relays.
    from_map : bool
        True for another map, which is never evidence of its own.
    p_false_gain : float or None
        Chance that a gain which it reports in its side's favour is false, where that was measured.
    """

    id: str
    title: str = ""
    publisher: str = ""
    side: str = ""
    published: str = ""
    url: str = ""
    archive_url: str = ""
    accessed: str = ""
    derived_from: tuple[str, ...] = ()
    from_map: bool = False
    p_false_gain: float | None = None


@dataclass(frozen=True)
class Sources:
    """The sources of a campaign, in the order of sources.csv."""

    all: tuple[Source, ...]
    _ids: dict[str, int] = field(repr=False, compare=False)

    @classmethod
    def of(cls, sources: Sequence[Source]) -> Sources:
        """Index the sources by id; ids are taken to be unique (the reader checks)."""
        return cls(tuple(sources), {source.id: index for index, source in enumerate(sources)})

    def __getitem__(self, index: int) -> Source:
        return self.all[index]

    def __len__(self) -> int:
        return len(self.all)

    def __contains__(self, source_id: str) -> bool:
        return source_id in self._ids

    def index(self, source_id: str) -> int:
        """Row of a source id; raises UnknownName with the nearest ids."""
        try:
            return self._ids[source_id]
        except KeyError:
            raise UnknownName("source", source_id, suggest(source_id, self._ids)) from None

    def chain(self, index: int) -> list[Source]:
        """A source and, behind it, the sources it relays, nearest first.

        Al Bawaba, relaying AFP, relaying SOHR, gives these three in this order. A circle ends where it closes.
        """
        walk, waiting, seen = [], [index], set()
        while waiting:
            here = waiting.pop(0)
            if here in seen:
                continue
            seen.add(here)
            walk.append(self.all[here])
            waiting += [self._ids[one] for one in self.all[here].derived_from if one in self._ids]
        return walk

    def cite(self, index: int) -> str:
        """The chain in words, the first speaker first: ``SOHR via AFP via Al Bawaba``."""
        said = [source.publisher or source.title or source.id for source in self.chain(index)]
        return " via ".join(dict.fromkeys(reversed(said)))
