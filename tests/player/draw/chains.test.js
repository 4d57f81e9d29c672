// The lines between grounds: closed around them, the same from both sides, and moved at no node.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chainsOf, drawChain, drawOutline } from '../../../territory/player/src/draw/chains.js';
import { decode } from '../../../territory/player/src/world/decode.js';
import { payload } from '../tiny_world.js';

const world = decode(payload());

test('the outline of a ground is closed rings around exactly its cells', () => {
  const side = (cell) => (cell === 1 || cell === 2 ? 1 : 0);
  const chains = chainsOf(
    world.arcs,
    (arc) => side(world.arcs.left[arc]),
    (arc) => side(world.arcs.right[arc]),
  );
  const pen = {
    calls: [],
    moveTo(...to) {
      this.calls.push(['M', ...to]);
    },
    lineTo(...to) {
      this.calls.push(['L', ...to]);
    },
    quadraticCurveTo() {
      throw new Error('outer borders are not smoothed');
    },
    closePath() {
      this.calls.push(['Z']);
    },
  };
  drawOutline(pen, chains, 1);
  const points = new Set(
    pen.calls.filter(([kind]) => kind !== 'Z').map(([, x, y]) => `${x.toFixed(6)} ${y.toFixed(6)}`),
  );
  assert.equal(pen.calls.filter(([kind]) => kind === 'M').length, 1);
  assert.equal(pen.calls.at(-1)[0], 'Z');
  assert.equal(points.size, 6);
});

test('both sides of a chain are drawn as one line: backwards is forwards reversed', () => {
  const chain = {
    points: Float64Array.from([0, 0, 2, 0, 2, 2, 4, 2]),
    closed: false,
    raw: false,
    left: 1,
    right: 2,
    start: 0,
    end: 1,
  };
  const middles = (reversed) => {
    const found = [];
    const pen = {
      moveTo() {},
      lineTo: (x, y) => found.push([x, y]),
      quadraticCurveTo: (_a, _b, x, y) => found.push([x, y]),
      closePath() {},
    };
    drawChain(pen, chain, reversed);
    return found.slice(0, -1);
  };
  assert.deepEqual(middles(false), middles(true).toReversed());
});

test('smoothing moves no node: a line begins and ends where it did, from either side, and stays within its own turns', () => {
  for (let trial = 1; trial <= 50; trial += 1) {
    const points = Float64Array.from(
      { length: 2 * (2 + (trial % 7)) },
      (_, i) => Math.sin(trial * 12.9898 + i * 78.233) * 40,
    );
    const chain = { points, closed: false, raw: false, left: 1, right: 2, start: 0, end: 1 };
    const box = [0, 1]
      .map((axis) => points.filter((_, i) => i % 2 === axis))
      .map((values) => [Math.min(...values), Math.max(...values)]);
    for (const reversed of [false, true]) {
      const seen = [];
      const pen = {
        moveTo() {},
        lineTo: (...to) => seen.push(to),
        quadraticCurveTo: (_x, _y, ...to) => seen.push(to),
        closePath() {},
      };
      drawChain(pen, chain, reversed);
      assert.deepEqual(seen.at(-1), reversed ? [...points.slice(0, 2)] : [...points.slice(-2)]);
      for (const [axis, [least, most]] of box.entries())
        assert.ok(seen.every((to) => to[axis] >= least && to[axis] <= most));
    }
  }
});
