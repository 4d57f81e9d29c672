// Decode each event's place from its rank among neighbours of recent places.
// render/codec/event_places.py encodes it, with the same operations in the same order.
import { cosine } from './nodes.js';

const NO_PLACE = 0;
const NEXT_ROW = 1;
const NEW_CLUSTER = 2;
const FIRST_RANK = 3;

/**
 * What `readGeometry` gives, and the neighbours of places.
 * @typedef {{points: Int32Array, placeOrder: Int32Array, placeRank: Int32Array, neighbours: Neighbours}} Geometry
 */
/**
 * Those of place `p` are `places` from `from[p]` until `from[p + 1]`, some twice.
 * @typedef {{from: Int32Array, places: Int32Array}} Neighbours
 */

/**
 * Decode the places of all events.
 * @param {{codes: Int32Array, offsets: Int32Array, kinds: {categories: string[], codes: Int32Array}, takes: boolean[],
 *     actor: Int32Array, against: Int32Array}} events what is stored: codes, and for each new cluster the rank of its
 *     first place less that of the last place; of every kind whether its actor holds the place afterwards; and of every
 *     event the kind, first actor and first opponent, -1 for none
 * @param {Geometry} geometry @param {{lat0: number, step: number}} grid
 * @returns {Int32Array} rows of places, -1 for none
 */
export function decodeEventPlaces({ codes, offsets, kinds, takes, actor, against }, geometry, grid) {
  const { placeOrder, placeRank } = geometry;
  const found = new Int32Array(codes.length);
  const cluster = new Cluster(geometry, grid, kinds.categories.length);
  let last = -1;
  let clusters = 0;
  for (let i = 0; i < codes.length; i += 1) {
    const code = codes[i];
    if (code === NO_PLACE) {
      found[i] = -1;
      continue;
    }
    const kind = kinds.codes[i];
    let place = last + 1;
    if (code === NEXT_ROW) cluster.begin(-1);
    else if (code === NEW_CLUSTER) {
      place = placeOrder[(last < 0 ? 0 : placeRank[last]) + offsets[clusters]];
      clusters += 1;
      cluster.begin(place);
      cluster.add(kind, place);
    } else {
      place = cluster.atRank(kind, code - FIRST_RANK, against[i]);
      cluster.add(kind, place);
    }
    found[i] = place;
    last = place;
    if (takes[kind]) cluster.controller[place] = actor[i];
  }
  return found;
}

/** Candidates for the place of the next event, by distance from the place of the cluster's first one. */
class Cluster {
  /** @param {Geometry} geometry @param {{lat0: number, step: number}} grid @param {number} kinds how many there are */
  constructor({ points, neighbours }, { lat0, step }, kinds) {
    const count = points.length / 2;
    this.points = points;
    this.neighbours = neighbours;
    this.lat0 = lat0;
    this.step = step;
    this.controller = new Int32Array(count).fill(-1);
    /** Clusters are numbered: a mark of an earlier one is no mark, so nothing need be cleared. */
    this.number = 0;
    this.x0 = 0;
    this.y0 = 0;
    this.cosLat = 1;
    /** The cluster in which each place was last listed as a candidate, expanded, added, and named by each kind of event. */
    this.listed = new Int32Array(count);
    this.expanded = new Int32Array(count);
    this.added = new Int32Array(count);
    this.named = Array.from({ length: kinds }, () => /** @type {Int32Array | null} */ (null));
    /** The candidates and their squared distances, ascending. */
    this.candidates = new Int32Array(count);
    this.distances = new Float64Array(count);
    this.size = 0;
    /** Added places whose neighbours are no candidates yet. */
    this.pending = new Int32Array(count);
    this.pendingCount = 0;
  }

  /** Empty the cluster, and begin one at a place. @param {number} place or -1 */
  begin(place) {
    this.number += 1;
    this.size = 0;
    this.pendingCount = 0;
    if (place < 0) return;
    this.x0 = this.points[2 * place];
    this.y0 = this.points[2 * place + 1];
    this.cosLat = cosine((this.lat0 + this.y0 * this.step) * (Math.PI / 180));
  }

  /** Add the place of an event of a kind. @param {number} kind @param {number} place */
  add(kind, place) {
    this.named[kind] ??= new Int32Array(this.listed.length);
    this.named[kind][place] = this.number;
    if (this.added[place] === this.number) return;
    this.added[place] = this.number;
    // Many a cluster has one event only: candidates are found when a second one asks.
    this.pending[this.pendingCount] = place;
    this.pendingCount += 1;
  }

  /** Make what lies around the places added since the last time candidates. */
  expandPending() {
    const {
      pending,
      neighbours: { from, places },
    } = this;
    for (let k = 0; k < this.pendingCount; k += 1) {
      this.expand(pending[k]);
      for (let i = from[pending[k]]; i < from[pending[k] + 1]; i += 1) this.expand(places[i]);
    }
    this.pendingCount = 0;
  }

  /** Make a place and its neighbours candidates. @param {number} place */
  expand(place) {
    if (this.expanded[place] === this.number) return;
    this.expanded[place] = this.number;
    const {
      listed,
      number,
      neighbours: { from, places },
    } = this;
    if (listed[place] !== number) this.insert(place);
    for (let i = from[place]; i < from[place + 1]; i += 1) if (listed[places[i]] !== number) this.insert(places[i]);
  }

  /** @param {number} place */
  insert(place) {
    const { candidates, distances, size } = this;
    this.listed[place] = this.number;
    const east = (this.points[2 * place] - this.x0) * this.cosLat;
    const north = this.points[2 * place + 1] - this.y0;
    const distance = east * east + north * north;
    // What is found later mostly lies farther out: the search begins at the end.
    let at = size;
    for (
      ;
      at > 0 && (distances[at - 1] > distance || (distances[at - 1] === distance && candidates[at - 1] > place));
      at -= 1
    ) {
      candidates[at] = candidates[at - 1];
      distances[at] = distances[at - 1];
    }
    candidates[at] = place;
    distances[at] = distance;
    this.size = size + 1;
  }

  /**
   * The eligible candidate of a rank: no event of this kind has named it in this cluster, and it is held by whom the
   * event is against.
   * @param {number} kind @param {number} rank @param {number} against actor, or -1
   */
  atRank(kind, rank, against) {
    this.expandPending();
    const { candidates, size, number, controller } = this;
    const named = this.named[kind];
    let left = rank;
    for (let i = 0; i < size; i += 1) {
      const place = candidates[i];
      if ((named && named[place] === number) || (against >= 0 && controller[place] !== against)) continue;
      if (left === 0) return place;
      left -= 1;
    }
    throw new Error('The data of this page do not fit together; the file is spoiled.');
  }
}
