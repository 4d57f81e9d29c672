// Convert a payload to a world: typed columns, and lines projected into the drawing plane.
import { Arcs, boxesOf } from './arcs.js';
import { dayNumber } from './dates.js';
import { Plane } from './plane.js';

/** @typedef {import('../types').Payload} Payload */
/** @typedef {import('../types').World} World */

/**
 * The world of a payload.
 * @param {Payload} payload
 * @returns {World}
 */
export function decode(payload) {
  const { campaign, changes, cells } = payload;
  const plane = new Plane(campaign.extent);
  const firstDay = dayNumber(campaign.first_day);
  const arcs = arcsOf(payload, plane);
  /** @type {Float64Array | null} */
  let boxes = null;
  const line = (/** @type {Float64Array} */ lonlat) =>
    lonlat.map((value, i) => (i % 2 ? plane.y(value) : plane.x(value)));
  return {
    campaign,
    words: payload.words,
    namings: payload.namings,
    firstDay,
    days: dayNumber(campaign.last_day) - firstDay + 1,
    actors: payload.actors,
    sideOf: sidesOf(payload.actors),
    statuses: payload.statuses.map(({ id }) => id),
    fills: payload.statuses.map(({ fill }) => fill),
    outlines: payload.statuses.map(({ outline }) => outline),
    arcs,
    cells: {
      place: Int32Array.from(cells.place),
      area: Float64Array.from(cells.area_km2),
      inferred: Uint8Array.from(cells.inferred),
      // Needed for the map at rest only: computed later, so that the first picture comes sooner.
      get boxes() {
        boxes ??= boxesOf(arcs, cells.place.length);
        return boxes;
      },
    },
    baseline: stateOf(payload.baseline),
    changes: { ...stateOf(changes), day: Int32Array.from(changes.day), cell: Int32Array.from(changes.cell) },
    stale: payload.stale,
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

/** @param {Payload} payload @param {Plane} plane */
function arcsOf({ arcs, grid }, plane) {
  const xy = new Float64Array(arcs.xy.length);
  for (let i = 0; i < xy.length; i += 2) {
    xy[i] = plane.x(grid.lon0 + arcs.xy[i] * grid.step);
    xy[i + 1] = plane.y(grid.lat0 + arcs.xy[i + 1] * grid.step);
  }
  return new Arcs(arcs.left, arcs.right, arcs.start, arcs.end, xy, arcs.at, arcs.nodes);
}

/**
 * Top ancestor of every actor code; a cycle of parents ends after as many steps as there are actors.
 * @param {import('../types').Actor[]} actors
 */
export function sidesOf(actors) {
  return Int16Array.from(actors, (_, code) => {
    let top = code;
    for (let step = 0; step < actors.length && actors[top].parent >= 0; step += 1) top = actors[top].parent;
    return top;
  });
}

/** @param {import('../types').Columns} columns @returns {import('../types').State} */
function stateOf({ controller, status, rival, event }) {
  return {
    controller: new Int16Array(controller),
    status: new Int8Array(status),
    rival: new Int16Array(rival),
    event: new Int32Array(event),
  };
}
