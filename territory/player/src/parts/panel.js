// The answer to a click: who holds this ground, since when, by which record and source, how sure.

import { fillIn } from '../words/strings.js';
import { CONTROL, KNOWN, UNKNOWN } from '../world/codes.js';
import { distanceKm } from '../world/plane.js';
import { recordBlock } from './citation.js';
import { name as bdi, button, el, label, replace } from './dom.js';
import { historyOf } from './history.js';
import { CONTROLS, swatch, symbol } from './symbols.js';

/** @typedef {import('./player.js').Player} Player */

export class Panel {
  /**
   * @param {Pick<Player, 'world' | 'days' | 'language' | 'layer'> & {onToggle?: (open: boolean) => void}} uses
   *     `onToggle` is called when an answer is shown, and when it is closed
   */
  constructor({ world, days, language, layer, onToggle = () => {} }) {
    this.world = world;
    this.days = days;
    this.language = language;
    this.layer = layer;
    this.onToggle = onToggle;
    /** @type {{cell: number, lon: number, lat: number, events: number[]} | null} */
    this.asked = null;
    this.body = el('div', { class: 't-panel-body' });
    this.button = button('t-button t-close', () => this.close(), symbol(CONTROLS.close));
    this.element = el(
      'section',
      { id: 'territory-panel', class: 't-panel', hidden: true, tabindex: -1, 'aria-live': 'polite' },
      this.button,
      this.body,
    );
  }

  /** The id of the place that answers, or an empty text. */
  get place() {
    const { cells, places } = this.world;
    return places[cells.place[this.asked?.cell ?? -1]]?.id ?? '';
  }

  /**
   * @param {number} cell @param {number} lon @param {number} lat
   * @param {number[]} [events] records that were meant by the click
   */
  open(cell, lon, lat, events = []) {
    this.asked = { cell, lon, lat, events };
    const everywhere = events.length > 0 && cell < 0;
    this.layer.setPin(everywhere ? null : { lon, lat, place: cell < 0 ? -1 : this.world.cells.place[cell] });
    this.element.hidden = false;
    this.update();
    this.onToggle(true);
  }

  close() {
    if (!this.asked) return;
    this.asked = null;
    this.layer.setPin(null);
    this.element.hidden = true;
    this.onToggle(false);
  }

  translate() {
    const { close, keyNames } = this.language.words;
    label(this.button, close, `${close} (${keyNames.esc})`);
  }

  update() {
    if (!this.asked) return;
    const { cell, lon, lat } = this.asked;
    const { world } = this;
    const { words } = this.language;
    const { state } = this.days;
    const code = cell < 0 ? UNKNOWN : state.controller[cell];
    const place = cell < 0 ? -1 : world.cells.place[cell];
    const today = this.today();
    if (cell < 0 && today) {
      replace(this.body, today);
      return;
    }
    if (code === UNKNOWN && (place < 0 || state.event[cell] < 0)) {
      const km = words.number(world.campaign.max_radius_km);
      replace(
        this.body,
        el('h2', { class: 't-holder' }, this.swatch(UNKNOWN), words.unknown),
        el('p', {}, fillIn(words.unknownWhy, { km })),
        today,
      );
      return;
    }
    replace(
      this.body,
      this.heading(cell, place),
      today,
      this.basis(cell),
      this.certainty(cell, place, lon, lat),
      this.others(cell),
      this.past(cell),
    );
  }

  /** @param {number} code */
  swatch(code) {
    return swatch(this.world.actors[code].colour);
  }

  /** @param {number} cell @param {number} place */
  heading(cell, place) {
    const { words, phrases } = this.language;
    const { controller, status, rival, last } = this.days.state;
    const less = status[cell] === CONTROL ? '' : phrases.status(status[cell], rival[cell]);
    return [
      place >= 0 && el('p', { class: 't-where' }, bdi(phrases.place(place))),
      el('h2', { class: 't-holder' }, this.swatch(controller[cell]), phrases.actor(controller[cell])),
      el('p', { class: 't-since' }, this.since(cell)),
      less &&
        el(
          'p',
          { class: 't-status' },
          less,
          ' ',
          el('span', { class: 't-quiet' }, fillIn(words.statusSince, { date: phrases.date(this.dayOf(last[cell])) })),
        ),
    ];
  }

  /** Since when the present controller (whatever the status) has held the cell. @param {number} cell */
  since(cell) {
    const { words, phrases } = this.language;
    const change = this.days.state.held[cell];
    return fillIn(change < 0 ? words.heldFrom : words.heldSince, { date: phrases.date(this.dayOf(change)) });
  }

  /** The day of a change, or the first day for none. @param {number} change */
  dayOf(change) {
    return change < 0 ? 0 : this.world.changes.day[change];
  }

  /** Records of the day that the click meant. */
  today() {
    const { events: all } = this.world;
    const { words, phrases } = this.language;
    const events = this.asked?.events.filter((index) => all.day[index] === this.days.day) ?? [];
    if (!events.length) return null;
    return [el('h3', {}, words.today), events.map((index) => recordBlock(phrases, all.at(index)))];
  }

  /** The record that the present state rests on. @param {number} cell */
  basis(cell) {
    const { words, phrases } = this.language;
    const index = this.days.state.event[cell];
    if (index < 0 || this.asked?.events.includes(index)) return null;
    return [el('h3', {}, words.recordedAs), recordBlock(phrases, this.world.events.at(index))];
  }

  /** @param {number} cell @param {number} at @param {number} lon @param {number} lat */
  certainty(cell, at, lon, lat) {
    if (at < 0) return null;
    const { words, phrases } = this.language;
    const { day, state } = this.days;
    const place = this.world.places[at];
    const km = distanceKm(lon, lat, place.lon, place.lat);
    const age = day - this.dayOf(state.last[cell]);
    const items = [
      km < 0.3
        ? fillIn(words.spokenForHere, { place: phrases.place(at) })
        : fillIn(words.spokenFor, { place: phrases.place(at), km: words.exact(km.toFixed(1)) }),
      place.approximate && fillIn(words.approximate, { place: phrases.place(at) }),
      age > 30 && state.controller[cell] >= KNOWN && words.counted(words.stale, age),
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
    const { words, phrases } = this.language;
    const index = this.days.state.event[cell];
    if (index < 0) return null;
    const found = this.world.events.othersThan(index);
    return found.length > 0 && [el('h3', {}, words.alternatives), found.map((event) => recordBlock(phrases, event))];
  }

  /** The whole history of the ground: a bar of who held it when, and a step for every change. @param {number} cell */
  past(cell) {
    const { world, days, language, layer } = this;
    return [el('h3', {}, language.words.history), historyOf({ world, days, language, layer }, cell, this.asked)];
  }
}
