// Undoes the walk of render/walk.py: who borders on whom, from a few counts per ring.
// Half-edges are numbered 2 * arc + side; side 0 is the way the arc was first walked, with its first cell on the left.

const OUTSIDE = 0;
const NEXT_CELL = 1;

/**
 * @param {{arcs: number, cells: number, kind: Int32Array, back: Int32Array, forth: Int32Array, fresh: Int32Array, jumps: Int32Array, jump: Int32Array, other: Int32Array}} told
 * @returns {{left: Int32Array, right: Int32Array, after: Int32Array, before: Int32Array}} cells beside every arc, -1 outside;
 *     and for every half-edge the ones that follow and go before it in its ring, -1 where it is in none
 */
export function unwalk({ arcs, kind, back, forth, fresh, jumps, jump, other }) {
  const rings = new Rings(arcs);
  const { after } = rings;
  let oldest = 0;
  let ring = 0;
  let nextCell = 0;
  let nextOther = 0;
  let nextJump = 0;
  for (let i = 0; i < kind.length; i += 1) {
    let half = -1;
    while (oldest < rings.known && half < 0) {
      if (after[2 * oldest + 1] < 0) half = 2 * oldest + 1;
      oldest += 1;
    }
    if (kind[i] === OUTSIDE) continue;
    rings.along(half, back[ring], forth[ring]);
    const end = nextJump + 2 * jumps[ring];
    for (let place = 0; place < fresh[ring]; place += 1) {
      if (nextJump < end && jump[nextJump] === place) {
        rings.put(jump[nextJump + 1]);
        nextJump += 2;
      } else rings.put(2 * rings.known++);
    }
    rings.close(kind[i] === NEXT_CELL ? nextCell++ : other[nextOther++]);
    ring += 1;
  }
  const [left, right] = [new Int32Array(arcs), new Int32Array(arcs)];
  for (let arc = 0; arc < arcs; arc += 1) {
    left[arc] = rings.cell[2 * arc];
    right[arc] = rings.cell[2 * arc + 1];
  }
  return { left, right, after, before: rings.before };
}

/** The rings told so far, and the one being told. */
class Rings {
  /** @param {number} arcs */
  constructor(arcs) {
    this.cell = new Int32Array(2 * arcs).fill(-1);
    this.after = new Int32Array(2 * arcs).fill(-1);
    this.before = new Int32Array(2 * arcs).fill(-1);
    /** How many arcs are known. */
    this.known = 0;
    /** Half-edges of the ring being told: those behind its first, the farthest last; and the first and those after it. */
    this.behind = new Int32Array(2 * arcs);
    this.ahead = new Int32Array(2 * arcs);
    this.backward = 0;
    this.forward = 0;
  }

  /** Begin a ring with what is known of it already. @param {number} first or -1 @param {number} back @param {number} forth */
  along(first, back, forth) {
    this.backward = 0;
    this.forward = 0;
    if (first >= 0) {
      this.put(first);
      for (let i = 0; i < forth; i += 1) this.put(this.edgeAfter(this.ahead[this.forward - 1]));
    }
    for (let i = 0; i < back; i += 1) {
      this.behind[i] = this.edgeBefore(i ? this.behind[i - 1] : first);
      this.backward += 1;
    }
  }

  /** @param {number} half */
  put(half) {
    this.ahead[this.forward] = half;
    this.forward += 1;
  }

  /** Join the ring, which belongs to a cell. @param {number} owner */
  close(owner) {
    const { cell, after, before, ahead, behind, backward } = this;
    for (let i = backward - 1; i >= 0; i -= 1) this.put(behind[i]);
    let half = ahead[this.forward - 1];
    for (let i = 0; i < this.forward; i += 1) {
      const following = ahead[i];
      if (!(half >= 0 && half < cell.length))
        throw new Error('The data of this page do not fit together; the file is spoiled.');
      after[half] = following;
      before[following] = half;
      cell[half] = owner;
      half = following;
    }
  }

  /** @param {number} half */
  edgeAfter(half) {
    const { before, after } = this;
    let turn = before[half ^ 1];
    while (turn >= 0 && after[turn ^ 1] >= 0) turn = before[turn ^ 1];
    return turn < 0 ? -1 : turn ^ 1;
  }

  /** @param {number} half */
  edgeBefore(half) {
    const { after } = this;
    let turn = after[half ^ 1];
    while (turn >= 0 && after[turn ^ 1] >= 0) turn = after[turn ^ 1];
    return turn < 0 ? -1 : turn ^ 1;
  }
}
