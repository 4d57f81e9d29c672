// The days: the one shown, the one that it is compared with, and the span of the period that is shown and played.

import { dayNumber, isoOf } from '../world/dates.js';
import { Timeline } from '../world/timeline.js';

/** @typedef {import('../types').World} World */
/** @typedef {Map<number, {gained: number, lost: number}>} Gains km2 by top-level actor */

/** The least that a span is long: a week, from its first day to its last. */
const LEAST_SPAN = 6;

export class Days {
  /**
   * @param {World} world
   * @param {{onMove: () => void, onSpan: () => void, onVisit: () => void}} listeners called after a move to another day or
   *     another comparison, after a new span on the same day, and before the reader chooses a day
   */
  constructor(world, { onMove, onSpan, onVisit }) {
    this.world = world;
    this.onMove = onMove;
    this.onSpan = onSpan;
    this.onVisit = onVisit;
    this.timeline = new Timeline(world);
    this.past = new Timeline(world, this.timeline);
    /** The day that the reader compares with, or null: then the day before. @type {number | null} */
    this.pinned = null;
    /** First and last day of the part of the period that the chart shows and that is played. @type {[number, number]} */
    this.span = [0, world.days - 1];
    this.counted = { key: '', gains: /** @type {Gains} */ (new Map()) };
  }

  get day() {
    return this.timeline.day;
  }
  get iso() {
    return isoOf(this.world.firstDay + this.day);
  }
  get state() {
    return this.timeline.state;
  }
  /** The day that the shown one is compared with: the pinned one, or the day before. */
  get since() {
    return this.pinned ?? Math.max(0, this.day - 1);
  }
  /** The state on the day that the shown one is compared with. */
  get stateSince() {
    return this.past.state;
  }
  /** Events recorded on the day, as indices. */
  get records() {
    return [...this.world.events.on(this.day)];
  }
  /** Whether there is something to compare: a pinned day, or changes on the day itself. */
  get compares() {
    if (this.pinned !== null) return this.pinned !== this.day;
    return this.day > 0 && this.timeline.changeDays.includes(this.day);
  }

  /**
   * Show a day: an ISO date or an offset from the first day. A text that is no date changes nothing.
   * @param {string | number} to
   */
  goTo(to) {
    const day = typeof to === 'number' ? to : dayNumber(to) - this.world.firstDay;
    if (!Number.isFinite(day)) return;
    this.timeline.goTo(day);
    this.past.goTo(this.since);
    this.keepInSpan();
    this.onMove();
  }

  /** Go to a day that the reader chose: what plays stops. @param {string | number} to */
  visit(to) {
    this.onVisit();
    this.goTo(to);
  }

  /** @param {1 | -1} direction */
  step(direction) {
    this.visit(direction > 0 ? this.timeline.nextChange(this.day) : this.timeline.previousChange(this.day));
  }

  /** Compare with a day from now on, or with the day before again. @param {number | null} day */
  pin(day) {
    this.pinned = day;
    this.goTo(this.day);
  }

  /** Show the pinned day, and pin the one that was shown. */
  swap() {
    const { pinned } = this;
    if (pinned === null) return;
    this.pinned = this.day;
    this.visit(pinned);
  }

  /** Show and play a part of the period; at least a week of it. @param {number} from @param {number} to */
  setSpan(from, to) {
    const last = this.world.days - 1;
    const length = Math.min(last, Math.max(LEAST_SPAN, Math.round(to - from)));
    const first = Math.round(Math.max(0, Math.min(last - length, from)));
    this.span = [first, first + length];
    if (this.day < first || this.day > first + length) this.visit(Math.max(first, Math.min(first + length, this.day)));
    else this.onSpan();
  }

  /** The span follows a day that lies outside of it. */
  keepInSpan() {
    const [from, to] = this.span;
    if (this.day >= from && this.day <= to) return;
    const [last, length] = [this.world.days - 1, to - from];
    const first = Math.max(0, Math.min(last - length, Math.round(this.day - length / 2)));
    this.span = [first, first + length];
  }

  /** km2 gained and lost by every top-level actor between the day compared with and the day shown. @returns {Gains} */
  gains() {
    if (!this.compares) return new Map();
    const key = `${this.day} ${this.past.day}`;
    if (key !== this.counted.key)
      this.counted = { key, gains: gainsBetween(this.world, this.stateSince.controller, this.state.controller) };
    return this.counted.gains;
  }
}

/**
 * km2 gained and lost by every top-level actor.
 * @param {Pick<World, 'sideOf' | 'cells'>} world
 * @param {Int16Array} then controller of every cell @param {Int16Array} now @returns {Gains}
 */
function gainsBetween({ sideOf, cells }, then, now) {
  /** @type {Gains} */
  const gains = new Map();
  const of = (/** @type {number} */ code) => {
    const found = gains.get(code) ?? { gained: 0, lost: 0 };
    gains.set(code, found);
    return found;
  };
  for (let cell = 0; cell < now.length; cell += 1) {
    if (now[cell] === then[cell]) continue;
    const [from, to] = [sideOf[then[cell]], sideOf[now[cell]]];
    if (to === from) continue;
    of(to).gained += cells.area[cell];
    of(from).lost += cells.area[cell];
  }
  return gains;
}
