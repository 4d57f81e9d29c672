// Title, the date in large, and what changed: on the day, or since a day that the reader pinned.

import { fillIn } from '../words/strings.js';
import { KNOWN } from '../world/codes.js';
import { name as bdi, el, replace } from './dom.js';
import { CONTROLS, symbol } from './symbols.js';

/** @typedef {import('./player.js').Player} Player */

/** Less than this is a rounding of areas, not ground that changed hands. */
const LEAST_KM2 = 0.05;

export class Masthead {
  /** @param {Player} player @param {{swipe?: () => void, swiping?: () => boolean}} [acts] what the page can do besides */
  constructor(player, { swipe, swiping = () => false } = {}) {
    this.player = player;
    this.swiping = swiping;
    this.title = el('h1', { class: 't-title' });
    this.date = el('p', { id: 'territory-date', class: 't-date' });
    this.pin = el(
      'button',
      {
        type: 'button',
        class: 't-button t-pin',
        'aria-pressed': 'false',
        onclick: () => player.pin(player.reference === null ? player.day : null),
      },
      symbol(CONTROLS.pin),
    );
    this.change = el('p', { class: 't-change' });
    this.swipe = swipe ? el('button', { type: 'button', class: 't-link t-swipe-button', onclick: swipe }) : null;
    this.back = el('button', { type: 'button', class: 't-link', onclick: () => this.turn() });
    this.ways = el('p', { class: 't-compare', hidden: true }, this.swipe, this.back);
    this.live = el('p', { class: 't-hidden', 'aria-live': 'polite', 'aria-atomic': 'true' });
    this.element = el(
      'div',
      { class: 't-masthead' },
      this.title,
      el('div', { class: 't-dateline' }, this.date, this.pin),
      el('div', { class: 't-changeline' }, this.change, this.ways),
      this.live,
    );
  }

  speak() {
    replace(this.title, this.player.teller.title(this.player.world.campaign));
  }

  /** Show the pinned day, and pin the one that was shown. */
  turn() {
    const { player } = this;
    const { reference, day } = player;
    if (reference === null) return;
    player.reference = day;
    player.visit(reference);
  }

  update() {
    const { player } = this;
    const { words, world, day, reference } = player;
    const pinned = reference !== null;
    replace(this.date, words.longDate(world.firstDay + day));
    replace(this.change, this.changes());
    this.pin.setAttribute('aria-pressed', String(pinned));
    this.pin.setAttribute('aria-label', pinned ? words.unpin : words.pin);
    this.pin.setAttribute('title', pinned ? `${words.unpin} (])` : `${words.pinHint} ([)`);
    this.ways.hidden = !pinned;
    if (this.swipe) replace(this.swipe, this.swiping() ? words.swipeEnd : words.swipe);
    replace(this.back, words.swap);
    // While playing, a screen reader would never come to the end of a date.
    if (player.playing) return;
    const said = `${words.longDate(world.firstDay + day)}. ${this.change.textContent}. ${this.records()}`;
    if (this.live.textContent !== said) replace(this.live, said);
  }

  /** "Opposition +41 km2, Government -41 km2 since 24 April", or since when nothing changed. */
  changes() {
    const { player } = this;
    const { words, world, day, reference } = player;
    const gains = [...player.gains()]
      .filter(([code, { gained, lost }]) => code >= KNOWN && Math.max(gained, lost) >= LEAST_KM2)
      .sort(([, a], [, b]) => b.gained - b.lost - (a.gained - a.lost));
    const said = (/** @type {number} */ at) => words.dayMonth(world.firstDay + at);
    const against = reference !== null && reference > day ? words.comparedWith : words.since;
    const since = el('span', { class: 't-quiet' }, fillIn(against, { date: said(player.since) }));
    if (!gains.length && reference !== null) return [words.sameGround, ' ', since];
    if (!gains.length) return day === 0 ? words.opening : fillIn(words.noChange, { date: said(this.lastShift(day)) });
    return [gains.map(([code, change]) => this.gain(code, change)), since];
  }

  /** @param {number} code @param {{gained: number, lost: number}} change */
  gain(code, { gained, lost }) {
    const { words, world, teller } = this.player;
    const dot = el('span', { class: 't-swatch', 'aria-hidden': 'true' });
    dot.style.background = world.actors[code].colour;
    const parts = [gained >= LEAST_KM2 && `+${words.number(gained)}`, lost >= LEAST_KM2 && words.number(-lost)].filter(
      Boolean,
    );
    return el(
      'span',
      { class: 't-gain' },
      dot,
      bdi(teller.actor(code)),
      ' ',
      el('b', { dir: 'ltr' }, parts.join(' ')),
      ` ${words.km2}`,
    );
  }

  /** The last day on which ground went from one top-level actor to another; 0 if none did. @param {number} day */
  lastShift(day) {
    const { changes, root } = this.player.world;
    const { before, applied } = this.player.timeline;
    for (let i = applied - 1; i >= 0 && changes.day[i] <= day; i -= 1) {
      if (root[changes.controller[i]] !== root[before.controller[i]]) return changes.day[i];
    }
    return 0;
  }

  records() {
    const { words, day } = this.player;
    const count = this.player.recordsOn(day).length;
    const { none, one, many } = words.recordsToday;
    return count === 0 ? none : count === 1 ? one : fillIn(many, { count });
  }
}
