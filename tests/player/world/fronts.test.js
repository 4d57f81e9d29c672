// Fronts, cells grouped by appearance, and point in polygon, on the tiny world and on a board.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Arcs } from '../../../territory/player/src/world/arcs.js';
import { cellAt } from '../../../territory/player/src/world/cell_at.js';
import { decode } from '../../../territory/player/src/world/decode.js';
import { Front, frontArcs, goneArcs } from '../../../territory/player/src/world/fronts.js';
import { groundsOf } from '../../../territory/player/src/world/grounds.js';
import { Timeline } from '../../../territory/player/src/world/timeline.js';
import { payload } from '../tiny_world.js';

const world = decode(payload());
const frontsOn = (day) => frontArcs(world.arcs, new Timeline(world).goTo(day).controller, world.sideOf);

test('a front lies between different known actors, never beside unknown ground or nobody', () => {
  assert.deepEqual(frontsOn(0), [1]);
  assert.deepEqual(frontsOn(4), [0]);
  assert.deepEqual(frontsOn(9), []);
});

test('a group and the coalition above it have no front between them', () => {
  assert.ok(!frontsOn(4).includes(1));
});

test('cells that look alike are one group, and contested cells are their own', () => {
  const at = (day) => {
    const state = new Timeline(world).goTo(day);
    return [...groundsOf(world, state, state).of];
  };
  assert.deepEqual(at(0), [1, 1, 2, 3]);
  assert.deepEqual(at(2), [1, 2, 3, 4]);
  assert.deepEqual(at(4), [1, 2, 2, 3]);
});

test('a point finds its cell, and none outside', () => {
  const at = (lon, lat) => cellAt(world, world.plane.x(lon), world.plane.y(lat));
  assert.deepEqual(
    [0.5, 1.5, 2.5, 3.5].map((lon) => at(lon, 0.5)),
    [0, 1, 2, 3],
  );
  assert.equal(at(5, 0.5), -1);
});

// A board of 9 by 9 cells: every arc between two squares, and the outer edges.
const SIDE = 9;
const board = (() => {
  const [left, right] = [[], []];
  const cell = (x, y) => (x < 0 || y < 0 || x >= SIDE || y >= SIDE ? -1 : y * SIDE + x);
  for (let y = 0; y < SIDE; y += 1) {
    for (let x = 0; x <= SIDE; x += 1)
      [
        [cell(x - 1, y), cell(x, y)],
        [cell(y, x - 1), cell(y, x)],
      ].forEach(([a, b]) => {
        left.push(a);
        right.push(b);
      });
  }
  return new Arcs(Int32Array.from(left), Int32Array.from(right), null, null, null, null, 0);
})();
const ROOT = Int16Array.from([0, 1, 2, 3, 3]);

/** A hundred days on which a few cells go to anybody, from a fixed seed. */
function* days() {
  let seed = 20150425;
  const random = (most) => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return Math.floor((seed / 2 ** 32) * most);
  };
  const controller = new Int16Array(SIDE * SIDE);
  for (let day = 0; day < 100; day += 1) {
    for (let i = random(day % 10 ? 4 : 60); i >= 0; i -= 1) controller[random(controller.length)] = random(ROOT.length);
    yield controller.slice();
  }
}

test('a front updated from day to day is the front computed anew', () => {
  const front = new Front(board, ROOT);
  for (const controller of days()) {
    front.follow(controller);
    assert.deepEqual(
      [...front.arcs].sort((a, b) => a - b),
      frontArcs(board, controller, ROOT),
    );
  }
});

test('the arcs gone from a front are the front before less the front now', () => {
  let before = new Int16Array(SIDE * SIDE);
  for (const now of days()) {
    const still = new Set(frontArcs(board, now, ROOT));
    const wanted = frontArcs(board, before, ROOT).filter((arc) => !still.has(arc));
    assert.deepEqual(
      goneArcs(board, before, now, ROOT).sort((a, b) => a - b),
      wanted,
    );
    before = now;
  }
});

test('the arcs around a cell are those with the cell on one side', () => {
  const { from, arcs } = board.around;
  for (let cell = 0; cell < SIDE * SIDE; cell += 1) {
    const wanted = [...board.left.keys()].filter((arc) => board.left[arc] === cell || board.right[arc] === cell);
    assert.deepEqual([...arcs.subarray(from[cell], from[cell + 1])], wanted);
  }
});
