"""Encode places, events, the opening state and the changes as columns of the data block.

What one table says of another is predicted from it, and only exceptions are stored: a place lies in its first cell, a
change has its event's day and place (``player/src/codec/tables.js``).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from territory.render.codec import event_places
from territory.render.codec.geometry import Numbering
from territory.render.codec.writer import Writer

POINT_STEP = 1e-5  # degrees: resolution of events' own points and of the base map, whatever the grid of the arcs
AT_PLACE, NO_POINT, OWN_POINT = 0, 1, 2
EVENT_CATEGORIES = (
    "kind", "actor", "against", "sources", "claimed_by", "reported", "confidence", "counts", "note", "outcome",
)  # fmt: skip

Payload = dict[str, Any]  # Any: JSON


def write_places(writer: Writer, payload: Payload, numbering: Numbering) -> None:
    """Write the gazetteer. A place's cell is the first that has it as its place, or an exception."""
    places = payload["places"]
    writer.numbered_texts("place_id", [place["id"] for place in places])
    writer.numbered_texts("place_name", [place["name"] for place in places])
    campaign = payload["campaign"]
    others = [f"name_{tag}" for tag in campaign["languages"] if tag != campaign["language"]]
    for column in (*others, "aliases", "kind", "approximate"):
        writer.categories(f"place_{column}", [place[column] for place in places])
    cells_of = _cells_by_place(payload, numbering)
    first = [cells_of[row][0] if row in cells_of else -1 for row in range(len(places))]
    own = [int(numbering.cell[place["cell"]]) if place["cell"] >= 0 else -1 for place in places]
    exceptions = [row for row, cell in enumerate(own) if cell != first[row]]
    writer.deltas(exceptions)
    writer.unsigned([own[row] + 1 for row in exceptions])  # index + 1; 0 means none


def _cells_by_place(payload: Payload, numbering: Numbering) -> dict[int, list[int]]:
    """Cell numbers of every place, ascending; those of no place under -1."""
    cells: dict[int, list[int]] = {}
    for cell, place in sorted(zip(numbering.cell.tolist(), payload["cells"]["place"], strict=True)):
        cells.setdefault(place, []).append(cell)
    return cells


def write_events(writer: Writer, payload: Payload, numbering: Numbering) -> None:
    """Write the events. A date is stored where it says more than the day, a point where it is not the place's."""
    events = payload["events"]
    first = np.datetime64(payload["campaign"]["first_day"])
    writer.numbered_texts("event_id", [event["id"] for event in events])
    writer.deltas([0 if event["day"] is None else event["day"] + 1 for event in events])  # day + 1; 0 means none
    days = [None if event["day"] is None else str(first + event["day"]) for event in events]
    dates = ["" if event["date"] == day else event["date"] for event, day in zip(events, days, strict=True)]
    writer.categories("event_date", dates)
    writer.unsigned([event["early"] for event in events])
    writer.unsigned([event["late"] for event in events])
    for column in EVENT_CATEGORIES:
        writer.categories(f"event_{column}", [event[column] for event in events])
    subjects = [
        (event["kind"], event["place"], *((event[side] or [-1])[0] for side in ("actor", "against")))
        for event in events
    ]
    codes, offsets = event_places.encode(_cluster(payload), subjects, numbering.place_rank.tolist())
    writer.unsigned(codes)
    writer.split_bytes(offsets)
    _write_points(writer, payload)
    writer.unsigned([event["alternative_to"] + 1 for event in events])  # index + 1; 0 means none


def _cluster(payload: Payload) -> event_places.Cluster:
    """An empty cluster of places, with the neighbours that each has across an arc."""
    grid, arcs, place_of = payload["grid"], payload["arcs"], [*payload["cells"]["place"], -1]
    corner = (grid["lon0"], grid["lat0"])
    lonlat = np.array([(place["lon"], place["lat"]) for place in payload["places"]], dtype=np.float64).reshape(-1, 2)
    neighbours: list[set[int]] = [set() for _ in payload["places"]]
    for left, right in zip(arcs["left"], arcs["right"], strict=True):
        one, other = place_of[left], place_of[right]
        if one >= 0 and other >= 0 and one != other:
            neighbours[one].add(other)
            neighbours[other].add(one)
    xy = np.rint((lonlat - corner) / grid["step"]).astype(np.int64).tolist()
    return event_places.Cluster(xy, [sorted(own) for own in neighbours], (grid["lat0"], grid["step"]))


def _write_points(writer: Writer, payload: Payload) -> None:
    events, grid = payload["events"], payload["grid"]
    kinds = [_point_kind(event, payload["places"]) for event in events]
    writer.unsigned(kinds)
    own = [(event["lon"], event["lat"]) for event, kind in zip(events, kinds, strict=True) if kind == OWN_POINT]
    corner = (grid["lon0"], grid["lat0"])
    writer.signed(np.rint((np.array(own).reshape(-1, 2) - corner) / POINT_STEP).astype(np.int64))


def _point_kind(event: Payload, places: list[Payload]) -> int:
    if event["lon"] is None or event["lat"] is None:
        return NO_POINT
    place = places[event["place"]] if event["place"] >= 0 else None
    return AT_PLACE if place and (event["lon"], event["lat"]) == (place["lon"], place["lat"]) else OWN_POINT


def write_opening(writer: Writer, payload: Payload, numbering: Numbering) -> None:
    """Write the state as the first day opens, by cell; its event is as a rule the first that names the cell's place."""
    state, places = payload["baseline"], payload["cells"]["place"]
    order = np.argsort(numbering.cell).tolist()
    writer.categories("opening", [[state[name][cell] for name in ("controller", "status", "rival")] for cell in order])
    first: dict[int, int] = {}
    for row, event in enumerate(payload["events"]):
        first.setdefault(event["place"], row)
    writer.unsigned([  # 0: that first event; else index + 2, 1 means none
        0 if state["event"][cell] == first.get(places[cell], -1) else 2 + state["event"][cell] for cell in order
    ])  # fmt: skip


def write_changes(writer: Writer, payload: Payload, numbering: Numbering) -> None:
    """Write the changes, by event; the day is as a rule the event's, the cell one of its place's."""
    changes, events = payload["changes"], payload["events"]
    writer.deltas(changes["event"])
    writer.signed([
        day - (events[event]["day"] or 0) for day, event in zip(changes["day"], changes["event"], strict=True)
    ])  # fmt: skip
    cells_of = _cells_by_place(payload, numbering)
    located = {cell: (place, at) for place, own in cells_of.items() for at, cell in enumerate(own)}
    among, exceptions = [], []  # index + 1 among the cells of the event's place; 0 means another cell
    for cell, event in zip(numbering.cell[changes["cell"]].tolist(), changes["event"], strict=True):
        place, at = located[cell]
        among.append(at + 1 if place >= 0 and place == events[event]["place"] else 0)
        if not among[-1]:
            exceptions.append(cell)
    writer.unsigned(among)
    writer.deltas(exceptions)
    columns = zip(changes["controller"], changes["status"], changes["rival"], strict=True)
    writer.categories("state", [list(state) for state in columns])
