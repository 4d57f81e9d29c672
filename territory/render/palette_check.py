"""Colours as eyes see them: in grey print, and with each of three kinds of colour blindness.

A palette is checked when a page is made. Fills lie on the land at half strength, so colours are compared as mixed with
paper, by their distance in CIE L*a*b*.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from territory.records.actors import FIRST, Actors

Colours = NDArray[np.float64]

PAPER = np.array([250.0, 248.0, 243.0])
STRENGTH = 0.5
CLOSE = 6.0  # a difference that is plain side by side, and still seen across a map
# What is left of linear red, green and blue without one kind of cone (Machado, Oliveira and Fernandes 2009, severity
# 1), row by row.
_LOST = {
    "without red cones": (0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998),
    "without green cones": (0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881),
    "without blue cones": (1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039),
}
_XYZ = (0.4124564, 0.3575761, 0.1804375, 0.2126729, 0.7151522, 0.072175, 0.0193339, 0.119192, 0.9503041)


def linear(rgb: Colours) -> Colours:
    """0 to 255 as light."""
    share = rgb / 255.0
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def lab(light: Colours) -> Colours:
    """(..., 3) linear red, green, blue as CIE L*a*b* under daylight."""
    xyz = np.clip(light, 0.0, 1.0) @ np.reshape(_XYZ, (3, 3)).T / (0.95047, 1.0, 1.08883)
    root = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    x, y, z = np.moveaxis(root, -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def _grey(rgb: Colours) -> Colours:
    light = linear(rgb) @ np.array([0.2126729, 0.7151522, 0.072175])
    return np.repeat(light[..., None], 3, axis=-1)


def _without(matrix: tuple[float, ...]) -> Callable[[Colours], Colours]:
    return lambda rgb: linear(rgb) @ np.reshape(matrix, (3, 3)).T


EYES: Mapping[str, Callable[[Colours], Colours]] = {
    "full colour": linear,
    "grey print": _grey,
    **{name: _without(matrix) for name, matrix in _LOST.items()},
}


def warnings(actors: Actors, *, close: float = CLOSE) -> list[str]:
    """What to change in the colours of sides that come too close on the map, one sentence per pair.

    Parameters
    ----------
    actors : Actors
        Only sides are compared: groups inside one share its colour on the map.
    close : float
        The least distance in CIE L*a*b*.
    """
    sides = [code for code in range(FIRST, len(actors)) if int(actors.side_of[code]) == code]
    said = []
    for one, other in combinations(sides, 2):
        pair = np.array([_fill(actors[one].colour), _fill(actors[other].colour)])
        near = {name: float(np.linalg.norm(np.subtract(*lab(eye(pair))))) for name, eye in EYES.items()}
        bad = [f"{name} ({distance:.1f})" for name, distance in near.items() if distance < close]
        if bad:
            said.append(
                f"{actors[one].label} {actors[one].colour} and {actors[other].label} {actors[other].colour} look alike "
                f"in {', '.join(bad)}; a distance of {close:g} is wanted. Make one of them lighter or darker."
            )
    return said


def _fill(colour: str) -> Colours:
    ink = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)], dtype=np.float64)
    return np.asarray(PAPER + (ink - PAPER) * STRENGTH)
