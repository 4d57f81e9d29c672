// Nodes and where they lie: guessed from the places around them, as render/nodes.py does, plus what the payload adds.

const FAR = 4;
const COSINE = [1, -1 / 2, 1 / 24, -1 / 720, 1 / 40320, -1 / 3628800, 1 / 479001600];

/**
 * The nodes at the start and the end of every arc, numbered as they are first met.
 * @param {Int32Array} after for every half-edge the one that follows in its ring, or -1
 */
export function endsOf(after) {
  const parent = after.map((_, i) => i);
  const find = (/** @type {number} */ end) => {
    let top = end;
    while (parent[top] !== top) {
      parent[top] = parent[parent[top]];
      top = parent[top];
    }
    return top;
  };
  for (let half = 0; half < after.length; half += 1) {
    if (after[half] < 0) continue;
    const [one, two] = [find(half ^ 1), find(after[half])];
    if (one < two) parent[two] = one;
    else parent[one] = two;
  }
  const number = new Int32Array(after.length).fill(-1);
  const ends = new Int32Array(after.length);
  let nodes = 0;
  for (let end = 0; end < ends.length; end += 1) {
    const top = find(end);
    if (number[top] < 0) number[top] = nodes++;
    ends[end] = number[top];
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
  let [x, y] = [0, 0];
  for (let node = 0; node < nodes; node += 1) {
    const [a, b, c] = [three[3 * node], three[3 * node + 1], three[3 * node + 2]];
    if (c >= 0) {
      const [ax, ay] = [places[2 * a], places[2 * a + 1]];
      const q = squeeze || cosine((lat0 + ay * step) * (Math.PI / 180));
      const [bx, by] = [(places[2 * b] - ax) * q, places[2 * b + 1] - ay];
      const [cx, cy] = [(places[2 * c] - ax) * q, places[2 * c + 1] - ay];
      const double = 2 * (bx * cy - by * cx);
      const [b2, c2] = [bx * bx + by * by, cx * cx + cy * cy];
      const [ux, uy] = [(cy * b2 - by * c2) / double, (bx * c2 - cx * b2) / double];
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
