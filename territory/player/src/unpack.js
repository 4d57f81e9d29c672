// From the page's data block to a payload: checks what it is, inflates it, and reads it in the order of render/pack.py.
import { dayNumber, isoOf } from './dates.js';
import { Events } from './events.js';
import { groupsOf } from './groups.js';
import { cosine, endsOf, nodesAt } from './nodes.js';
import { placesOf } from './patches.js';
import { placesFrom } from './places.js';
import { Reader, summed } from './reader.js';
import { unwalk } from './rings.js';

const FORMAT = 'territory-page';
const VERSION = 2;
const POINT = 1e-5;
const FINE = 1e-5;
const AXIS_KM = 6378.137;
const ECCENTRICITY_2 = 0.0066943799901413165;
const AS_PLACE = 0;
const OWN_POINT = 2;

/** @typedef {import('./types').Payload} Payload */
/** @typedef {import('./types').Grid} Grid */

/**
 * Open the text of a data block.
 * @param {string} text @returns {Promise<Payload>}
 */
export async function unpack(text) {
  const { data } = refuseUnknown(JSON.parse(text));
  if (typeof DecompressionStream === 'undefined') {
    throw new Error('This browser is too old to open the data of this page: it needs Chrome or Edge 80, Safari 16.4 or Firefox 113, or later.');
  }
  const inflated = new DecompressionStream('deflate');
  // Written straight in: by way of a Blob the bytes would travel to another process and back.
  const writer = inflated.writable.getWriter();
  const written = writer.write(bytesOf(data)).then(() => writer.close());
  const [bytes] = await Promise.all([new Response(inflated.readable).arrayBuffer(), written]);
  return read(new Reader(new Uint8Array(bytes)));
}

/** @param {string} base64 */
function bytesOf(base64) {
  const letters = atob(base64);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = letters.charCodeAt(i);
  return bytes;
}

/** @param {any} envelope @returns {{data: string}} */
export function refuseUnknown(envelope) {
  const format = envelope?.format;
  const version = envelope?.version;
  if (format === FORMAT && version === VERSION && typeof envelope.data === 'string') return envelope;
  throw new Error(
    `This player reads ${FORMAT} version ${VERSION}; the data says ${String(format)} version ${String(version)}. `
    + 'Render the page again with the territory that holds this player.',
  );
}

/** @param {Reader} reader @returns {Payload} */
export function read(reader) {
  const { texts } = reader;
  const grid = { ...texts.grid, squeeze: texts.squeeze };
  const ground = readGround(reader, grid);
  const { arcs, cells } = ground;
  const places = readPlaces(reader, grid, ground);
  const events = readEvents(reader, grid, ground, places, dayNumber(texts.campaign.first_day));
  const firstOf = new Int32Array(places.length).fill(-1);
  for (let i = events.length - 1; i >= 0; i -= 1) if (events.place[i] >= 0) firstOf[events.place[i]] = i;
  const opening = reader.states('opening');
  const record = reader.numbers();
  const baseline = { ...opening, event: record.map((told, cell) => (told ? told - 2 : cells.place[cell] < 0 ? -1 : firstOf[cells.place[cell]])) };
  const changes = readChanges(reader, events, ground.spoken);
  const inferred = new Uint8Array(cells.place.length);
  for (const cell of reader.steps()) inferred[cell] = 1;
  const [stale, from, days] = [reader.steps(), reader.numbers(), reader.numbers()];
  return {
    campaign: texts.campaign, actors: texts.actors, statuses: texts.statuses, grid, arcs,
    cells: { ...cells, inferred }, baseline, changes, events, sources: texts.sources, places,
    stale: { cell: stale, from, to: from.map((day, i) => day + days[i]) },
    layers: readLayers(reader, grid), chapters: texts.chapters, version_of: texts.version_of,
  };
}

/** Arcs, cells and where places lie. @param {Reader} reader @param {Grid} grid */
function readGround(reader, grid) {
  const [arcCount, cellCount, placeCount] = reader.numbers();
  const [kind, back, forth, fresh, jumps, jump, other] = Array.from({ length: 7 }, () => reader.numbers());
  const { left, right, after, before } = unwalk({ arcs: arcCount, cells: cellCount, kind, back, forth, fresh, jumps, jump, other });
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

/**
 * @param {Reader} reader @param {Grid} grid @param {ReturnType<typeof readGround>} ground
 * @returns {import('./types').Place[]}
 */
function readPlaces(reader, grid, { points, spoken }) {
  const [ids, names] = [reader.names('place_id'), reader.names('place_name')];
  const [arabic, aliases, kinds, approximate] = ['name_ar', 'aliases', 'kind', 'approximate'].map((name) => reader.words(`place_${name}`));
  const cell = new Int32Array(points.length / 2);
  for (let row = 0; row < cell.length; row += 1) cell[row] = spoken.from[row] < spoken.from[row + 1] ? spoken.rows[spoken.from[row]] : -1;
  const odd = reader.steps();
  reader.numbers().forEach((told, i) => { cell[odd[i]] = told - 1; });
  return placesFrom({ ids, names, arabic, aliases, kinds, approximate, points, cell, grid });
}

/**
 * @param {Reader} reader @param {Grid} grid @param {ReturnType<typeof readGround>} ground
 * @param {import('./types').Place[]} places @param {number} firstDay
 */
function readEvents(reader, grid, ground, places, firstDay) {
  const ids = reader.names('event_id');
  // Told one too many: none is a record without a day.
  const day = reader.steps().map((told) => told - 1);
  const dates = reader.words('event_date');
  const [early, late] = [reader.numbers(), reader.numbers()];
  const [kinds, actors, againsts, sources, claimed, reported, confidence, counts, notes, outcomes] = ['kind', 'actor', 'against',
    'sources', 'claimed_by', 'reported', 'confidence', 'counts', 'note', 'outcome'].map((name) => reader.words(`event_${name}`));
  const first = (/** @type {number[]} */ codes) => codes[0] ?? -1;
  const place = placesOf({
    codes: reader.numbers(), jumps: reader.planes(), kinds, actor: actors.numbered(first), against: againsts.numbered(first),
  }, { ...ground, places: ground.points, neighbours: neighboursOf(ground) }, grid);
  const [points, own, alternative] = [reader.numbers(), reader.signed(), reader.numbers()];
  return new Events({
    ids, day, dates, early, late, kinds, place, actors, againsts, sources, claimed, reported, confidence, counts, notes, outcomes,
    alternative: alternative.map((told) => told - 1), iso: (at) => isoOf(firstDay + at), lonLat: lonLats(points, own, place, places, grid),
  });
}

/**
 * Where records lie: on their place, on a point of their own, or nowhere.
 * @param {Int32Array} points which of these, by record @param {Int32Array} own the points of those that have one
 * @param {Int32Array} place @param {import('./types').Place[]} places @param {Grid} grid
 * @returns {(row: number) => [number, number] | null}
 */
function lonLats(points, own, place, places, { lon0, lat0 }) {
  /** @type {Map<number, number>} */
  const at = new Map();
  points.forEach((kind, row) => { if (kind === OWN_POINT) at.set(row, 2 * at.size); });
  return (row) => {
    if (points[row] === AS_PLACE) return [places[place[row]].lon, places[place[row]].lat];
    const found = at.get(row);
    return found === undefined ? null : [lon0 + own[found] * POINT, lat0 + own[found + 1] * POINT];
  };
}

/**
 * The places whose ground borders on that of each place, in no order, some twice.
 * @param {ReturnType<typeof readGround>} ground @returns {import('./patches.js').Neighbours}
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

/** @param {Reader} reader @param {Events} events @param {import('./groups.js').Groups} spoken the cells that each place speaks for */
function readChanges(reader, events, spoken) {
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

/** @param {Reader} reader @param {Grid} grid @returns {import('./types').PackedLayer[]} */
function readLayers(reader, { lon0, lat0 }) {
  const [dx, dy] = [reader.planes(), reader.planes()];
  let at = 0;
  const line = (/** @type {number} */ count) => {
    const lonlat = new Float64Array(2 * count);
    let [x, y] = [0, 0];
    for (let i = 0; i < count; i += 1, at += 1) {
      x += dx[at];
      y += dy[at];
      lonlat[2 * i] = lon0 + x * POINT;
      lonlat[2 * i + 1] = lat0 + y * POINT;
    }
    return lonlat;
  };
  return reader.texts.layers.map((/** @type {any} */ layer) => ({
    ...layer, polygons: layer.polygons.map((/** @type {number[]} */ rings) => rings.map(line)), lines: layer.lines.map(line),
  }));
}
