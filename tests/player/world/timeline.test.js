// The fold in the browser: the same state forwards, backwards and in jumps.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode } from '../../../territory/player/src/world/decode.js';
import { areaSeries, Timeline } from '../../../territory/player/src/world/timeline.js';
import { DAYS, payload } from '../tiny_world.js';

const rows = ({ controller, status, rival, event }) =>
  [...controller].map((code, i) => [code, status[i], rival[i], event[i]]);

test('the state is the same forwards, backwards and in jumps', () => {
  const timeline = new Timeline(decode(payload()));
  const onward = DAYS.map((_, day) => day);
  for (const day of [...onward, ...onward.toReversed(), 9, 0, 4, 3, 7, 2, 8]) {
    assert.deepEqual(rows(timeline.goTo(day)), DAYS[day], `on day ${day}`);
  }
});

test('a day outside the period stops at its ends', () => {
  const timeline = new Timeline(decode(payload()));
  timeline.goTo(99);
  assert.equal(timeline.day, 9);
  timeline.goTo(-5);
  assert.equal(timeline.day, 0);
  assert.deepEqual(rows(timeline.state), DAYS[0]);
});

test('steps go to days that have a change, and to the ends beyond them', () => {
  const timeline = new Timeline(decode(payload()));
  assert.deepEqual(
    [0, 2, 3, 7].map((day) => timeline.nextChange(day)),
    [2, 4, 4, 9],
  );
  assert.deepEqual(
    [9, 7, 4, 1].map((day) => timeline.previousChange(day)),
    [7, 4, 2, 0],
  );
});

test('a cell knows its changes up to a day', () => {
  const timeline = new Timeline(decode(payload()));
  assert.deepEqual(timeline.history(1, 9), [0, 1]);
  assert.deepEqual(timeline.history(1, 3), [0]);
  assert.deepEqual(timeline.history(2, 9), []);
});

test('areas go by top-level actor and always add up', () => {
  const { days, areas } = areaSeries(decode(payload()));
  assert.deepEqual(days, [0, 2, 4, 7]);
  assert.deepEqual(
    areas.map((row) => [...row]),
    [
      [40, 0, 30, 30, 0],
      [40, 0, 30, 30, 0],
      [0, 40, 10, 50, 0],
      [0, 40, 0, 60, 0],
    ],
  );
});

test('a cell knows the change since which its controller holds it, and its last one', () => {
  const timeline = new Timeline(decode(payload()));
  const held = (day) => {
    const { held, last } = timeline.goTo(day);
    return [[...held], [...last]];
  };
  assert.deepEqual([0, 2, 4, 7].map(held), [
    [
      [-1, -1, -1, -1],
      [-1, -1, -1, -1],
    ],
    // Contested ground is still held since the opening.
    [
      [-1, -1, -1, -1],
      [-1, 0, -1, -1],
    ],
    [
      [-1, 1, -1, 2],
      [-1, 1, -1, 2],
    ],
    [
      [3, 1, -1, 2],
      [3, 1, -1, 2],
    ],
  ]);
});

test('since when ground is held is the same forwards, backwards, in jumps and for a twin as in a fresh fold', () => {
  const world = decode(payload());
  // The first cell is lost and won back, and then passes from hand to hand on one day.
  const more = { day: [8, 8, 9], cell: [0, 0, 0], controller: [2, 3, 3], status: [0, 0, 1], rival: [0, 0, 2] };
  const add = (key, Kind) => Kind.from([...world.changes[key], ...(more[key] ?? [5, 5, 5])]);
  world.changes = {
    ...Object.fromEntries(['day', 'cell', 'event'].map((key) => [key, add(key, Int32Array)])),
    ...Object.fromEntries(['controller', 'rival'].map((key) => [key, add(key, Int16Array)])),
    status: add('status', Int8Array),
  };
  const fresh = (day) => [...new Timeline(world).goTo(day).held];
  assert.deepEqual([7, 8, 9].map(fresh), [
    [3, 1, -1, 2],
    [5, 1, -1, 2],
    [5, 1, -1, 2],
  ]);
  const onward = DAYS.map((_, day) => day);
  const timeline = new Timeline(world);
  for (const one of [timeline, new Timeline(world, timeline)])
    for (const day of [...onward, ...onward.toReversed(), 9, 0, 4, 3, 7, 2, 8, 1])
      assert.deepEqual([...one.goTo(day).held], fresh(day), `on day ${day}`);
});
