// The lines between grounds. A chain is a run of arcs between the same two grounds; it is smoothed once, for display only,
// and both sides draw that one line, so grounds never gap or overlap. Nodes where three grounds meet stay fixed, and so
// does the outer border.

/** @typedef {import('../types').Chain} Chain */
/** @typedef {Pick<Path2D, 'moveTo' | 'lineTo' | 'quadraticCurveTo' | 'closePath'>} Pen */
/** @typedef {(arc: number) => number} Side the ground beside an arc; 0 is outside */

/**
 * All boundaries between different grounds, as few and as long lines as can be.
 * @param {import('../world/arcs.js').Arcs} arcs
 * @param {Side} left @param {Side} right the same ground on both sides means no boundary
 * @param {ArrayLike<number>} [among] the only arcs to look at
 * @param {Uint8Array} [fixed] nodes at which every chain ends
 * @returns {Chain[]}
 */
export function chainsOf(arcs, left, right, among, fixed) {
  const { start, end } = arcs;
  const { degree, one, two, used } = scratchOf(arcs);
  /** @type {number[]} */
  const boundary = [];
  const count = among ? among.length : start.length;
  for (let i = 0; i < count; i += 1) {
    const arc = among ? among[i] : i;
    if (left(arc) === right(arc)) continue;
    boundary.push(arc);
    for (let side = 0; side < 2; side += 1) {
      const node = side ? end[arc] : start[arc];
      (degree[node] ? two : one)[node] = arc;
      degree[node] += 1;
    }
  }
  if (fixed) for (let node = 0; node < fixed.length; node += 1) if (fixed[node] && degree[node] === 2) degree[node] = 4;
  const walk = (/** @type {number} */ first) => {
    const run = [first];
    used[first < 0 ? ~first : first] = 1;
    let node = first < 0 ? start[~first] : end[first];
    while (degree[node] === 2) {
      const next = used[one[node]] ? two[node] : one[node];
      if (used[next]) break;
      used[next] = 1;
      run.push(start[next] === node ? next : ~next);
      node = start[next] === node ? end[next] : start[next];
    }
    return chainOf(run, arcs, left, right, degree);
  };
  /** @type {Chain[]} */
  const chains = [];
  for (const arc of boundary) {
    if (used[arc]) continue;
    if (degree[start[arc]] !== 2) chains.push(walk(arc));
    else if (degree[end[arc]] !== 2) chains.push(walk(~arc));
  }
  for (const arc of boundary) if (!used[arc]) chains.push(walk(arc));
  for (const arc of boundary) {
    used[arc] = 0;
    degree[start[arc]] = 0;
    degree[end[arc]] = 0;
  }
  return chains;
}

/** @typedef {{degree: Int32Array, one: Int32Array, two: Int32Array, used: Uint8Array}} Scratch */
/** @type {WeakMap<import('../world/arcs.js').Arcs, Scratch>} */
const scratches = new WeakMap();

/**
 * Scratch arrays, one entry a node or an arc, made once and left clean: a front is a hundredth of all arcs, and new
 * arrays a frame would cost more than the front itself.
 * @param {import('../world/arcs.js').Arcs} arcs @returns {Scratch}
 */
function scratchOf(arcs) {
  let scratch = scratches.get(arcs);
  if (!scratch) {
    const { nodes, length } = arcs;
    scratch = {
      degree: new Int32Array(nodes),
      one: new Int32Array(nodes),
      two: new Int32Array(nodes),
      used: new Uint8Array(length),
    };
    scratches.set(arcs, scratch);
  }
  return scratch;
}

/**
 * @param {number[]} run @param {import('../world/arcs.js').Arcs} arcs @param {Side} left @param {Side} right
 * @param {Int32Array} degree
 * @returns {Chain}
 */
function chainOf(run, { start, end, xy, at }, left, right, degree) {
  const [first, last] = [run[0], run[run.length - 1]];
  const from = first < 0 ? end[~first] : start[first];
  const to = last < 0 ? start[~last] : end[last];
  let size = 1;
  for (const arc of run) size += at[(arc < 0 ? ~arc : arc) + 1] - at[arc < 0 ? ~arc : arc] - 1;
  const points = new Float64Array(2 * size);
  let k = 0;
  for (const arc of run) {
    const own = arc < 0 ? ~arc : arc;
    const [a, b] = [at[own], at[own + 1]];
    for (let i = k ? 1 : 0; i < b - a; i += 1) {
      const vertex = arc < 0 ? b - 1 - i : a + i;
      points[k] = xy[2 * vertex];
      points[k + 1] = xy[2 * vertex + 1];
      k += 2;
    }
  }
  const sides = first < 0 ? [right(~first), left(~first)] : [left(first), right(first)];
  return {
    points,
    closed: from === to && degree[from] === 2,
    raw: sides[0] === 0 || sides[1] === 0,
    left: sides[0],
    right: sides[1],
    start: from,
    end: to,
  };
}

/**
 * Draw a chain; the pen already stands at its beginning, unless the chain is closed.
 * @param {Pen} pen @param {Chain} chain @param {boolean} reversed
 */
export function drawChain(pen, { points, closed, raw }, reversed) {
  const count = points.length / 2;
  const x = (/** @type {number} */ i) => points[2 * (reversed ? count - 1 - i : i)];
  const y = (/** @type {number} */ i) => points[2 * (reversed ? count - 1 - i : i) + 1];
  if (closed) drawLoop(pen, count - 1, x, y, raw);
  else if (raw) for (let i = 1; i < count; i += 1) pen.lineTo(x(i), y(i));
  else {
    for (let i = 1; i < count - 1; i += 1) {
      if (i === 1) pen.lineTo((x(0) + x(1)) / 2, (y(0) + y(1)) / 2);
      pen.quadraticCurveTo(x(i), y(i), (x(i) + x(i + 1)) / 2, (y(i) + y(i + 1)) / 2);
    }
    pen.lineTo(x(count - 1), y(count - 1));
  }
}

/**
 * @param {Pen} pen @param {number} count @param {(i: number) => number} x @param {(i: number) => number} y
 * @param {boolean} raw
 */
function drawLoop(pen, count, x, y, raw) {
  if (raw) {
    pen.moveTo(x(0), y(0));
    for (let i = 1; i < count; i += 1) pen.lineTo(x(i), y(i));
  } else {
    pen.moveTo((x(0) + x(1)) / 2, (y(0) + y(1)) / 2);
    for (let i = 1; i <= count; i += 1) {
      const [a, b] = [i % count, (i + 1) % count];
      pen.quadraticCurveTo(x(a), y(a), (x(a) + x(b)) / 2, (y(a) + y(b)) / 2);
    }
  }
  pen.closePath();
}

/**
 * Draw the whole outline of one ground as closed rings; fill it even-odd.
 * @param {Pen} pen @param {Chain[]} chains @param {number} ground
 */
export function drawOutline(pen, chains, ground) {
  /** @type {Map<number, [Chain, boolean][]>} */
  const leaving = new Map();
  for (const chain of chains) {
    if (chain.left !== ground && chain.right !== ground) continue;
    const reversed = chain.left !== ground;
    if (chain.closed) {
      drawChain(pen, chain, reversed);
      continue;
    }
    const from = reversed ? chain.end : chain.start;
    const list = leaving.get(from);
    if (list) list.push([chain, reversed]);
    else leaving.set(from, [[chain, reversed]]);
  }
  for (const list of leaving.values()) while (list.length) drawRing(pen, leaving, list);
}

/**
 * @param {Pen} pen @param {Map<number, [Chain, boolean][]>} leaving @param {[Chain, boolean][]} list
 */
function drawRing(pen, leaving, list) {
  let step = list.pop();
  let begun = false;
  while (step) {
    const [chain, reversed] = step;
    const at = reversed ? chain.points.length - 2 : 0;
    if (!begun) pen.moveTo(chain.points[at], chain.points[at + 1]);
    begun = true;
    drawChain(pen, chain, reversed);
    step = leaving.get(reversed ? chain.start : chain.end)?.pop();
  }
  pen.closePath();
}

/** Nodes where chains end: more or fewer than two lines meet there. @param {Chain[]} chains @param {number} nodes */
export function endsOfChains(chains, nodes) {
  const ends = new Uint8Array(nodes);
  for (const { closed, start, end } of chains) if (!closed) ends[start] = ends[end] = 1;
  return ends;
}
