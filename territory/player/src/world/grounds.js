// Group cells by appearance on a day: controller, hatch, changed or not, inferred, stale.
import { KNOWN } from './codes.js';

/** @typedef {import('../types').Ground} Ground */

export const PLAIN = 0;
/** Stripes of both colours, for contested cells. */
export const STRIPED = 1;
/** Broad stripes, for mixed ones. */
export const BROAD = 2;
const HATCHES = { plain: PLAIN, stripes: STRIPED, broad: BROAD };

/** The appearance of what lies outside every cell. */
const OUTSIDE = /** @type {Ground} */ ({
  controller: -1,
  rival: -1,
  hatch: PLAIN,
  maybe: 0,
  changed: false,
  inferred: false,
  stale: false,
});

/**
 * The appearance of every cell. Groups within a coalition look alike: there is no line between them on the map.
 * @param {Pick<import('../types').World, 'sideOf' | 'fills'> & {cells?: {inferred?: Uint8Array}}} world
 * @param {import('../types').State} state
 * @param {import('../types').State} before the state that is compared with, or the same object
 * @param {{stale?: Uint8Array | null, maybe?: Int16Array | null}} [uncertain] flags
 *     of stale cells; the actor who may hold a cell already or still, or 0
 * @returns {{of: Int32Array, list: Ground[]}} `of[cell]` is an index into `list`; 0 is outside
 */
export function groundsOf({ sideOf, fills, cells }, state, before, { stale, maybe } = {}) {
  /** @type {Map<number, number>} */
  const seen = new Map();
  const list = [OUTSIDE];
  const { controller, status, rival } = state;
  const of = new Int32Array(controller.length);
  const inferred = cells?.inferred;
  const hatches = fills.map((fill) => HATCHES[fill]);
  let [last, index] = [-1, 0];
  for (let cell = 0; cell < of.length; cell += 1) {
    const side = sideOf[controller[cell]];
    const other = sideOf[rival[cell]];
    const hatch = other === side ? PLAIN : hatches[status[cell]];
    const possible = maybe ? sideOf[maybe[cell]] : 0;
    const known = side >= KNOWN;
    const bits =
      (sideOf[before.controller[cell]] !== side ? 1 : 0) |
      (known && inferred?.[cell] ? 2 : 0) |
      (stale?.[cell] ? 4 : 0);
    const key =
      (((side * 128 + (hatch ? other : 0)) * 128 + (possible === side ? 0 : possible)) * 4 + hatch) * 8 + bits;
    if (key !== last) {
      last = key;
      index = seen.get(key) ?? 0;
      if (!index) {
        index = list.length;
        seen.set(key, index);
        list.push({
          controller: side,
          rival: hatch ? other : 0,
          hatch,
          maybe: possible === side ? 0 : possible,
          changed: (bits & 1) > 0,
          inferred: (bits & 2) > 0,
          stale: (bits & 4) > 0,
        });
      }
    }
    of[cell] = index;
  }
  return { of, list };
}
