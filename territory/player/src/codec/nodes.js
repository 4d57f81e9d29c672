// Nodes and where they lie: guessed from the places around them, as render/nodes.py does, plus what the payload adds.

const FAR = 4;
const COSINE = [1, -1 / 2, 1 / 24, -1 / 720, 1 / 40320, -1 / 3628800, 1 / 479001600];

/**
 * The nodes at the start and the end of every arc, numbered as they are first met: round a node, each half-edge that ends
 * there is followed by one that begins there.
 * @param {Int32Array} after for every half-edge the one that follows in its ring, or -1
 * @param {Int32Array} before the one that it follows, or -1
 */
export function endsOf(after, before) {
  const ends = new Int32Array(after.length).fill(-1);
  let nodes = 0;
  for (let first = 0; first < ends.length; first += 1) {
    if (ends[first] >= 0) continue;
    let end = first;
    while (end >= 0 && ends[end] < 0) {
      ends[end] = nodes;
      end = after[end ^ 1];
    }
    // Where the outside lies at the node, the way round ends there: the rest is on the other side of the first.
    if (end < 0) {
      for (end = before[first]; end >= 0 && ends[end ^ 1] < 0; end = before[end ^ 1]) ends[end ^ 1] = nodes;
    }
    nodes += 1;
  }
  return { ends, nodes };
}

/**
 * Where all nodes lie, in steps of the grid: x0, y0, x1, y1, ...
 * @param {{ends: Int32Array, nodes: number, left: Int32Array, right: Int32Array, place: Int32Array, places: Int32Array}} around
 * @param {Int32Array} offX what the payload adds to the guess @param {Int32Array} offY
 * @param {{lat0: number, step: number, squeeze: number}} grid
 */
export function nodesAt({ ends, nodes, left, right, place, places }, offX, offY, { lat0, step, squeeze }) {
  const three = threeOf(ends, nodes, left, right, place);
  const xy = new Int32Array(2 * nodes);
  let x = 0;
  let y = 0;
  for (let node = 0; node < nodes; node += 1) {
    const a = three[3 * node];
    const b = three[3 * node + 1];
    const c = three[3 * node + 2];
    if (c >= 0) {
      const ax = places[2 * a];
      const ay = places[2 * a + 1];
      const q = squeeze || cosine((lat0 + ay * step) * (Math.PI / 180));
      const bx = (places[2 * b] - ax) * q;
      const by = places[2 * b + 1] - ay;
      const cx = (places[2 * c] - ax) * q;
      const cy = places[2 * c + 1] - ay;
      const double = 2 * (bx * cy - by * cx);
      const b2 = bx * bx + by * by;
      const c2 = cx * cx + cy * cy;
      const ux = (cy * b2 - by * c2) / double;
      const uy = (bx * c2 - cx * b2) / double;
      const reach = FAR * Math.max(Math.abs(bx), Math.abs(by), Math.abs(cx), Math.abs(cy));
      if (double !== 0 && Math.abs(ux) <= reach && Math.abs(uy) <= reach) {
        x = Math.floor(ax + ux / q + 0.5);
        y = Math.floor(ay + uy + 0.5);
      }
    }
    x += offX[node];
    y += offY[node];
    xy[2 * node] = x;
    xy[2 * node + 1] = y;
  }
  return xy;
}

/** The first three places around each node, in the order of arcs; -1 where there are fewer.
 * @param {Int32Array} ends @param {number} nodes @param {Int32Array} left @param {Int32Array} right @param {Int32Array} place
 */
function threeOf(ends, nodes, left, right, place) {
  const three = new Int32Array(3 * nodes).fill(-1);
  for (let end = 0; end < ends.length; end += 1) {
    const at = 3 * ends[end];
    for (let side = 0; side < 2; side += 1) {
      const cell = side ? right[end >> 1] : left[end >> 1];
      const speaks = cell < 0 ? -1 : place[cell];
      if (speaks < 0 || three[at + 2] >= 0 || three[at] === speaks || three[at + 1] === speaks) continue;
      three[three[at] < 0 ? at : three[at + 1] < 0 ? at + 1 : at + 2] = speaks;
    }
  }
  return three;
}

/** A sum that every machine rounds alike. @param {number} angle */
export function cosine(angle) {
  const square = angle * angle;
  let value = 0;
  for (let i = COSINE.length - 1; i >= 0; i -= 1) value = value * square + COSINE[i];
  return value;
}
