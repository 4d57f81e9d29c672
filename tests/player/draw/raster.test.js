// The raster of cell ids: every pixel of a view belongs to the cell that its centre lies in.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Raster } from '../../../territory/player/src/draw/raster.js';
import { cellAt } from '../../../territory/player/src/world/cell_at.js';
import { decode } from '../../../territory/player/src/world/decode.js';
import { payload } from '../tiny_world.js';

const world = decode(payload());
const [left, top] = [world.plane.x(0), world.plane.y(1)];
const [right, bottom] = [world.plane.x(4), world.plane.y(0)];

/** A view in which the world lies with a margin of 5 pixels, cut off on the left by `cut`. */
function viewOf(cut = 0) {
  const scale = 90 / (right - left);
  return {
    scale,
    dx: 5 - cut - left * scale,
    dy: 5 - top * scale,
    width: 100 - cut,
    height: Math.ceil((bottom - top) * scale) + 10,
    dpr: 1,
  };
}

test('every pixel knows the cell that its centre lies in, and outside is outside', () => {
  for (const cut of [0, 33]) {
    const view = viewOf(cut);
    const raster = new Raster(world.arcs, world.cells.place.length);
    raster.fill(view);
    for (let y = 0; y < view.height; y += 1) {
      for (let x = 0; x < view.width; x += 1) {
        const wanted = cellAt(world, (x + 0.5 - view.dx) / view.scale, (y + 0.5 - view.dy) / view.scale);
        assert.equal(raster.at(x, y), wanted, `pixel ${x}, ${y} cut by ${cut}`);
      }
    }
    assert.equal(raster.at(-1, 5), -1);
    assert.equal(raster.at(view.width, 5), -1);
  }
});

test('a buffer never holds more pixels than can be looked up in a frame', () => {
  const raster = new Raster(world.arcs, world.cells.place.length);
  raster.fill({ ...viewOf(), width: 4000, height: 3000, dpr: 3 });
  assert.ok(raster.ids.length < 1_700_000);
});
