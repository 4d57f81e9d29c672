// Decode cells and arcs: connectivity, nodes and vertices on an integer grid, areas, and the place of each cell.
// What was stored are residuals of predictions; render/codec/geometry.py makes the same predictions.
import { groupsOf } from '../world/groups.js';
import { decodeConnectivity } from './connectivity.js';
import { arcEnds, cosine, decodeNodes } from './nodes.js';
import { cumsum } from './reader.js';

const FINE_STEP = 1e-5;
const SEMI_MAJOR_KM = 6378.137;
const ECCENTRICITY_SQUARED = 0.0066943799901413165;

/** @typedef {import('./reader.js').Reader} Reader */
/** @typedef {import('../types').Payload} Payload */
/** @typedef {import('../types').Grid} Grid */
/**
 * `points` is where places lie, in grid steps; `placeOrder` lists the rows of places in the order in which they are
 * stored, and `placeRank` is its inverse.
 * @typedef {ReturnType<typeof readGeometry>} Geometry
 */

/** Read arcs, cells and the positions of places. @param {Reader} reader @param {Grid} grid */
export function readGeometry(reader, grid) {
  const [arcCount, cellCount, placeCount] = reader.unsigned('counts');
  const { left, right, next, previous } = readConnectivity(reader, arcCount);
  const place = cumsum(reader.splitBytes('cell_place'));
  const { points, placeOrder, placeRank } = readPoints(reader, place, placeCount);
  const { ends, nodes } = arcEnds(next, previous);
  const [residualX, residualY] = [reader.splitBytes('node_x'), reader.splitBytes('node_y')];
  const xyNodes = decodeNodes({ ends, nodes, left, right, place, points }, residualX, residualY, grid);
  const between = reader.unsigned('arc_vertices');
  const { xy, at } = decodeLines(ends, xyNodes, between, reader.splitBytes('vertex_x'), reader.splitBytes('vertex_y'));
  const [start, end] = [new Int32Array(arcCount), new Int32Array(arcCount)];
  for (let arc = 0; arc < arcCount; arc += 1) {
    start[arc] = ends[2 * arc];
    end[arc] = ends[2 * arc + 1];
  }
  const arcs = { left, right, start, end, xy, at, nodes };
  const cells = { place, area_km2: decodeAreas(arcs, cellCount, reader.splitBytes('area'), grid) };
  return { arcs, cells, points, placeOrder, placeRank, cellsByPlace: groupsOf(place, placeCount) };
}

/** @param {Reader} reader @param {number} arcs */
function readConnectivity(reader, arcs) {
  return decodeConnectivity({
    arcs,
    owner: reader.unsigned('owner'),
    knownBefore: reader.unsigned('known_before'),
    knownAfter: reader.unsigned('known_after'),
    remaining: reader.unsigned('remaining'),
    repeatCount: reader.unsigned('repeat_count'),
    repeats: reader.unsigned('repeats'),
    earlierCell: reader.unsigned('earlier_cell'),
  });
}

/** Where places lie, in grid steps. @param {Reader} reader @param {Int32Array} place by cell @param {number} count */
function readPoints(reader, place, count) {
  const placeOrder = firstCellOrder(place, count);
  const placeRank = new Int32Array(count);
  const [x, y] = [cumsum(reader.splitBytes('place_x')), cumsum(reader.splitBytes('place_y'))];
  const points = new Int32Array(2 * count);
  placeOrder.forEach((row, i) => {
    placeRank[row] = i;
    points[2 * row] = x[i];
    points[2 * row + 1] = y[i];
  });
  return { points, placeOrder, placeRank };
}

/**
 * Rows of places in the order of their first cell, and then of those without a cell.
 * @param {Int32Array} place by cell @param {number} count
 */
function firstCellOrder(place, count) {
  const order = new Int32Array(count);
  const seen = new Uint8Array(count);
  let i = 0;
  const add = (/** @type {number} */ row) => {
    if (row < 0 || seen[row]) return;
    seen[row] = 1;
    order[i] = row;
    i += 1;
  };
  place.forEach(add);
  for (let row = 0; row < count; row += 1) add(row);
  return order;
}

/**
 * Vertices of all arcs in grid steps: node, vertices between, node.
 * @param {Int32Array} ends @param {Int32Array} nodes @param {Int32Array} between how many, by arc
 * @param {Int32Array} dx of all vertices between @param {Int32Array} dy
 */
function decodeLines(ends, nodes, between, dx, dy) {
  const at = new Int32Array(between.length + 1);
  for (let arc = 0; arc < between.length; arc += 1) at[arc + 1] = at[arc] + between[arc] + 2;
  const xy = new Int32Array(2 * at[between.length]);
  let delta = 0;
  for (let arc = 0; arc < between.length; arc += 1) {
    let x = nodes[2 * ends[2 * arc]];
    let y = nodes[2 * ends[2 * arc] + 1];
    let k = 2 * at[arc];
    xy[k] = x;
    xy[k + 1] = y;
    for (let i = 0; i < between[arc]; i += 1, delta += 1) {
      x += dx[delta];
      y += dy[delta];
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
 * Areas in km2: the area on the grid, scaled to the ellipsoid at the cell's latitude, plus the stored residual.
 * @param {Payload['arcs']} arcs @param {number} count @param {Int32Array} residuals @param {Grid} grid
 */
function decodeAreas(arcs, count, residuals, { lat0, step }) {
  const { twice, low, high } = gridAreas(arcs, count);
  const unit = step === FINE_STEP ? 1e-4 : 1e-2;
  const stepKm = step * (Math.PI / 180) * SEMI_MAJOR_KM;
  return twice.map((double, cell) => {
    const cosLat = cosine((lat0 + ((low[cell] + high[cell]) / 2) * step) * (Math.PI / 180));
    const w2 = 1 - ECCENTRICITY_SQUARED * (1 - cosLat * cosLat);
    const predicted = ((double / 2) * stepKm * stepKm * (1 - ECCENTRICITY_SQUARED) * cosLat) / (w2 * w2);
    return predicted + residuals[cell] * unit;
  });
}

/**
 * Twice the area of every cell in square grid steps (shoelace formula over its arcs), and its lowest and highest y.
 * @param {Payload['arcs']} arcs @param {number} count
 */
function gridAreas({ left, right, xy, at }, count) {
  const twice = new Float64Array(count);
  const low = new Float64Array(count).fill(Infinity);
  const high = new Float64Array(count).fill(-Infinity);
  for (let arc = 0; arc < left.length; arc += 1) {
    let cross = 0;
    let south = Infinity;
    let north = -Infinity;
    for (let k = at[arc]; k < at[arc + 1]; k += 1) {
      const x = xy[2 * k];
      const y = xy[2 * k + 1];
      if (k + 1 < at[arc + 1]) cross += x * xy[2 * k + 3] - xy[2 * k + 2] * y;
      if (y < south) south = y;
      if (y > north) north = y;
    }
    for (let side = 0; side < 2; side += 1) {
      const cell = side ? right[arc] : left[arc];
      if (cell < 0) continue;
      twice[cell] += side ? -cross : cross;
      low[cell] = Math.min(low[cell], south);
      high[cell] = Math.max(high[cell], north);
    }
  }
  return { twice, low, high };
}
