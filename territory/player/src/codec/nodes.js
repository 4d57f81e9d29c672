// Predict nodes as circumcentres of the three adjacent places, and add the stored residuals.
// The operations and their order are those of render/codec/nodes.py, so that both sides round alike.

const MAX_REACH = 4;
const COSINE_TERMS = [1, -1 / 2, 1 / 24, -1 / 720, 1 / 40320, -1 / 3628800, 1 / 479001600];

/**
 * The nodes at the start and the end of every arc, numbered in order of first use: round a node, each half-edge that ends
 * there is followed by one that begins there.
 * @param {Int32Array} next for every half-edge the one that follows in its ring, or -1
 * @param {Int32Array} previous the one that it follows, or -1
 * @returns {{ends: Int32Array, nodes: number}} start and end of arc 0, of arc 1, ...; how many nodes there are
 */
export function arcEnds(next, previous) {
  const ends = new Int32Array(next.length).fill(-1);
  let nodes = 0;
  for (let first = 0; first < ends.length; first += 1) {
    if (ends[first] >= 0) continue;
    let end = first;
    while (end >= 0 && ends[end] < 0) {
      ends[end] = nodes;
      end = next[end ^ 1];
    }
    // Where the node lies on the outer border, the turn stops there: the rest is on the other side of the first.
    if (end < 0) {
      for (end = previous[first]; end >= 0 && ends[end ^ 1] < 0; end = previous[end ^ 1]) ends[end ^ 1] = nodes;
    }
    nodes += 1;
  }
  return { ends, nodes };
}

/**
 * Positions of all nodes in grid steps: x0, y0, x1, y1, ... Where there is no prediction, the node before stands for it.
 * @param {{ends: Int32Array, nodes: number, left: Int32Array, right: Int32Array, place: Int32Array,
 *     points: Int32Array}} adjacent ends and sides of arcs, the place of every cell, and where places lie in grid steps
 * @param {Int32Array} residualX @param {Int32Array} residualY
 * @param {{lat0: number, step: number, squeeze: number}} grid `squeeze` is the length of a degree of longitude over one
 *     of latitude; 0 takes the cosine of each node's own latitude
 */
export function decodeNodes(
  { ends, nodes, left, right, place, points },
  residualX,
  residualY,
  { lat0, step, squeeze },
) {
  const three = firstThreePlaces(ends, nodes, left, right, place);
  const xy = new Int32Array(2 * nodes);
  let x = 0;
  let y = 0;
  for (let node = 0; node < nodes; node += 1) {
    const a = three[3 * node];
    const b = three[3 * node + 1];
    const c = three[3 * node + 2];
    if (c >= 0) {
      const ax = points[2 * a];
      const ay = points[2 * a + 1];
      const q = squeeze || cosine((lat0 + ay * step) * (Math.PI / 180));
      const bx = (points[2 * b] - ax) * q;
      const by = points[2 * b + 1] - ay;
      const cx = (points[2 * c] - ax) * q;
      const cy = points[2 * c + 1] - ay;
      const double = 2 * (bx * cy - by * cx);
      const b2 = bx * bx + by * by;
      const c2 = cx * cx + cy * cy;
      const ux = (cy * b2 - by * c2) / double;
      const uy = (bx * c2 - cx * b2) / double;
      const reach = MAX_REACH * Math.max(Math.abs(bx), Math.abs(by), Math.abs(cx), Math.abs(cy));
      if (double !== 0 && Math.abs(ux) <= reach && Math.abs(uy) <= reach) {
        x = Math.floor(ax + ux / q + 0.5);
        y = Math.floor(ay + uy + 0.5);
      }
    }
    x += residualX[node];
    y += residualY[node];
    xy[2 * node] = x;
    xy[2 * node + 1] = y;
  }
  return xy;
}

/**
 * The first three places around each node, in the order of arcs; -1 where there are fewer.
 * @param {Int32Array} ends @param {number} nodes @param {Int32Array} left @param {Int32Array} right @param {Int32Array} place
 */
function firstThreePlaces(ends, nodes, left, right, place) {
  const three = new Int32Array(3 * nodes).fill(-1);
  for (let end = 0; end < ends.length; end += 1) {
    const at = 3 * ends[end];
    for (let side = 0; side < 2; side += 1) {
      const cell = side ? right[end >> 1] : left[end >> 1];
      const own = cell < 0 ? -1 : place[cell];
      if (own < 0 || three[at + 2] >= 0 || three[at] === own || three[at + 1] === own) continue;
      three[three[at] < 0 ? at : three[at + 1] < 0 ? at + 1 : at + 2] = own;
    }
  }
  return three;
}

/** Cosine by a polynomial that every machine rounds alike. @param {number} angle in radians */
export function cosine(angle) {
  const square = angle * angle;
  let value = 0;
  for (let i = COSINE_TERMS.length - 1; i >= 0; i -= 1) value = value * square + COSINE_TERMS[i];
  return value;
}
