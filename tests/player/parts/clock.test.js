// The clock, and what it passes over.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Clock } from '../../../territory/player/src/parts/clock.js';

/** Days without a world. */
function plainDays(days, changeDays) {
  return {
    day: 0,
    span: [0, days - 1],
    goTo(day) {
      this.day = day;
    },
    timeline: { nextChange: (day) => changeDays.find((other) => other > day) ?? days - 1 },
  };
}

test('the clock counts what it passes over, stops at the end of the span, or begins again', () => {
  const days = plainDays(20, [3, 4, 9]);
  const clock = new Clock({ days, chapters: { around: { here: -1 } }, onChange() {} });
  const walk = () => {
    const on = clock.advance();
    return [days.day, clock.skipped, on];
  };
  assert.deepEqual(
    [walk(), walk(), walk(), walk()],
    [
      [3, 2, true],
      [4, 0, true],
      [9, 4, true],
      [19, 9, false],
    ],
  );
  clock.loop = true;
  assert.deepEqual(walk(), [0, 0, true]);
  days.span = [2, 6];
  days.day = 4;
  assert.deepEqual(
    [walk(), walk()],
    [
      [6, 1, true],
      [2, 0, true],
    ],
  );
  clock.pace = 'calendar';
  assert.deepEqual(
    [walk(), walk()],
    [
      [3, 0, true],
      [4, 0, true],
    ],
  );
});
