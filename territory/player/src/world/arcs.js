// Arcs of the topology as flat typed arrays (ragged, with offsets): a hundred thousand arcs are a handful of objects.
import { groupsOf } from './groups.js';

export class Arcs {
  /**
   * @param {Int32Array} left cell on the left of every arc, -1 outside @param {Int32Array} right
   * @param {Int32Array} start node @param {Int32Array} end
   * @param {Float64Array} xy vertices in the drawing plane, one arc after the other
   * @param {Int32Array} at where in `xy`, in vertices, each arc begins and the last one ends
   * @param {number} nodes how many there are
   */
  constructor(left, right, start, end, xy, at, nodes) {
    this.left = left;
    this.right = right;
    this.start = start;
    this.end = end;
    this.xy = xy;
    this.at = at;
    this.nodes = nodes;
    this.byCell = /** @type {ArcsByCell | null} */ (null);
  }

  get length() {
    return this.left.length;
  }

  /** The vertices of an arc: x0, y0, x1, y1, ... @param {number} arc */
  line(arc) {
    return this.xy.subarray(2 * this.at[arc], 2 * this.at[arc + 1]);
  }

  /** The arcs around every cell, computed when first asked for. */
  get around() {
    this.byCell ??= arcsByCell(this);
    return this.byCell;
  }
}

/**
 * The arcs around a cell are `arcs` from `from[cell]` until `from[cell + 1]`.
 * @typedef {{from: Int32Array, arcs: Int32Array}} ArcsByCell
 * @param {Pick<Arcs, 'left' | 'right'>} arcs @returns {ArcsByCell}
 */
function arcsByCell({ left, right }) {
  let cells = 0;
  const sides = new Int32Array(2 * left.length);
  for (let arc = 0; arc < left.length; arc += 1) {
    sides[2 * arc] = left[arc];
    sides[2 * arc + 1] = right[arc];
    cells = Math.max(cells, left[arc] + 1, right[arc] + 1);
  }
  const { from, rows } = groupsOf(sides, cells);
  return { from, arcs: rows.map((side) => side >> 1) };
}

/**
 * Bounding box of every cell in the plane: left, top, right, bottom. Each arc extends those of the cells beside it.
 * @param {Arcs} arcs @param {number} cells
 */
export function boxesOf({ left, right, xy, at }, cells) {
  const boxes = new Float64Array(cells * 4);
  for (let i = 0; i < boxes.length; i += 1) boxes[i] = i & 2 ? -Infinity : Infinity;
  for (let arc = 0; arc < left.length; arc += 1) {
    let west = Infinity;
    let north = Infinity;
    let east = -Infinity;
    let south = -Infinity;
    for (let k = at[arc]; k < at[arc + 1]; k += 1) {
      const x = xy[2 * k];
      const y = xy[2 * k + 1];
      if (x < west) west = x;
      if (x > east) east = x;
      if (y < north) north = y;
      if (y > south) south = y;
    }
    for (let side = 0; side < 2; side += 1) {
      const b = 4 * (side ? right[arc] : left[arc]);
      if (b < 0) continue;
      if (west < boxes[b]) boxes[b] = west;
      if (north < boxes[b + 1]) boxes[b + 1] = north;
      if (east > boxes[b + 2]) boxes[b + 2] = east;
      if (south > boxes[b + 3]) boxes[b + 3] = south;
    }
  }
  return boxes;
}
