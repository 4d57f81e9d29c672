// Boxes of labels: inside the visible map or outside, and on no other.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LabelBoxes } from '../../../territory/player/src/draw/label_boxes.js';

test('a name lies wholly on what shows of the map or wholly beside it, and on no other name', () => {
  const boxes = new LabelBoxes([10, 10, 110, 60]);
  assert.deepEqual(
    [
      [20, 20, 40, 30],
      [112, 20, 140, 30],
      [0, 65, 40, 75],
    ].map((box) => boxes.free(box)),
    [true, true, true],
  );
  assert.deepEqual(
    [
      [5, 20, 15, 30],
      [100, 20, 115, 30],
      [20, 55, 40, 65],
      [0, 0, 200, 100],
    ].map((box) => boxes.free(box)),
    [false, false, false, false],
  );
  boxes.take([20, 20, 40, 30]);
  assert.ok(!boxes.free([39, 29, 60, 50]) && boxes.free([41, 20, 60, 30]));
});
