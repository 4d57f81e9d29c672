// Decode cell adjacency by region growing: repeat the additions of rings that render/codec/connectivity.py made.
// Half-edges are numbered 2 * arc + side; side 0 is the direction in which the arc was added.

const OUTSIDE = 0;
const NEW_CELL = 1;

/**
 * Decode which cells lie beside every arc, and which half-edges follow each other in rings.
 * @param {{arcs: number, owner: Int32Array, knownBefore: Int32Array, knownAfter: Int32Array, remaining: Int32Array,
 *     repeatCount: Int32Array, repeats: Int32Array, earlierCell: Int32Array}} columns how many arcs there are, and the
 *     columns of `Connectivity` in Python
 * @returns {{left: Int32Array, right: Int32Array, next: Int32Array, previous: Int32Array}} cells beside every arc, -1
 *     outside; and for every half-edge the ones that follow it and go before it in its ring, -1 where it is in none
 */
export function decodeConnectivity({
  arcs,
  owner,
  knownBefore,
  knownAfter,
  remaining,
  repeatCount,
  repeats,
  earlierCell,
}) {
  const region = new Region(arcs);
  const { next } = region;
  let oldest = 0;
  let ring = 0;
  let nextCell = 0;
  let nextEarlier = 0;
  let nextRepeat = 0;
  for (let i = 0; i < owner.length; i += 1) {
    let first = -1;
    while (oldest < region.arcs && first < 0) {
      if (next[2 * oldest + 1] < 0) first = 2 * oldest + 1;
      oldest += 1;
    }
    if (owner[i] === OUTSIDE) continue;
    region.begin(first, knownBefore[ring], knownAfter[ring]);
    const end = nextRepeat + 2 * repeatCount[ring];
    for (let place = 0; place < remaining[ring]; place += 1) {
      if (nextRepeat < end && repeats[nextRepeat] === place) {
        region.append(repeats[nextRepeat + 1]);
        nextRepeat += 2;
      } else region.append(2 * region.arcs++);
    }
    region.close(owner[i] === NEW_CELL ? nextCell++ : earlierCell[nextEarlier++]);
    ring += 1;
  }
  return { ...sidesOf(region.cell), next, previous: region.previous };
}

/** @param {Int32Array} cell by half-edge */
function sidesOf(cell) {
  const [left, right] = [new Int32Array(cell.length / 2), new Int32Array(cell.length / 2)];
  for (let arc = 0; arc < left.length; arc += 1) {
    left[arc] = cell[2 * arc];
    right[arc] = cell[2 * arc + 1];
  }
  return { left, right };
}

/** The rings added so far, and the one that is being added. */
class Region {
  /** @param {number} arcs how many there will be */
  constructor(arcs) {
    this.cell = new Int32Array(2 * arcs).fill(-1);
    this.next = new Int32Array(2 * arcs).fill(-1);
    this.previous = new Int32Array(2 * arcs).fill(-1);
    /** How many arcs have a number. */
    this.arcs = 0;
    /** Half-edges of the ring being added: from its first one on; and those before its first, from there backwards. */
    this.ahead = new Int32Array(2 * arcs);
    this.behind = new Int32Array(2 * arcs);
    this.aheadCount = 0;
    this.behindCount = 0;
  }

  /**
   * Begin a ring with what of it lies on the boundary of the region.
   * @param {number} first half-edge, or -1 @param {number} before how many go before it @param {number} after
   */
  begin(first, before, after) {
    this.aheadCount = 0;
    this.behindCount = 0;
    if (first >= 0) {
      this.append(first);
      for (let i = 0; i < after; i += 1) this.append(this.boundaryNext(this.ahead[this.aheadCount - 1]));
    }
    for (let i = 0; i < before; i += 1) {
      this.behind[i] = this.boundaryPrevious(i ? this.behind[i - 1] : first);
      this.behindCount += 1;
    }
  }

  /** @param {number} halfEdge */
  append(halfEdge) {
    this.ahead[this.aheadCount] = halfEdge;
    this.aheadCount += 1;
  }

  /** Close the ring, which is one of a cell. @param {number} owner */
  close(owner) {
    const { cell, next, previous, ahead, behind, behindCount } = this;
    for (let i = behindCount - 1; i >= 0; i -= 1) this.append(behind[i]);
    let halfEdge = ahead[this.aheadCount - 1];
    for (let i = 0; i < this.aheadCount; i += 1) {
      const following = ahead[i];
      if (!(halfEdge >= 0 && halfEdge < cell.length))
        throw new Error('The data of this page do not fit together; the file is spoiled.');
      next[halfEdge] = following;
      previous[following] = halfEdge;
      cell[halfEdge] = owner;
      halfEdge = following;
    }
  }

  /**
   * The half-edge that follows along the boundary of the region, found by turning around the node; -1 if not known.
   * @param {number} halfEdge
   */
  boundaryNext(halfEdge) {
    const { next, previous } = this;
    let inner = previous[halfEdge ^ 1];
    while (inner >= 0 && next[inner ^ 1] >= 0) inner = previous[inner ^ 1];
    return inner < 0 ? -1 : inner ^ 1;
  }

  /** The one that goes before. @param {number} halfEdge */
  boundaryPrevious(halfEdge) {
    const { next } = this;
    let inner = next[halfEdge ^ 1];
    while (inner >= 0 && next[inner ^ 1] >= 0) inner = next[inner ^ 1];
    return inner < 0 ? -1 : inner ^ 1;
  }
}
