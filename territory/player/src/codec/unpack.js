// From the page's data block to a payload: checks what it is, inflates it, and reads it in the order of render/pack.py.
import { dayNumber } from '../world/dates.js';
import { readGround } from './read_ground.js';
import { readChanges, readEvents, readPlaces } from './read_records.js';
import { Reader } from './reader.js';

const FORMAT = 'territory-page';
const VERSION = 2;
const POINT = 1e-5;

/** @typedef {import('../types').Payload} Payload */
/** @typedef {import('../types').Grid} Grid */

/**
 * Open the text of a data block.
 * @param {string} text @returns {Promise<Payload>}
 */
export async function unpack(text) {
  const { data } = refuseUnknown(JSON.parse(text));
  if (typeof DecompressionStream === 'undefined') {
    throw new Error(
      'This browser is too old to open the data of this page: it needs Chrome or Edge 80, Safari 16.4 or Firefox 113, or later.',
    );
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
    `This player reads ${FORMAT} version ${VERSION}; the data says ${String(format)} version ${String(version)}. ` +
      'Render the page again with the territory that holds this player.',
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
  const baseline = {
    ...opening,
    event: record.map((told, cell) => (told ? told - 2 : cells.place[cell] < 0 ? -1 : firstOf[cells.place[cell]])),
  };
  const changes = readChanges(reader, events, ground.spoken);
  const inferred = new Uint8Array(cells.place.length);
  for (const cell of reader.steps()) inferred[cell] = 1;
  const [stale, from, days] = [reader.steps(), reader.numbers(), reader.numbers()];
  return {
    campaign: texts.campaign,
    actors: texts.actors,
    statuses: texts.statuses,
    grid,
    arcs,
    cells: { ...cells, inferred },
    baseline,
    changes,
    events,
    sources: texts.sources,
    places,
    stale: { cell: stale, from, to: from.map((day, i) => day + days[i]) },
    layers: readLayers(reader, grid),
    chapters: texts.chapters,
    version_of: texts.version_of,
  };
}

/** @param {Reader} reader @param {Grid} grid @returns {import('../types').PackedLayer[]} */
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
    ...layer,
    polygons: layer.polygons.map((/** @type {number[]} */ rings) => rings.map(line)),
    lines: layer.lines.map(line),
  }));
}
