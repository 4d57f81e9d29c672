"""Records, the evidence: actors, places, sources and events of a campaign as typed values. No file, no map."""

from __future__ import annotations

from territory._util.lazy import submodules

__getattr__, __dir__ = submodules(__name__, __path__)
