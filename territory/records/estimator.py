"""Estimator of the side between places, with its parameters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

Method = Literal["nearest", "kriging", "tin"]
METHODS: tuple[Method, ...] = get_args(Method)


@dataclass(frozen=True)
class Estimator:
    """An interpolation method with its parameters.

    Parameters
    ----------
    method : {"nearest", "kriging", "tin"}
    range_km : float, optional
        Kriging: the distance at which the covariance has fallen to 5 %, ``exp(-3 d / range)``; without one, three times
        the spacing of places.
    neighbours : int
        Kriging: how many of the nearest places have a weight.
    grey_below : float
        Ground is drawn grey where no side has this probability, 0.5 to 1.

    Raises
    ------
    ValueError
        Where a parameter is out of its range.
    """

    method: Method = "nearest"
    range_km: float | None = None
    neighbours: int = 16
    grey_below: float = 0.7

    def __post_init__(self) -> None:
        if self.method not in METHODS:
            raise ValueError(f"method is {self.method!r}; it must be one of {', '.join(METHODS)}.")
        if self.range_km is not None and not 0 < self.range_km < np.inf:
            raise ValueError(f"range_km is {self.range_km!r}; it must be a number of km above 0.")
        if self.neighbours < 1:
            raise ValueError(f"neighbours is {self.neighbours!r}; it must be a whole number above 0.")
        if not 0.5 <= self.grey_below <= 1:
            raise ValueError(f"grey_below is {self.grey_below!r}; it must be a probability from 0.5 to 1.")

    def parameters(self) -> dict[str, str | float | int]:
        """Parameters in use, as metadata of an output: numbers and text only, so that every format can hold them."""
        used: dict[str, str | float | int] = {"method": self.method, "grey_below": self.grey_below}
        if self.method == "kriging":
            used |= {"covariance": "exponential, exp(-3 d / range)", "neighbours": self.neighbours}
            if self.range_km is not None:
                used["range_km"] = round(self.range_km, 3)
        return used
