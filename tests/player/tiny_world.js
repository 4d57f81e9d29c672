// A tiny world, written out: four square cells in a row, on a grid of one degree; two actors and a group inside one of them.
//
//      +-------+-------+-------+-------+     y = 1
//      |   0   |   1   |   2   |   3   |
//      +-------+-------+-------+-------+     y = 0
//     x=0      1       2       3       4
//
// Arcs 0, 1, 2 stand between neighbours and run upwards, so the cell on the left of each is the western one.
// Arcs 3 to 8 are the outer edges, with the outside on their right: the ends, and the tops and bottoms between.

import { readFileSync } from 'node:fs';
import { Categorical } from '../../territory/player/src/codec/columns.js';
import { Events } from '../../territory/player/src/codec/events.js';

const read = (name) => JSON.parse(readFileSync(new URL(`../../territory/words/${name}.json`, import.meta.url), 'utf8'));

/** What kinds and statuses are called in a language. */
const ofRecords = (tag) => {
  const inTag = (rows) => Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, row[tag]]));
  return Object.fromEntries(Object.entries(read('records')).map(([group, rows]) => [group, inTag(rows)]));
};

/** The texts of some languages as a page carries them. */
export const texts = (...tags) =>
  Object.fromEntries(tags.map((tag) => [tag, { ...read('languages')[tag], ...read(tag), ...ofRecords(tag) }]));
/** Every language that there is. */
export const TAGS = Object.keys(read('languages'));

const NOBODY = { aliases: [], approximate: false };

/** Arcs written as x0, y0 and steps, laid out as the player keeps them; ends on one point are one node. */
function flat({ left, right, xy: lines }) {
  const nodes = new Map();
  const node = (x, y) => {
    const key = `${x} ${y}`;
    if (!nodes.has(key)) nodes.set(key, nodes.size);
    return nodes.get(key);
  };
  const [start, end, at, xy] = [[], [], [0], []];
  for (const line of lines) {
    let [x, y] = [0, 0];
    for (let i = 0; i < line.length; i += 2) {
      x += line[i];
      y += line[i + 1];
      xy.push(x, y);
      if (i === 0) start.push(node(x, y));
    }
    end.push(node(x, y));
    at.push(xy.length / 2);
  }
  const whole = (list) => Int32Array.from(list);
  return {
    left: whole(left),
    right: whole(right),
    start: whole(start),
    end: whole(end),
    at: whole(at),
    xy: whole(xy),
    nodes: nodes.size,
  };
}

const KINDS = {
  baseline: { family: 'assessment', news: 'none' },
  capture: { family: 'control', news: 'map' },
  clash: { family: 'clash', news: 'map' },
  reading: { family: 'assessment', news: 'list' },
};

/** One word for all rows. */
const all = (rows, word) => new Categorical([word], new Int32Array(rows.length));
const column = (rows, key) =>
  new Categorical(
    rows.map((row) => row[key]),
    Int32Array.from(rows.keys()),
  );

/** Records of Green against Red at the first place. */
export function eventsOf(rows) {
  return new Events({
    ids: column(rows, 'id'),
    day: Int32Array.from(rows, ({ day = -1 }) => day),
    dates: column(
      rows.map(({ date = '2015-03-01' }) => ({ date })),
      'date',
    ),
    early: new Int32Array(rows.length),
    late: new Int32Array(rows.length),
    kinds: column(rows, 'kind'),
    table: KINDS,
    place: new Int32Array(rows.length),
    actors: all(rows, [3]),
    againsts: all(rows, [2]),
    sources: all(rows, []),
    locators: all(rows, ''),
    quotes: all(rows, ''),
    claimed: all(rows, ''),
    reported: all(rows, ''),
    grounding: all(rows, 'cited'),
    counts: all(rows, {}),
    notes: all(rows, ''),
    outcomes: all(rows, 'changed'),
    alternative: Int32Array.from(rows, ({ alternative = -1 }) => alternative),
    iso: String,
    lonLat: () => [0.5, 0.5],
  });
}

/** @returns {import('../../territory/player/src/types').Payload} */
export function payload() {
  return {
    campaign: {
      id: 'tiny',
      language: 'en',
      languages: ['en'],
      title: { en: 'Tiny' },
      summary: {},
      first_day: '2015-03-01',
      last_day: '2015-03-10',
      key_day: '2015-03-05',
      extent: [0, 0, 4, 1],
      attribution: '',
      licence: '',
      max_radius_km: 12,
    },
    words: texts('en'),
    namings: {},
    actors: [
      { id: 'unknown', label: {}, namings: [], colour: '#b9b9b4', parent: -1 },
      { id: 'none', label: {}, namings: [], colour: '#e8e4da', parent: -1 },
      { id: 'red', label: { en: 'Red' }, namings: [], colour: '#ac341f', parent: -1 },
      { id: 'green', label: { en: 'Green' }, namings: [], colour: '#66b9a1', parent: -1 },
      { id: 'green-group', label: { en: 'Green group' }, namings: [], colour: '#58b096', parent: 3 },
    ],
    statuses: [
      { id: 'control', fill: 'plain', outline: '' },
      { id: 'contested', fill: 'stripes', outline: '' },
      { id: 'besieged', fill: 'plain', outline: 'rim' },
      { id: 'claimed', fill: 'plain', outline: 'dashes' },
      { id: 'truce', fill: 'plain', outline: 'band' },
      { id: 'mixed', fill: 'broad', outline: '' },
    ],
    grid: { lon0: 0, lat0: 0, step: 1, squeeze: 0 },
    arcs: flat({
      left: [0, 1, 2, 0, 1, 2, 3, 1, 2],
      right: [1, 2, 3, -1, -1, -1, -1, -1, -1],
      xy: [
        [1, 0, 0, 1],
        [2, 0, 0, 1],
        [3, 0, 0, 1],
        [1, 1, -1, 0, 0, -1, 1, 0],
        [2, 1, -1, 0],
        [3, 1, -1, 0],
        [3, 0, 1, 0, 0, 1, -1, 0],
        [1, 0, 1, 0],
        [2, 0, 1, 0],
      ],
    }),
    cells: { place: Int32Array.of(0, 1, 2, 3), area_km2: Float64Array.of(10, 20, 30, 40), inferred: new Uint8Array(4) },
    stale: { cell: [], from: [], to: [] },
    baseline: { controller: [2, 2, 3, 0], status: [0, 0, 0, 0], rival: [0, 0, 0, 0], event: [0, 0, 1, -1] },
    changes: {
      day: [2, 4, 4, 7],
      cell: [1, 1, 3, 0],
      controller: [2, 4, 1, 3],
      status: [1, 0, 0, 2],
      rival: [3, 0, 0, 2],
      event: [2, 3, 4, 5],
    },
    events: eventsOf([0, 0, 2, 4, 4, 7].map((day, i) => ({ id: `E${i}`, day, kind: i < 2 ? 'baseline' : 'capture' }))),
    sources: [],
    places: [0, 1, 2, 3].map((i) => ({
      ...NOBODY,
      id: `p${i}`,
      name: { en: `Place ${i}` },
      kind: 'town',
      lon: i + 0.5,
      lat: 0.5,
      cell: i,
    })),
    layers: [],
    chapters: [],
    version_of: 'territory test',
  };
}

/** What is so in each cell on each day, written by hand: controller, status, rival, event. */
export const DAYS = [
  ...Array(2).fill([
    [2, 0, 0, 0],
    [2, 0, 0, 0],
    [3, 0, 0, 1],
    [0, 0, 0, -1],
  ]),
  ...Array(2).fill([
    [2, 0, 0, 0],
    [2, 1, 3, 2],
    [3, 0, 0, 1],
    [0, 0, 0, -1],
  ]),
  ...Array(3).fill([
    [2, 0, 0, 0],
    [4, 0, 0, 3],
    [3, 0, 0, 1],
    [1, 0, 0, 4],
  ]),
  ...Array(3).fill([
    [3, 2, 2, 5],
    [4, 0, 0, 3],
    [3, 0, 0, 1],
    [1, 0, 0, 4],
  ]),
];
