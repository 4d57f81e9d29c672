"""Types of single values, with what each refuses: texts per language, days, colours, degrees, cells of a table."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, NamedTuple
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo

from territory.records import dates
from territory.records.names import did_you_mean

LONGEST_TEXT = 64 * 1024  # characters
MOST_MARKS = 8  # combining marks on one letter: more than any script needs, fewer than a prank does
LARGEST_KM = 20_000.0  # half around the globe
LARGEST_M = 100_000.0
LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # BCP 47: a language, then script, region or variant


class Texts(NamedTuple):
    """A text in the campaign's main language, and in others.

    Parameters
    ----------
    main : str
    others : mapping of str to str
        By language tag; never the main language.
    """

    main: str
    others: Mapping[str, str]


def _clean(text: str) -> str:
    """A text of any language, not too long and without more combining marks than a letter can bear."""
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"has {len(text)} characters; at most {LONGEST_TEXT} are read.")
    run = 0
    for character in "" if text.isascii() else text:
        run = run + 1 if unicodedata.combining(character) else 0
        if run > MOST_MARKS:
            raise ValueError(f"has more than {MOST_MARKS} combining marks on one letter.")
    return text


def _texts(value: object, info: ValidationInfo) -> Texts:
    """A text, or a table of texts by language that has the main one."""
    main = (info.context or {}).get("language", "en")
    given = {main: value} if isinstance(value, str) else value
    if not isinstance(given, dict) or not given or not all(isinstance(text, str) for text in given.values()):
        raise ValueError(
            f'is {shown(value)}; write it as text, or as a table of texts by language: {{ {main} = "..." }}.'
        )
    for tag, text in given.items():
        if not LANGUAGE_TAG.fullmatch(tag):
            raise ValueError(f"has the language '{tag}'; write a tag such as en, ar or zh-Hant.")
        _clean(text)
    if not given.get(main):
        raise ValueError(f"has no text in {main}, the language of the campaign; found {', '.join(given)}.")
    return Texts(given[main], {tag: text for tag, text in given.items() if tag != main and text})


def _day(value: object) -> date:
    """One exact day, from a date of TOML or a text."""
    span = dates.parse(str(value))
    if span.earliest is None or span.earliest != span.latest:
        raise ValueError(f"is {shown(value)}; it must be one day.")
    return span.earliest


def _span(value: object) -> dates.Span:
    span = dates.parse(str(value))
    span.day()  # raises where the date is open at both ends
    return span


def _number(value: object) -> object:
    """A cell of text as a finite float; anything else as it is."""
    if not isinstance(value, str):
        return value
    try:
        number = float(value)
    except ValueError:
        raise ValueError(f"is {shown(value)}; it must be a number with a decimal point.") from None
    if not math.isfinite(number):
        raise ValueError(f"is {shown(value)}; it must be finite.")
    return number


def _whole(value: object) -> object:
    """A cell of text as a whole number; anything else as it is."""
    if not isinstance(value, str):
        return value
    try:
        return int(value)
    except ValueError:
        raise ValueError(f"is {shown(value)}; it must be a whole number.") from None


def _yes(value: object) -> bool:
    if value not in ("yes", "no"):
        raise ValueError(f"is {shown(value)}; it must be yes or no.")
    return value == "yes"


def _many(value: object) -> object:
    """The values of a cell that semicolons separate."""
    if not isinstance(value, str):
        return value
    return tuple(part.strip() for part in value.split(";") if part.strip()) if ";" in value else (value,)


def _counts(value: object) -> dict[str, str]:
    counts = {}
    for part in filter(None, (part.strip() for part in str(value).split(";"))):
        name, equals, number = part.partition("=")
        if not equals or not number.strip():
            raise ValueError(f"has '{part}'; write it as name=number, e.g. airstrikes=34; killed.government=30.")
        counts[name.strip()] = number.strip()
    return counts


def _zone(value: str) -> str:
    known = available_timezones()
    if known and value not in known:  # without time zone data on the machine it cannot be checked
        raise ValueError(f"is '{value}', which is no time zone such as Asia/Damascus.{did_you_mean(value, known)}")
    return value


def _extent(value: object) -> tuple[float, float, float, float]:
    numbers = _floats(value, 4)
    if numbers is None:
        raise ValueError(f"is {shown(value)}; write [west, south, east, north] in degrees.")
    west, south, east, north = numbers
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise ValueError(f"is {shown(value)}; it is not west < east and south < north in degrees.")
    return west, south, east, north


def _view(value: object) -> tuple[float, float, float]:
    numbers = _floats(value, 3)
    if numbers is None or not (abs(numbers[0]) <= 180 and abs(numbers[1]) <= 90 and 0 <= numbers[2] <= 22):
        raise ValueError(f"is {shown(value)}; write [lon, lat, zoom]: degrees, and a zoom level from 0 to 22.")
    return numbers[0], numbers[1], numbers[2]


def _floats(value: object, count: int) -> list[float] | None:
    """So many numbers, or None where the value is anything else."""
    if not isinstance(value, list | tuple) or len(value) != count:
        return None
    plain = all(isinstance(number, int | float) and not isinstance(number, bool) for number in value)
    return [float(number) for number in value] if plain and all(abs(number) < 1e6 for number in value) else None


def shown(value: object) -> str:
    """A value as an error message shows it: cut where it is long."""
    text = f"'{value}'" if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else f"{text[:50]}... ({len(text)} characters)"


Text = Annotated[str, AfterValidator(_clean)]
Label = Annotated[Any, BeforeValidator(_texts)]  # Any: the validator makes a Texts of it
Day = Annotated[date, BeforeValidator(_day)]
Span = Annotated[Any, BeforeValidator(_span)]  # Any: the validator makes a dates.Span of it
Zone = Annotated[str, AfterValidator(_zone)]
Extent = Annotated[Any, BeforeValidator(_extent)]  # Any: the validators make tuples of floats of them
View = Annotated[Any, BeforeValidator(_view)]
Id = Annotated[str, Field(min_length=1), AfterValidator(_clean)]

Km = Annotated[float, Field(gt=0, le=LARGEST_KM)]
Metres = Annotated[float, Field(gt=0, le=LARGEST_M)]
Days = Annotated[int, Field(ge=0, le=100_000)]

NumberCell = Annotated[float, BeforeValidator(_number)]
WholeCell = Annotated[int, BeforeValidator(_whole), Field(ge=-1_000_000, le=1_000_000)]
YesCell = Annotated[bool, BeforeValidator(_yes)]
ManyCell = Annotated[tuple[str, ...], BeforeValidator(_many)]
CountsCell = Annotated[dict[str, str], BeforeValidator(_counts)]
