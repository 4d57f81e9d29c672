"""Parse EDTF dates, exact or uncertain, into an earliest and a latest day.

Days are ``datetime.date``; there are no time zones here. The interval of a date is closed, as in EDTF; intervals of a
timeline are half-open.
"""

from __future__ import annotations

import re
from calendar import monthrange
from contextlib import redirect_stdout
from datetime import date
from functools import lru_cache
from io import StringIO
from typing import Literal, NamedTuple

Policy = Literal["earliest", "latest", "midpoint"]
POLICIES: tuple[Policy, ...] = ("earliest", "latest", "midpoint")

_PLAIN = re.compile(r"\d{4}(-\d\d(-\d\d)?)?[~?%]?")
_SERIAL = re.compile(r"\d{5}(\.\d+)?")
_SLASHED = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}")
_YEARS = range(1, 9999)


class Span(NamedTuple):
    """An EDTF date with the first and last day that it can mean.

    Parameters
    ----------
    text : str
        As written.
    earliest, latest : date or None
        Both included; None where the date is open at that end.
    approximate : bool
        True for ``~`` and ``%``.
    uncertain : bool
        True for ``?`` and ``%``.
    """

    text: str
    earliest: date | None
    latest: date | None
    approximate: bool
    uncertain: bool

    def day(self, policy: Policy = "latest") -> date:
        """The day on which an event with this date acts.

        An open end falls back to the other end, whatever the policy.

        Raises
        ------
        ValueError
            Where the date is open at both ends.
        """
        first = self.earliest or self.latest
        last = self.latest or self.earliest
        if first is None or last is None:
            raise ValueError(f"'{self.text}' is open at both ends, so no day can be chosen.")
        if policy == "earliest":
            return first
        if policy == "latest":
            return last
        return date.fromordinal((first.toordinal() + last.toordinal()) // 2)


def within(day: date, start: date | None, end: date | None) -> bool:
    """Whether a day lies from a first to a last day, both included; None where open."""
    return (start is None or start <= day) and (end is None or day <= end)


def parse(text: str) -> Span:
    """Parse an EDTF date (ISO 8601-2, levels 0 and 1, and sets of level 2).

    Parameters
    ----------
    text : str
        ``2015-04-25``, ``2015-04``, ``2015-04-24/2015-04-25``, ``2015-04~``, ``../2015-03-28`` ...

    Raises
    ------
    ValueError
        Where the text is no such date; the message names the likely mistake.

    Examples
    --------
    >>> parse("2015-04").latest
    datetime.date(2015, 4, 30)
    >>> parse("2015-03-28~").approximate
    True
    >>> parse("2015-04-23/2015-04-24").day("earliest")
    datetime.date(2015, 4, 23)
    """
    return _parse(text.strip())


@lru_cache(maxsize=65536)
def _parse(text: str) -> Span:
    # The library takes 20 ms for each date, so days, months, years and intervals of these are parsed here.
    first, slash, last = text.partition("/")
    if _PLAIN.fullmatch(first) and (not slash or _PLAIN.fullmatch(last)):
        ends = [_plain(first), _plain(last or first)]
        return _span(text, ends[0][0], ends[1][1])
    return _parse_with_library(text)


def _plain(text: str) -> tuple[date, date]:
    """First and last day of ``2015-04-25``, ``2015-04`` or ``2015``."""
    year, months, days = int(text[:4]), text[5:7], text[8:10]
    if not months:
        _check_year(year)
        return date(year, 1, 1), date(year, 12, 31)
    month = int(months)
    try:
        if days:
            day = date(year, month, int(days))
            return day, day
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    except ValueError as error:
        raise ValueError(f"date '{text}' is not a day of the calendar ({error}).") from None


def _span(text: str, first: date | None, last: date | None) -> Span:
    for day in (first, last):
        if day and day.year not in _YEARS:  # other tools write year 9999 for "never"
            raise ValueError(f"date '{text}': year {day.year} is outside {_YEARS.start} to {_YEARS.stop - 1}.")
    if first and last and last < first:
        raise ValueError(f"date '{text}' ends before it begins; put the earlier day first.")
    return Span(text, first, last, any(c in text for c in "~%"), any(c in text for c in "?%"))


def _parse_with_library(text: str) -> Span:
    """Parse the rarer forms with the EDTF library, after refusing formats that are not EDTF."""
    _check_other_formats(text)
    import edtf  # costs 0.1 s: only campaigns with such dates pay

    try:
        with redirect_stdout(StringIO()):  # on an error the library prints
            parsed = edtf.parse_edtf(_with_open_ends(text))
        first, last = parsed.lower_strict(), parsed.upper_strict()
    except Exception:  # noqa: BLE001  # the library raises errors of many types, for "/" and the like
        raise ValueError(
            f"date '{text}' is not EDTF; write 2015-04-25, 2015-04, 2015-04-24/2015-04-25 or 2015-04~."
        ) from None
    return _span(text, _as_date(first), _as_date(last))


def _with_open_ends(text: str) -> str:
    """A date with ``..`` for an empty end: EDTF's unknown end and open end make no difference to the day chosen."""
    if text.startswith("/"):
        return ".." + text
    return text + ".." if text.endswith("/") else text


def _as_date(moment: object) -> date | None:
    if isinstance(moment, float):  # the library gives -inf and inf for open ends
        return None
    year, month, day = moment[:3]  # type: ignore[index]  # a struct_time, untyped in the library
    _check_year(year)
    return date(year, month, day)


def _check_year(year: int) -> None:
    if year not in _YEARS:
        raise ValueError(f"year {year} is outside {_YEARS.start} to {_YEARS.stop - 1}.")


def _check_other_formats(text: str) -> None:
    """Refuse common formats that are not EDTF, with the way to write them."""
    if not text:
        raise ValueError("the date is empty; write 2015-04-25, or an EDTF interval such as 2015-04-24/2015-04-25.")
    if _SERIAL.fullmatch(text):
        day = date.fromordinal(date(1899, 12, 30).toordinal() + int(float(text)))
        raise ValueError(
            f"date '{text}' looks like a spreadsheet's day number ({day} in the 1900 system); write it as ISO."
        )
    if _SLASHED.fullmatch(text):
        raise ValueError(f"date '{text}' can be read in two ways; write it as ISO, year first: 2015-04-25.")
    if "T" in text:
        raise ValueError(f"date '{text}' has a time of day; write the local day alone, as in 2015-04-25.")
    if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", text):
        raise ValueError(f"date '{text}' lacks a zero; write two figures for month and day, as in 2015-04-05.")
