"""Test timelines drawn as text: a grid of square cells near the equator, one letter for the holder of each, by day.

    A alpha   B bravo   W bravo's wing   C charlie   . unknown   o nobody
    a, b, w, c  held by the same, and contested: by bravo if alpha holds it, else by alpha

Cells are numbered in reading order, and so are places p0, p1 ..., one in the middle of each. With the size of a tenth
of a degree a side is 11.13 km from west to east and 11.06 km from south to north, and a cell has 123.1 km2; the rows
lie evenly on both sides of the equator.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np
import shapely
from hypothesis import settings
from hypothesis import strategies as st
from worlds import ACTORS, FIRST_DAY

from territory.api import Timeline
from territory.records import dates
from territory.records.actors import Actors
from territory.records.campaign import Campaign
from territory.records.events import Event, Events
from territory.records.gazetteer import Gazetteer, Place
from territory.records.layers import Layer
from territory.records.schema.partitions import PlacesSpec
from territory.records.sources import Source, Sources
from territory.space.partition import Partition, from_cells
from territory.timeline.fold import fold

few_examples = settings(max_examples=25)  # a drawn timeline costs some 20 ms
CODES = {"A": 2, "B": 3, "W": 4, "C": 5}
RIVAL = {"A": 3, "B": 2, "W": 2, "C": 2}
LAST_DAY = 9


def on(number: int) -> str:
    """Day 0 is the first day of the period, day 9 the last."""
    return str(FIRST_DAY + timedelta(days=number))


def cells_of(drawing: str) -> list[str]:
    """Letters of the cells, in reading order."""
    return list("".join(drawing.split()))


def width_of(drawing: str) -> int:
    return len(drawing.split()[0])


def squares(drawing: str, size: float = 0.1) -> list[shapely.Polygon]:
    """The grid of a drawing, in reading order."""
    rows, width = drawing.split(), width_of(drawing)
    top = len(rows) * size / 2
    return [
        shapely.box(col * size, top - (row + 1) * size, (col + 1) * size, top - row * size)
        for row in range(len(rows))
        for col in range(width)
    ]


def events_between(drawings: Mapping[int, str]) -> list[Event]:
    """Events that lead from each drawing to the next; ``d3-7`` is that of cell 7 on day 3."""
    events: list[Event] = []
    before = ["."] * len(cells_of(next(iter(drawings.values()))))
    for number, drawing in sorted(drawings.items()):
        after = cells_of(drawing)
        for cell, (prev, now) in enumerate(zip(before, after, strict=True)):
            if prev != now:
                events += _steps(number, cell, prev, now)
        before = after
    return events


def _steps(number: int, cell: int, prev: str, now: str) -> list[Event]:
    """Events that change the letter of a cell on a day."""

    def make(part: str, kind: str, actor: int = 0, seq: int = 0) -> Event:
        actors = (actor,) if actor else ()
        return Event(
            f"d{number}-{cell}{part}", dates.parse(on(number)), kind, cell, 0.0, 0.0, actors, sources=(0,), seq=seq
        )

    if now == ".":
        raise ValueError("A drawing cannot make known ground unknown again.")
    if now == "o":
        taken = [make("a", "capture", 2)] if prev == "." else []
        return [*taken, make("", "withdrawal", CODES.get(prev.upper(), 2), 1)]
    holder = now.upper()
    events = [] if prev.upper() == holder else [make("", "capture" if number else "baseline", CODES[holder])]
    if now.islower():
        events.append(make("x", "contest_start", RIVAL[holder], 1))
    elif prev == now.lower():
        events.append(make("", "contest_end"))
    return events


def gazetteer(drawing: str, size: float = 0.1, admin1: Sequence[str] = ()) -> Gazetteer:
    centres = [shapely.centroid(square) for square in squares(drawing, size)]
    admin = admin1 or [""] * len(centres)
    return Gazetteer.of([Place(f"p{n}", f"Place {n}", p.x, p.y, admin1=admin[n]) for n, p in enumerate(centres)])


def drawn(
    drawings: Mapping[int, str] | str,
    *,
    size: float = 0.1,
    admin1: Sequence[str] = (),
    roads: Mapping[str, Sequence[tuple[float, float]]] | None = None,
    partition: Partition | None = None,
    last_day: int = LAST_DAY,
) -> Timeline:
    """Timeline of drawings by day; a single drawing holds from day 0."""
    by_day = {0: drawings} if isinstance(drawings, str) else dict(drawings)
    drawing = by_day[min(by_day)]
    places = gazetteer(drawing, size, admin1)
    shapes = np.array(squares(drawing, size), dtype=object)
    lines = np.array([shapely.LineString(line) for line in (roads or {}).values()], dtype=object)
    layers = (Layer("road", "Roads", lines, tuple((name, {}) for name in roads)),) if roads else ()
    west, south, east, north = shapely.total_bounds(shapes)
    campaign = Campaign(
        id="drawn",
        title="A drawn world",
        first_day=FIRST_DAY,
        last_day=date.fromisoformat(on(last_day)),
        baseline=FIRST_DAY,
        extent=(float(west), float(south), float(east), float(north)),
        partition_spec=PlacesSpec(crs="EPSG:32637"),
        actors=Actors.of(ACTORS),
        places=places,
        sources=Sources.of([Source("s", "A report", "The Paper")]),
        events=Events.of(events_between(by_day)),
        layers=layers,
    )
    cut = partition or from_cells(shapes, np.arange(len(shapes), dtype=np.int32), places, {})
    return fold(campaign, cut, kind=Timeline)


@st.composite
def drawings(draw: st.DrawFn, letters: str = "ABWCoab", days: int = 3, largest: int = 4) -> dict[int, str]:
    """Random drawings: up to ``days`` drawings of one grid on the days 0, 1, 2 ..., all ground known."""
    height, width = draw(st.integers(1, largest)), draw(st.integers(1, largest))
    count = draw(st.integers(1, days))
    row = st.text(st.sampled_from(letters), min_size=width, max_size=width)
    return {day: "\n".join(draw(row) for _ in range(height)) for day in range(count)}
