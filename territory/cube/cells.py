"""A timeline as an xarray Dataset by time and cell, with CF flags."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from territory._util.lazy import Lazy
from territory.measures.surfaces import estimator_notes
from territory.records.kinds import STATUSES
from territory.space.projection import LONLAT
from territory.timeline import series
from territory.timeline.base import BaseTimeline

if TYPE_CHECKING:
    import xarray as xr
else:
    xr = Lazy("xarray")


VARIABLES: tuple[series.Column, ...] = ("controller", "status", "rival")


def cells(timeline: BaseTimeline) -> xr.Dataset:
    """Controller, status and rival of each cell, on the first day and on each day of change.

    ``sel(time=day, method="pad")`` is the state on any day of the period.

    Parameters
    ----------
    timeline : Timeline

    Returns
    -------
    Dataset
        controller, status, rival : (time, cell) int8, CF ``flag_values`` and ``flag_meanings``; event : (time,
        cell) int32, the row of the event that made the state, -1 for none. Coordinates: time (datetime64), cell,
        and for each cell place_id, name, area_km2 and geometry (shapely, EPSG:4326), so that
        ``xvec.set_geom_indexes("geometry")`` works on them.
    """
    part, campaign, days = timeline.partition, timeline.campaign, timeline.days
    columns = {name: series.dense(timeline, name) for name in VARIABLES}
    event = series.dense(timeline, "event")
    actors = flags(campaign.actors.ids.tolist())
    attributes = {
        "controller": {"long_name": "who holds the cell", **actors},
        "status": {"long_name": "how it is held", **flags(STATUSES)},
        "rival": {"long_name": "who contests, besieges or claims it", **actors},
    }
    # No missing_value: readers of NetCDF would turn rows into floats.
    rows = {"long_name": "row of the record that made the state", "comment": "-1 where there is none"}
    variables = {name: (("time", "cell"), values, attributes[name]) for name, values in columns.items()}
    names = [(campaign.places[row].id, campaign.places[row].name) if row >= 0 else ("", "") for row in part.place]
    return xr.Dataset(
        {**variables, "event": (("time", "cell"), event, rows)},
        coords={
            "time": (
                "time",
                days.astype("datetime64[ns]"),
                {"standard_name": "time", "comment": "civil dates"},
            ),
            "cell": ("cell", np.arange(len(part))),
            "place_id": ("cell", np.array([one[0] for one in names])),
            "name": ("cell", np.array([one[1] for one in names])),
            "area_km2": ("cell", part.area_km2, {"units": "km2", "long_name": "geodesic area"}),
            "geometry": ("cell", part.cells, {"crs": LONLAT}),
        },
        attrs={
            "title": campaign.title,
            "Conventions": "CF-1.11",
            "source": campaign.attribution,
            "licence": campaign.licence,
            **{f"estimator_{key}": value for key, value in estimator_notes(timeline).items()},
        },
    )


def flags(meanings: Sequence[str], first: int = 0) -> dict[str, NDArray[np.int8] | str]:
    """CF ``flag_values`` and ``flag_meanings`` (separated by blanks) of codes that count up from ``first``."""
    values = np.arange(first, first + len(meanings), dtype=np.int8)
    return {"flag_values": values, "flag_meanings": " ".join(meanings)}
