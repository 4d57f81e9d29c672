// What the colours mean: only the states that are in view on the day, with the km2 that each holds on the whole map.
// Every line is a button that puts what it names out of sight, or back.

import { lookOf } from '../draw/looks.js';
import { CHANGED, inkColour, mix, REST, stripePair } from '../draw/theme.js';
import { fillIn } from '../words/strings.js';
import { CONTROL, KNOWN, NONE, UNKNOWN } from '../world/codes.js';
import { holdings } from '../world/holdings.js';
import { el, replace } from './dom.js';

/** @typedef {import('./player.js').Player} Player */
/** @typedef {import('../world/holdings.js').Holding} Holding */

/** On a window narrower than this the open legend would lie over the ground that it explains. */
const ROOMY = 'print, (min-width: 1200px)';
/** Between the edge of the legend and what is kept clear of it. */
const MARGIN_PX = 12;
/** A legend wider than this share of the map leaves no room beside itself: the reader will close it again. */
const MOST_ASIDE = 0.6;

export class Legend {
  /** @param {Pick<Player, 'world' | 'days' | 'language' | 'filter' | 'layer'>} uses */
  constructor({ world, days, language, filter, layer }) {
    this.world = world;
    this.days = days;
    this.language = language;
    this.filter = filter;
    this.layer = layer;
    this.calm = true;
    this.title = el('span', { class: 't-heading' });
    /** Who is who while the legend is closed. */
    this.brief = el('span', { class: 't-legend-brief' });
    this.list = el('ul', { class: 't-legend-list' });
    this.error = el('p', { class: 't-legend-note' });
    const roomy = window.matchMedia(ROOMY);
    this.element = el(
      'details',
      { class: 't-legend', open: roomy.matches },
      el('summary', {}, this.title, this.brief),
      this.list,
      this.error,
    );
    roomy.addEventListener('change', () => {
      this.element.open = roomy.matches;
    });
  }

  /**
   * What the legend takes from the map: on the side where reading begins while it is open, else along the top.
   * @param {number} width of the map @returns {{aside: number, above: number}} in pixels
   */
  covers(width) {
    const box = this.element.getBoundingClientRect();
    if (!box.width) return { aside: 0, above: 0 };
    if (!this.element.open) return { aside: 0, above: box.height + MARGIN_PX };
    return { aside: box.width > MOST_ASIDE * width ? 0 : box.width + MARGIN_PX, above: 0 };
  }

  translate() {
    const { words } = this.language;
    const error = this.world.campaign.expected_front_error_km;
    const text = error
      ? fillIn(words.frontErrorShort, { mean: words.exact(error.mean), p95: words.exact(error.p95) })
      : '';
    replace(this.error, text);
    this.error.hidden = !text;
    this.list.setAttribute('aria-label', words.legend);
  }

  update() {
    const { world, layer } = this;
    const { words, phrases } = this.language;
    const seen = layer.seen();
    const entries = holdings({ world, timeline: this.days.timeline }, seen).filter((entry) => entry.seen);
    replace(this.title, words.legend);
    const holders = entries.filter(({ controller, status }) => controller >= KNOWN && status === CONTROL);
    replace(
      this.brief,
      holders.map((entry) => el('span', { class: 't-legend-holder' }, this.swatch(entry), phrases.holding(entry))),
    );
    const roads = layer.basemap ? world.layers.filter(({ role }) => role === 'road') : [];
    const rows = [
      ...entries.map((entry) => this.holding(entry)),
      ...this.doubts(seen),
      ...this.lines(),
      el(
        'li',
        { class: 't-legend-line t-legend-signs' },
        this.sign('events', '', words.marks),
        roads.length > 0 &&
          this.sign(
            'roads',
            't-line-road',
            roads.every(({ schematic }) => schematic) ? words.schematicRoad : words.road,
          ),
        this.sign('names', '', words.placeNames),
        this.teeth(),
      ),
    ];
    const at = [...this.list.querySelectorAll('button')].indexOf(
      /** @type {HTMLButtonElement} */ (document.activeElement),
    );
    replace(this.list, rows);
    if (at >= 0) this.list.querySelectorAll('button')[at]?.focus();
  }

  /** @param {Holding} entry */
  holding(entry) {
    const { filter } = this;
    const { words, phrases } = this.language;
    const text = [
      this.swatch(entry, 't-wide'),
      el('span', {}, phrases.holding(entry)),
      el('span', { class: 't-number' }, `${words.number(entry.area)} ${words.km2}`),
    ];
    if (entry.controller < KNOWN) return el('li', { class: 't-legend-row' }, text);
    const plain = entry.status === CONTROL;
    const hidden = plain ? filter.actors.has(entry.controller) : filter.statuses.has(entry.status);
    return el(
      'li',
      {},
      this.button(!hidden, text, () =>
        plain ? filter.toggle(filter.actors, entry.controller) : filter.toggle(filter.statuses, entry.status),
      ),
    );
  }

  /** @param {boolean} on @param {import('../types').Child} text @param {() => void} act */
  button(on, text, act) {
    return el(
      'button',
      {
        type: 'button',
        class: 't-legend-row',
        'aria-pressed': String(on),
        title: on ? this.language.words.hide : this.language.words.unhide,
        onclick: act,
      },
      text,
    );
  }

  /** Teeth on the front, towards the side that lost ground: off until asked for. */
  teeth() {
    const { layer } = this;
    const { words } = this.language;
    return el(
      'button',
      {
        type: 'button',
        class: 't-legend-row t-legend-option',
        'aria-pressed': String(layer.teeth),
        title: words.teethHint,
        onclick: () => {
          layer.setTeeth(!layer.teeth);
          this.update();
        },
      },
      el('span', { class: 't-line t-line-teeth' }),
      el('span', {}, words.teeth),
    );
  }

  /** @param {import('./filter.js').Sign} sign @param {string} look @param {string} text */
  sign(sign, look, text) {
    const { filter } = this;
    const picture = look
      ? el('span', { class: `t-line ${look}` })
      : el(
          'span',
          { class: `t-sign t-sign-${sign}`, 'aria-hidden': 'true' },
          sign === 'names' && this.language.words.letters,
        );
    return this.button(!filter.signs.has(sign), [picture, el('span', {}, text)], () =>
      filter.toggle(filter.signs, sign),
    );
  }

  /** @param {Holding} entry @param {string} [size] */
  swatch({ controller, status, rival }, size = '') {
    const { actors, fills, outlines } = this.world;
    const { theme } = this.layer;
    const [pattern, outline] = [fills[status], outlines[status]];
    const swatch = el('span', { class: `t-swatch ${size}` });
    const fill = mix(theme.land, inkColour(actors[controller].colour, theme), REST);
    const { style } = swatch;
    if (controller === UNKNOWN)
      style.background = `repeating-linear-gradient(135deg, ${theme.land} 0 3px, ${theme.hatch} 3px 4px)`;
    else if (controller === NONE) style.background = theme.land;
    else if (pattern !== 'plain') {
      const [holder, other] = stripePair(theme, actors[controller].colour, actors[rival].colour);
      const wide = pattern === 'broad' ? 7 : 3.5;
      style.background = `repeating-linear-gradient(135deg, ${holder} 0 ${wide}px, ${other} ${wide}px ${2 * wide}px)`;
    } else style.background = fill;
    if (outline === 'band') style.boxShadow = `inset 0 0 0 2.5px var(--t-truce)`;
    if (outline === 'dashes') style.outline = `2px dashed ${inkColour(actors[rival].colour, theme)}`;
    if (outline === 'rim') style.boxShadow = `inset 0 0 0 3px ${inkColour(actors[rival].colour, theme)}`;
    return swatch;
  }

  /** Ground in view that is less than certain, each sort in the colours of the first of it. @param {(cell: number) => boolean} seen */
  doubts(seen) {
    const { words } = this.language;
    const { theme, scene } = this.layer;
    const { of, list } = scene.grounds;
    const inView = new Set();
    for (let cell = 0; cell < of.length; cell += 1) if (!inView.has(of[cell]) && seen(cell)) inView.add(of[cell]);
    const first = (/** @type {(ground: import('../types').Ground) => boolean} */ test) =>
      list.find((ground, i) => i > 0 && inView.has(i) && ground.controller >= KNOWN && test(ground));
    const sorts = /** @type {[import('../types').Ground | undefined, string][]} */ ([
      [first(({ inferred, stale, maybe }) => inferred && !stale && !maybe), words.inferred],
      [first(({ stale }) => stale), words.staleGround],
      [first(({ maybe, stale }) => maybe > 0 && !stale), words.unsureGround],
    ]);
    return sorts.map(([ground, text]) => {
      if (!ground) return null;
      const { fill, stripe, turn } = lookOf(ground, this.world.actors, theme);
      const swatch = el('span', { class: 't-swatch t-wide' });
      swatch.style.background = stripe
        ? `repeating-linear-gradient(${-45 * turn}deg, ${fill} 0 4px, ${stripe} 4px 6px)`
        : fill;
      return el('li', { class: 't-legend-row' }, swatch, el('span', {}, text));
    });
  }

  /** The lines of the map. */
  lines() {
    const { words } = this.language;
    const { theme } = this.layer;
    const line = (/** @type {string} */ look, /** @type {string} */ text) =>
      el('li', { class: 't-legend-line t-legend-row' }, el('span', { class: `t-line ${look}` }), el('span', {}, text));
    const gained = [...this.days.gains()].find(([code, { gained: km2 }]) => code >= KNOWN && km2 > 0);
    const swatch = el('span', { class: 't-swatch t-wide' });
    if (gained)
      swatch.style.background = mix(theme.land, inkColour(this.world.actors[gained[0]].colour, theme), CHANGED);
    const pinned = this.days.pinned !== null;
    return [
      gained &&
        el('li', { class: 't-legend-row' }, swatch, el('span', {}, pinned ? words.changedSince : words.changed)),
      line('t-line-front', words.front),
      gained && line('t-line-ghost', pinned ? words.ghostSince : words.ghost),
    ];
  }
}
