// The one place that knows which day is shown. Parts subscribe; each gets the player after every change.
import { dayNumber, isoOf } from './dates.js';
import { wordsOf } from './strings.js';
import { Teller } from './tell.js';
import { Timeline } from './timeline.js';

/** @typedef {import('./types').World} World */
/** @typedef {{update?: (player: Player) => void, speak?: (player: Player) => void}} Part `update` on a new day, `speak` on a new language */

/** Milliseconds that a change day stays while playing, at speed 1. */
const STAY_MS = 900;
export const SPEEDS = [0.5, 1, 2, 4];

export class Player {
  /** @param {World} world @param {import('./layer.js').TerritoryLayer} layer @param {'en' | 'ar'} lang */
  constructor(world, layer, lang) {
    this.world = world;
    this.layer = layer;
    this.timeline = new Timeline(world);
    this.past = new Timeline(world);
    /** @type {Part[]} */
    this.parts = [];
    this.playing = false;
    this.speed = 1;
    this.timer = 0;
    this.words = wordsOf(lang);
    this.teller = new Teller(world, this.words);
    this.records = recordsByDay(world);
    layer.name = (thing) => this.teller.name(thing);
  }

  get day() { return this.timeline.day; }
  /** The colours of the paper, as the style sheet says. */
  get theme() { return /** @type {import('./theme.js').Theme} */ (this.layer.theme); }
  get iso() { return isoOf(this.world.firstDay + this.day); }

  /** @param {Part} part */
  join(part) {
    this.parts.push(part);
    part.speak?.(this);
    part.update?.(this);
  }

  /**
   * Show a day: an ISO date or an offset from the first day. A text that is no date changes nothing.
   * @param {string | number} to
   */
  goTo(to) {
    const day = typeof to === 'number' ? to : dayNumber(to) - this.world.firstDay;
    if (!Number.isFinite(day)) return;
    this.timeline.goTo(day);
    this.past.goTo(Math.max(0, this.day - 1));
    const compared = this.changed ? this.past.state : this.timeline.state;
    this.layer.show(this.day, this.timeline.state, compared);
    for (const part of this.parts) part.update?.(this);
  }

  /** Whether the day itself brought a change. */
  get changed() { return this.day > 0 && this.timeline.changeDays.includes(this.day); }

  /** The last day, up to the one shown, that brought a change; 0 when none did. */
  get lastChange() { return this.changed ? this.day : this.timeline.previousChange(this.day); }

  /** @param {1 | -1} direction */
  step(direction) {
    this.pause();
    this.goTo(direction > 0 ? this.timeline.nextChange(this.day) : this.timeline.previousChange(this.day));
  }

  toggle() { if (this.playing) this.pause(); else this.play(); }

  play() {
    if (this.day >= this.world.days - 1) this.goTo(0);
    this.playing = true;
    this.beat();
    for (const part of this.parts) part.update?.(this);
  }

  pause() {
    if (!this.playing) return;
    this.playing = false;
    window.clearTimeout(this.timer);
    for (const part of this.parts) part.update?.(this);
  }

  /** Wait, go to the next change, and again. Key days stay longer. */
  beat() {
    window.clearTimeout(this.timer);
    const key = this.world.chapters.some(({ day }) => day === this.day);
    this.timer = window.setTimeout(() => {
      if (!this.playing) return;
      this.goTo(this.timeline.nextChange(this.day));
      if (this.day >= this.world.days - 1) this.pause();
      else this.beat();
    }, ((key ? 2.5 : 1) * STAY_MS) / this.speed);
  }

  /** @param {'en' | 'ar'} lang */
  speak(lang) {
    this.words = wordsOf(lang);
    this.teller = new Teller(this.world, this.words);
    this.layer.restyle();
    for (const part of this.parts) {
      part.speak?.(this);
      part.update?.(this);
    }
  }

  /** Paint again in the colours of another theme. */
  restyle() {
    this.layer.restyle();
    for (const part of this.parts) part.update?.(this);
  }

  /** km2 by (top actor) gained or lost on the day shown; only those that changed. */
  gains() {
    const { root, cells } = this.world;
    /** @type {Map<number, number>} */
    const gains = new Map();
    if (!this.changed) return gains;
    const [now, then] = [this.timeline.state.controller, this.past.state.controller];
    now.forEach((code, cell) => {
      const [to, from] = [root[code], root[then[cell]]];
      if (to === from) return;
      gains.set(to, (gains.get(to) ?? 0) + cells.area[cell]);
      gains.set(from, (gains.get(from) ?? 0) - cells.area[cell]);
    });
    return gains;
  }

  /** Events recorded on a day, as indices. @param {number} day */
  recordsOn(day) { return this.records.get(day) ?? []; }

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
      event: event[at] >= 0 ? this.world.events[event[at]].id : '',
    };
  }
}

/** @param {World} world @returns {Map<number, number[]>} */
function recordsByDay({ events }) {
  const records = new Map();
  events.forEach(({ day, kind }, index) => {
    if (day === null || kind === 'baseline') return;
    if (!records.has(day)) records.set(day, []);
    records.get(day).push(index);
  });
  return records;
}
