// Decoding the places of events; the world and the codes are those of tests/render/codec/test_event_places.py.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeEventPlaces } from '../../../territory/player/src/codec/event_places.js';

const row = /** @type {any} */ ({
  arcs: { left: Int32Array.of(0, 1, 3, -1, 2), right: Int32Array.of(1, 2, 2, 0, 2) },
  cells: { place: Int32Array.of(0, 1, 2, 3) },
  points: new Int32Array(8),
  placeOrder: Int32Array.of(0, 1, 2, 3),
  placeRank: Int32Array.of(0, 1, 2, 3),
});

test('a place nearby is found by its position', () => {
  const places = decodeEventPlaces(Int32Array.of(2, 1, 5, 4, 0, 5), Int32Array.of(2), row);
  assert.deepEqual([...places], [2, 3, 1, 0, -1, 2]);
});

test('a position beyond the places nearby means that the data are spoiled', () => {
  assert.throws(() => decodeEventPlaces(Int32Array.of(1, 9), Int32Array.of(), row), /spoiled/);
});
