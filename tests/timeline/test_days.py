"""A day is a civil day: months, years, moments, zones and words of the clock are refused by name."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import pytest
from worlds import folded

from territory.errors import OutsidePeriod
from territory.timeline.changes import as_day

DAY = np.datetime64("2015-04-25")


@pytest.mark.parametrize(
    "day", ["2015-04-25", date(2015, 4, 25), DAY, DAY.astype("datetime64[ns]"), pd.Timestamp(2015, 4, 25)]
)
def test_a_day_may_be_written_in_these_ways(day):
    assert as_day(day) == DAY


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2015", "'2015' is a year; give a day, as 2015-04-25"),
        ("2015-04", "'2015-04' is a month; give a day"),
        (np.datetime64("2015-04"), "2015-04 is a month"),
        ("2015-04-25T12:00", "is a moment; give a day"),
        ("2015-04-25T00:00+03:00", "is a moment"),
        (pd.Timestamp(2015, 4, 25, 12), "is a moment; give its day"),
        (datetime(2015, 4, 25, tzinfo=UTC), "is a moment; give its day"),
        (np.datetime64("2015-04-25T12:00"), "is a moment"),
        (np.datetime64("NaT"), "NaT is not a day"),
        ("today", "'today' is not a day"),
        ("now", "'now' is not a day"),
        ("20150425", "'20150425' is not a day"),
        ("25/04/2015", "is not a day"),
        ("2015-04-31", "Day out of range"),
        (2015, "'2015' is a year"),
    ],
)
def test_what_is_no_day_is_refused_by_its_name(day, said):
    with pytest.raises(ValueError, match=said.replace("+", r"\+")):
        as_day(day)


def test_a_timeline_says_the_same():
    with pytest.raises(OutsidePeriod, match="'2015-03' is a month; give a day"):
        folded([]).state("2015-03")
