// The one place that knows which day is shown. Parts subscribe; each gets the player after every change.

import { wordsOf } from '../words/strings.js';
import { Teller } from '../words/tell.js';
import { dayNumber, isoOf } from '../world/dates.js';
import { Timeline } from '../world/timeline.js';
import { Clock } from './clock.js';
import { Filter } from './filter.js';

/** @typedef {import('../types').World} World */
/** @typedef {{update?: (player: Player) => void, speak?: (player: Player) => void, calm?: boolean}} Part `update` on a new day, `speak` on a new language; a `calm` one may wait */

const REST_MS = 140;
const LONGEST_MS = 600;

export class Player {
  /** @param {World} world @param {import('../draw/layer.js').TerritoryLayer} layer @param {'en' | 'ar'} lang */
  constructor(world, layer, lang) {
    this.world = world;
    this.layer = layer;
    this.timeline = new Timeline(world);
    this.past = new Timeline(world, this.timeline);
    this.clock = new Clock(this);
    this.filter = new Filter(this);
    /** @type {Part[]} */
    this.parts = [];
    /** The day that the reader compares with, or null: then the day before. @type {number | null} */
    this.reference = null;
    /** First and last day of the part of the period that the chart shows and that is played. @type {[number, number]} */
    this.span = [0, world.days - 1];
    this.words = wordsOf(lang);
    this.teller = new Teller(world, this.words);
    /** When the parts were told last, and those that may wait. */
    this.told = { last: -Infinity, calm: -Infinity, turn: 0 };
    this.reckoned = { key: '', gains: /** @type {Map<number, {gained: number, lost: number}>} */ (new Map()) };
    layer.name = (thing) => this.teller.name(thing);
  }

  get day() {
    return this.timeline.day;
  }
  get playing() {
    return this.clock.running;
  }
  /** The colours of the paper, as the style sheet says. */
  get theme() {
    return /** @type {import('../draw/theme.js').Theme} */ (this.layer.theme);
  }
  get iso() {
    return isoOf(this.world.firstDay + this.day);
  }
  /** The day that the shown one is compared with: the pinned one, or the day before. */
  get since() {
    return this.reference ?? Math.max(0, this.day - 1);
  }

  /** @param {Part} part */
  join(part) {
    this.parts.push(part);
    part.speak?.(this);
    if (!this.mayWait(part) || !this.layer.waiting) part.update?.(this);
  }

  /** Whether a part may follow after the map: in a large world, lists and legend. @param {Part} part */
  mayWait(part) {
    return part.calm && this.layer.large;
  }

  /**
   * Tell every part that something is to be shown anew. In a large world the map's frame goes out first: lists and legend
   * follow in a task of their own, and while days follow each other fast they wait until the reader rests, but never for long.
   */
  tell() {
    for (const part of this.parts) if (!this.mayWait(part)) part.update?.(this);
    if (this.layer.large) this.tellCalm();
  }

  /** Tell the parts that may wait, when it is their turn. */
  tellCalm() {
    const { told } = this;
    const now = performance.now();
    const rested = now - told.last > REST_MS || now - told.calm > LONGEST_MS;
    told.last = now;
    told.turn += 1;
    const { turn } = told;
    const act = () => {
      if (turn !== told.turn) return;
      told.calm = performance.now();
      for (const part of this.parts) if (this.mayWait(part)) part.update?.(this);
    };
    if (rested) afterFrame(act);
    else window.setTimeout(act, REST_MS);
  }

  /**
   * Show a day: an ISO date or an offset from the first day. A text that is no date changes nothing.
   * @param {string | number} to
   */
  goTo(to) {
    const day = typeof to === 'number' ? to : dayNumber(to) - this.world.firstDay;
    if (!Number.isFinite(day)) return;
    this.timeline.goTo(day);
    this.keepInSpan();
    this.draw();
    this.tell();
  }

  /** Hand the day, and the day that it is compared with, to the layer. */
  draw() {
    this.past.goTo(this.since);
    const [now, then] = [this.filter.state(this.timeline.state), this.filter.state(this.past.state)];
    this.layer.show(this.day, now, this.compares ? then : now);
  }

  /** Go to a day by the reader's hand: what plays stops. @param {string | number} to */
  visit(to) {
    this.pause();
    this.goTo(to);
  }

  /** Whether there is something to compare: a pinned day, or changes on the day itself. */
  get compares() {
    return this.reference !== null ? this.reference !== this.day : this.changed;
  }

  /** Whether the day itself brought a change. */
  get changed() {
    return this.day > 0 && this.timeline.changeDays.includes(this.day);
  }

  /** Compare with a day from now on, or with the day before again. @param {number | null} day */
  pin(day) {
    this.reference = day;
    this.goTo(this.day);
  }

  /** Show and play a part of the period; at least a week of it. @param {number} from @param {number} to */
  setSpan(from, to) {
    const last = this.world.days - 1;
    const length = Math.min(last, Math.max(6, Math.round(to - from)));
    const first = Math.round(Math.max(0, Math.min(last - length, from)));
    this.span = [first, first + length];
    if (this.day < first || this.day > first + length) this.visit(Math.max(first, Math.min(first + length, this.day)));
    else this.tell();
  }

  /** The span follows a day that lies outside of it. */
  keepInSpan() {
    const [from, to] = this.span;
    if (this.day >= from && this.day <= to) return;
    const [last, length] = [this.world.days - 1, to - from];
    const first = Math.max(0, Math.min(last - length, Math.round(this.day - length / 2)));
    this.span = [first, first + length];
  }

  /** @param {1 | -1} direction */
  step(direction) {
    this.visit(direction > 0 ? this.timeline.nextChange(this.day) : this.timeline.previousChange(this.day));
  }

  toggle() {
    this.clock.toggle();
  }
  pause() {
    this.clock.pause();
  }

  /** The chapter told last on the day shown, or -1; and the ones on each side of the day. */
  chapter() {
    const { chapters } = this.world;
    const here = chapters.findIndex(({ day }) => day === this.day);
    let before = -1;
    chapters.forEach(({ day }, i) => {
      if (day < this.day) before = i;
    });
    const after = chapters.findIndex(({ day }) => day > this.day);
    return { here, before, after };
  }

  /** Move date and view to a chapter. @param {number} index */
  open(index) {
    const chapter = this.world.chapters[index];
    if (!chapter) return;
    this.visit(chapter.day);
    if (chapter.view) this.layer.flyTo(chapter.view[1], chapter.view[0], chapter.view[2]);
  }

  /** @param {'en' | 'ar'} lang */
  speak(lang) {
    this.words = wordsOf(lang);
    this.teller = new Teller(this.world, this.words);
    this.layer.restyle();
    for (const part of this.parts) part.speak?.(this);
    this.tell();
  }

  /** Paint again in the colours of another theme. */
  restyle() {
    this.layer.restyle();
    this.filter.recolour();
    this.tell();
  }

  /**
   * km2 gained and lost by every top-level actor between the day compared with and the day shown.
   * @returns {Map<number, {gained: number, lost: number}>}
   */
  gains() {
    const { root, cells } = this.world;
    /** @type {Map<number, {gained: number, lost: number}>} */
    const gains = new Map();
    if (!this.compares) return gains;
    const key = `${this.day} ${this.past.day}`;
    if (key === this.reckoned.key) return this.reckoned.gains;
    const of = (/** @type {number} */ code) => {
      const found = gains.get(code) ?? { gained: 0, lost: 0 };
      gains.set(code, found);
      return found;
    };
    const [now, then] = [this.timeline.state.controller, this.past.state.controller];
    for (let cell = 0; cell < now.length; cell += 1) {
      if (now[cell] === then[cell]) continue;
      const to = root[now[cell]];
      const from = root[then[cell]];
      if (to === from) continue;
      of(to).gained += cells.area[cell];
      of(from).lost += cells.area[cell];
    }
    this.reckoned = { key, gains };
    return gains;
  }

  /** Events recorded on a day, as indices. @param {number} day */
  recordsOn(day) {
    return [...this.world.events.on(day)];
  }

  /** What is so at a place on the day shown, in the payload's own words. @param {string} placeId */
  controlAt(placeId) {
    const place = this.world.places.find(({ id }) => id === placeId);
    if (!place || place.cell < 0) return null;
    const { controller, status, rival, event } = this.timeline.state;
    const at = place.cell;
    return {
      controller: this.world.actors[controller[at]].id,
      status: this.world.statuses[status[at]],
      rival: rival[at] ? this.world.actors[rival[at]].id : '',
      event: event[at] >= 0 ? this.world.events.at(event[at]).id : '',
    };
  }
}

/** Do something when the next frame is on the screen. @param {() => void} act */
export function afterFrame(act) {
  window.requestAnimationFrame(() => window.setTimeout(act));
}
