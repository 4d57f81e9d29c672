// The ground of a payload: arcs and where they run, cells and their areas, and where places lie.
import { groupsOf } from '../world/groups.js';
import { unwalk } from './connectivity.js';
import { cosine, endsOf, nodesAt } from './nodes.js';
import { summed } from './reader.js';

const FINE = 1e-5;
const AXIS_KM = 6378.137;
const ECCENTRICITY_2 = 0.0066943799901413165;

/** @typedef {import('./reader.js').Reader} Reader */
/** @typedef {import('../types').Payload} Payload */
/** @typedef {import('../types').Grid} Grid */
/** @typedef {ReturnType<typeof readGround>} Ground */

/** Arcs, cells and where places lie. @param {Reader} reader @param {Grid} grid */
export function readGround(reader, grid) {
  const [arcCount, cellCount, placeCount] = reader.numbers();
  const [kind, back, forth, fresh, jumps, jump, other] = Array.from({ length: 7 }, () => reader.numbers());
  const { left, right, after, before } = unwalk({
    arcs: arcCount,
    cells: cellCount,
    kind,
    back,
    forth,
    fresh,
    jumps,
    jump,
    other,
  });
  const place = summed(reader.planes());
  const met = metOrder(place, placeCount);
  const rank = new Int32Array(placeCount);
  const [stepX, stepY] = [summed(reader.planes()), summed(reader.planes())];
  const points = new Int32Array(2 * placeCount);
  met.forEach((row, i) => {
    rank[row] = i;
    points[2 * row] = stepX[i];
    points[2 * row + 1] = stepY[i];
  });
  const { ends, nodes } = endsOf(after, before);
  const xyNodes = nodesAt({ ends, nodes, left, right, place, places: points }, reader.planes(), reader.planes(), grid);
  const { xy, at } = linesOf(ends, xyNodes, reader.numbers(), reader.planes(), reader.planes());
  const [start, end] = [new Int32Array(arcCount), new Int32Array(arcCount)];
  for (let arc = 0; arc < arcCount; arc += 1) {
    start[arc] = ends[2 * arc];
    end[arc] = ends[2 * arc + 1];
  }
  const arcs = { left, right, start, end, xy, at, nodes };
  const cells = { place, area_km2: areasOf(arcs, cellCount, reader.planes(), grid) };
  return { arcs, cells, points, met, rank, spoken: groupsOf(place, placeCount) };
}

/** Places in the order in which the walk comes to them, and then those without ground.
 * @param {Int32Array} place by cell @param {number} count
 */
function metOrder(place, count) {
  const met = new Int32Array(count);
  const seen = new Uint8Array(count);
  let i = 0;
  const meet = (/** @type {number} */ row) => {
    if (row < 0 || seen[row]) return;
    seen[row] = 1;
    met[i] = row;
    i += 1;
  };
  place.forEach(meet);
  for (let row = 0; row < count; row += 1) meet(row);
  return met;
}

/**
 * Vertices of all arcs in steps of the grid: node, vertices between, node.
 * @param {Int32Array} ends @param {Int32Array} nodes @param {Int32Array} between @param {Int32Array} dx @param {Int32Array} dy
 */
function linesOf(ends, nodes, between, dx, dy) {
  const at = new Int32Array(between.length + 1);
  for (let arc = 0; arc < between.length; arc += 1) at[arc + 1] = at[arc] + between[arc] + 2;
  const xy = new Int32Array(2 * at[between.length]);
  let step = 0;
  for (let arc = 0; arc < between.length; arc += 1) {
    let x = nodes[2 * ends[2 * arc]];
    let y = nodes[2 * ends[2 * arc] + 1];
    let k = 2 * at[arc];
    xy[k] = x;
    xy[k + 1] = y;
    for (let i = 0; i < between[arc]; i += 1, step += 1) {
      x += dx[step];
      y += dy[step];
      k += 2;
      xy[k] = x;
      xy[k + 1] = y;
    }
    xy[k + 2] = nodes[2 * ends[2 * arc + 1]];
    xy[k + 3] = nodes[2 * ends[2 * arc + 1] + 1];
  }
  return { xy, at };
}

/**
 * Areas in km2: what they measure on the grid, as Python reckons it, plus what the payload adds.
 * @param {Payload['arcs']} arcs @param {number} count @param {Int32Array} added @param {Grid} grid
 */
function areasOf({ left, right, xy, at }, count, added, { lat0, step }) {
  const twice = new Float64Array(count);
  const low = new Float64Array(count).fill(Infinity);
  const high = new Float64Array(count).fill(-Infinity);
  for (let arc = 0; arc < left.length; arc += 1) {
    let cross = 0;
    let least = Infinity;
    let most = -Infinity;
    for (let k = at[arc]; k < at[arc + 1]; k += 1) {
      const x = xy[2 * k];
      const y = xy[2 * k + 1];
      if (k + 1 < at[arc + 1]) cross += x * xy[2 * k + 3] - xy[2 * k + 2] * y;
      if (y < least) least = y;
      if (y > most) most = y;
    }
    for (let side = 0; side < 2; side += 1) {
      const cell = side ? right[arc] : left[arc];
      if (cell < 0) continue;
      twice[cell] += side ? -cross : cross;
      low[cell] = Math.min(low[cell], least);
      high[cell] = Math.max(high[cell], most);
    }
  }
  const unit = step === FINE ? 1e-4 : 1e-2;
  const degree = step * (Math.PI / 180) * AXIS_KM;
  return twice.map((double, cell) => {
    const shrink = cosine((lat0 + ((low[cell] + high[cell]) / 2) * step) * (Math.PI / 180));
    const flat = 1 - ECCENTRICITY_2 * (1 - shrink * shrink);
    return ((double / 2) * degree * degree * (1 - ECCENTRICITY_2) * shrink) / (flat * flat) + added[cell] * unit;
  });
}
