"""Plots for a report, with matplotlib: what the measures say, in the map's colours, axes labelled with their units.

Each function takes a timeline and gives a ``matplotlib.figure.Figure``: show it in a notebook, or save it with
``figure.savefig``. It comes with ``pip install 'territory[plots]'``.
"""

from importlib.util import find_spec

from territory.errors import MissingExtra

if find_spec("matplotlib") is None:
    raise MissingExtra("Plots need matplotlib: pip install 'territory[plots]'.")

from territory.plots.fronts import front_length_and_speed
from territory.plots.ground import area_through_time
from territory.plots.matrices import turnover_heat_map
from territory.plots.strips import place_histories

__all__ = ["area_through_time", "front_length_and_speed", "place_histories", "turnover_heat_map"]
