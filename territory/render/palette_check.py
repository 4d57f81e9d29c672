"""Check that colours of sides can be told apart: in full colour, in grey print and with three colour deficiencies.

Fills are drawn at half opacity on the land, so colours are mixed with the land's and compared by distance in CIE
L*a*b*.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from territory.records.actors import FIRST, Actors

Colours = NDArray[np.float64]

LAND = np.array([250.0, 248.0, 243.0])
OPACITY = 0.5
CLOSE = 6.0  # least distance that is still visible across a map
# Matrices on linear RGB that simulate the lack of one kind of cone (Machado, Oliveira and Fernandes 2009, severity 1),
# row by row.
_LOST = {
    "without red cones": (0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998),
    "without green cones": (0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881),
    "without blue cones": (1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039),
}
_XYZ = (0.4124564, 0.3575761, 0.1804375, 0.2126729, 0.7151522, 0.072175, 0.0193339, 0.119192, 0.9503041)


def linear(rgb: Colours) -> Colours:
    """Convert sRGB values (0 to 255) to linear light (0 to 1)."""
    share = rgb / 255.0
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def lab(light: Colours) -> Colours:
    """Convert (..., 3) linear red, green, blue to CIE L*a*b* (D65 white)."""
    xyz = np.clip(light, 0.0, 1.0) @ np.reshape(_XYZ, (3, 3)).T / (0.95047, 1.0, 1.08883)
    root = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    x, y, z = np.moveaxis(root, -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def _grey(rgb: Colours) -> Colours:
    """Convert sRGB to grey of equal luminance, as linear light."""
    light = linear(rgb) @ np.array([0.2126729, 0.7151522, 0.072175])
    return np.repeat(light[..., None], 3, axis=-1)


def _without(matrix: tuple[float, ...]) -> Callable[[Colours], Colours]:
    """Function from sRGB to linear light as seen without one kind of cone."""
    return lambda rgb: linear(rgb) @ np.reshape(matrix, (3, 3)).T


VISION: Mapping[str, Callable[[Colours], Colours]] = {
    "full colour": linear,
    "grey print": _grey,
    **{name: _without(matrix) for name, matrix in _LOST.items()},
}


def warnings(actors: Actors, *, close: float = CLOSE) -> list[str]:
    """Warnings about pairs of sides whose colours are too close on the map, one sentence per pair.

    Parameters
    ----------
    actors : Actors
        Only sides are compared; their members share the side's colour on the map.
    close : float
        The least distance in CIE L*a*b*.
    """
    sides = [code for code in range(FIRST, len(actors)) if int(actors.side_of[code]) == code]
    found = []
    for one, other in combinations(sides, 2):
        pair = np.array([_fill(actors[one].colour), _fill(actors[other].colour)])
        near = {name: float(np.linalg.norm(np.subtract(*lab(seen(pair))))) for name, seen in VISION.items()}
        bad = [f"{name} ({distance:.1f})" for name, distance in near.items() if distance < close]
        if bad:
            found.append(
                f"{actors[one].label} {actors[one].colour} and {actors[other].label} {actors[other].colour} look alike "
                f"in {', '.join(bad)}; a distance of {close:g} is wanted. Make one of them lighter or darker."
            )
    return found


def _fill(colour: str) -> Colours:
    """A hex colour as it appears on the land at half opacity."""
    ink = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)], dtype=np.float64)
    return np.asarray(LAND + (ink - LAND) * OPACITY)
