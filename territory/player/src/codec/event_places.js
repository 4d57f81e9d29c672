// Which place each record is about: undoes render/patches.py, with the same sums in the same order.
import { cosine } from './nodes.js';

const NOWHERE = 0;
const NEXT_PLACE = 1;
const NEW_PATCH = 2;
const FIRST_RANK = 3;
const TAKES = new Set(['baseline', 'capture', 'recapture', 'handover']);

/** @typedef {{places: Int32Array, met: Int32Array, rank: Int32Array, neighbours: Neighbours}} Ground `met` lists places in the order of the walk, and `rank` undoes it */
/** @typedef {{from: Int32Array, places: Int32Array}} Neighbours of place `p`: `places` from `from[p]` until `from[p + 1]`, some twice */

/**
 * @param {{codes: Int32Array, jumps: Int32Array, kinds: {words: string[], of: Int32Array}, actor: Int32Array, against: Int32Array}} records
 *     `actor` and `against` are the first of each, or -1
 * @param {Ground} ground @param {{lat0: number, step: number}} grid
 * @returns {Int32Array} rows of places, -1 for none
 */
export function placesOf({ codes, jumps, kinds, actor, against }, ground, grid) {
  const { met, rank } = ground;
  const found = new Int32Array(codes.length);
  const patch = new Patch(ground, grid, kinds.words.length);
  const takes = kinds.words.map((kind) => TAKES.has(kind));
  let last = -1;
  let jump = 0;
  for (let i = 0; i < codes.length; i += 1) {
    const code = codes[i];
    if (code === NOWHERE) {
      found[i] = -1;
      continue;
    }
    const kind = kinds.of[i];
    let place = last + 1;
    if (code === NEXT_PLACE) patch.begin(-1);
    else if (code === NEW_PATCH) {
      place = met[(last < 0 ? 0 : rank[last]) + jumps[jump]];
      jump += 1;
      patch.begin(place);
      patch.add(kind, place);
    } else {
      place = patch.ranked(kind, code - FIRST_RANK, against[i]);
      patch.add(kind, place);
    }
    found[i] = place;
    last = place;
    if (takes[kind]) patch.holder[place] = actor[i];
  }
  return found;
}

/** Ground that grows place by place, with what lies around it in the order of distance from where it began. */
class Patch {
  /** @param {Ground} ground @param {{lat0: number, step: number}} grid @param {number} kinds how many there are */
  constructor({ places, neighbours }, { lat0, step }, kinds) {
    const count = places.length / 2;
    this.places = places;
    this.neighbours = neighbours;
    this.lat0 = lat0;
    this.step = step;
    this.holder = new Int32Array(count).fill(-1);
    this.number = 0;
    this.x0 = 0;
    this.y0 = 0;
    this.shrink = 1;
    /** In which patch each place was listed, spread from, grown to, and told of by each kind of record, last. */
    this.listed = new Int32Array(count);
    this.spread = new Int32Array(count);
    this.grown = new Int32Array(count);
    this.told = Array.from({ length: kinds }, () => /** @type {Int32Array | null} */ (null));
    this.near = new Int32Array(count);
    this.away = new Float64Array(count);
    this.size = 0;
    this.waiting = new Int32Array(count);
    this.late = 0;
  }

  /** @param {number} place or -1 */
  begin(place) {
    this.number += 1;
    this.size = 0;
    this.late = 0;
    if (place < 0) return;
    this.x0 = this.places[2 * place];
    this.y0 = this.places[2 * place + 1];
    this.shrink = cosine((this.lat0 + this.y0 * this.step) * (Math.PI / 180));
  }

  /** @param {number} kind @param {number} place */
  add(kind, place) {
    this.told[kind] ??= new Int32Array(this.listed.length);
    const told = this.told[kind];
    told[place] = this.number;
    if (this.grown[place] === this.number) return;
    this.grown[place] = this.number;
    // Many a patch is one record: what lies around is found when a second one asks.
    this.waiting[this.late] = place;
    this.late += 1;
  }

  /** List what lies around the places added since. */
  grow() {
    const {
      waiting,
      neighbours: { from, places },
    } = this;
    for (let k = 0; k < this.late; k += 1) {
      this.reach(waiting[k]);
      for (let i = from[waiting[k]]; i < from[waiting[k] + 1]; i += 1) this.reach(places[i]);
    }
    this.late = 0;
  }

  /** @param {number} place */
  reach(place) {
    if (this.spread[place] === this.number) return;
    this.spread[place] = this.number;
    const {
      listed,
      number,
      neighbours: { from, places },
    } = this;
    if (listed[place] !== number) this.list(place);
    for (let i = from[place]; i < from[place + 1]; i += 1) if (listed[places[i]] !== number) this.list(places[i]);
  }

  /** @param {number} place */
  list(place) {
    const { near, away, size } = this;
    this.listed[place] = this.number;
    const east = (this.places[2 * place] - this.x0) * this.shrink;
    const north = this.places[2 * place + 1] - this.y0;
    const distance = east * east + north * north;
    // What is listed later mostly lies farther out: its place is found from the end.
    let at = size;
    for (; at > 0 && (away[at - 1] > distance || (away[at - 1] === distance && near[at - 1] > place)); at -= 1) {
      near[at] = near[at - 1];
      away[at] = away[at - 1];
    }
    near[at] = place;
    away[at] = distance;
    this.size = size + 1;
  }

  /** @param {number} kind @param {number} wanted @param {number} against */
  ranked(kind, wanted, against) {
    this.grow();
    const { near, size, number, holder } = this;
    const told = this.told[kind];
    let left = wanted;
    for (let i = 0; i < size; i += 1) {
      const place = near[i];
      if ((told && told[place] === number) || (against >= 0 && holder[place] !== against)) continue;
      if (left === 0) return place;
      left -= 1;
    }
    throw new Error('The data of this page do not fit together; the file is spoiled.');
  }
}
