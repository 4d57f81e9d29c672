// The places, the records and the changes of a payload, as columns over its ground.
import { isoOf } from '../world/dates.js';
import { groupsOf } from '../world/groups.js';
import { placesOf } from './event_places.js';
import { Events } from './events.js';
import { placesFrom } from './places.js';

const POINT = 1e-5;
const AS_PLACE = 0;
const OWN_POINT = 2;

/** @typedef {import('./reader.js').Reader} Reader */
/** @typedef {import('./read_ground.js').Ground} Ground */
/** @typedef {import('../types').Grid} Grid */

/**
 * @param {Reader} reader @param {Grid} grid @param {Ground} ground
 * @returns {import('../types').Place[]}
 */
export function readPlaces(reader, grid, { points, spoken }) {
  const [ids, names] = [reader.names('place_id'), reader.names('place_name')];
  const [arabic, aliases, kinds, approximate] = ['name_ar', 'aliases', 'kind', 'approximate'].map((name) =>
    reader.words(`place_${name}`),
  );
  const cell = new Int32Array(points.length / 2);
  for (let row = 0; row < cell.length; row += 1)
    cell[row] = spoken.from[row] < spoken.from[row + 1] ? spoken.rows[spoken.from[row]] : -1;
  const odd = reader.steps();
  reader.numbers().forEach((told, i) => {
    cell[odd[i]] = told - 1;
  });
  return placesFrom({ ids, names, arabic, aliases, kinds, approximate, points, cell, grid });
}

/**
 * @param {Reader} reader @param {Grid} grid @param {Ground} ground
 * @param {import('../types').Place[]} places @param {number} firstDay
 */
export function readEvents(reader, grid, ground, places, firstDay) {
  const ids = reader.names('event_id');
  // Told one too many: none is a record without a day.
  const day = reader.steps().map((told) => told - 1);
  const dates = reader.words('event_date');
  const [early, late] = [reader.numbers(), reader.numbers()];
  const [kinds, actors, againsts, sources, claimed, reported, confidence, counts, notes, outcomes] = [
    'kind',
    'actor',
    'against',
    'sources',
    'claimed_by',
    'reported',
    'confidence',
    'counts',
    'note',
    'outcome',
  ].map((name) => reader.words(`event_${name}`));
  const first = (/** @type {number[]} */ codes) => codes[0] ?? -1;
  const place = placesOf(
    {
      codes: reader.numbers(),
      jumps: reader.planes(),
      kinds,
      actor: actors.numbered(first),
      against: againsts.numbered(first),
    },
    { ...ground, places: ground.points, neighbours: neighboursOf(ground) },
    grid,
  );
  const [points, own, alternative] = [reader.numbers(), reader.signed(), reader.numbers()];
  return new Events({
    ids,
    day,
    dates,
    early,
    late,
    kinds,
    place,
    actors,
    againsts,
    sources,
    claimed,
    reported,
    confidence,
    counts,
    notes,
    outcomes,
    alternative: alternative.map((told) => told - 1),
    iso: (at) => isoOf(firstDay + at),
    lonLat: lonLats(points, own, place, places, grid),
  });
}

/**
 * Where records lie: on their place, on a point of their own, or nowhere.
 * @param {Int32Array} points which of these, by record @param {Int32Array} own the points of those that have one
 * @param {Int32Array} place @param {import('../types').Place[]} places @param {Grid} grid
 * @returns {(row: number) => [number, number] | null}
 */
function lonLats(points, own, place, places, { lon0, lat0 }) {
  /** @type {Map<number, number>} */
  const at = new Map();
  points.forEach((kind, row) => {
    if (kind === OWN_POINT) at.set(row, 2 * at.size);
  });
  return (row) => {
    if (points[row] === AS_PLACE) return [places[place[row]].lon, places[place[row]].lat];
    const found = at.get(row);
    return found === undefined ? null : [lon0 + own[found] * POINT, lat0 + own[found + 1] * POINT];
  };
}

/**
 * The places whose ground borders on that of each place, in no order, some twice.
 * @param {Ground} ground @returns {import('./event_places.js').Neighbours}
 */
function neighboursOf({ arcs: { left, right }, cells: { place }, points }) {
  // Both places beside every arc; what borders on a row of these is the other one of its pair.
  const pairs = new Int32Array(2 * left.length).fill(-1);
  for (let arc = 0; arc < left.length; arc += 1) {
    const one = left[arc] < 0 ? -1 : place[left[arc]];
    const other = right[arc] < 0 ? -1 : place[right[arc]];
    if (one < 0 || other < 0 || one === other) continue;
    pairs[2 * arc] = one;
    pairs[2 * arc + 1] = other;
  }
  const { from, rows } = groupsOf(pairs, points.length / 2);
  return { from, places: rows.map((row) => pairs[row ^ 1]) };
}

/** @param {Reader} reader @param {Events} events @param {import('../world/groups.js').Groups} spoken the cells that each place speaks for */
export function readChanges(reader, events, spoken) {
  const event = reader.steps();
  const day = reader.signed();
  const told = reader.numbers();
  const other = reader.steps();
  const cell = new Int32Array(told.length);
  let next = 0;
  for (let i = 0; i < event.length; i += 1) {
    day[i] += Math.max(0, events.day[event[i]]);
    cell[i] = told[i] ? spoken.rows[spoken.from[events.place[event[i]]] + told[i] - 1] : other[next++];
  }
  return { day, cell, ...reader.states('state'), event };
}
