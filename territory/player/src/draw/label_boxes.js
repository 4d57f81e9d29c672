// Where labels lie on the screen: which boxes are taken, and whether one is still free.

/** @typedef {[number, number, number, number]} Box left, top, right, bottom in screen pixels */

/** Boxes already taken; `free` asks, `take` claims. */
export class LabelBoxes {
  /**
   * @param {Box} [edge] of the visible map: no box may lie across it
   * @param {Box[]} [pockets] what a name should leave free if it can
   */
  constructor(edge = [-Infinity, -Infinity, Infinity, Infinity], pockets = []) {
    this.edge = edge;
    /** @type {Box[]} */
    this.boxes = [];
    this.pockets = pockets;
  }

  /** @param {Box} box */
  free([left, top, right, bottom]) {
    const [west, north, east, south] = this.edge;
    const within = left >= west && top >= north && right <= east && bottom <= south;
    if (!within && left < east && right > west && top < south && bottom > north) return false;
    return this.boxes.every((other) => apart([left, top, right, bottom], other));
  }

  /** @param {Box} box */
  take(box) {
    this.boxes.push(box);
  }
}

/** @param {Box} one @param {Box} other */
export function apart(one, other) {
  return one[0] > other[2] || one[2] < other[0] || one[1] > other[3] || one[3] < other[1];
}
