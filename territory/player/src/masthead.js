// Title, the date in large, and what the day changed.
import { KNOWN } from './codes.js';
import { el, name as bdi, replace } from './dom.js';
import { fillIn } from './strings.js';

/** @typedef {import('./player.js').Player} Player */

export class Masthead {
  /** @param {Player} player */
  constructor(player) {
    this.player = player;
    this.title = el('h1', { class: 't-title' });
    this.date = el('p', { id: 'territory-date', class: 't-date' });
    this.change = el('p', { class: 't-change' });
    this.live = el('p', { class: 't-hidden', 'aria-live': 'polite', 'aria-atomic': 'true' });
    this.element = el('div', { class: 't-masthead' }, this.title, this.date, this.change, this.live);
  }

  speak() { replace(this.title, this.player.teller.title(this.player.world.campaign)); }

  update() {
    const { player } = this;
    const { words, world, day } = player;
    replace(this.date, words.longDate(world.firstDay + day));
    const sentence = this.changes();
    replace(this.change, sentence);
    // While playing, a screen reader would never come to the end of a date.
    if (player.playing) return;
    replace(this.live, `${words.longDate(world.firstDay + day)}. ${this.change.textContent}. ${this.records()}`);
  }

  /** "Opposition +41 km2, Government -41 km2 since 24 April", or since when nothing changed. */
  changes() {
    const { player } = this;
    const { words, world, teller, day } = player;
    const gains = [...player.gains()].filter(([code, area]) => code >= KNOWN && Math.abs(area) >= 0.05).sort((a, b) => b[1] - a[1]);
    const said = (/** @type {number} */ at) => words.dayMonth(world.firstDay + at);
    if (!gains.length) return day === 0 ? words.opening : fillIn(words.noChange, { date: said(this.lastShift(day)) });
    return [
      gains.map(([code, area]) => {
        const dot = el('span', { class: 't-swatch', 'aria-hidden': 'true' });
        dot.style.background = world.actors[code].colour;
        const amount = `${area > 0 ? '+' : ''}${words.number(area)}`;
        return el('span', { class: 't-gain' }, dot, bdi(teller.actor(code)), ' ', el('b', { dir: 'ltr' }, amount), ` ${words.km2}`);
      }),
      el('span', { class: 't-quiet' }, fillIn(words.since, { date: said(day - 1) })),
    ];
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
