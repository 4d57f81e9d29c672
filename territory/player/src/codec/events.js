// The records as columns. What many parts ask of all records is a column; a record itself is made when it is shown.
import { groupsOf } from '../world/groups.js';

/** @typedef {import('../types').Event} Event */
/** @template T @typedef {import('./columns.js').Words<T>} Words */
/**
 * Of every record; `day` is -1 where the record names none, `iso` says a day, `lonLat` where a record lies.
 * @typedef {{
 *   ids: {at: (row: number) => string}, day: Int32Array, dates: Words<string>, early: Int32Array, late: Int32Array,
 *   kinds: Words<string>, place: Int32Array, actors: Words<number[]>, againsts: Words<number[]>, sources: Words<number[]>,
 *   claimed: Words<string>, reported: Words<string>, confidence: Words<string>, counts: Words<Record<string, number>>,
 *   notes: Words<string>, outcomes: Words<string>, alternative: Int32Array,
 *   iso: (day: number) => string, lonLat: (row: number) => [number, number] | null,
 * }} Columns
 */

export class Events {
  /** @param {Columns} columns */
  constructor(columns) {
    this.columns = columns;
    this.day = columns.day;
    this.place = columns.place;
    this.early = columns.early;
    this.late = columns.late;
    this.kinds = columns.kinds;
    this.dates = columns.dates;
    this.lonLat = columns.lonLat;
    /** 1 where a record tells of something that happened: all but those of what was so at the beginning. */
    this.told = this.kinds.numbered((kind) => (kind === 'baseline' ? 0 : 1));
    this.days = daysOf(this.day, this.told);
  }

  get length() {
    return this.day.length;
  }

  /** The first actor that a record names, or -1. @param {number} row */
  actor(row) {
    return this.columns.actors.at(row)[0] ?? -1;
  }

  /** Records of what happened on a day, in their order. @param {number} day @returns {Int32Array} */
  on(day) {
    const { from, rows } = this.days;
    return day >= 0 && day + 1 < from.length ? rows.subarray(from[day], from[day + 1]) : new Int32Array(0);
  }

  /** A record; undefined for a row that is none. @param {number} row @returns {Event | undefined} */
  find(row) {
    return row >= 0 && row < this.length ? this.at(row) : undefined;
  }

  /** @param {number} row @returns {Event} */
  at(row) {
    const {
      ids,
      day,
      dates,
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
      alternative,
      outcomes,
      iso,
    } = this.columns;
    const [lon, lat] = this.lonLat(row) ?? [null, null];
    return {
      id: ids.at(row),
      day: day[row] < 0 ? null : day[row],
      date: dates.at(row) || (day[row] < 0 ? '' : iso(day[row])),
      early: this.early[row],
      late: this.late[row],
      kind: kinds.at(row),
      place: place[row],
      lon,
      lat,
      actor: actors.at(row),
      against: againsts.at(row),
      sources: sources.at(row),
      claimed_by: claimed.at(row),
      reported: reported.at(row),
      confidence: confidence.at(row),
      counts: counts.at(row),
      note: notes.at(row),
      alternative_to: alternative[row],
      outcome: outcomes.at(row),
    };
  }

  /** Conflicting accounts of the same thing: all records that stand for it, but for the one asked about. @param {number} row @returns {Event[]} */
  othersThan(row) {
    const { alternative } = this.columns;
    const main = alternative[row] >= 0 ? alternative[row] : row;
    const found = [];
    for (let i = 0; i < this.length; i += 1) if (alternative[i] === main && i !== row) found.push(this.at(i));
    return found;
  }
}

/**
 * The records of what happened, by day.
 * @param {Int32Array} day @param {Int32Array} told
 */
function daysOf(day, told) {
  const key = day.map((at, row) => (told[row] ? at : -1));
  return groupsOf(key, key.reduce((most, at) => Math.max(most, at), -1) + 1);
}
