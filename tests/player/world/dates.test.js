// ISO dates and day numbers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayNumber, isoOf } from '../../../territory/player/src/world/dates.js';

test('days and their numbers go both ways', () => {
  for (const iso of ['1970-01-01', '2015-03-01', '2015-03-29', '2015-10-25', '2016-02-29', '2015-12-31'])
    assert.equal(isoOf(dayNumber(iso)), iso);
  assert.equal(dayNumber('2015-04-25') - dayNumber('2015-04-24'), 1);
});

test('what is no date is no number', () => {
  for (const text of ['', '2015-02-30', '2015-13-01', '25.4.2015', '2015-4-5', 'NaN'])
    assert.ok(Number.isNaN(dayNumber(text)), text);
});
