"""Checks of what one part of a campaign folder says against another: period, names of events, actors and sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from territory.errors import UnknownName
from territory.io.readers.settings_file import SettingsFile
from territory.records.actors import Actors
from territory.records.gazetteer import Gazetteer
from territory.records.names import did_you_mean
from territory.records.schema.partitions import PlacesSpec, SnapshotsSpec
from territory.records.sources import Sources


def check_period(file: SettingsFile) -> None:
    """Add a fault for every day that does not fit the period."""
    values = file.values
    first, last = values.first_day, values.last_day
    if file.is_bad("first_day") or file.is_bad("last_day"):
        return
    if last < first:
        file.add(("last_day",), f"is {last}, before first_day {first}.")
        return
    if values.baseline and last < values.baseline:
        file.add(("baseline",), f"is {values.baseline}, after last_day {last}, so no event would count.")
    days: list[tuple[tuple[int | str, ...], date | None]] = [(("key_day",), values.key_day)]
    days += [(("chapter", at, "day"), chapter.day) for at, chapter in enumerate(values.chapter)]
    for path, day in days:
        if day and not first <= day <= last and not file.is_bad(*path):
            file.add(path, f"is {day}, outside the period, {first} to {last}.")


def check_chapters(file: SettingsFile, events: Iterable[str]) -> None:
    """Add a fault for every id in a chapter that is no event's."""
    known = dict.fromkeys(events)
    for at, chapter in enumerate(file.values.chapter):
        for event in chapter.events:
            if event not in known:
                file.add(("chapter", at, "events"), f"names '{event}', which is no event.{did_you_mean(event, known)}")


def check_partition(file: SettingsFile, actors: Actors, sources: Sources) -> None:
    """Add a fault for every actor and source that ``[partition]`` names and that does not exist."""
    spec = file.values.partition
    for key in ("actor", "rest", "left", "right"):
        name = getattr(spec, key, None)
        if name and not file.is_bad("partition", key):
            try:
                actors.code(name)
            except UnknownName as error:
                file.add(("partition", key), str(error))
    told = not (file.is_bad("partition", "actor") or file.is_bad("partition", "actor_from"))
    if isinstance(spec, SnapshotsSpec) and told and (spec.actor is None) == (spec.actor_from is None):
        file.add(("partition",), "needs one of actor and actor_from.")
    source = getattr(spec, "source", None)
    if source and source not in sources:
        known = [one.id for one in sources.all]
        file.add(("partition", "source"), f"names '{source}', which is no source.{did_you_mean(source, known)}")


def odd_sites(file: SettingsFile, places: Gazetteer) -> Iterator[str]:
    """A warning for every kind of site that looks like a misspelt kind of place."""
    spec, kinds = file.values.partition, sorted({place.kind for place in places})
    for kind in spec.site_radius_km if isinstance(spec, PlacesSpec) else ():
        near = did_you_mean(kind, kinds)
        if kind not in kinds and near:
            said = file.about(("partition", "site_radius_km", kind), f"is the kind of no place.{near}")
            yield f"campaign.toml: {said}"
