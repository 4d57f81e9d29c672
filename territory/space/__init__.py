"""Space: partition of the ground into cells, its arc-node topology, fronts, rings, areas and weights."""

from __future__ import annotations

from territory._util.lazy import submodules

__getattr__, __dir__ = submodules(__name__, __path__)
