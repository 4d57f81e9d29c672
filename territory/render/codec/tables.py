"""Encode places, events, the opening state and the changes as columns of the data block.

What one table says of another is predicted from it, and only exceptions are stored: a place lies in its first cell, a
change has its event's day and place (``player/src/codec/tables.js``).
"""

from __future__ import annotations

import numpy as np

from territory._util.ragged import Groups, counters
from territory.render.codec import event_places
from territory.render.codec.geometry import Numbering
from territory.render.codec.gridded import Grid
from territory.render.codec.payload import POINT_STEP, Payload
from territory.render.codec.record_columns import NO_DAY, EventColumns, PlaceColumns
from territory.render.codec.writer import Writer

AT_PLACE, NO_POINT, OWN_POINT = 0, 1, 2
EVENT_CATEGORIES = ("kind", "actor", "against", "sources", "claimed_by", "reported", "confidence")


def write_places(writer: Writer, payload: Payload, numbering: Numbering) -> None:
    """Write the gazetteer. A place's cell is the first that has it as its place, or an exception."""
    places = payload.places
    writer.numbered_texts("place_id", places.id)
    writer.numbered_texts("place_name", places.name)
    for language, names in places.translated.items():
        writer.categories(f"place_name_{language}", names)
    for column in ("aliases", "kind", "approximate"):
        writer.categories(f"place_{column}", getattr(places, column))
    cells = _cells_by_place(payload, numbering)
    begin, stop = cells.offset[:-1], cells.offset[1:]
    first = np.full(len(places), -1, dtype=np.int64)
    first[begin < stop] = cells.item[begin[begin < stop]]
    own = np.append(numbering.cell, -1)[places.cell]
    exceptions = np.flatnonzero(own != first)
    writer.deltas("place_cell_row", exceptions)
    writer.unsigned("place_cell", own[exceptions] + 1)  # index + 1; 0 means none


def _cells_by_place(payload: Payload, numbering: Numbering) -> Groups:
    """New numbers of the cells of every place, ascending."""
    place = payload.cells.place[np.argsort(numbering.cell)]
    order = np.argsort(place, kind="stable")
    count = np.bincount(place + 1, minlength=len(payload.places) + 1)
    return Groups(np.cumsum(count) - count[0], order[count[0] :])


def write_events(writer: Writer, payload: Payload, numbering: Numbering) -> None:
    """Write the events. A date is stored where it says more than the day, a point where it is not the place's."""
    events = payload.events
    writer.numbered_texts("event_id", events.id)
    writer.deltas("event_day", events.day + 1)  # day + 1; 0 means none
    writer.categories("event_date", _dates(events, payload.first_day))
    writer.unsigned("event_early", events.early)
    writer.unsigned("event_late", events.late)
    for column in EVENT_CATEGORIES:
        writer.categories(f"event_{column}", getattr(events, column))
    writer.categories("event_counts", events.counts, as_json=dict)
    writer.categories("event_note", events.note)
    writer.categories("event_outcome", events.outcome)
    old = np.argsort(numbering.arc)  # arcs in their new order
    sides = np.append(payload.cells.place, -1)[np.stack([payload.arcs.left, payload.arcs.right], axis=1)[old]]
    near = event_places.neighbours(sides, len(payload.places))
    codes, offsets = event_places.encode(events.place, near, numbering.place_rank)
    writer.unsigned("event_place", codes)
    writer.split_bytes("event_place_offset", offsets)
    _write_points(writer, events, payload.places, payload.grid)
    writer.unsigned("event_alternative_to", events.alternative_to + 1)  # index + 1; 0 means none


def _dates(events: EventColumns, first_day: np.datetime64) -> list[str]:
    """The recorded date of every event, empty where it is the day."""
    days = np.datetime_as_string(first_day + events.day).tolist()
    told = zip(events.date, days, (events.day != NO_DAY).tolist(), strict=True)
    return ["" if known and date == day else date for date, day, known in told]


def _write_points(writer: Writer, events: EventColumns, places: PlaceColumns, grid: Grid) -> None:
    lonlat = np.append(places.lonlat, [[np.inf, np.inf]], axis=0)  # index -1, no place, takes the last
    kind = np.full(len(events), OWN_POINT)
    kind[(events.lonlat == lonlat[events.place]).all(axis=1)] = AT_PLACE
    kind[np.isnan(events.lonlat).any(axis=1)] = NO_POINT
    writer.unsigned("event_point", kind)
    points = Grid(grid.lon0, grid.lat0, POINT_STEP).steps(events.lonlat[kind == OWN_POINT])
    writer.signed("event_own_point", points)


def write_opening(writer: Writer, payload: Payload, numbering: Numbering) -> None:
    """Write the state as the first day opens, by cell; its event is as a rule the first that names the cell's place."""
    state, order = payload.opening, np.argsort(numbering.cell)
    writer.states("opening_state", state.controller[order], state.status[order], state.rival[order])
    named = payload.events.place
    first = np.full(len(payload.places) + 1, -1, dtype=np.int64)  # index -1, no place, takes the last
    first[named[::-1]] = np.arange(len(named))[::-1]
    first[-1] = -1
    event = state.event[order].astype(np.int64)
    usual = event == first[payload.cells.place[order]]
    writer.unsigned("opening_event", np.where(usual, 0, event + 2))  # 0: that first event; else index + 2, 1 means none


def write_changes(writer: Writer, payload: Payload, numbering: Numbering) -> None:
    """Write the changes, by event; the day is as a rule the event's, the cell one of its place's."""
    changes, events = payload.changes, payload.events
    day = (changes.day - payload.first_day).astype(np.int64)
    writer.deltas("change_event", changes.event)
    writer.signed("change_day", day - np.maximum(0, events.day[changes.event]))
    cells = _cells_by_place(payload, numbering)
    at = np.empty(len(payload.cells), dtype=np.int64)  # index of every cell among the cells of its place
    at[cells.item] = counters(np.diff(cells.offset))
    cell, place = numbering.cell[changes.cell], payload.cells.place[changes.cell]
    among = (place >= 0) & (place == events.place[changes.event])
    # index + 1 among the cells of the event's place; 0 means another cell
    writer.unsigned("change_cell", np.where(among, at[cell] + 1, 0))
    writer.deltas("change_other_cell", cell[~among])
    writer.states("change_state", changes.controller, changes.status, changes.rival)
