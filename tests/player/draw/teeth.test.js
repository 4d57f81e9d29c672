// Teeth on the front: whom they say to have lost ground.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loserOf } from '../../../territory/player/src/draw/teeth.js';

// Unknown, nobody, and three sides; a group in the last of them.
const sideOf = Int16Array.from([0, 1, 2, 3, 4, 4]);
const [NOBODY, RED, BLUE, GREEN, GROUP] = [1, 2, 3, 4, 5];
const cells = { area: Float64Array.from([10, 1, 1, 1]) };
const state = (...controller) => ({ controller: Int16Array.from(controller) });
const world = (baseline) => ({ sideOf, cells, baseline });

test('teeth point to the side that lost more to the other than it took from it', () => {
  const [then, now] = [state(RED, BLUE, RED, GREEN), state(BLUE, RED, RED, GREEN)];
  const loser = loserOf(world(then), { state: now, before: then });
  assert.equal(loser(RED, BLUE), RED);
  assert.equal(loser(BLUE, RED), RED);
});

test('two sides that took nothing from each other have no teeth between them', () => {
  const [then, now] = [state(RED, BLUE, RED, GREEN), state(BLUE, BLUE, RED, GREEN)];
  assert.equal(loserOf(world(then), { state: now, before: then })(RED, GREEN), -1);
});

test('ground that nobody held, and ground passed on inside a coalition, is lost by no side', () => {
  const [then, now] = [state(NOBODY, BLUE, GREEN, RED), state(RED, BLUE, GROUP, RED)];
  const loser = loserOf(world(then), { state: now, before: then });
  assert.deepEqual([loser(RED, NOBODY), loser(GREEN, GROUP), loser(GREEN, RED)], [-1, -1, -1]);
});

test('on a quiet day teeth tell of the time since the opening', () => {
  const now = state(BLUE, BLUE, RED, GREEN);
  assert.equal(loserOf(world(state(RED, BLUE, RED, GREEN)), { state: now, before: now })(BLUE, RED), RED);
});
