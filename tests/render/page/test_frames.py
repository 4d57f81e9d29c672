"""Frames of a large world: a day reached by steps has the pixels of the day painted anew, and shows what vectors do."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

# The shipped campaign, treated as a world of a hundred thousand arcs.
LARGE = """() => {
  const { map, player } = window.territory;
  const { layer } = player;
  layer.large = true;
  layer.canvases.fade = () => {};
  map.setView([35.85, 36.5], 9, { animate: false });
  const pixels = () => {
    const { canvas } = layer.canvases.contexts.cells;
    return layer.canvases.contexts.cells.getImageData(0, 0, canvas.width, canvas.height).data;
  };
  window.frames = { layer, player, pixels };
}"""
STEPS = """days => days.map((day) => {
  const { layer, player, pixels } = window.frames;
  player.days.goTo(day);
  const stepped = pixels();
  layer.picture.raster.filled += 1;
  layer.paintRaster();
  const anew = pixels();
  let other = 0;
  for (let i = 0; i < anew.length; i += 1) if (anew[i] !== stepped[i]) other += 1;
  return other;
})"""
# Both on the land's own paper: where they differ by more than a soft edge can, they show different ground.
VECTORS = """day => {
  const { layer, player, pixels } = window.frames;
  for (const sign of ['events', 'names']) player.filter.signs.add(sign);
  player.days.goTo(day);
  const quick = pixels();
  layer.paintVectors();
  const { vectors, over } = layer.canvases.contexts;
  vectors.setTransform(1, 0, 0, 1, 0, 0);
  vectors.drawImage(over.canvas, 0, 0);
  const { width, height } = vectors.canvas;
  const shown = vectors.getImageData(0, 0, width, height).data;
  if (shown.length !== quick.length) return 1;
  let other = 0;
  for (let i = 0; i < quick.length; i += 4) {
    const apart = Math.max(...[0, 1, 2, 3].map((k) => Math.abs(quick[i + k] - shown[i + k])));
    if (apart > 60) other += 1;
  }
  return other / (quick.length / 4);
}"""


@pytest.fixture
def frames(idlib, tmp_path, visit):
    seen = visit(idlib.to_html(tmp_path / "page.html"))
    seen.page.evaluate(LARGE)
    return seen.page


def test_a_day_reached_by_steps_and_jumps_has_the_pixels_of_the_day_painted_anew(frames):
    days = [*range(20, 75, 3), 30, 210, 0, 87, 88, 87, 273]
    assert frames.evaluate(STEPS, days) == [0] * len(days)


def test_the_raster_shows_what_the_vectors_show(frames):
    # Smoothing moves the front by a pixel or so, and the front before is dashed or a line: no more than that.
    for day in (27, 55, 88, 192):
        assert frames.evaluate(VECTORS, day) < 0.02
