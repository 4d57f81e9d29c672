// Decode a page's data block to a payload: check format and version, inflate, read the columns.
// render/codec/encode.py writes the columns in the same order.
import { dayNumber } from '../world/dates.js';
import { readGeometry } from './geometry.js';
import { Reader } from './reader.js';
import { POINT_STEP, readChanges, readEvents, readOpening, readPlaces } from './tables.js';

export const FORMAT = 'territory-page';
export const VERSION = 4;

/** @typedef {import('../types').Payload} Payload */
/** @typedef {import('../types').Grid} Grid */

/**
 * Decode the text of a data block.
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
  // Written to the stream directly: by way of a Blob the bytes would travel to another process and back.
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

/**
 * Throw if the data are of another format or version than this player reads, saying both.
 * @param {any} envelope @returns {{data: string}}
 */
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
  const geometry = readGeometry(reader, grid);
  const { arcs, cells } = geometry;
  const places = readPlaces(reader, grid, geometry);
  const events = readEvents(reader, grid, geometry, places, dayNumber(texts.campaign.first_day), texts.kinds);
  const baseline = readOpening(reader, events, cells.place, places.length);
  const changes = readChanges(reader, events, geometry.cellsByPlace);
  const { inferred, stale } = readUncertainty(reader, cells.place.length);
  return {
    campaign: texts.campaign,
    words: texts.words,
    namings: texts.namings,
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
    stale,
    layers: readLayers(reader, grid),
    chapters: texts.chapters,
    version_of: texts.version_of,
  };
}

/**
 * Read the inferred cells, and when cells are stale: cell, first day, number of days.
 * @param {Reader} reader @param {number} cells how many there are
 */
function readUncertainty(reader, cells) {
  const inferred = new Uint8Array(cells);
  for (const cell of reader.deltas('inferred_cell')) inferred[cell] = 1;
  const [cell, from] = [reader.deltas('stale_cell'), reader.unsigned('stale_from')];
  const days = reader.unsigned('stale_days');
  return { inferred, stale: { cell, from, to: from.map((day, i) => day + days[i]) } };
}

/**
 * Read the base map: in JSON how many vertices each line and ring has, in columns the vertices as differences.
 * @param {Reader} reader @param {Grid} grid @returns {import('../types').PackedLayer[]}
 */
function readLayers(reader, { lon0, lat0 }) {
  const [dx, dy] = [reader.splitBytes('layer_x'), reader.splitBytes('layer_y')];
  let at = 0;
  const line = (/** @type {number} */ count) => {
    const lonlat = new Float64Array(2 * count);
    let [x, y] = [0, 0];
    for (let i = 0; i < count; i += 1, at += 1) {
      x += dx[at];
      y += dy[at];
      lonlat[2 * i] = lon0 + x * POINT_STEP;
      lonlat[2 * i + 1] = lat0 + y * POINT_STEP;
    }
    return lonlat;
  };
  return reader.texts.layers.map((/** @type {any} */ layer) => ({
    ...layer,
    polygons: layer.polygons.map((/** @type {number[]} */ rings) => rings.map(line)),
    lines: layer.lines.map(line),
  }));
}
