"""Who holds each cell of W3 on every day of change, as a dense matrix, against pandas' pivot and forward fill."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from benchmarks.bench import Row, timed
from benchmarks.worlds import world
from territory.api import Timeline
from territory.timeline import series


def rows() -> Iterator[Row]:
    """One row; both matrices must be equal."""
    timeline = world("W3")
    ours, dense = timed(lambda: series.dense(timeline), times=5)
    peer, filled = timed(lambda: _pivoted(timeline), times=2)
    if not np.array_equal(dense, filled):
        raise AssertionError("The dense replay is not that of pandas.")
    yield Row("dense replay W3, int8", ours, peer, 50, note="peer: drop_duplicates, pivot, ffill")


def _pivoted(timeline: Timeline) -> np.ndarray:
    changes = timeline.changes
    table = pd.DataFrame({"day": changes.day.astype("datetime64[s]"), "cell": changes.cell, "who": changes.controller})
    last = table.drop_duplicates(["day", "cell"], keep="last")
    wide = last.pivot(index="day", columns="cell", values="who").ffill()
    return wide.to_numpy().astype(np.int8)
