// Title, the date in large, and what changed: on the day, or since a day that the reader pinned.

import { fillIn } from '../words/strings.js';
import { KNOWN } from '../world/codes.js';
import { name as bdi, button, el, label, replace } from './dom.js';
import { CONTROLS, swatch, symbol } from './symbols.js';

/** @typedef {import('./player.js').Player} Player */

/** Less than this is a rounding of areas, not ground that changed hands. */
const LEAST_KM2 = 0.05;

export class Masthead {
  /** @param {Pick<Player, 'world' | 'days' | 'language' | 'clock'> & {swipe: import('./swipe.js').Swipe}} uses */
  constructor({ world, days, language, clock, swipe }) {
    this.world = world;
    this.days = days;
    this.language = language;
    this.clock = clock;
    this.swipe = swipe;
    this.title = el('h1', { class: 't-title' });
    this.date = el('p', { id: 'territory-date', class: 't-date' });
    this.pin = button('t-button t-pin', () => days.pin(days.pinned === null ? days.day : null), symbol(CONTROLS.pin));
    this.change = el('p', { class: 't-change' });
    this.swipeButton = button('t-link t-swipe-button', () => swipe.toggle());
    this.swap = button('t-link', () => days.swap());
    this.comparing = el('p', { class: 't-compare', hidden: true }, this.swipeButton, this.swap);
    this.live = el('p', { class: 't-hidden', 'aria-live': 'polite', 'aria-atomic': 'true' });
    this.element = el(
      'div',
      { class: 't-masthead' },
      this.title,
      el('div', { class: 't-dateline' }, this.date, this.pin),
      el('div', { class: 't-changeline' }, this.change, this.comparing),
      this.live,
    );
  }

  translate() {
    replace(this.title, this.language.phrases.text(this.world.campaign.title));
  }

  update() {
    const { words, phrases } = this.language;
    const { day, pinned: pinnedDay, records } = this.days;
    const pinned = pinnedDay !== null;
    const date = words.longDate(this.world.firstDay + day);
    replace(this.date, date);
    replace(this.change, this.changes());
    this.pin.setAttribute('aria-pressed', String(pinned));
    if (pinned) label(this.pin, words.unpin, `${words.unpin} (])`);
    else label(this.pin, words.pin, `${words.pinHint} ([)`);
    this.comparing.hidden = !pinned;
    replace(this.swipeButton, this.swipe.on ? words.swipeEnd : words.swipe);
    replace(this.swap, words.swap);
    // While playing, a screen reader would never come to the end of a date.
    if (this.clock.running) return;
    const text = `${date}. ${this.change.textContent}. ${phrases.recordsToday(records.length)}`;
    if (this.live.textContent !== text) replace(this.live, text);
  }

  /** "Opposition +41 km2, Government -41 km2 since 24 April", or since when nothing changed. */
  changes() {
    const { words } = this.language;
    const { day, pinned, since } = this.days;
    const gains = [...this.days.gains()]
      .filter(([code, { gained, lost }]) => code >= KNOWN && Math.max(gained, lost) >= LEAST_KM2)
      .sort(([, a], [, b]) => b.gained - b.lost - (a.gained - a.lost));
    const date = (/** @type {number} */ at) => words.dayMonth(this.world.firstDay + at);
    const against = pinned !== null && pinned > day ? words.comparedWith : words.since;
    const compared = el('span', { class: 't-quiet' }, fillIn(against, { date: date(since) }));
    if (!gains.length && pinned !== null) return [words.sameGround, ' ', compared];
    if (!gains.length) return day === 0 ? words.opening : fillIn(words.noChange, { date: date(this.lastShift(day)) });
    return [gains.map(([code, change]) => this.gain(code, change)), compared];
  }

  /** @param {number} code @param {{gained: number, lost: number}} change */
  gain(code, { gained, lost }) {
    const { words, phrases } = this.language;
    const parts = [gained >= LEAST_KM2 && `+${words.number(gained)}`, lost >= LEAST_KM2 && words.number(-lost)].filter(
      Boolean,
    );
    return el(
      'span',
      { class: 't-gain' },
      swatch(this.world.actors[code].colour),
      bdi(phrases.actor(code)),
      ' ',
      el('b', { dir: 'ltr' }, parts.join(' ')),
      ` ${words.km2}`,
    );
  }

  /** The last day on which ground went from one top-level actor to another; 0 if none did. @param {number} day */
  lastShift(day) {
    const { changes, sideOf } = this.world;
    const { before, applied } = this.days.timeline;
    for (let i = applied - 1; i >= 0 && changes.day[i] <= day; i -= 1) {
      if (sideOf[changes.controller[i]] !== sideOf[before.controller[i]]) return changes.day[i];
    }
    return 0;
  }
}
