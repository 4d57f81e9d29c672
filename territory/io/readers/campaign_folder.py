"""Read a campaign folder: campaign.toml, the three tables and the context layers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar
from zoneinfo import available_timezones

from territory.errors import CampaignError, Fault, InputError, TableErrors, UnknownName
from territory.io.readers import _toml, geojson, partition_inputs, places_and_sources
from territory.io.readers._toml import Toml
from territory.io.readers.event_table import read as read_events
from territory.records import dates, fusion
from territory.records.actors import Actor, Actors, Membership
from territory.records.campaign import ROLES, Campaign, Chapter, Layer
from territory.records.estimator import Estimator
from territory.records.events import Events
from territory.records.gazetteer import Gazetteer
from territory.records.names import did_you_mean, suggest
from territory.records.sources import Sources
from territory.words.languages import TAGS

T = TypeVar("T")


def folders() -> dict[str, Path]:
    """Folders of the campaigns that come with the package, by id: in the wheel, or in the checkout beside it."""
    here = Path(__file__).resolve().parents[2]
    for home in (here / "geodata", here.parent / "geodata"):
        if home.is_dir():
            return {path.parent.name: path.parent for path in sorted(home.glob("*/campaign.toml"))}
    return {}


def find(name: str | Path) -> Path:
    """Folder of a campaign.

    Parameters
    ----------
    name : str or Path
        A folder with a campaign.toml, that file, or the id of a campaign that comes with the package.

    Raises
    ------
    UnknownName
        With the ids that exist.
    """
    shipped = folders()
    if str(name) in shipped:
        return shipped[str(name)]
    path = Path(name)
    path = path.parent if path.name == "campaign.toml" else path
    if path.is_dir():
        return path
    hint = (
        f"Give a folder with a campaign.toml, or one that comes with the package: {', '.join(shipped) or 'none found'}."
    )
    raise UnknownName("campaign", str(name), suggest(str(name), shipped), hint)


def read(name: str | Path) -> Campaign:
    """Read a campaign folder.

    Parameters
    ----------
    name : str or Path
        A folder with a campaign.toml, or the id of a campaign that comes with the package.

    Raises
    ------
    UnknownName
        Where there is no such campaign.
    CampaignError
        With the first fault of campaign.toml, or all faults of its actors.
    TableErrors
        With all faults of all three tables.
    """
    folder = find(name)
    toml = _toml.load(folder)
    actors = Actors.of([_actor(entry) for entry in _toml.entries(toml, "actor")])
    places, sources, events, warnings = _tables(folder, actors)
    first, last, baseline = _period(toml)
    rules = _toml.table(toml, "rules")
    return Campaign(
        **{key: _toml.text(toml, key) for key in ("id", "title")},
        **{key: _toml.text(toml, key, "") for key in ("summary", "licence", "attribution")},
        titles=_others(toml, "title"),
        summaries=_others(toml, "summary"),
        language=_toml.text(toml, "language", "en"),
        first_day=first,
        last_day=last,
        baseline=baseline,
        key_day=_within(first, last, "key_day", _toml.day(toml, "key_day")) if "key_day" in toml else None,
        extent=_extent(toml),
        time_zone=_zone(toml),
        policy=_toml.choice(rules, "date_policy", dates.POLICIES, "latest"),
        stale_after_days=_toml.days(rules, "stale_after_days", 90),
        fusion=_toml.choice(rules, "fusion", fusion.RULES, "latest"),
        partition_spec=partition_inputs.read(folder, _toml.table(toml, "partition")),
        estimator=_estimator(_toml.table(toml, "estimator")),
        actors=actors,
        places=places,
        sources=sources,
        events=events,
        layers=tuple(_layer(folder, entry) for entry in _toml.entries(toml, "layer")),
        chapters=tuple(_chapter(entry, first, last, events) for entry in _toml.entries(toml, "chapter")),
        warnings=warnings,
    )


def _tables(folder: Path, actors: Actors) -> tuple[Gazetteer, Sources, Events, tuple[str, ...]]:
    """The three tables and their warnings, with the faults of all three raised together."""
    faults: list[Fault] = []

    def attempt(read: Callable[[], tuple[T, list[str]]]) -> tuple[T | None, list[str]]:
        try:
            return read()
        except TableErrors as error:
            faults.extend(error.faults)
            return None, []

    places, of_places = attempt(lambda: places_and_sources.read_places(folder / "places.csv"))
    sources, of_sources = attempt(lambda: places_and_sources.read_sources(folder / "sources.csv"))
    events, of_events = attempt(lambda: read_events(folder / "events.csv", actors, places, sources))
    if places is None or sources is None or events is None:
        raise TableErrors(faults)
    return places, sources, events, (*of_places, *of_sources, *of_events)


def _period(toml: Toml) -> tuple[date, date, date]:
    """First day, last day and baseline."""
    first, last = _toml.day(toml, "first_day"), _toml.day(toml, "last_day")
    if last < first:
        raise CampaignError(f"campaign.toml: last_day {last} is before first_day {first}.")
    baseline = _toml.day(toml, "baseline") if "baseline" in toml else first
    if last < baseline:
        raise CampaignError(f"campaign.toml: baseline {baseline} is after last_day {last}, so no event would count.")
    return first, last, baseline


def _within(first: date, last: date, key: str, day: date) -> date:
    """The day, checked to lie in the period."""
    if not first <= day <= last:
        raise CampaignError(f"campaign.toml: {key} {day} is outside the period, {first} to {last}.")
    return day


def _extent(toml: Toml) -> tuple[float, float, float, float]:
    """West, south, east and north in degrees."""
    value = toml.get("extent")
    try:
        west, south, east, north = (float(number) for number in value)  # type: ignore[union-attr]  # None raises TypeError
    except (TypeError, ValueError):
        raise CampaignError(
            f"campaign.toml: extent is {value!r}; write [west, south, east, north] in degrees."
        ) from None
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise CampaignError(f"campaign.toml: extent {value} is not west < east and south < north in degrees.")
    return west, south, east, north


def _zone(toml: Toml) -> str:
    """IANA name of the time zone."""
    name, known = _toml.text(toml, "time_zone"), available_timezones()
    if known and name not in known:  # without time zone data on the machine it cannot be checked
        hint = did_you_mean(name, known)
        raise CampaignError(f"campaign.toml: time_zone is '{name}', which is no time zone such as Asia/Damascus.{hint}")
    return name


def _estimator(table: Toml) -> Estimator:
    try:
        return Estimator.of(table)
    except ValueError as error:
        raise CampaignError(f"campaign.toml: [estimator]: {error}") from None


def _others(entry: Toml, key: str) -> dict[str, str]:
    """A text in other languages, from keys such as ``label_ar``."""
    return {tag: text for tag in TAGS if (text := _toml.text(entry, f"{key}_{tag}", ""))}


def _actor(entry: Toml) -> Actor:
    return Actor(
        id=_toml.text(entry, "id"),
        label=_toml.text(entry, "label"),
        labels=_others(entry, "label"),
        colour=_toml.text(entry, "colour", "#808080"),
        parent=_toml.text(entry, "parent", ""),
        aliases=_toml.texts(entry, "aliases"),
        memberships=tuple(_membership(table) for table in _toml.entries(entry, "membership")),
        start=_toml.day(entry, "from") if "from" in entry else None,
        end=_toml.day(entry, "to") if "to" in entry else None,
    )


def _membership(entry: Toml) -> Membership:
    return Membership(
        parent=_toml.text(entry, "parent"),
        start=_toml.day(entry, "from") if "from" in entry else None,
        end=_toml.day(entry, "to") if "to" in entry else None,
    )


def _chapter(entry: Toml, first: date, last: date, events: Events) -> Chapter:
    """A caption, checked to name events that exist and a day in the period."""
    title, named = _toml.text(entry, "title"), _toml.texts(entry, "events")
    for event in named:
        try:
            events.index(event)
        except UnknownName as error:
            raise CampaignError(f"campaign.toml: chapter '{title}': {error}") from None
    return Chapter(
        day=_within(first, last, f"chapter '{title}':", _toml.day(entry, "day")),
        title=title,
        text=_toml.text(entry, "text", ""),
        titles=_others(entry, "title"),
        texts=_others(entry, "text"),
        events=named,
        view=_view(entry) if "view" in entry else None,
    )


def _view(entry: Toml) -> tuple[float, float, float]:
    try:
        lon, lat, zoom = (float(number) for number in entry["view"])
    except (TypeError, ValueError):
        raise CampaignError(f"campaign.toml: view is {entry['view']!r}; write [lon, lat, zoom].") from None
    return lon, lat, zoom


def _layer(folder: Path, entry: Toml) -> Layer:
    """A context layer with the shapes of its GeoJSON file."""
    name = _toml.text(entry, "file")
    if Path(name).name != name:
        raise CampaignError(f"campaign.toml: layer file '{name}' must be a file in the campaign folder itself.")
    role = entry.get("role")
    if role not in ROLES:
        raise CampaignError(f"campaign.toml: layer {name} has role {role!r}; it must be one of {', '.join(ROLES)}.")
    try:
        shapes, properties = geojson.read(folder / name)
    except InputError as error:
        raise CampaignError(f"campaign.toml: layer {name}: {error}") from None
    names = tuple(
        (str(values.get("name") or ""), {tag: str(own) for tag in TAGS if (own := values.get(f"name_{tag}"))})
        for values in properties
    )
    return Layer(
        role,
        _toml.text(entry, "title", ""),
        shapes,
        names,
        titles=_others(entry, "title"),
        schematic=bool(entry.get("schematic", False)),
        attribution=_toml.text(entry, "attribution", ""),
        licence=_toml.text(entry, "licence", ""),
    )
