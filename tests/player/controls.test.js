// What lists, chart and clock rest on, in the tiny world and in none at all.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bandsOf, unsureSpans } from '../../territory/player/src/chart.js';
import { Clock } from '../../territory/player/src/clock.js';
import { decode } from '../../territory/player/src/decode.js';
import { stepsOf } from '../../territory/player/src/history.js';
import { holdings } from '../../territory/player/src/holdings.js';
import { wordsOf } from '../../territory/player/src/strings.js';
import { Timeline, areaSeries } from '../../territory/player/src/timeline.js';
import { DAYS, eventsOf, payload } from './world.js';

const sum = (list) => list.reduce((total, value) => total + value, 0);

test('the bands of the chart add up to the whole on every day, and by actor to the series of areas', () => {
  const world = decode(payload());
  const { days, bands } = bandsOf(world);
  const whole = sum(world.cells.area);
  days.forEach((_, i) => assert.ok(Math.abs(sum(bands.map(({ km2 }) => km2[i])) - whole) < 1e-6));
  const { days: other, areas } = areaSeries(world);
  other.forEach((day, row) => {
    const at = days.indexOf(day);
    areas[row].forEach((area, code) => {
      const own = sum(bands.filter((band) => band.code === code).map(({ km2 }) => km2[at]));
      assert.ok(Math.abs(own - area) < 1e-6, `day ${day}, actor ${code}`);
    });
  });
});

test('holdings say every square kilometre once', () => {
  const world = decode(payload());
  const timeline = new Timeline(world);
  DAYS.forEach((_, day) => {
    timeline.goTo(day);
    const rows = holdings(/** @type {any} */ ({ world, timeline }), (cell) => cell === 0);
    assert.ok(Math.abs(sum(rows.map(({ area }) => area)) - sum(world.cells.area)) < 1e-6);
    assert.equal(rows.filter(({ seen }) => seen).length, 1);
    assert.equal(new Set(rows.map(({ controller, status, rival }) => `${controller} ${status} ${rival}`)).size, rows.length);
  });
});

test('the steps of a cell follow each other without a gap and say what the days say', () => {
  const world = decode(payload());
  const timeline = new Timeline(world);
  for (let cell = 0; cell < world.cells.area.length; cell += 1) {
    const steps = stepsOf(world, timeline.history(cell, world.days), cell);
    assert.equal(steps[0].day, 0);
    assert.equal(steps.at(-1).until, world.days);
    steps.slice(1).forEach(({ day }, i) => assert.equal(day, steps[i].until));
    DAYS.forEach((rows, day) => {
      const { controller, status, rival, event } = steps.findLast((step) => step.day <= day);
      assert.deepEqual([controller, status, rival, event], rows[cell], `cell ${cell} on day ${day}`);
    });
  }
});

test('records of no certain day are spans, cut to the period', () => {
  const dates = ['2015-03-05', '2015-03-05/2015-03-09', '2015-02-20/2015-03-02', '2015-03', '2015-04~', '2015-13', 'about May', '2014'];
  const events = eventsOf(dates.map((date) => ({ date, kind: 'clash' })));
  assert.deepEqual(unsureSpans(/** @type {any} */ ({ events, firstDay: Date.UTC(2015, 2, 1) / 86400000, days: 40 })), [[4, 8], [0, 1], [0, 30], [31, 39]]);
});

/** A player that has nothing but days. */
function dull(days, changeDays) {
  return {
    day: 0, span: [0, days - 1], tell() {}, chapter: () => ({ here: -1 }), goTo(day) { this.day = day; },
    timeline: { nextChange: (day) => changeDays.find((other) => other > day) ?? days - 1 },
  };
}

test('the clock counts what it passes over, stops at the end of the span, or begins again', () => {
  const player = dull(20, [3, 4, 9]);
  const clock = new Clock(/** @type {any} */ (player));
  const walk = () => { const on = clock.advance(); return [player.day, clock.skipped, on]; };
  assert.deepEqual([walk(), walk(), walk(), walk()], [[3, 2, true], [4, 0, true], [9, 4, true], [19, 9, false]]);
  clock.loop = true;
  assert.deepEqual(walk(), [0, 0, true]);
  player.span = [2, 6];
  player.day = 4;
  assert.deepEqual([walk(), walk()], [[6, 1, true], [2, 0, true]]);
  clock.pace = 'calendar';
  assert.deepEqual([walk(), walk()], [[3, 0, true], [4, 0, true]]);
});

test('both languages have the same holes in every sentence, and Western digits', () => {
  const walk = (one, other, path) => {
    if (typeof one === 'string') {
      const holes = (text) => [...text.matchAll(/\{\w+\}/g)].map(String).sort().join();
      assert.equal(holes(other), holes(one), path);
      assert.doesNotMatch(other, /[\u0660-\u0669\u06f0-\u06f9]/, path);
      assert.ok(other.trim() || !one.trim(), `${path} is empty`);
    } else if (one && typeof one === 'object') for (const key of Object.keys(one)) walk(one[key], other[key], `${path}.${key}`);
  };
  walk(wordsOf('en'), wordsOf('ar'), 'words');
});
