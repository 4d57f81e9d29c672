"""Context layers of the map: land, rivers, roads ...; never evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Role = Literal["land", "country", "admin", "river", "lake", "road"]


@dataclass(frozen=True)
class Layer:
    """A context layer of the map (land, rivers, roads ...); never evidence.

    Parameters
    ----------
    role : {"land", "country", "admin", "river", "lake", "road"}
    title, title_ar : str
    shapes : (shape,) array of shapely geometries
        WGS 84.
    names : tuple of (str, str)
        Name and Arabic name of each shape; empty where it has none.
    schematic : bool
        True where lines are drawn through known points rather than surveyed.
    attribution, licence : str
    """

    role: Role
    title: str
    shapes: NDArray[np.object_]
    names: tuple[tuple[str, str], ...]
    title_ar: str = ""
    schematic: bool = False
    attribution: str = ""
    licence: str = ""
