"""Readers of campaign files, one format a module; each reports all faults of a file at once."""

from __future__ import annotations

from territory._util.lazy import submodules

__getattr__, __dir__ = submodules(__name__, __path__)
