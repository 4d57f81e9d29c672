// What the eye sees as one piece of ground, and the lines between such pieces.
// A chain is a run of arcs between the same two grounds. It is smoothed for the eye only, once, and both sides draw that
// one line, so grounds never gap or overlap; nodes where three grounds meet stay fixed, and so does the outer border.
import { CONTESTED, MIXED } from './codes.js';

/** @typedef {import('./types').Chain} Chain */
/** @typedef {import('./types').Ground} Ground */
/** @typedef {Pick<Path2D, 'moveTo' | 'lineTo' | 'quadraticCurveTo' | 'closePath'>} Pen */

/**
 * The ground of every cell. Cells look alike when top actor, hatch and `changed` mark agree: groups within a coalition
 * have no line between them on the map; the answer to a click names them.
 * @param {Pick<import('./types').World, 'root'>} world
 * @param {import('./types').State} state
 * @param {(cell: number) => boolean} changed
 * @returns {{of: Int32Array, list: (Ground & {changed: boolean})[]}} `of[cell]` is an index into `list`; 0 is outside
 */
export function groundsOf({ root }, state, changed) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  const list = [{ controller: -1, rival: -1, hatched: false, changed: false }];
  const of = Int32Array.from(state.controller, (controller, cell) => {
    const status = state.status[cell];
    const hatched = (status === CONTESTED || status === MIXED) && root[state.rival[cell]] !== root[controller];
    const rival = hatched ? root[state.rival[cell]] : 0;
    const mark = changed(cell);
    const key = `${root[controller]} ${hatched ? rival : ''} ${mark}`;
    const known = seen.get(key);
    if (known !== undefined) return known;
    list.push({ controller: root[controller], rival, hatched, changed: mark });
    seen.set(key, list.length - 1);
    return list.length - 1;
  });
  return { of, list };
}

/**
 * All boundaries between different grounds, as few and as long lines as can be.
 * @param {import('./types').Arcs} arcs
 * @param {(arc: number) => [number, number]} sides ground on the left and on the right of an arc; equal means no boundary
 * @returns {Chain[]}
 */
export function chainsOf(arcs, sides) {
  const { start, end, nodes } = arcs;
  const degree = new Int32Array(nodes);
  const one = new Int32Array(nodes);
  const two = new Int32Array(nodes);
  const boundary = [];
  for (let arc = 0; arc < start.length; arc += 1) {
    const [left, right] = sides(arc);
    if (left === right) continue;
    boundary.push(arc);
    for (const node of [start[arc], end[arc]]) {
      (degree[node] ? two : one)[node] = arc;
      degree[node] += 1;
    }
  }
  const used = new Uint8Array(start.length);
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
    return chainOf(run, arcs, sides, degree);
  };
  const open = boundary.flatMap((arc) => {
    if (used[arc]) return [];
    if (degree[start[arc]] !== 2) return [walk(arc)];
    return degree[end[arc]] !== 2 ? [walk(~arc)] : [];
  });
  return open.concat(boundary.flatMap((arc) => (used[arc] ? [] : [walk(arc)])));
}

/**
 * @param {number[]} run @param {import('./types').Arcs} arcs
 * @param {(arc: number) => [number, number]} sides @param {Int32Array} degree
 * @returns {Chain}
 */
function chainOf(run, { start, end, lines }, sides, degree) {
  const first = run[0];
  const last = run[run.length - 1];
  const from = first < 0 ? end[~first] : start[first];
  const to = last < 0 ? start[~last] : end[last];
  /** @type {number[]} */
  const points = [];
  for (const arc of run) {
    const line = lines[arc < 0 ? ~arc : arc];
    const skip = points.length ? 1 : 0;
    for (let i = skip; i < line.length / 2; i += 1) {
      const at = arc < 0 ? line.length / 2 - 1 - i : i;
      points.push(line[2 * at], line[2 * at + 1]);
    }
  }
  const [left, right] = first < 0 ? /** @type {[number, number]} */ (sides(~first).slice().reverse()) : sides(first);
  return {
    points: Float64Array.from(points),
    closed: from === to && degree[from] === 2,
    raw: left === 0 || right === 0,
    left, right, start: from, end: to,
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
