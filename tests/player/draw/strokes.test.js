// Lines in the raster: as wide as asked, soft at the edge, the same wherever they come from, and gone when cleared.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Strokes } from '../../../territory/player/src/draw/strokes.js';

const VIEW = { scale: 1, dx: 0, dy: 0 };
const WHITE = 0xffffffff;
const BLACK = [{ colour: [0, 0, 0], half: 1, strength: 1 }];

/** Arcs from lists of x, y. */
function arcsOf(...lines) {
  const at = [0];
  for (const line of lines) at.push(at.at(-1) + line.length / 2);
  return { xy: Float64Array.from(lines.flat()), at: Int32Array.from(at) };
}

function drawn(arcs, some, paper = WHITE, reach = 1.5) {
  const strokes = new Strokes();
  strokes.resize(40, 30);
  strokes.trace(arcs, some, VIEW, reach);
  const pixels = new Uint32Array(1200).fill(paper);
  strokes.ink(pixels, BLACK, reach);
  return { strokes, pixels, at: (x, y) => pixels[y * 40 + x] >>> 0 };
}

test('the distance kept is that of the nearest line, to a hundredth of the reach', () => {
  const line = [3.3, 4.1, 21.7, 9.2, 22.1, 25.9];
  const { strokes } = drawn(arcsOf(line), [0], WHITE, 4);
  for (let pixel = 0; pixel < 1200; pixel += 1) {
    const [x, y] = [(pixel % 40) + 0.5, Math.floor(pixel / 40) + 0.5];
    const distance = Math.min(
      ...[0, 2].map((k) => {
        const [x1, y1, x2, y2] = line.slice(k, k + 4);
        const share = Math.max(
          0,
          Math.min(1, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / ((x2 - x1) ** 2 + (y2 - y1) ** 2)),
        );
        return Math.hypot(x - x1 - share * (x2 - x1), y - y1 - share * (y2 - y1));
      }),
    );
    if (distance > 4) assert.equal(strokes.near[pixel], 255);
    else assert.ok(Math.abs((strokes.near[pixel] + 0.5) / 254 - (distance / 4) ** 2) < 0.01, `pixel ${x}, ${y}`);
  }
});

test('ink is full within its width and none beyond half a pixel more', () => {
  const { at } = drawn(arcsOf([-5, 10, 45, 10]), [0]);
  assert.equal(at(20, 9), 0xff000000);
  assert.equal(at(20, 10), 0xff000000);
  assert.equal(at(20, 7), WHITE);
  assert.equal(at(20, 12), WHITE);
});

test('two arcs that meet leave no darker spot: the pixels are those of one line', () => {
  const whole = drawn(arcsOf([4, 5, 20, 17, 36, 8]), [0]);
  const parts = drawn(arcsOf([4, 5, 20, 17], [20, 17, 36, 8]), [1, 0]);
  assert.deepEqual(parts.pixels, whole.pixels);
});

test('a line that runs off the picture touches nothing outside of it', () => {
  const { strokes } = drawn(arcsOf([-100, -80, 100, 90], [35, 28, 90, 28], [50, 50, 60, 60]), [0, 1, 2]);
  assert.ok(strokes.count > 0);
  for (const pixel of strokes.touched.subarray(0, strokes.count)) assert.ok(pixel >= 0 && pixel < 1200);
});

test('on clear paper a line has its own colour and no more cover than it needs', () => {
  const { at } = drawn(arcsOf([0, 10.25, 40, 10.25]), [0], 0);
  assert.equal(at(20, 10), 0xff000000);
  assert.ok(at(20, 8) >>> 24 < 255 && (at(20, 8) & 0xffffff) === 0);
  assert.equal(at(20, 5), 0);
});

test('cleared strokes know of no pixel', () => {
  const { strokes } = drawn(arcsOf([4, 5, 20, 17]), [0]);
  strokes.clear();
  assert.equal(strokes.count, 0);
  assert.ok(strokes.near.every((near) => near === 255));
});
