"""Plots of the measures with matplotlib, in the colours of the map.

Each function takes a timeline and returns a ``matplotlib.figure.Figure``: show it in a notebook, or save it with
``figure.savefig``. Install them with ``pip install 'territory[plots]'``.
"""

from territory.plots import _matplotlib  # noqa: F401  # first: it says how to install what the others import
from territory.plots.area_through_time import area_through_time
from territory.plots.front_length_and_speed import front_length_and_speed
from territory.plots.map_of_day import map_of_day
from territory.plots.place_histories import place_histories
from territory.plots.turnover_heat_map import turnover_heat_map

__all__ = ["area_through_time", "front_length_and_speed", "map_of_day", "place_histories", "turnover_heat_map"]
