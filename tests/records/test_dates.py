"""EDTF dates: first and last day, the day chosen by a policy, and the message for what is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territory.records.dates import POLICIES, parse

days = st.dates(date(1000, 1, 1), date(2999, 12, 31))


@given(days)
def test_an_iso_day_is_that_day_under_every_policy(day):
    span = parse(day.isoformat())
    assert (span.earliest, span.latest) == (day, day)
    assert {span.day(policy) for policy in POLICIES} == {day}


@given(days, st.integers(0, 400))
def test_an_interval_holds_its_ends_and_its_middle_is_between(day, length):
    last = day + timedelta(days=length)
    span = parse(f"{day.isoformat()}/{last.isoformat()}")
    assert (span.earliest, span.latest) == (day, last)
    assert day == span.day("earliest") <= span.day("midpoint") <= span.day("latest") == last


@given(st.integers(1900, 2100), st.integers(1, 12))
def test_a_month_lasts_from_its_first_to_its_last_day(year, month):
    span = parse(f"{year}-{month:02}")
    assert span.earliest == date(year, month, 1)
    assert (span.latest + timedelta(days=1)).day == 1
    assert span.latest.month == month


@given(st.text(max_size=12) | st.text("0123456789-/~?%.XTZ:[]{}, ", max_size=12))
@settings(max_examples=60)
def test_any_text_is_read_or_refused_in_a_sentence(text):
    try:
        span = parse(text)
    except ValueError as error:
        assert str(error)  # noqa: PT017  # either outcome is right; the words are what is tested
    else:
        assert span.earliest is None or span.latest is None or span.earliest <= span.latest


READ = [
    # text, first day, last day, approximate, uncertain
    ("2015-04-25", "2015-04-25", "2015-04-25", False, False),
    ("  2015-04-25 ", "2015-04-25", "2015-04-25", False, False),
    ("2015-04", "2015-04-01", "2015-04-30", False, False),
    ("2016-02", "2016-02-01", "2016-02-29", False, False),
    ("2015", "2015-01-01", "2015-12-31", False, False),
    ("2015-04-24/2015-04-25", "2015-04-24", "2015-04-25", False, False),
    ("2015-04/2015-05-02", "2015-04-01", "2015-05-02", False, False),
    ("2015-04-25~", "2015-04-25", "2015-04-25", True, False),
    ("2015-04-25?", "2015-04-25", "2015-04-25", False, True),
    ("2015-04%", "2015-04-01", "2015-04-30", True, True),
    ("2015-04-XX", "2015-04-01", "2015-04-30", False, False),
    ("201X", "2010-01-01", "2019-12-31", False, False),
    ("[2015-04-22,2015-04-23]", "2015-04-22", "2015-04-23", False, False),
    ("{2015-04-22,2015-04-25}", "2015-04-22", "2015-04-25", False, False),
    ("2015-04-24/..", "2015-04-24", None, False, False),
    ("2015-04-24/", "2015-04-24", None, False, False),
    ("../2015-04-24", None, "2015-04-24", False, False),
    ("/2015-04-24", None, "2015-04-24", False, False),
]


@pytest.mark.parametrize(("text", "first", "last", "approximate", "uncertain"), READ, ids=[row[0] for row in READ])
def test_a_date_means_its_days(text, first, last, approximate, uncertain):
    span = parse(text)
    assert (span.earliest and str(span.earliest), span.latest and str(span.latest)) == (first, last)
    assert (span.approximate, span.uncertain) == (approximate, uncertain)


REFUSED = [
    ("", "the date is empty"),
    ("04/05/2015", "can be read in two ways"),
    ("31/04/2015", "can be read in two ways"),
    ("42119", r"spreadsheet's day number \(2015-04-25"),
    ("42119.5", "spreadsheet's day number"),
    ("2015-4-5", "lacks a zero"),
    ("15-04-05", "is not EDTF"),
    ("25 April 2015", "is not EDTF"),
    ("yesterday", "is not EDTF"),
    ("2015-04-31", "is not a day of the calendar"),
    ("2015-13", "is not a day of the calendar"),
    ("2015-02-30/2015-03-01", "is not a day of the calendar"),
    ("2015-04-25/2015-04-24", "ends before it begins"),
    ("2015-04-25T23:30:00Z", "time of day"),
    ("/", "is not EDTF"),
    ("..", "is not EDTF"),
    ("0000-01-01", "is not a day of the calendar"),
    ("9999-12-31", "year 9999 is outside 1 to 9998"),
]


@pytest.mark.parametrize(("text", "advice"), REFUSED, ids=[row[0] or "empty" for row in REFUSED])
def test_what_only_looks_like_a_date_is_refused_with_advice(text, advice):
    with pytest.raises(ValueError, match=advice):
        parse(text)


@pytest.mark.parametrize("policy", POLICIES)
def test_an_open_end_falls_back_to_the_other_end(policy):
    assert parse("2015-04-24/..").day(policy) == parse("../2015-04-24").day(policy) == date(2015, 4, 24)


def test_a_date_open_at_both_ends_has_no_day():
    with pytest.raises(ValueError, match=r"'\.\./\.\.' is open at both ends"):
        parse("../..").day()
