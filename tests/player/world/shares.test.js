// Areas by controller, as a series and on a day; the history of a cell; dates that are spans.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bandsOf, unsureSpans } from '../../../territory/player/src/world/bands.js';
import { decode } from '../../../territory/player/src/world/decode.js';
import { holdings } from '../../../territory/player/src/world/holdings.js';
import { stepsOf } from '../../../territory/player/src/world/steps.js';
import { areaSeries, Timeline } from '../../../territory/player/src/world/timeline.js';
import { DAYS, eventsOf, payload } from '../tiny_world.js';

const sum = (list) => list.reduce((total, value) => total + value, 0);

test('the bands of the chart add up to the whole on every day, and by actor to the series of areas', () => {
  const world = decode(payload());
  const { days, bands } = bandsOf(world);
  const whole = sum(world.cells.area);
  for (const i of days.keys()) assert.ok(Math.abs(sum(bands.map(({ km2 }) => km2[i])) - whole) < 1e-6);
  const { days: other, areas } = areaSeries(world);
  other.forEach((day, row) => {
    const at = days.indexOf(day);
    areas[row].forEach((area, code) => {
      const own = sum(bands.filter((band) => band.code === code).map(({ km2 }) => km2[at]));
      assert.ok(Math.abs(own - area) < 1e-6, `day ${day}, actor ${code}`);
    });
  });
});

test('holdings count every square kilometre once', () => {
  const world = decode(payload());
  const timeline = new Timeline(world);
  DAYS.forEach((_, day) => {
    timeline.goTo(day);
    const rows = holdings(/** @type {any} */ ({ world, timeline }), (cell) => cell === 0);
    assert.ok(Math.abs(sum(rows.map(({ area }) => area)) - sum(world.cells.area)) < 1e-6);
    assert.equal(rows.filter(({ seen }) => seen).length, 1);
    assert.equal(
      new Set(rows.map(({ controller, status, rival }) => `${controller} ${status} ${rival}`)).size,
      rows.length,
    );
  });
});

test('the steps of a cell follow each other without a gap and agree with the state of every day', () => {
  const world = decode(payload());
  const timeline = new Timeline(world);
  for (let cell = 0; cell < world.cells.area.length; cell += 1) {
    const steps = stepsOf(world, timeline.history(cell, world.days), cell);
    assert.equal(steps[0].day, 0);
    assert.equal(steps.at(-1).until, world.days);
    for (const [i, { day }] of steps.slice(1).entries()) assert.equal(day, steps[i].until);
    DAYS.forEach((rows, day) => {
      const { controller, status, rival, event } = steps.findLast((step) => step.day <= day);
      assert.deepEqual([controller, status, rival, event], rows[cell], `cell ${cell} on day ${day}`);
    });
  }
});

test('events of no certain day are spans, cut to the period', () => {
  const dates = [
    '2015-03-05',
    '2015-03-05/2015-03-09',
    '2015-02-20/2015-03-02',
    '2015-03',
    '2015-04~',
    '2015-13',
    'about May',
    '2014',
  ];
  const events = eventsOf(dates.map((date) => ({ date, kind: 'clash' })));
  assert.deepEqual(unsureSpans(/** @type {any} */ ({ events, firstDay: Date.UTC(2015, 2, 1) / 86400000, days: 40 })), [
    [4, 8],
    [0, 1],
    [0, 30],
    [31, 39],
  ]);
});
