// Undoes the walk of render/walk.py: who borders on whom, from a few counts per ring.
// Half-edges are numbered 2 * arc + side; side 0 is the way the arc was first walked, with its first cell on the left.

const OUTSIDE = 0;
const NEXT_CELL = 1;

/**
 * @param {{arcs: number, cells: number, kind: Int32Array, back: Int32Array, forth: Int32Array, fresh: Int32Array, jumps: Int32Array, jump: Int32Array, other: Int32Array}} told
 * @returns {{left: Int32Array, right: Int32Array, after: Int32Array}} cells beside every arc, -1 outside; and for every
 *     half-edge the one that follows in its ring, -1 where it is in none
 */
export function unwalk({ arcs, kind, back, forth, fresh, jumps, jump, other }) {
  const cell = new Int32Array(2 * arcs).fill(-1);
  const after = new Int32Array(2 * arcs).fill(-1);
  const before = new Int32Array(2 * arcs).fill(-1);
  let [known, oldest, ring, nextCell, nextOther, nextJump] = [0, 0, 0, 0, 0, 0];
  const edgeAfter = (/** @type {number} */ half) => {
    let turn = before[half ^ 1];
    while (turn >= 0 && after[turn ^ 1] >= 0) turn = before[turn ^ 1];
    return turn < 0 ? -1 : turn ^ 1;
  };
  const edgeBefore = (/** @type {number} */ half) => {
    let turn = after[half ^ 1];
    while (turn >= 0 && after[turn ^ 1] >= 0) turn = after[turn ^ 1];
    return turn < 0 ? -1 : turn ^ 1;
  };
  /** @param {number} first @param {number} owner */
  const tell = (first, owner) => {
    /** @type {number[]} */
    const halves = [];
    if (first >= 0) {
      halves.push(first);
      for (let i = 0; i < forth[ring]; i += 1) halves.push(edgeAfter(halves[halves.length - 1]));
    }
    /** @type {number[]} */
    const behind = [];
    for (let i = 0; i < back[ring]; i += 1) behind.push(edgeBefore(behind.length ? behind[behind.length - 1] : first));
    const end = nextJump + 2 * jumps[ring];
    for (let place = 0; place < fresh[ring]; place += 1) {
      if (nextJump < end && jump[nextJump] === place) {
        halves.push(jump[nextJump + 1]);
        nextJump += 2;
      } else {
        halves.push(2 * known);
        known += 1;
      }
    }
    halves.push(...behind.reverse());
    for (let i = 0; i < halves.length; i += 1) {
      const following = halves[i + 1 < halves.length ? i + 1 : 0];
      if (halves[i] < 0 || halves[i] >= 2 * arcs) throw new Error('The data of this page do not fit together; the file is spoiled.');
      after[halves[i]] = following;
      before[following] = halves[i];
      cell[halves[i]] = owner;
    }
    ring += 1;
  };
  const whose = (/** @type {number} */ one) => {
    if (one === NEXT_CELL) return nextCell++;
    return other[nextOther++];
  };
  for (const one of kind) {
    let half = -1;
    while (oldest < known && half < 0) {
      if (after[2 * oldest + 1] < 0) half = 2 * oldest + 1;
      oldest += 1;
    }
    if (one !== OUTSIDE) tell(half, whose(one));
  }
  const [left, right] = [new Int32Array(arcs), new Int32Array(arcs)];
  for (let arc = 0; arc < arcs; arc += 1) [left[arc], right[arc]] = [cell[2 * arc], cell[2 * arc + 1]];
  return { left, right, after };
}
