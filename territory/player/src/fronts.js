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
  // One cell more, before the first: what lies outside is held by nobody, and the loop over all arcs need not ask.
  const holder = new Int16Array(controller.length + 1);
  for (let cell = 0; cell < controller.length; cell += 1) holder[cell + 1] = root[controller[cell]];
  const found = [];
  for (let i = 0; i < left.length; i += 1) {
    const a = holder[left[i] + 1];
    const b = holder[right[i] + 1];
    if (a !== b && a >= KNOWN && b >= KNOWN) found.push(i);
  }
  return found;
}
