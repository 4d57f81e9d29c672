"""Ragged arrays: many lists of different lengths in two flat arrays, and the index arithmetic that goes with them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Index = NDArray[np.int64]


@dataclass(frozen=True)
class Groups:
    """Items of many groups, one group after the other: group g has ``item[offset[g] : offset[g + 1]]``."""

    offset: Index
    item: Index


def gather(groups: Groups, wanted: NDArray[np.integer]) -> tuple[Index, Index]:
    """The items of some groups, and for each item the position in ``wanted`` of its group."""
    begin = groups.offset[wanted]
    size = groups.offset[wanted + 1] - begin
    return groups.item[ranges(begin, size)], np.repeat(np.arange(len(wanted)), size)


def ranges(begin: Index, size: Index) -> Index:
    """``begin[0], begin[0] + 1 ...`` for ``size[0]`` numbers, then those from ``begin[1]``, and so on.

    Examples
    --------
    >>> ranges(np.array([7, 1]), np.array([2, 3])).tolist()
    [7, 8, 1, 2, 3]
    """
    stop = np.cumsum(size)
    return np.repeat(begin - stop + size, size) + np.arange(stop[-1] if len(stop) else 0)


def counters(size: Index) -> Index:
    """``0, 1 ...`` for ``size[0]`` numbers, then again from 0 for ``size[1]``, and so on.

    Examples
    --------
    >>> counters(np.array([2, 3])).tolist()
    [0, 1, 0, 1, 2]
    """
    return ranges(np.zeros_like(size), size)


def stable_order(number: NDArray[np.integer]) -> Index:
    """Stable order of whole numbers from 0 below 2**32, by 16 bits at a time: numpy has its radix sort for these."""
    low = np.argsort((number & 0xFFFF).astype(np.uint16), kind="stable")
    high = number >> 16
    return low[np.argsort(high[low].astype(np.uint16), kind="stable")] if high.any() else low
