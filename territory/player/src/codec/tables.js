// Decode places, events, the opening state and the changes, as columns.
// What one table says of another was left out by render/codec/tables.py, and is put back in here.
import { isoOf } from '../world/dates.js';
import { decodeEventPlaces } from './event_places.js';
import { Events } from './events.js';
import { placesFrom } from './places.js';

/** Degrees: the resolution of events' own points and of the base map, whatever the grid of the arcs. */
export const POINT_STEP = 1e-5;
const AT_PLACE = 0;
const OWN_POINT = 2;

/** @typedef {import('./reader.js').Reader} Reader */
/** @typedef {import('./geometry.js').Geometry} Geometry */
/** @typedef {import('../types').Grid} Grid */

/**
 * Read the gazetteer. A place's cell is the first that has it as its place, or an exception.
 * @param {Reader} reader @param {Grid} grid @param {Geometry} geometry
 * @returns {import('../types').Place[]}
 */
export function readPlaces(reader, grid, { points, cellsByPlace }) {
  const [ids, names] = [reader.numberedTexts('place_id'), reader.numberedTexts('place_name')];
  const { language, languages } = reader.texts.campaign;
  const others = languages.filter((/** @type {string} */ tag) => tag !== language);
  const translated = others.map((/** @type {string} */ tag) => [tag, reader.categories(`place_name_${tag}`)]);
  const [aliases, kinds, approximate] = ['aliases', 'kind', 'approximate'].map((name) =>
    reader.categories(`place_${name}`),
  );
  const { from, rows } = cellsByPlace;
  const cell = new Int32Array(points.length / 2);
  for (let row = 0; row < cell.length; row += 1) cell[row] = from[row] < from[row + 1] ? rows[from[row]] : -1;
  const exceptions = reader.deltas('place_cell_row');
  reader.unsigned('place_cell').forEach((stored, i) => {
    cell[exceptions[i]] = stored - 1; // index + 1; 0 means none
  });
  return placesFrom({ ids, names, language, translated, aliases, kinds, approximate, points, cell, grid });
}

/**
 * Read the events.
 * @param {Reader} reader @param {Grid} grid @param {Geometry} geometry
 * @param {import('../types').Place[]} places @param {number} firstDay
 * @param {Record<string, import('../types').Kind>} table how events of each kind are reported
 */
export function readEvents(reader, grid, geometry, places, firstDay, table) {
  const ids = reader.numberedTexts('event_id');
  const day = reader.deltas('event_day').map((stored) => stored - 1); // day + 1; 0 means none
  const dates = reader.categories('event_date');
  const [early, late] = [reader.unsigned('event_early'), reader.unsigned('event_late')];
  const [kinds, actors, againsts, sources, locators, quotes, claimed, reported, grounding, counts, notes, outcomes] = [
    'kind',
    'actor',
    'against',
    'sources',
    'locator',
    'quote',
    'claimed_by',
    'reported',
    'grounding',
    'counts',
    'note',
    'outcome',
  ].map((name) => reader.categories(`event_${name}`));
  const place = decodeEventPlaces(reader.unsigned('event_place'), reader.splitBytes('event_place_offset'), geometry);
  const [pointKinds, own] = [reader.unsigned('event_point'), reader.signed('event_own_point')];
  const alternative = reader.unsigned('event_alternative_to');
  return new Events({
    ids,
    day,
    dates,
    early,
    late,
    kinds,
    table,
    place,
    actors,
    againsts,
    sources,
    locators,
    quotes,
    claimed,
    reported,
    grounding,
    counts,
    notes,
    outcomes,
    alternative: alternative.map((stored) => stored - 1), // index + 1; 0 means none
    iso: (at) => isoOf(firstDay + at),
    lonLat: lonLats(pointKinds, own, place, places, grid),
  });
}

/**
 * Where events lie: at their place, at a point of their own, or nowhere.
 * @param {Int32Array} pointKinds which of these, by event @param {Int32Array} own the points of those that have one
 * @param {Int32Array} place @param {import('../types').Place[]} places @param {Grid} grid
 * @returns {(row: number) => [number, number] | null}
 */
function lonLats(pointKinds, own, place, places, { lon0, lat0 }) {
  /** @type {Map<number, number>} */
  const at = new Map();
  pointKinds.forEach((kind, row) => {
    if (kind === OWN_POINT) at.set(row, 2 * at.size);
  });
  return (row) => {
    if (pointKinds[row] === AT_PLACE) return [places[place[row]].lon, places[place[row]].lat];
    const found = at.get(row);
    return found === undefined ? null : [lon0 + own[found] * POINT_STEP, lat0 + own[found + 1] * POINT_STEP];
  };
}

/**
 * Read the state as the first day opens, by cell; its event is as a rule the first that names the cell's place.
 * @param {Reader} reader @param {Events} events @param {Int32Array} place by cell @param {number} placeCount
 */
export function readOpening(reader, events, place, placeCount) {
  const first = new Int32Array(placeCount).fill(-1);
  for (let i = events.length - 1; i >= 0; i -= 1) if (events.place[i] >= 0) first[events.place[i]] = i;
  const states = reader.states('opening_state');
  // 0: that first event; else index + 2, 1 means none
  const event = reader
    .unsigned('opening_event')
    .map((stored, cell) => (stored ? stored - 2 : place[cell] < 0 ? -1 : first[place[cell]]));
  return { ...states, event };
}

/**
 * Read the changes, by event; the day is as a rule the event's, the cell one of its place's.
 * @param {Reader} reader @param {Events} events @param {import('../world/groups.js').Groups} cellsByPlace
 */
export function readChanges(reader, events, cellsByPlace) {
  const { from, rows } = cellsByPlace;
  const event = reader.deltas('change_event');
  const day = reader.signed('change_day');
  const among = reader.unsigned('change_cell'); // index + 1 among the cells of the event's place; 0 means another cell
  const exceptions = reader.deltas('change_other_cell');
  const cell = new Int32Array(among.length);
  let next = 0;
  for (let i = 0; i < event.length; i += 1) {
    day[i] += Math.max(0, events.day[event[i]]);
    cell[i] = among[i] ? rows[from[events.place[event[i]]] + among[i] - 1] : exceptions[next++];
  }
  return { day, cell, ...reader.states('change_state'), event };
}
