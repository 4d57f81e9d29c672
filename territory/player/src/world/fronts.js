// Select the arcs that are front: those between cells of different known top-level actors.
import { KNOWN } from './codes.js';

/** @typedef {import('./arcs.js').Arcs} Arcs */

/**
 * Indices of the arcs that are front, ascending. The outer border never is.
 * @param {Pick<Arcs, 'left' | 'right'>} arcs
 * @param {ArrayLike<number>} controller actor code per cell
 * @param {ArrayLike<number>} sideOf top ancestor per actor code
 * @returns {number[]}
 */
export function frontArcs({ left, right }, controller, sideOf) {
  // One entry more, before the first, for the outside (cell -1), so that the loop over all arcs need not test for it.
  const side = new Int16Array(controller.length + 1);
  for (let cell = 0; cell < controller.length; cell += 1) side[cell + 1] = sideOf[controller[cell]];
  const found = [];
  for (let i = 0; i < left.length; i += 1) if (isFront(side[left[i] + 1], side[right[i] + 1])) found.push(i);
  return found;
}

/** Whether an arc between cells of two top-level actors is front. @param {number} a @param {number} b */
function isFront(a, b) {
  return a !== b && a >= KNOWN && b >= KNOWN;
}

/**
 * Arcs that were front before and no longer are: only those around cells that changed side can be.
 * @param {Arcs} arcs @param {ArrayLike<number>} before actor code per cell @param {ArrayLike<number>} now
 * @param {ArrayLike<number>} sideOf @returns {number[]}
 */
export function goneArcs({ left, right, around: { from, arcs } }, before, now, sideOf) {
  const gone = [];
  for (let cell = 0; cell + 1 < from.length; cell += 1) {
    if (sideOf[before[cell]] === sideOf[now[cell]]) continue;
    for (let i = from[cell]; i < from[cell + 1]; i += 1) {
      const other = left[arcs[i]] === cell ? right[arcs[i]] : left[arcs[i]];
      // An arc between two such cells would be found twice.
      if (other < 0 || (other < cell && sideOf[before[other]] !== sideOf[now[other]])) continue;
      if (isFront(sideOf[before[cell]], sideOf[before[other]]) && !isFront(sideOf[now[cell]], sideOf[now[other]]))
        gone.push(arcs[i]);
    }
  }
  return gone;
}

/** The front of a changing state, updated incrementally: only the arcs around cells that changed side are tested. */
export class Front {
  /** @param {Arcs} arcs @param {ArrayLike<number>} sideOf */
  constructor(arcs, sideOf) {
    this.topology = arcs;
    this.sideOf = sideOf;
    this.side = new Int16Array(arcs.around.from.length - 1);
    /** The arcs that are front, in no order. @type {number[]} */
    this.arcs = [];
    /** The index of each arc in `arcs`, or -1. */
    this.index = new Int32Array(arcs.length).fill(-1);
  }

  /** Update to a state; returns the cells that changed side. @param {ArrayLike<number>} controller actor code per cell */
  follow(controller) {
    const {
      side,
      sideOf,
      topology: { left, right, around },
    } = this;
    const changed = [];
    for (let cell = 0; cell < side.length; cell += 1) {
      const now = sideOf[controller[cell]];
      if (side[cell] === now) continue;
      side[cell] = now;
      changed.push(cell);
    }
    for (const cell of changed) {
      for (let i = around.from[cell]; i < around.from[cell + 1]; i += 1) {
        const arc = around.arcs[i];
        if (left[arc] >= 0 && right[arc] >= 0) this.set(arc, isFront(side[left[arc]], side[right[arc]]));
      }
    }
    return changed;
  }

  /** @param {number} arc @param {boolean} front */
  set(arc, front) {
    const { arcs, index } = this;
    if (front === index[arc] >= 0) return;
    if (front) index[arc] = arcs.push(arc) - 1;
    else {
      // The last one takes the free entry.
      const last = /** @type {number} */ (arcs.pop());
      if (last !== arc) {
        arcs[index[arc]] = last;
        index[last] = index[arc];
      }
      index[arc] = -1;
    }
  }
}
