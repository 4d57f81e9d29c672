"""Sources, and the chain from a source back to the original one that it relays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from territory._util.brief import Brief
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
        True for another map, which never counts as evidence.
    p_false_gain : float or None
        Probability that a gain it reports in its side's favour is false, where that was measured.
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


@dataclass(frozen=True, repr=False)
class Sources(Brief):
    """The sources of a campaign, in the order of sources.csv."""

    all: tuple[Source, ...]
    _ids: dict[str, int] = field(repr=False, compare=False)

    @classmethod
    def of(cls, sources: Sequence[Source]) -> Sources:
        """Index the sources by id; the reader has checked that ids are unique."""
        return cls(tuple(sources), {source.id: index for index, source in enumerate(sources)})

    def __getitem__(self, index: int) -> Source:
        return self.all[index]

    def __len__(self) -> int:
        return len(self.all)

    def __contains__(self, source_id: str) -> bool:
        return source_id in self._ids

    def index(self, source_id: str) -> int:
        """Row of a source id.

        Raises
        ------
        UnknownName
            With the nearest ids.
        """
        try:
            return self._ids[source_id]
        except KeyError:
            raise UnknownName("source", source_id, suggest(source_id, self._ids)) from None

    def chain(self, index: int) -> list[Source]:
        """A source followed by the sources that it relays, nearest first (breadth first, each once).

        Al Bawaba, relaying AFP, relaying SOHR, gives these three in this order.
        """
        chain, queue, seen = [], [index], set()
        while queue:
            row = queue.pop(0)
            if row in seen:
                continue
            seen.add(row)
            chain.append(self.all[row])
            queue += [self._ids[relayed] for relayed in self.all[row].derived_from if relayed in self._ids]
        return chain

    def cite(self, index: int) -> str:
        """Citation of a source with its chain, the original first: ``SOHR via AFP via Al Bawaba``."""
        names = [source.publisher or source.title or source.id for source in self.chain(index)]
        return " via ".join(dict.fromkeys(reversed(names)))
