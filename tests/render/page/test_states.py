"""Every state looks like itself: in colour, in grey, and with three kinds of colour blindness."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
import shapely
from worlds import day, event, folded, row_of_places

from territory.api import Timeline
from territory.records.actors import Actor, Actors
from territory.records.events import Events
from territory.records.kinds import Status
from territory.render import palette_check
from territory.render.page import html
from territory.space.partition import from_cells
from territory.timeline.changes import Changes, Mentions

pytestmark = pytest.mark.browser

# The palette of the shipped campaign: brick, green, near black, ochre.
SIDES = (
    Actor("alpha", "Alpha", {}, "#ac341f"),
    Actor("bravo", "Bravo", {}, "#66b9a1"),
    Actor("charlie", "Charlie", {}, "#2a2733"),
    Actor("delta", "Delta", {}, "#f3d25b"),
)
UNKNOWN, NONE, ALPHA, BRAVO, CHARLIE, DELTA = range(6)
# One cell each, west to east: what it shows on the sixth day.
CELLS = {
    "alpha": (ALPHA, Status.CONTROL, 0),
    "none": (NONE, Status.CONTROL, 0),
    "bravo": (BRAVO, Status.CONTROL, 0),
    "unknown": (UNKNOWN, Status.CONTROL, 0),
    "charlie": (CHARLIE, Status.CONTROL, 0),
    "contested": (ALPHA, Status.CONTESTED, BRAVO),
    "delta": (DELTA, Status.CONTROL, 0),
    "stale": (ALPHA, Status.CONTESTED, BRAVO),
    "none again": (NONE, Status.CONTROL, 0),
    "besieged": (ALPHA, Status.BESIEGED, BRAVO),
    "unknown again": (UNKNOWN, Status.CONTROL, 0),
    "claimed": (ALPHA, Status.CLAIMED, BRAVO),
    "none once more": (NONE, Status.CONTROL, 0),
    "truce": (ALPHA, Status.TRUCE, BRAVO),
    "unknown once more": (UNKNOWN, Status.CONTROL, 0),
    "mixed": (ALPHA, Status.MIXED, BRAVO),
    "none at last": (NONE, Status.CONTROL, 0),
    "maybe": (ALPHA, Status.CONTROL, 0),
    "inferred": (ALPHA, Status.CONTROL, 0),
}
# Each side, and each state of Alpha's ground.
TOLD_APART = [
    "alpha", "bravo", "charlie", "delta", "unknown", "none",
    "contested", "stale", "besieged", "claimed", "truce", "mixed", "maybe", "inferred",
]  # fmt: skip
SHOWN, APART = 6, 4.0


@pytest.fixture(scope="module")
def states(tmp_path_factory):
    """A page with one square of every state, side by side."""
    count = len(CELLS)
    squares = np.array([shapely.box(n, 35, n + 1, 36) for n in range(count)], dtype=object)
    place = np.arange(count, dtype=np.int32)
    place[-1] = count - 2  # the last square is spoken for by the place in the one before
    part = from_cells(squares, place, row_of_places(count), {})
    world = folded([], count, actors=Actors.of(SIDES), stale_after_days=3)
    spoken = [n for n, name in enumerate(CELLS) if name in ("contested", "claimed")]
    changes, events = _changes(list(CELLS.values()), len(CELLS) - 2)
    mentions = Mentions(
        np.concatenate([changes.day[:count], np.full(len(spoken), np.datetime64(day(SHOWN)))]),
        np.concatenate([changes.cell[:count], np.array(spoken, dtype=np.int32)]),
        np.zeros(count + len(spoken), dtype=np.int32),
    )
    timeline = Timeline(replace(world.campaign, events=events), part, changes, ("take",) * len(events.all), mentions)
    path = tmp_path_factory.mktemp("states") / "states.html"
    path.write_text(html(timeline), encoding="utf-8")
    return path


def _changes(states, uncertain):
    """The opening, and one change by a record that names five days, the last of them the ninth."""
    opening = np.array(states, dtype=np.int8)
    count = len(states)
    records = [event(f"e{n}", 0, "baseline", n) for n in range(count)]
    records.append(event("late", f"{day(4)}/{day(8)}", "capture", uncertain, BRAVO))
    after = np.concatenate([opening, [[BRAVO, 0, 0]]]).astype(np.int8)
    before = np.concatenate([np.zeros_like(opening), opening[uncertain : uncertain + 1]])
    when = np.array([day(0)] * count + [day(8)], dtype="datetime64[D]")
    cell = np.array([*range(count), uncertain], dtype=np.int32)
    return Changes(when, cell, np.arange(count + 1, dtype=np.int32), *after.T.copy(), *before.T.copy()), Events.of(
        records
    )


# The picture of each square: the ground and what is drawn on it, without the names.
LOOK = """() => {
  const { map, player } = window.territory;
  const { layer, world } = player;
  map.setMinZoom(1);
  map.setView([35.5, 9.5], 6, { animate: false });
  layer.paintSigns = () => {};
  layer.paintDay();
  const { ground, vectors, over } = layer.canvases.contexts;
  const paper = document.createElement('canvas');
  [paper.width, paper.height] = [vectors.canvas.width, vectors.canvas.height];
  const context = paper.getContext('2d');
  for (const one of [ground, vectors, over]) context.drawImage(one.canvas, 0, 0);
  const { scale, dx, dy } = layer.view;
  const cells = {};
  world.places.forEach(({ id, lon, lat }) => {
    const side = (world.plane.x(lon + 0.5) - world.plane.x(lon - 0.5)) * scale;
    const left = Math.round(world.plane.x(lon) * scale + dx - side / 2);
    const top = Math.round(world.plane.y(36) * scale + dy);
    const size = Math.floor(side);
    cells[id] = { size, pixels: Array.from(context.getImageData(left, top, size, size).data) };
  });
  return cells;
}"""


def seen(picture, simulate):
    """What an eye can compare: the middle's colour, how it varies and how finely, and the same of the rim."""
    size = picture["size"]
    rgb = np.array(picture["pixels"], dtype=np.float64).reshape(size, size, 4)[..., :3]
    lab = palette_check.lab(simulate(rgb))
    margin = size // 4
    inner = lab[margin:-margin, margin:-margin]
    middle, grain = inner.reshape(-1, 3), np.abs(np.diff(inner, axis=1)).mean((0, 1))
    rim = np.concatenate([lab[0:4, margin:-margin].reshape(-1, 3), lab[-4:, margin:-margin].reshape(-1, 3)])
    return np.concatenate([middle.mean(0), middle.std(0), grain, rim.mean(0), rim.std(0)])


@pytest.mark.parametrize("eyes", list(palette_check.VISION))
def test_sides_and_states_stay_apart(states, visit, eyes):
    page = visit(states, f"#date={day(SHOWN)}", viewport={"width": 1700, "height": 700}).page
    pictures = page.evaluate(LOOK)
    looks = {name: seen(pictures[f"p{n}"], palette_check.VISION[eyes]) for n, name in enumerate(CELLS)}
    near = {
        f"{one} and {other}": round(float(np.linalg.norm(looks[one] - looks[other])), 1)
        for one, other in combinations(TOLD_APART, 2)
        if np.linalg.norm(looks[one] - looks[other]) < APART
    }
    assert near == {}


def test_colours_that_come_too_close_are_warned_of():
    assert palette_check.warnings(Actors.of(SIDES)) == []
    close = (*SIDES, Actor("echo", "Echo", {}, "#67b8a0"))
    assert any("Bravo" in said and "Echo" in said for said in palette_check.warnings(Actors.of(close)))
    # The same lightness: told apart by hue alone, and not in print.
    grey = (Actor("one", "One", {}, "#b03a2e"), Actor("two", "Two", {}, "#2e6fb0"))
    assert any("grey" in said for said in palette_check.warnings(Actors.of(grey)))
