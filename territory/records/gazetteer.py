"""Gazetteer: named places with coordinates, looked up by id, alias, or name in any language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from territory._util.brief import Brief
from territory.errors import AmbiguousName, UnknownName
from territory.records.names import NO_OTHERS, name_key, suggest
from territory.records.naming import Naming, name_on


@dataclass(frozen=True)
class Place:
    """A named place with its coordinates.

    Parameters
    ----------
    name : str
        In the campaign's main language.
    lon, lat : float
        Degrees, WGS 84.
    names : mapping of str to str
        The name in other languages, by tag.
    namings : tuple of Naming
        What it was called for a time, in place of that.
    kind : str
        city, town, village, airbase, checkpoint ...; ``area`` for a region, which has no cell of its own.
    approximate : bool
        True where the coordinates are a rough guess.
    admin1, admin2 : str
        Ids of the admin units that it lies in.
    """

    id: str
    name: str
    lon: float
    lat: float
    names: Mapping[str, str] = field(default=NO_OTHERS, hash=False)
    aliases: tuple[str, ...] = ()
    kind: str = "village"
    approximate: bool = False
    admin1: str = ""
    admin2: str = ""
    source: str = ""
    note: str = ""
    namings: tuple[Naming, ...] = ()

    def name_on(self, day: date, tag: str = "") -> str:
        """What the place was called on a day, in a language; the main one where there is no name in it."""
        return name_on(day, self.name, self.names, self.namings, tag)

    def always(self) -> tuple[str, ...]:
        """The names that do not depend on the day, and the id."""
        return (self.id, *filter(None, (self.name, *self.names.values(), *self.aliases)))


@dataclass(frozen=True, repr=False)
class Gazetteer(Brief):
    """The places of a campaign, in the order of places.csv; an index is a row of that table."""

    places: tuple[Place, ...]
    _ids: dict[str, int] = field(repr=False, compare=False)
    _names: dict[str, tuple[int, ...]] = field(repr=False, compare=False)

    @classmethod
    def of(cls, places: Sequence[Place]) -> Gazetteer:
        """Index the places by all their names, of whatever time; the reader has checked that ids are unique."""
        names: dict[str, dict[int, None]] = {}
        for index, place in enumerate(places):
            for name in (*place.always(), *(name for naming in place.namings for name in naming.all())):
                names.setdefault(name_key(name), {})[index] = None
        ids = {place.id: index for index, place in enumerate(places)}
        return cls(tuple(places), ids, {key: tuple(found) for key, found in names.items()})

    def __getitem__(self, index: int) -> Place:
        return self.places[index]

    def __len__(self) -> int:
        return len(self.places)

    def __iter__(self) -> Iterator[Place]:
        return iter(self.places)

    def __contains__(self, place_id: str) -> bool:
        return place_id in self._ids

    def index(self, place_id: str) -> int:
        """Row of a place id.

        Raises
        ------
        UnknownName
            With the nearest ids.
        """
        try:
            return self._ids[place_id]
        except KeyError:
            raise UnknownName("place", place_id, suggest(place_id, self._ids)) from None

    def find(self, name: str, on: date | None = None) -> int:
        """Row of the place with this id, alias, or name in any language, in any case and with any accents.

        Nothing is guessed: a name that is only similar to a known one is refused, with suggestions.

        Parameters
        ----------
        name : str
        on : date, optional
            Where several places have the name: the day on which one of them alone has to have it.

        Raises
        ------
        UnknownName
            With up to three suggestions.
        AmbiguousName
            Where several places have the name; their ids are listed.
        """
        if name in self._ids:
            return self._ids[name]
        key = name_key(name)
        found = self._names.get(key, ())
        if len(found) > 1 and on is not None:
            found = tuple(index for index in found if self._is_called(index, key, on)) or found
        if len(found) == 1:
            return found[0]
        if found:
            raise AmbiguousName(name, [self.places[index].id for index in found])
        raise UnknownName("place", name, self._suggestions(name))

    def _is_called(self, index: int, key: str, on: date) -> bool:
        """Whether a place has a name, by its key, on a day."""
        place = self.places[index]
        then = [name for naming in place.namings if naming.holds_on(on) for name in naming.all()]
        usual = () if then else (place.name, *place.names.values())
        return any(name_key(name) == key for name in (*then, *usual, *place.aliases))

    def _suggestions(self, name: str) -> list[str]:
        """Main names of up to three places with the most similar name or alias."""
        spellings = {
            alias: place.name for place in self.places for alias in (place.name, *place.names.values(), *place.aliases)
        }
        similar = suggest(name, spellings, limit=9)
        return list(dict.fromkeys(spellings[spelling] for spelling in similar))[:3]

    @cached_property
    def lonlat(self) -> NDArray[np.float64]:
        """(place, 2) float64: longitude and latitude in degrees; read-only."""
        lonlat = np.array([(place.lon, place.lat) for place in self.places], dtype=np.float64).reshape(-1, 2)
        lonlat.flags.writeable = False
        return lonlat
