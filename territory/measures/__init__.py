"""Measures of a timeline: areas, turnover, front lines, pockets, routes, distances, durations, transitions, people.

A function takes a timeline and gives a DataFrame whose columns name their units. The state "on a day" is the state at
its end. Areas and lengths are geodesic sums over cells and arcs.
"""

from __future__ import annotations

from territory._util.lazy import submodules

__getattr__, __dir__ = submodules(__name__, __path__)
