"""Fold events over the cells of a partition into a list of changes; read states, series and histories off that list."""

from __future__ import annotations

from territory._util.lazy import submodules

__getattr__, __dir__ = submodules(__name__, __path__)
