// A front is a filter over arcs: those whose two sides are held by different known top-level actors.
import { KNOWN } from './codes.js';

/** @typedef {import('./arcs.js').Arcs} Arcs */

/**
 * Indices of the arcs that are front, ascending. The outer border never is.
 * @param {Pick<Arcs, 'left' | 'right'>} arcs
 * @param {ArrayLike<number>} controller actor code per cell
 * @param {ArrayLike<number>} root top ancestor per actor code
 * @returns {number[]}
 */
export function frontArcs({ left, right }, controller, root) {
  // One cell more, before the first: what lies outside is held by nobody, and the loop over all arcs need not ask.
  const holder = new Int16Array(controller.length + 1);
  for (let cell = 0; cell < controller.length; cell += 1) holder[cell + 1] = root[controller[cell]];
  const found = [];
  for (let i = 0; i < left.length; i += 1) if (parts(holder[left[i] + 1], holder[right[i] + 1])) found.push(i);
  return found;
}

/** Whether a front runs between the ground of two top-level actors. @param {number} a @param {number} b */
function parts(a, b) {
  return a !== b && a >= KNOWN && b >= KNOWN;
}

/**
 * Arcs where the front ran before and no longer does: only those around cells that changed hands can be.
 * @param {Arcs} arcs @param {ArrayLike<number>} before actor code per cell @param {ArrayLike<number>} now
 * @param {ArrayLike<number>} root @returns {number[]}
 */
export function goneArcs({ left, right, around: { from, arcs } }, before, now, root) {
  const gone = [];
  for (let cell = 0; cell + 1 < from.length; cell += 1) {
    if (root[before[cell]] === root[now[cell]]) continue;
    for (let i = from[cell]; i < from[cell + 1]; i += 1) {
      const other = left[arcs[i]] === cell ? right[arcs[i]] : left[arcs[i]];
      // An arc between two such cells is met twice.
      if (other < 0 || (other < cell && root[before[other]] !== root[now[other]])) continue;
      if (parts(root[before[cell]], root[before[other]]) && !parts(root[now[cell]], root[now[other]]))
        gone.push(arcs[i]);
    }
  }
  return gone;
}

/** The front as it moves: from day to day only the arcs around cells that changed hands are looked at. */
export class Front {
  /** @param {Arcs} arcs @param {ArrayLike<number>} root */
  constructor(arcs, root) {
    this.lines = arcs;
    this.root = root;
    this.holder = new Int16Array(arcs.around.from.length - 1);
    /** The arcs that are front, in no order. @type {number[]} */
    this.arcs = [];
    /** Where in `arcs` each arc stands, or -1. */
    this.place = new Int32Array(arcs.length).fill(-1);
  }

  /** Move to a state. @param {ArrayLike<number>} controller actor code per cell */
  follow(controller) {
    const {
      holder,
      root,
      lines: { left, right, around },
    } = this;
    const changed = [];
    for (let cell = 0; cell < holder.length; cell += 1) {
      const now = root[controller[cell]];
      if (holder[cell] === now) continue;
      holder[cell] = now;
      changed.push(cell);
    }
    for (const cell of changed) {
      for (let i = around.from[cell]; i < around.from[cell + 1]; i += 1) {
        const arc = around.arcs[i];
        if (left[arc] >= 0 && right[arc] >= 0) this.put(arc, parts(holder[left[arc]], holder[right[arc]]));
      }
    }
    return changed;
  }

  /** @param {number} arc @param {boolean} front */
  put(arc, front) {
    const { arcs, place } = this;
    if (front === place[arc] >= 0) return;
    if (front) place[arc] = arcs.push(arc) - 1;
    else {
      // The last one takes the free place.
      const last = /** @type {number} */ (arcs.pop());
      if (last !== arc) {
        arcs[place[arc]] = last;
        place[last] = place[arc];
      }
      place[arc] = -1;
    }
  }
}
