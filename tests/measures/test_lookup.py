"""Points and days joined with who held them: the same as looking at each day's map, one point at a time."""

from __future__ import annotations

import re

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import event_lists
from worlds import day, folded

from territory.measures.distances import to_front

COLUMNS = ["holder", "side", "status", "rival", "event", "since", "observed"]


def at_once(timeline, lon, lat, when):
    """The answer for one point and day from the frame of that day."""
    frame = timeline.at(when)
    row = frame.loc[int(np.flatnonzero(frame.intersects(shapely.Point(lon, lat)))[0])]
    return (
        row.controller,
        row.side,
        row.status or None,
        row.rival or None,
        row.event or None,
        row.since,
        bool(row.observed),
    )


@given(event_lists(), st.lists(st.tuples(st.integers(0, 29), st.integers(0, 9)), min_size=1, max_size=12))
@settings(max_examples=40)
def test_each_row_is_what_the_map_of_its_day_says_at_its_point(events, asked):
    timeline = folded(events)
    dates = [str(day(number)) for _, number in asked]
    table = pd.DataFrame({"lon": [x / 10 + 0.05 for x, _ in asked], "lat": 35.5, "date": dates})
    for own, answer in zip(table.itertuples(), timeline.lookup(table).itertuples(), strict=True):
        wanted = at_once(timeline, own.lon, own.lat, own.date)
        for name, want in zip(COLUMNS, wanted, strict=True):
            value = getattr(answer, name)
            assert value == want or (pd.isna(value) and pd.isna(want)), name


def test_a_row_without_an_answer_says_why_and_the_index_stays():
    table = pd.DataFrame(
        {
            "lon": [0.5, None, 0.5, 0.5, 99],
            "lat": 35.5,
            "date": ["2015-03-02", "2015-03-02", None, "2014-01-01", "2015-03-02"],
        },
        index=list("abcde"),
    )
    found = folded([]).lookup(table)
    assert found.index.tolist() == list("abcde")
    assert found.note.tolist() == ["", "no point", "no date", "outside the period", "off the map"]
    assert found.holder.isna().tolist() == [False, True, True, True, True]
    assert found.cell.tolist() == [0, -1, 0, 0, -1]


def test_dates_of_any_day_type_are_the_same_and_points_may_be_geometry():
    timeline, days = folded([]), ["2015-03-02", "2015-03-03"]
    text = pd.DataFrame({"lon": [0.5, 1.5], "lat": 35.5, "date": days})
    wanted = timeline.lookup(text)
    for dates in (pd.to_datetime(days), [one.date() for one in pd.to_datetime(days)]):
        pd.testing.assert_frame_equal(timeline.lookup(text.assign(date=dates)), wanted)
    points = gpd.GeoDataFrame({"date": days}, geometry=gpd.points_from_xy([0.5, 1.5], [35.5, 35.5]), crs=4326)
    pd.testing.assert_frame_equal(timeline.lookup(points.to_crs(3857)), wanted)


REFUSED = {
    "a month": ({"date": "2015-03"}, "date must be a day, as 2015-04-25; 1 rows are not (row 0: '2015-03')"),
    "day first": ({"date": "02/03/2015"}, "date must be a day"),
    "a time": ({"date": pd.Timestamp("2015-03-02 13:00")}, "date must be a day without a time; use .dt.normalize()"),
    "a zone": ({"date": pd.Timestamp("2015-03-02", tz="Asia/Damascus")}, "date has a time zone (Asia/Damascus)"),
    "degrees of words": ({"lon": "east"}, "lon must be a number of degrees; 1 rows are not (row 0: 'east')"),
    "swapped": ({"lat": 95.0}, "are lon and lat swapped"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_day_and_no_point_is_refused_with_its_row(case):
    other, said = REFUSED[case]
    table = pd.DataFrame({"lon": [0.5], "lat": [35.5], "date": ["2015-03-02"]}).assign(**other)
    with pytest.raises(ValueError, match=re.escape(said)):
        folded([]).lookup(table)


def test_a_column_that_is_missing_is_named_with_those_that_there_are():
    with pytest.raises(KeyError, match="There is no column 'date'; the table has lon, lat, day"):
        folded([]).lookup(pd.DataFrame({"lon": [0.5], "lat": [35.5], "day": ["2015-03-02"]}))


def test_the_distance_to_the_front_is_that_of_the_other_measure_or_less(idlib):
    place = idlib.campaign.places[idlib.campaign.places.find("Ariha")]
    days = pd.Series(idlib.days[::9]).astype("datetime64[s]")
    found = idlib.lookup(pd.DataFrame({"lon": place.lon, "lat": place.lat, "date": days}), front_km=True).front_km
    wanted = to_front(idlib, "Ariha", days.dt.strftime("%Y-%m-%d"), actor="government").distance_km.abs()
    same = (found - wanted).abs() < 0.005 * wanted + 0.01
    assert (same | (found < wanted)).all()  # the other counts the fronts of one side alone
    assert same.mean() > 0.8
