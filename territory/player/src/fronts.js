// A front is a filter over arcs: those whose two sides are held by different known top-level actors.
import { KNOWN } from './codes.js';

/**
 * Indices of the arcs that are front, ascending. The outer border never is.
 * @param {Pick<import('./arcs.js').Arcs, 'left' | 'right'>} arcs
 * @param {ArrayLike<number>} controller actor code per cell
 * @param {ArrayLike<number>} root top ancestor per actor code
 * @returns {number[]}
 */
export function frontArcs({ left, right }, controller, root) {
  const found = [];
  for (let i = 0; i < left.length; i += 1) {
    if (left[i] < 0 || right[i] < 0) continue;
    const a = root[controller[left[i]]];
    const b = root[controller[right[i]]];
    if (a !== b && a >= KNOWN && b >= KNOWN) found.push(i);
  }
  return found;
}
