// Which place each record is about: undoes render/patches.py, with the same sums in the same order.
import { cosine } from './nodes.js';

const NOWHERE = 0;
const NEXT_PLACE = 1;
const NEW_PATCH = 2;
const FIRST_RANK = 3;
const TAKES = new Set(['baseline', 'capture', 'recapture', 'handover']);

/**
 * @param {{codes: Int32Array, jumps: Int32Array, kinds: string[], actors: number[][], againsts: number[][]}} records
 * @param {{places: Int32Array, met: Int32Array, rank: Int32Array, neighbours: number[][]}} ground `met` lists places in
 *     the order of the walk, and `rank` undoes it
 * @param {{lat0: number, step: number}} grid
 * @returns {Int32Array} rows of places, -1 for none
 */
export function placesOf({ codes, jumps, kinds, actors, againsts }, { places, met, rank, neighbours }, { lat0, step }) {
  const found = new Int32Array(codes.length);
  const holder = new Int32Array(rank.length).fill(-1);
  const listed = new Int32Array(rank.length);
  const spread = new Int32Array(rank.length);
  let [patch, seed, last, jump] = [0, -1, -1, 0];
  let [x0, y0, shrink] = [0, 0, 1];
  /** @type {number[]} */
  let near = [];
  /** @type {number[]} */
  let away = [];
  /** By kind of record: in which patch each place was told last. @type {Map<string, Int32Array>} */
  const told = new Map();
  const begin = (/** @type {number} */ place) => {
    patch += 1;
    [seed, near, away] = [place, [], []];
    if (seed < 0) return;
    [x0, y0] = [places[2 * seed], places[2 * seed + 1]];
    shrink = cosine((lat0 + y0 * step) * (Math.PI / 180));
  };
  const list = (/** @type {number} */ place) => {
    if (listed[place] === patch) return;
    listed[place] = patch;
    const east = (places[2 * place] - x0) * shrink;
    const north = places[2 * place + 1] - y0;
    const distance = east * east + north * north;
    let [low, high] = [0, near.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (away[middle] < distance || (away[middle] === distance && near[middle] < place)) low = middle + 1;
      else high = middle;
    }
    near.splice(low, 0, place);
    away.splice(low, 0, distance);
  };
  const reach = (/** @type {number} */ middle) => {
    if (spread[middle] === patch) return;
    spread[middle] = patch;
    list(middle);
    const around = neighbours[middle];
    for (let i = 0; i < around.length; i += 1) if (listed[around[i]] !== patch) list(around[i]);
  };
  const add = (/** @type {string} */ kind, /** @type {number} */ place) => {
    let own = told.get(kind);
    if (!own) {
      own = new Int32Array(rank.length);
      told.set(kind, own);
    }
    own[place] = patch;
    reach(place);
    const around = neighbours[place];
    for (let i = 0; i < around.length; i += 1) reach(around[i]);
  };
  const ranked = (/** @type {string} */ kind, /** @type {number} */ wanted, /** @type {number} */ against) => {
    const own = told.get(kind);
    let left = wanted;
    for (const place of near) {
      if (own?.[place] === patch || (against >= 0 && holder[place] !== against)) continue;
      if (left === 0) return place;
      left -= 1;
    }
    throw new Error('The data of this page do not fit together; the file is spoiled.');
  };
  for (let i = 0; i < codes.length; i += 1) {
    const code = codes[i];
    if (code === NOWHERE) {
      found[i] = -1;
      continue;
    }
    let place = last + 1;
    if (code === NEXT_PLACE) begin(-1);
    else if (code === NEW_PATCH) {
      place = met[(last < 0 ? 0 : rank[last]) + jumps[jump]];
      jump += 1;
      begin(place);
      add(kinds[i], place);
    } else {
      place = ranked(kinds[i], code - FIRST_RANK, againsts[i][0] ?? -1);
      add(kinds[i], place);
    }
    found[i] = place;
    last = place;
    if (TAKES.has(kinds[i])) holder[place] = actors[i][0] ?? -1;
  }
  return found;
}
