// Room for names.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Crowd } from '../../../territory/player/src/draw/crowd.js';

test('a name lies wholly on what shows of the map or wholly beside it, and on no other name', () => {
  const crowd = new Crowd([10, 10, 110, 60]);
  assert.deepEqual(
    [
      [20, 20, 40, 30],
      [112, 20, 140, 30],
      [0, 65, 40, 75],
    ].map((box) => crowd.free(box)),
    [true, true, true],
  );
  assert.deepEqual(
    [
      [5, 20, 15, 30],
      [100, 20, 115, 30],
      [20, 55, 40, 65],
      [0, 0, 200, 100],
    ].map((box) => crowd.free(box)),
    [false, false, false, false],
  );
  crowd.take([20, 20, 40, 30]);
  assert.ok(!crowd.free([39, 29, 60, 50]) && crowd.free([41, 20, 60, 30]));
});
