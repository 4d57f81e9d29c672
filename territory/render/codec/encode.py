"""A built payload as one text for the page: the ground, then the records, column by column (codec/unpack.js)."""

from __future__ import annotations

from typing import Any

import numpy as np

from territory.render.codec import event_places, geometry
from territory.render.codec.geometry import Ground
from territory.render.codec.packer import Packer, envelope

POINT = 1e-5  # degrees: how exactly the points of records and the lines of layers are told
AS_PLACE, NO_POINT, OWN_POINT = 0, 1, 2
WORDS = (
    "kind", "actor", "against", "sources", "claimed_by", "reported", "confidence", "counts", "note", "outcome",
)  # fmt: skip
HEAD = ("version_of", "campaign", "actors", "statuses", "grid", "sources", "chapters")

Built = dict[str, Any]  # Any: JSON


def pack(built: Built) -> bytes:
    """The bytes of a payload; the same payload gives the same bytes."""
    packer = Packer()
    packer.texts |= {name: built[name] for name in HEAD}
    told = geometry.write(packer, built)
    for part in (_places, _events, _opening, _changes, _notes):
        part(packer, built, told)
    _layers(packer, built)
    return packer.bytes()


def numbers(built: Built) -> Ground:
    """Which numbers cells, arcs and places get: the player's own, in the order of the walk."""
    return geometry.write(Packer(), built)


def dumps(built: Built) -> str:
    """The payload as text that is inert inside a script element of any kind."""
    return envelope(pack(built))


def _places(packer: Packer, built: Built, numbers: Ground) -> None:
    places = built["places"]
    packer.names("place_id", [place["id"] for place in places])
    packer.names("place_name", [place["name"] for place in places])
    for column in ("name_ar", "aliases", "kind", "approximate"):
        packer.words(f"place_{column}", [place[column] for place in places])
    # A place lies in the first cell for which it speaks, or in one that is told: one more than its number, 0 for none.
    spoken = _first_cells(built, numbers)
    homes = [int(numbers.cell[place["cell"]]) if place["cell"] >= 0 else -1 for place in places]
    odd = [row for row, home in enumerate(homes) if home != spoken.get(row, -1)]
    packer.steps(odd)
    packer.numbers([homes[row] + 1 for row in odd])


def _first_cells(built: Built, numbers: Ground) -> dict[int, int]:
    first: dict[int, int] = {}
    for cell, place in sorted(zip(numbers.cell.tolist(), built["cells"]["place"], strict=True)):
        first.setdefault(place, cell)
    return first


def _events(packer: Packer, built: Built, numbers: Ground) -> None:
    events = built["events"]
    first = np.datetime64(built["campaign"]["first_day"])
    packer.names("event_id", [event["id"] for event in events])
    packer.steps([0 if event["day"] is None else event["day"] + 1 for event in events])
    plain = [None if event["day"] is None else str(first + event["day"]) for event in events]
    dates = ["" if event["date"] == day else event["date"] for event, day in zip(events, plain, strict=True)]
    packer.words("event_date", dates)
    packer.numbers([event["early"] for event in events])
    packer.numbers([event["late"] for event in events])
    for column in WORDS:
        packer.words(f"event_{column}", [event[column] for event in events])
    records = [
        (event["kind"], event["place"], *((event[side] or [-1])[0] for side in ("actor", "against")))
        for event in events
    ]
    codes, jumps = event_places.told(_patch(built), records, numbers.rank.tolist())
    packer.numbers(codes)
    packer.planes(jumps)
    points = [_point(event, built["places"]) for event in events]
    packer.numbers(points)
    own = [(event["lon"], event["lat"]) for event, point in zip(events, points, strict=True) if point == OWN_POINT]
    corner = (built["grid"]["lon0"], built["grid"]["lat0"])
    packer.signed(np.rint((np.array(own).reshape(-1, 2) - corner) / POINT).astype(np.int64))
    packer.numbers([event["alternative_to"] + 1 for event in events])


def _patch(built: Built) -> event_places.Patch:
    """Places with their neighbours, in the order in which the arcs of the payload tell them."""
    grid, arcs, speaks = built["grid"], built["arcs"], [*built["cells"]["place"], -1]
    corner = (grid["lon0"], grid["lat0"])
    lonlat = np.array([(place["lon"], place["lat"]) for place in built["places"]], dtype=np.float64).reshape(-1, 2)
    neighbours: list[set[int]] = [set() for _ in built["places"]]
    for left, right in zip(arcs["left"], arcs["right"], strict=True):
        one, other = speaks[left], speaks[right]
        if one >= 0 and other >= 0 and one != other:
            neighbours[one].add(other)
            neighbours[other].add(one)
    xy = np.rint((lonlat - corner) / grid["step"]).astype(np.int64).tolist()
    return event_places.Patch(xy, [sorted(own) for own in neighbours], (grid["lat0"], grid["step"]))


def _point(event: Built, places: list[Built]) -> int:
    if event["lon"] is None or event["lat"] is None:
        return NO_POINT
    place = places[event["place"]] if event["place"] >= 0 else None
    return AS_PLACE if place and (event["lon"], event["lat"]) == (place["lon"], place["lat"]) else OWN_POINT


def _opening(packer: Packer, built: Built, numbers: Ground) -> None:
    """The state as the first day opens, by cell; its record is as a rule the first that names the cell's place."""
    state, places = built["baseline"], built["cells"]["place"]
    order = np.argsort(numbers.cell).tolist()
    packer.words("opening", [[state[name][cell] for name in ("controller", "status", "rival")] for cell in order])
    first: dict[int, int] = {}
    for row, event in enumerate(built["events"]):
        first.setdefault(event["place"], row)
    packer.numbers([
        0 if state["event"][cell] == first.get(places[cell], -1) else 2 + state["event"][cell] for cell in order
    ])  # fmt: skip


def _changes(packer: Packer, built: Built, numbers: Ground) -> None:
    """Changes by their records: the day is as a rule the record's, the cell one of its place's."""
    changes, events = built["changes"], built["events"]
    packer.steps(changes["event"])
    packer.signed([
        day - (events[event]["day"] or 0) for day, event in zip(changes["day"], changes["event"], strict=True)
    ])  # fmt: skip
    cells: dict[int, list[int]] = {}
    for cell, place in sorted(zip(numbers.cell.tolist(), built["cells"]["place"], strict=True)):
        cells.setdefault(place, []).append(cell)
    rank = {cell: (place, at) for place, own in cells.items() for at, cell in enumerate(own)}
    told, other = [], []
    for cell, event in zip(numbers.cell[changes["cell"]].tolist(), changes["event"], strict=True):
        place, at = rank[cell]
        told.append(at + 1 if place >= 0 and place == events[event]["place"] else 0)
        if not told[-1]:
            other.append(cell)
    packer.numbers(told)
    packer.steps(other)
    columns = zip(changes["controller"], changes["status"], changes["rival"], strict=True)
    packer.words("state", [list(state) for state in columns])


def _notes(packer: Packer, built: Built, numbers: Ground) -> None:
    """Cells that are inferred, and when cells were stale: cell, first day, number of days."""
    packer.steps(sorted(numbers.cell[built["cells"]["inferred"]].tolist()))
    cell, begin, end = (built["stale"][name] for name in ("cell", "from", "to"))
    stale = sorted(zip(numbers.cell[cell].tolist(), begin, end, strict=True))
    packer.steps([row[0] for row in stale])
    packer.numbers([row[1] for row in stale])
    packer.numbers([row[2] - row[1] for row in stale])


def _layers(packer: Packer, built: Built) -> None:
    """Lines and rings of the base map, in steps of ``POINT``, whatever the grid of the arcs."""
    packer.texts["layers"] = [
        {**layer, "polygons": [[len(ring) // 2 for ring in rings] for rings in layer["polygons"]],
         "lines": [len(line) // 2 for line in layer["lines"]]}
        for layer in built["layers"]
    ]  # fmt: skip
    lines = [
        line
        for layer in built["layers"]
        for line in (*(ring for rings in layer["polygons"] for ring in rings), *layer["lines"])
    ]
    steps = np.array([step for line in lines for step in line], dtype=np.int64).reshape(-1, 2)
    packer.planes(steps[:, 0])
    packer.planes(steps[:, 1])
