// Converting a payload to a world.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode, sidesOf } from '../../../territory/player/src/world/decode.js';
import { payload } from '../tiny_world.js';

test('arcs that end at one point share a node', () => {
  const { arcs } = decode(payload());
  assert.equal(arcs.nodes, 6);
  assert.equal(arcs.end[0], arcs.start[3]);
  assert.equal(arcs.start[0], arcs.end[3]);
  assert.equal(arcs.end[2], arcs.end[6]);
});

test('lines lie in the drawing plane with north up and east right', () => {
  const { arcs } = decode(payload());
  const [x0, y0, x1, y1] = arcs.line(0);
  assert.equal(x0, x1);
  assert.ok(y1 < y0, 'an arc that runs north goes up the screen');
  assert.ok(arcs.line(1)[0] > x0, 'an arc farther east lies farther right');
});

test('the first and the last day count', () => {
  assert.equal(decode(payload()).days, 10);
});

test('the side of an actor is its top ancestor, even where parents go in a circle', () => {
  assert.deepEqual([...sidesOf(payload().actors)], [0, 1, 2, 3, 3]);
  const circle = [{ parent: 1 }, { parent: 0 }].map((actor) => ({
    id: '',
    label: {},
    colour: '',
    ...actor,
  }));
  assert.equal(sidesOf(circle).length, 2);
});
