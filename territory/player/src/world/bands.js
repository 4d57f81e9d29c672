// Series for the chart: km2 by actor and status from day to day, and the date spans of events of no certain day.
import { CONTROL, KNOWN, NONE, UNKNOWN } from './codes.js';
import { dayNumber } from './dates.js';

/** @typedef {import('../types').World} World */
/** @typedef {{code: number, firm: boolean, km2: Float64Array}} Band `firm` is control or no known actor; `km2` has one value for every day of the series */

const DAY_MS = 86400000;

/**
 * Stacked area series: km2 by top-level actor, and whether cells are under control or have another status.
 * @param {Pick<World, 'baseline' | 'changes' | 'cells' | 'sideOf'>} world
 * @returns {{days: number[], bands: Band[]}} bands from the bottom up; a day stands for all until the next one listed
 */
export function bandsOf({ baseline, changes, cells, sideOf }) {
  const days = [...new Set([0, ...changes.day])];
  const at = new Map(days.map((day, i) => [day, i]));
  const top = Math.max(...sideOf) + 1;
  const rows = Array.from({ length: 2 * top }, () => new Float64Array(days.length));
  const [controller, status] = [baseline.controller.slice(), baseline.status.slice()];
  const band = (/** @type {number} */ cell) =>
    2 * sideOf[controller[cell]] + (status[cell] === CONTROL || controller[cell] < KNOWN ? 0 : 1);
  controller.forEach((_, cell) => {
    rows[band(cell)][0] += cells.area[cell];
  });
  let filled = 0;
  const fillTo = (/** @type {number} */ index) => {
    for (; filled < index; filled += 1) for (const row of rows) row[filled + 1] = row[filled];
  };
  changes.day.forEach((day, i) => {
    fillTo(at.get(day) ?? 0);
    const cell = changes.cell[i];
    rows[band(cell)][filled] -= cells.area[cell];
    controller[cell] = changes.controller[i];
    status[cell] = changes.status[i];
    rows[band(cell)][filled] += cells.area[cell];
  });
  fillTo(days.length - 1);
  const order = [...new Set(sideOf)].filter((code) => code >= KNOWN).concat(NONE, UNKNOWN);
  const bands = order.flatMap((code) => [
    { code, firm: true, km2: rows[2 * code] },
    { code, firm: false, km2: rows[2 * code + 1] },
  ]);
  return { days, bands: bands.filter(({ km2 }) => km2.some((value) => value > 0.005)) };
}

/**
 * First and last day, as offsets, of every event whose date is an interval of days or a month, cut to the period.
 * @param {{events: Pick<World['events'], 'dates' | 'happened'>, firstDay: number, days: number}} world @returns {[number, number][]}
 */
export function unsureSpans({ events: { dates, happened }, firstDay, days }) {
  const spans = dates.categories.map((date) => spanOf(date, firstDay, days));
  const found = [];
  for (let row = 0; row < happened.length; row += 1) {
    const span = spans[dates.codes[row]];
    if (span && happened[row]) found.push(span);
  }
  return found;
}

/** @param {string} date @param {number} firstDay @param {number} days @returns {[number, number] | null} */
function spanOf(date, firstDay, days) {
  const found = /^(\d{4}-\d\d-\d\d)[?~%]?\/(\d{4}-\d\d-\d\d)[?~%]?$/.exec(date);
  const month = /^(\d{4})-(\d\d)[?~%]?$/.exec(date);
  let [from, to] = [NaN, NaN];
  if (found) [from, to] = [dayNumber(found[1]), dayNumber(found[2])];
  else if (month)
    [from, to] = [
      Date.UTC(Number(month[1]), Number(month[2]) - 1, 1) / DAY_MS,
      Date.UTC(Number(month[1]), Number(month[2]), 0) / DAY_MS,
    ];
  const [first, last] = [Math.max(0, from - firstDay), Math.min(days - 1, to - firstDay)];
  return last > first ? [first, last] : null;
}
