"""Read a campaign folder: campaign.toml, the three tables and the context layers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from territory.errors import InputError, UnknownName
from territory.io.readers import _cross_checks, format_1, geojson, partition_inputs, places_and_sources
from territory.io.readers.csv_rows import TODAY
from territory.io.readers.event_table import read as read_events
from territory.io.readers.fault_list import FaultList
from territory.io.readers.settings_file import NAME, SettingsFile
from territory.records.actors import Actor, Actors, Membership
from territory.records.actors import faults_of as faults_of_actors
from territory.records.campaign import Campaign, Chapter
from territory.records.estimator import Estimator
from territory.records.events import Events
from territory.records.gazetteer import Gazetteer
from territory.records.layers import Layer
from territory.records.names import suggest
from territory.records.naming import Naming
from territory.records.schema.settings import ActorTable, ChapterTable
from territory.records.schema.values import LANGUAGE_TAG
from territory.records.sources import Sources


def folders() -> dict[str, Path]:
    """Folders of the campaigns that come with the package, by id: in the wheel, or in the checkout beside it."""
    here = Path(__file__).resolve().parents[2]
    for home in (here / "geodata", here.parent / "geodata"):
        if home.is_dir():
            return {path.parent.name: path.parent for path in sorted(home.glob(f"*/{NAME}"))}
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
    path = path.parent if path.name == NAME else path
    if path.is_dir():
        return path
    hint = (
        f"Give a folder with a campaign.toml, or one that comes with the package: {', '.join(shipped) or 'none found'}."
    )
    raise UnknownName("campaign", str(name), suggest(str(name), shipped), hint)


def read(name: str | Path) -> Campaign:
    """Read a campaign folder of format 1 or 2.

    Parameters
    ----------
    name : str or Path
        A folder with a campaign.toml, or the id of a campaign that comes with the package.

    Raises
    ------
    UnknownName
        Where there is no such campaign.
    CampaignError
        With every fault of every file.
    """
    folder, faults = find(name), FaultList()
    file = SettingsFile(folder, faults)
    values = file.values
    actors = _actors(file)
    places, sources, events, warnings = _tables(folder, file, actors)
    _cross_checks.check_period(file)
    unread = any(file.is_bad("partition", key) for key in partition_inputs.KEYS)
    given = None if unread else partition_inputs.read(folder, values.partition, faults)
    layers = tuple(_layer(folder, file, at) for at in range(len(values.layer)))
    faults.finish()
    return Campaign(
        id=values.id,
        title=values.title.main,
        titles=values.title.others,
        summary=values.summary.main,
        summaries=values.summary.others,
        language=values.language,
        licence=values.licence,
        attribution=values.attribution,
        first_day=values.first_day,
        last_day=values.last_day,
        baseline=values.baseline or values.first_day,
        key_day=values.key_day,
        extent=values.extent,
        time_zone=values.time_zone,
        policy=values.rules.date_policy,
        stale_after_days=values.rules.stale_after_days,
        fusion=values.rules.fusion,
        partition_spec=values.partition,
        given=given,
        estimator=Estimator(**values.estimator.model_dump()),
        actors=actors,
        places=places,
        sources=sources,
        events=events,
        layers=layers,
        chapters=tuple(_chapter(chapter) for chapter in values.chapter),
        warnings=(*warnings, *_cross_checks.odd_sites(file, places)),
    )


def _actors(file: SettingsFile) -> Actors:
    """The actors of the file, with their faults added; names in the tables are looked up in them all the same."""
    actors = [_actor(entry) for entry in file.values.actor]
    for at, said in faults_of_actors(actors):
        if not file.is_bad("actor", at):
            file.add(("actor", at), said)
    return Actors.unchecked(actors)


def _tables(folder: Path, file: SettingsFile, actors: Actors) -> tuple[Gazetteer, Sources, Events, tuple[str, ...]]:
    """The three tables and their warnings; a table that is no table at all is empty, and its fault is added."""
    faults, former = file.faults, format_1.EVENTS if file.format == 1 else TODAY
    places = faults.attempt("places.csv", 0, lambda: places_and_sources.read_places(folder, faults))
    sources = faults.attempt("sources.csv", 0, lambda: places_and_sources.read_sources(folder, faults))
    gazetteer, known = places and places[0], sources and sources[0]
    path = folder / "events.csv"
    events = faults.attempt("events.csv", 0, lambda: read_events(path, faults, actors, gazetteer, known, former))
    if events:
        _cross_checks.check_chapters(file, events.ids)
    if known is not None:
        _cross_checks.check_partition(file, actors, known)
    if places is None or sources is None or events is None:
        return Gazetteer.of([]), Sources.of([]), Events.of([]), ()
    return places[0], sources[0], events.events, (*places[1], *sources[1], *events.warnings)


def _actor(entry: ActorTable) -> Actor:
    return Actor(
        id=entry.id,
        label=entry.label.main,
        labels=entry.label.others,
        colour=entry.colour,
        parent=entry.parent,
        aliases=tuple(entry.aliases),
        memberships=tuple(Membership(**membership.model_dump()) for membership in entry.membership),
        start=entry.start,
        end=entry.end,
        namings=tuple(Naming(then.label.main, then.label.others, then.start, then.end) for then in entry.renamed),
    )


def _chapter(entry: ChapterTable) -> Chapter:
    return Chapter(
        day=entry.day,
        title=entry.title.main,
        text=entry.text.main,
        titles=entry.title.others,
        texts=entry.text.others,
        events=tuple(entry.events),
        view=entry.view,
    )


def _layer(folder: Path, file: SettingsFile, at: int) -> Layer:
    """A context layer with the shapes of its GeoJSON file; without shapes where the file is at fault."""
    entry, shapes = file.values.layer[at], np.empty(0, dtype=object)
    properties: list[dict[str, Any]] = []  # Any: JSON
    try:
        if Path(entry.file).name != entry.file:
            raise InputError(f"is '{entry.file}'; it must be a file in the campaign folder itself.")
        if not file.is_bad("layer", at, "file"):
            shapes, properties = geojson.read(folder / entry.file)
    except InputError as error:
        file.add(("layer", at, "file"), str(error))
    names = tuple((str(values.get("name") or ""), _names(values)) for values in properties)
    return Layer(
        entry.role,
        entry.title.main,
        shapes,
        names,
        titles=entry.title.others,
        schematic=entry.schematic,
        attribution=entry.attribution,
        licence=entry.licence,
    )


def _names(properties: dict[str, Any]) -> dict[str, str]:  # Any: JSON
    """The names of a shape in other languages: properties such as ``name_ar``, by tag."""
    tags = {
        key.removeprefix("name_"): str(name) for key, name in properties.items() if key.startswith("name_") and name
    }
    return {tag: name for tag, name in tags.items() if LANGUAGE_TAG.fullmatch(tag)}
