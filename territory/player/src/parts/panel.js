// The answer to a click: who holds this ground, since when, by which record, on whose word, how sure.

import { fillIn } from '../words/strings.js';
import { CONTROL, KNOWN, UNKNOWN } from '../world/codes.js';
import { distanceKm } from '../world/plane.js';
import { recordBlock } from './citation.js';
import { name as bdi, el, replace } from './dom.js';
import { historyOf } from './history.js';
import { CONTROLS, symbol } from './symbols.js';

/** @typedef {import('./player.js').Player} Player */

export class Panel {
  /** @param {Player} player */
  constructor(player) {
    this.player = player;
    /** What else happens when the reader asks, and when the answer is put away. */
    this.opened = () => {};
    this.closed = () => {};
    /** @type {{cell: number, lon: number, lat: number, events: number[]} | null} */
    this.asked = null;
    this.body = el('div', { class: 't-panel-body' });
    this.button = el(
      'button',
      { type: 'button', class: 't-button t-close', onclick: () => this.close() },
      symbol(CONTROLS.close),
    );
    this.element = el(
      'section',
      { id: 'territory-panel', class: 't-panel', hidden: true, tabindex: -1, 'aria-live': 'polite' },
      this.button,
      this.body,
    );
  }

  /** The id of the place that answers, or an empty text. */
  get place() {
    const { cells, places } = this.player.world;
    return places[cells.place[this.asked?.cell ?? -1]]?.id ?? '';
  }

  /**
   * @param {number} cell @param {number} lon @param {number} lat
   * @param {number[]} [events] records that were meant by the click
   */
  open(cell, lon, lat, events = []) {
    this.asked = { cell, lon, lat, events };
    const everywhere = events.length > 0 && cell < 0;
    this.player.layer.setPin(
      everywhere ? null : { lon, lat, place: cell < 0 ? -1 : this.player.world.cells.place[cell] },
    );
    this.element.hidden = false;
    this.update();
    this.opened();
  }

  close() {
    if (!this.asked) return;
    this.asked = null;
    this.player.layer.setPin(null);
    this.element.hidden = true;
    this.closed();
  }

  speak() {
    this.button.setAttribute('aria-label', this.player.words.close);
    this.button.setAttribute('title', `${this.player.words.close} (Esc)`);
  }

  update() {
    if (!this.asked) return;
    const { cell, lon, lat } = this.asked;
    const { world, timeline, words } = this.player;
    const code = cell < 0 ? UNKNOWN : timeline.state.controller[cell];
    const place = cell < 0 ? -1 : world.cells.place[cell];
    const said = this.today();
    if (cell < 0 && said) {
      replace(this.body, said);
      return;
    }
    if (code === UNKNOWN && (place < 0 || timeline.state.event[cell] < 0)) {
      const km = words.number(world.campaign.max_radius_km);
      replace(
        this.body,
        el('h2', { class: 't-holder' }, this.swatch(UNKNOWN), words.unknown),
        el('p', {}, fillIn(words.unknownWhy, { km })),
        said,
      );
      return;
    }
    replace(
      this.body,
      this.heading(cell, place),
      said,
      this.basis(cell),
      this.certainty(cell, place, lon, lat),
      this.others(cell),
      this.past(cell),
    );
  }

  /** @param {number} code */
  swatch(code) {
    const swatch = el('span', { class: 't-swatch', 'aria-hidden': 'true' });
    swatch.style.background = this.player.world.actors[code].colour;
    return swatch;
  }

  /** @param {number} cell @param {number} place */
  heading(cell, place) {
    const { timeline, teller, words } = this.player;
    const { controller, status, rival } = timeline.state;
    const said = status[cell] === CONTROL ? '' : teller.status(status[cell], rival[cell]);
    return [
      place >= 0 && el('p', { class: 't-where' }, bdi(teller.place(place))),
      el('h2', { class: 't-holder' }, this.swatch(controller[cell]), teller.actor(controller[cell])),
      el('p', { class: 't-since' }, this.since(cell)),
      said &&
        el(
          'p',
          { class: 't-status' },
          said,
          ' ',
          el('span', { class: 't-quiet' }, fillIn(words.statusSince, { date: this.statusSince(cell) })),
        ),
    ];
  }

  /** Since when the present controller (whatever the status) has held the cell. @param {number} cell */
  since(cell) {
    const { world, timeline, teller, words } = this.player;
    const code = timeline.state.controller[cell];
    let day = 0;
    let holds = world.baseline.controller[cell] === code;
    for (const change of timeline.history(cell, this.player.day)) {
      const same = world.changes.controller[change] === code;
      if (same && !holds) day = world.changes.day[change];
      holds = same;
      if (!same) day = -1;
    }
    const first = day <= 0 && world.baseline.controller[cell] === code;
    return fillIn(first ? words.heldFrom : words.heldSince, { date: teller.date(Math.max(0, day)) });
  }

  /** @param {number} cell */
  statusSince(cell) {
    const { world, timeline, teller } = this.player;
    const last = timeline.history(cell, this.player.day).pop();
    return teller.date(last === undefined ? 0 : world.changes.day[last]);
  }

  /** Records of the day that the click meant. */
  today() {
    const { world, teller, words, day } = this.player;
    const events = this.asked?.events.filter((index) => world.events.day[index] === day) ?? [];
    if (!events.length) return null;
    return [el('h3', {}, words.today), events.map((index) => recordBlock(teller, world.events.at(index)))];
  }

  /** The record that the present state rests on. @param {number} cell */
  basis(cell) {
    const { world, timeline, teller, words } = this.player;
    const index = timeline.state.event[cell];
    if (index < 0 || this.asked?.events.includes(index)) return null;
    return [el('h3', {}, words.recordedAs), recordBlock(teller, world.events.at(index))];
  }

  /** @param {number} cell @param {number} at @param {number} lon @param {number} lat */
  certainty(cell, at, lon, lat) {
    const { world, timeline, teller, words, day } = this.player;
    if (at < 0) return null;
    const place = world.places[at];
    const km = distanceKm(lon, lat, place.lon, place.lat);
    const known = timeline.history(cell, day).pop();
    const age = day - (known === undefined ? 0 : world.changes.day[known]);
    const items = [
      km < 0.3
        ? fillIn(words.spokenForHere, { place: teller.name(place) })
        : fillIn(words.spokenFor, { place: teller.name(place), km: km.toFixed(1) }),
      place.approximate && fillIn(words.approximate, { place: teller.name(place) }),
      age > 30 && timeline.state.controller[cell] >= KNOWN && fillIn(words.stale, { days: age }),
    ];
    return [
      el('h3', {}, words.sure),
      el(
        'ul',
        { class: 't-facts' },
        items.map((item) => item && el('li', {}, item)),
      ),
    ];
  }

  /** Conflicting accounts of the record that decided. @param {number} cell */
  others(cell) {
    const { world, timeline, teller, words } = this.player;
    const index = timeline.state.event[cell];
    if (index < 0) return null;
    const found = world.events.othersThan(index);
    return found.length > 0 && [el('h3', {}, words.alternatives), found.map((event) => recordBlock(teller, event))];
  }

  /** The whole story of the ground: a bar of who held it when, and a step for every change. @param {number} cell */
  past(cell) {
    const { words } = this.player;
    return [el('h3', {}, words.history), historyOf(this.player, cell, this.asked)];
  }
}
