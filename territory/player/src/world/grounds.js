// What the eye sees as one piece of ground: cells that look alike on a day.
import { CONTESTED, KNOWN, MIXED } from './codes.js';

/** @typedef {import('../types').Ground} Ground */

export const PLAIN = 0;
/** Stripes of both colours: contested. Broad stripes: mixed. */
export const STRIPED = 1;
export const BROAD = 2;

/** What lies outside every cell. */
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
 * The ground of every cell. Groups within a coalition look alike: they have no line between them on the map, and the
 * answer to a click names them.
 * @param {Pick<import('../types').World, 'root'> & {cells?: {inferred?: Uint8Array}}} world
 * @param {import('../types').State} state
 * @param {import('../types').State} before what it is compared with, or the same object
 * @param {{stale?: Uint8Array | null, maybe?: Int16Array | null}} [notes] cells unconfirmed for long; who may hold a
 *     cell already or still, where the day is not certain (an actor code, or 0)
 * @returns {{of: Int32Array, list: Ground[]}} `of[cell]` is an index into `list`; 0 is outside
 */
export function groundsOf({ root, cells }, state, before, { stale, maybe } = {}) {
  /** @type {Map<number, number>} */
  const seen = new Map();
  const list = [OUTSIDE];
  const { controller, status, rival } = state;
  const of = new Int32Array(controller.length);
  const inferred = cells?.inferred;
  let [last, index] = [-1, 0];
  for (let cell = 0; cell < of.length; cell += 1) {
    const holder = root[controller[cell]];
    const other = root[rival[cell]];
    const fought = status[cell] === CONTESTED || status[cell] === MIXED;
    const hatch = fought && other !== holder ? (status[cell] === MIXED ? BROAD : STRIPED) : PLAIN;
    const open = maybe ? root[maybe[cell]] : 0;
    const known = holder >= KNOWN;
    const bits =
      (root[before.controller[cell]] !== holder ? 1 : 0) |
      (known && inferred?.[cell] ? 2 : 0) |
      (stale?.[cell] ? 4 : 0);
    const key = (((holder * 128 + (hatch ? other : 0)) * 128 + (open === holder ? 0 : open)) * 4 + hatch) * 8 + bits;
    if (key !== last) {
      last = key;
      index = seen.get(key) ?? 0;
      if (!index) {
        index = list.length;
        seen.set(key, index);
        list.push({
          controller: holder,
          rival: hatch ? other : 0,
          hatch,
          maybe: open === holder ? 0 : open,
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
