"""Ragged arrays: lists of different lengths as an array of items and an array of offsets, and their indexing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Index = NDArray[np.int64]


@dataclass(frozen=True)
class Groups:
    """Ragged array of items by group: group g has ``item[offset[g] : offset[g + 1]]``.

    Parameters
    ----------
    offset : (group + 1,) int64
    item : (item,) int64
    """

    offset: Index
    item: Index


def gather(groups: Groups, wanted: NDArray[np.integer]) -> tuple[Index, Index]:
    """Items of selected groups, one group after the other.

    Parameters
    ----------
    groups : Groups
    wanted : (n,) int
        Groups, in any order.

    Returns
    -------
    (item,) int64
        The items.
    (item,) int64
        Position in ``wanted`` of the group of each item.
    """
    begin = groups.offset[wanted]
    size = groups.offset[wanted + 1] - begin
    return groups.item[ranges(begin, size)], np.repeat(np.arange(len(wanted)), size)


def ranges(begin: Index, size: Index) -> Index:
    """Concatenate ``arange(begin[i], begin[i] + size[i])`` over all i.

    Parameters
    ----------
    begin, size : (n,) int64

    Returns
    -------
    (sum of size,) int64

    Examples
    --------
    >>> ranges(np.array([7, 1]), np.array([2, 3])).tolist()
    [7, 8, 1, 2, 3]
    """
    stop = np.cumsum(size)
    return np.repeat(begin - stop + size, size) + np.arange(stop[-1] if len(stop) else 0)


def counters(size: Index) -> Index:
    """Concatenate ``arange(size[i])`` over all i.

    Parameters
    ----------
    size : (n,) int64

    Returns
    -------
    (sum of size,) int64

    Examples
    --------
    >>> counters(np.array([2, 3])).tolist()
    [0, 1, 0, 1, 2]
    """
    return ranges(np.zeros_like(size), size)


def stable_order(number: NDArray[np.integer]) -> Index:
    """Stable argsort of integers from 0 below 2**32, by 16 bits at a time, for which numpy has a radix sort.

    Parameters
    ----------
    number : (n,) int

    Returns
    -------
    (n,) int64
    """
    low = np.argsort((number & 0xFFFF).astype(np.uint16), kind="stable")
    high = number >> 16
    return low[np.argsort(high[low].astype(np.uint16), kind="stable")] if high.any() else low
