// Opens a payload: refuses what it does not know, then turns lists into typed columns and lines in the drawing plane.
import { Arcs, boxesOf } from './arcs.js';
import { dayNumber } from './dates.js';
import { Plane } from './plane.js';

const FORMAT = 'territory-page';
const VERSION = 1;

/** @typedef {import('./types').Payload} Payload */
/** @typedef {import('./types').World} World */

/**
 * The world that a payload describes.
 * @param {Payload} payload
 * @returns {World}
 */
export function decode(payload) {
  refuseUnknown(payload);
  const { campaign, grid, changes } = payload;
  const plane = new Plane(campaign.extent);
  const firstDay = dayNumber(campaign.first_day);
  const line = (/** @type {number[]} */ deltas) => lineOf(deltas, grid, plane);
  const arcs = arcsOf(payload, line);
  return {
    campaign,
    firstDay,
    days: dayNumber(campaign.last_day) - firstDay + 1,
    actors: payload.actors,
    root: rootsOf(payload.actors),
    statuses: payload.statuses,
    arcs,
    cells: {
      place: Int32Array.from(payload.cells.place),
      area: Float64Array.from(payload.cells.area_km2),
      inferred: new Uint8Array(payload.cells.place.length),
      boxes: boxesOf(arcs, payload.cells.place.length),
    },
    baseline: stateOf(payload.baseline),
    changes: { ...stateOf(changes), day: Int32Array.from(changes.day), cell: Int32Array.from(changes.cell) },
    events: payload.events,
    sources: payload.sources,
    places: payload.places,
    layers: payload.layers.map((layer) => ({
      ...layer,
      polygons: layer.polygons.map((rings) => rings.map(line)),
      lines: layer.lines.map(line),
    })),
    chapters: payload.chapters,
    plane,
    versionOf: payload.version_of ?? '',
  };
}

/** @param {Payload} payload */
function refuseUnknown(payload) {
  const format = payload?.format;
  const version = payload?.version;
  if (format === FORMAT && version === VERSION) return;
  throw new Error(
    `This player reads ${FORMAT} version ${VERSION}; the data says ${String(format)} version ${String(version)}. `
    + 'Render the page again with the territory that holds this player.',
  );
}

/**
 * Absolute coordinates in the drawing plane from x0, y0 and integer deltas.
 * @param {number[]} deltas @param {Payload['grid']} grid @param {Plane} plane
 */
function lineOf(deltas, grid, plane) {
  const line = new Float64Array(deltas.length);
  let x = 0;
  let y = 0;
  for (let i = 0; i < deltas.length; i += 2) {
    x += deltas[i];
    y += deltas[i + 1];
    line[i] = plane.x(grid.lon0 + x * grid.step);
    line[i + 1] = plane.y(grid.lat0 + y * grid.step);
  }
  return line;
}

/**
 * Arcs with numbered end nodes: ends on the same grid point are the same node.
 * @param {Payload} payload @param {(deltas: number[]) => Float64Array} line
 */
function arcsOf({ arcs }, line) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  const node = (/** @type {number} */ x, /** @type {number} */ y) => {
    const key = `${x} ${y}`;
    const known = seen.get(key);
    if (known !== undefined) return known;
    seen.set(key, seen.size);
    return seen.size - 1;
  };
  const start = new Int32Array(arcs.xy.length);
  const end = new Int32Array(arcs.xy.length);
  const at = new Int32Array(arcs.xy.length + 1);
  arcs.xy.forEach((deltas, i) => {
    start[i] = node(deltas[0], deltas[1]);
    let x = 0;
    let y = 0;
    for (let k = 0; k < deltas.length; k += 2) {
      x += deltas[k];
      y += deltas[k + 1];
    }
    end[i] = node(x, y);
    at[i + 1] = at[i] + deltas.length / 2;
  });
  const xy = new Float64Array(2 * at[arcs.xy.length]);
  arcs.xy.forEach((deltas, i) => xy.set(line(deltas), 2 * at[i]));
  return new Arcs(Int32Array.from(arcs.left), Int32Array.from(arcs.right), start, end, xy, at, seen.size);
}

/**
 * Top ancestor of every actor code; a circle of parents stops where it closes.
 * @param {import('./types').Actor[]} actors
 */
export function rootsOf(actors) {
  return Int16Array.from(actors, (_, code) => {
    let top = code;
    for (let step = 0; step < actors.length && actors[top].parent >= 0; step += 1) top = actors[top].parent;
    return top;
  });
}

/** @param {import('./types').Columns} columns @returns {import('./types').State} */
function stateOf({ controller, status, rival, event }) {
  return {
    controller: Int16Array.from(controller),
    status: Int8Array.from(status),
    rival: Int16Array.from(rival),
    event: Int32Array.from(event),
  };
}
