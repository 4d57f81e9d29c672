// Events as columns (struct of arrays); the object of one event is made when it is asked for.
import { groupsOf } from '../world/groups.js';

/** @typedef {import('../types').Event} Event */
/** @template T @typedef {import('./columns.js').Categorical<T>} Categorical */
/**
 * By event: `day` is -1 where it has none in the period, `alternative` the row of the main account of the same thing or
 * -1; `iso` writes a day as an ISO date, `lonLat` gives an event's point.
 * @typedef {{
 *   ids: {at: (row: number) => string}, day: Int32Array, dates: Categorical<string>, early: Int32Array, late: Int32Array,
 *   kinds: Categorical<string>, table: Record<string, import('../types').Kind>, place: Int32Array, actors: Categorical<number[]>, againsts: Categorical<number[]>, sources: Categorical<number[]>,
 *   locators: Categorical<string>, quotes: Categorical<string>, claimed: Categorical<string>, reported: Categorical<string>, grounding: Categorical<string>, counts: Categorical<Record<string, string>>,
 *   notes: Categorical<string>, outcomes: Categorical<string>, alternative: Int32Array,
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
    /** 1 for events of the period, 0 for those that make the state at the start. */
    this.happened = this.kinds.mapped((kind) => (columns.table[kind].news === 'none' ? 0 : 1));
    this.byDay = rowsByDay(this.day, this.happened);
  }

  get length() {
    return this.day.length;
  }

  /** The first actor of an event, or -1. @param {number} row */
  actor(row) {
    return this.columns.actors.at(row)[0] ?? -1;
  }

  /** The picture of an event's kind. @param {number} row */
  family(row) {
    return this.columns.table[this.kinds.at(row)].family;
  }

  /** Whether an event is marked on the map. @param {number} row */
  onMap(row) {
    return this.columns.table[this.kinds.at(row)].news === 'map';
  }

  /** Rows of the events of a day, ascending, without those of the baseline. @param {number} day @returns {Int32Array} */
  on(day) {
    const { from, rows } = this.byDay;
    return day >= 0 && day + 1 < from.length ? rows.subarray(from[day], from[day + 1]) : new Int32Array(0);
  }

  /** An event; undefined if there is no such row. @param {number} row @returns {Event | undefined} */
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
      locators,
      quotes,
      claimed,
      reported,
      grounding,
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
      locator: locators.at(row),
      quote: quotes.at(row),
      claimed_by: claimed.at(row),
      reported: reported.at(row),
      grounding: grounding.at(row),
      counts: counts.at(row),
      note: notes.at(row),
      alternative_to: alternative[row],
      outcome: outcomes.at(row),
    };
  }

  /**
   * Conflicting accounts of the same thing: the alternatives to an event, or to the one that it is an alternative to.
   * Neither the event itself nor that main one is among them.
   * @param {number} row @returns {Event[]}
   */
  othersThan(row) {
    const { alternative } = this.columns;
    const main = alternative[row] >= 0 ? alternative[row] : row;
    const found = [];
    for (let i = 0; i < this.length; i += 1) if (alternative[i] === main && i !== row) found.push(this.at(i));
    return found;
  }
}

/**
 * Rows by day, without those of the baseline and those outside of the period.
 * @param {Int32Array} day @param {Int32Array} happened
 */
function rowsByDay(day, happened) {
  const key = day.map((at, row) => (happened[row] ? at : -1));
  return groupsOf(key, key.reduce((most, at) => Math.max(most, at), -1) + 1);
}
