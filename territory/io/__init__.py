"""Input and output of files.

Readers turn files into typed values and report all faults at once; writers make files from values.
"""

from __future__ import annotations

from territory._util.lazy import submodules

__getattr__, __dir__ = submodules(__name__, __path__)
