// Sum areas by controller, status and rival on the day, for the legend, the table and the summary.
import { CONTROL, KNOWN } from './codes.js';

/** @typedef {{controller: number, status: number, rival: number, area: number, seen: boolean}} Holding */

/**
 * Areas by top-level controller, status and rival.
 * @param {{world: Pick<import('../types').World, 'sideOf' | 'cells'>, timeline: {state: import('../types').State}}} shown the world, and its state on the day
 * @param {(cell: number) => boolean} seen whether a cell is in view
 * @returns {Holding[]} in the order of actors; none and unknown last; `seen` if any cell of it is in view
 */
export function holdings({ world, timeline }, seen) {
  const { controller, status, rival } = timeline.state;
  /** @type {Map<number, Holding>} */
  const found = new Map();
  // Cells in sequence are mostly alike: the last entry is tried before the map.
  let [last, entry] = [-1, /** @type {Holding | undefined} */ (undefined)];
  for (let cell = 0; cell < controller.length; cell += 1) {
    const code = controller[cell];
    const shown = code < KNOWN ? CONTROL : status[cell];
    const holder = world.sideOf[code];
    const other = shown === CONTROL ? 0 : world.sideOf[rival[cell]];
    const key = (holder * 128 + other) * 8 + shown;
    if (key !== last || !entry) {
      last = key;
      entry = found.get(key);
    }
    if (!entry) {
      entry = { controller: holder, status: shown, rival: other, area: 0, seen: false };
      found.set(key, entry);
    }
    entry.area += world.cells.area[cell];
    entry.seen ||= seen(cell);
  }
  const order = (/** @type {Holding} */ { controller: code, status: one }) =>
    (code < KNOWN ? 900 - code : code * 10) + one;
  return [...found.values()].sort((a, b) => order(a) - order(b));
}
