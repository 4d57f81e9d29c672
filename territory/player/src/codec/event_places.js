// Decode each event's place from where it stands among the places named last and their neighbours.
// render/codec/event_places.py encodes it.
import { groupsOf } from '../world/groups.js';

const NO_PLACE = 0;
const NEXT_ROW = 1;
const ELSEWHERE = 2;
const NEARBY = 3;
const RECENT = 16;

/**
 * Decode the places of all events.
 * @param {Int32Array} codes @param {Int32Array} offsets of those that are elsewhere: place rank less that of the last place
 * @param {import('./geometry.js').Geometry} geometry
 * @returns {Int32Array} rows of places, -1 for none
 */
export function decodeEventPlaces(codes, offsets, geometry) {
  const { placeOrder, placeRank } = geometry;
  const recent = new RecentPlaces(neighboursOf(geometry));
  let last = -1;
  let elsewhere = 0;
  return codes.map((code) => {
    if (code === NO_PLACE) return -1;
    if (code === NEXT_ROW) last += 1;
    else if (code === ELSEWHERE) last = placeOrder[(last < 0 ? 0 : placeRank[last]) + offsets[elsewhere++]];
    else last = recent.at(code - NEARBY);
    recent.add(last);
    return last;
  });
}

/** The places named last, and the list of them and their neighbours. */
class RecentPlaces {
  /** @param {{from: Int32Array, places: Int32Array}} neighbours of place `p`: `places` from `from[p]` until `from[p + 1]` */
  constructor({ from, places }) {
    this.from = from;
    this.places = places;
    /** @type {number[]} The one named last first. */
    this.recent = [];
    /** Lists are numbered, so that what is in one can be marked and nothing need be cleared. */
    this.list = 0;
    this.listed = new Int32Array(from.length);
  }

  /** @param {number} place */
  add(place) {
    const { recent } = this;
    if (recent[0] === place) return;
    const at = recent.indexOf(place);
    if (at >= 0) recent.splice(at, 1);
    else if (recent.length === RECENT) recent.pop();
    recent.unshift(place);
  }

  /** The place at a position among distinct ones. @param {number} position */
  at(position) {
    const { from, places, listed } = this;
    this.list += 1;
    let left = position;
    for (const middle of this.recent) {
      for (let i = from[middle] - 1; i < from[middle + 1]; i += 1) {
        const place = i < from[middle] ? middle : places[i];
        if (listed[place] === this.list) continue;
        if (left === 0) return place;
        listed[place] = this.list;
        left -= 1;
      }
    }
    throw new Error('The data of this page do not fit together; the file is spoiled.');
  }
}

/**
 * The places across an arc from each place, in the order of arcs; some of them twice.
 * @param {import('./geometry.js').Geometry} geometry
 */
function neighboursOf({ arcs: { left, right }, cells: { place }, points }) {
  // Both places beside every arc, as a pair: the neighbour of the one is the other one of its pair.
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
