"""Context layers of the map: land, rivers, roads ...; never evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from territory._util.brief import Brief
from territory.records.names import NO_OTHERS

Role = Literal["land", "country", "admin", "river", "lake", "road"]


@dataclass(frozen=True, repr=False)
class Layer(Brief):
    """A context layer of the map (land, rivers, roads ...); never evidence.

    Parameters
    ----------
    role : {"land", "country", "admin", "river", "lake", "road"}
    title : str
    shapes : (shape,) array of shapely geometries
        WGS 84.
    names : tuple of (str, mapping of str to str)
        Name of each shape, empty where it has none, and in other languages, by tag.
    titles : mapping of str to str
        The title in other languages, by tag.
    schematic : bool
        True where lines are drawn through known points rather than surveyed.
    attribution, licence : str
    """

    role: Role
    title: str
    shapes: NDArray[np.object_]
    names: tuple[tuple[str, Mapping[str, str]], ...]
    titles: Mapping[str, str] = field(default=NO_OTHERS, hash=False)
    schematic: bool = False
    attribution: str = ""
    licence: str = ""
