// What the colours mean: only the states that are in view on the day, with the km2 that each holds on the whole map.
import { BESIEGED, CLAIMED, CONTESTED, CONTROL, KNOWN, MIXED, NONE, TRUCE, UNKNOWN } from './codes.js';
import { el, replace } from './dom.js';
import { fillIn } from './strings.js';
import { CHANGED, REST, TRUCE_COLOUR, inkColour, mix, stripePair } from './theme.js';

/** @typedef {import('./player.js').Player} Player */
/** @typedef {{controller: number, status: number, rival: number, area: number, seen: boolean}} Entry */

export class Legend {
  /** @param {Player} player */
  constructor(player) {
    this.player = player;
    this.title = el('summary', { class: 't-heading' });
    this.list = el('ul', { class: 't-legend-list' });
    this.element = el('details', { class: 't-legend', open: window.matchMedia('(min-width: 900px)').matches }, this.title, this.list);
  }

  update() {
    const { player } = this;
    const { words } = player;
    const { theme } = player;
    const entries = this.entries().filter(({ seen }) => seen);
    replace(this.title, words.legend);
    replace(this.list, entries.map((entry) => {
      const swatch = el('span', { class: 't-swatch t-wide' });
      this.paint(swatch, entry, theme);
      return el('li', {}, swatch, el('span', {}, this.label(entry)), el('span', { class: 't-number' }, `${words.number(entry.area)} ${words.km2}`));
    }), this.marks());
  }

  /** Everything that is on the map now, grouped by what it looks like. @returns {Entry[]} */
  entries() {
    const { world, timeline, layer } = this.player;
    const { controller, status, rival } = timeline.state;
    const seen = layer.seen();
    /** @type {Map<string, Entry>} */
    const found = new Map();
    controller.forEach((code, cell) => {
      const shownStatus = code < KNOWN ? CONTROL : status[cell];
      const [holder, other] = [world.root[code], shownStatus === CONTROL ? 0 : world.root[rival[cell]]];
      const key = `${holder} ${shownStatus} ${other}`;
      const entry = found.get(key) ?? { controller: holder, status: shownStatus, rival: other, area: 0, seen: false };
      entry.area += world.cells.area[cell];
      entry.seen ||= seen(cell);
      found.set(key, entry);
    });
    const order = (/** @type {Entry} */ { controller: code, status: one }) => (code < KNOWN ? 900 - code : code * 10) + one;
    return [...found.values()].sort((a, b) => order(a) - order(b));
  }

  /** @param {Entry} entry */
  label({ controller, status, rival }) {
    const { teller, words, world } = this.player;
    const texts = /** @type {Record<string, string>} */ (words.statuses);
    return fillIn(texts[world.statuses[status]] ?? '{actor}', {
      actor: teller.actor(controller), rival: rival >= KNOWN ? teller.actor(rival) : words.unnamed,
    });
  }

  /**
   * @param {HTMLElement} swatch @param {Entry} entry @param {import('./theme.js').Theme} theme
   */
  paint(swatch, { controller, status, rival }, theme) {
    const { actors } = this.player.world;
    const fill = mix(theme.land, inkColour(actors[controller].colour, theme), REST);
    const { style } = swatch;
    if (controller === UNKNOWN) style.background = `repeating-linear-gradient(135deg, ${theme.land} 0 3px, ${theme.hatch} 3px 4px)`;
    else if (controller === NONE) style.background = theme.land;
    else if (status === CONTESTED || status === MIXED) {
      const [paper, stripe] = stripePair(theme, actors[controller].colour, actors[rival].colour);
      style.background = `repeating-linear-gradient(135deg, ${paper} 0 3.5px, ${stripe} 3.5px 7px)`;
    } else style.background = fill;
    if (status === TRUCE) style.boxShadow = `inset 0 0 0 2.5px ${TRUCE_COLOUR}`;
    if (status === CLAIMED) style.outline = `2px dashed ${inkColour(actors[rival].colour, theme)}`;
    if (status === BESIEGED) style.boxShadow = `inset 0 0 0 3px ${inkColour(actors[rival].colour, theme)}`;
  }

  /** The lines of the map. */
  marks() {
    const { player } = this;
    const { words, world } = player;
    const line = (/** @type {string} */ look, /** @type {string} */ text) => el('li', { class: 't-legend-line' }, el('span', { class: `t-line ${look}` }), el('span', {}, text));
    const gained = [...player.gains()].find(([code, area]) => code >= KNOWN && area > 0);
    const { theme } = player;
    const swatch = el('span', { class: 't-swatch t-wide' });
    if (gained) swatch.style.background = mix(theme.land, inkColour(world.actors[gained[0]].colour, theme), CHANGED);
    return [
      gained && el('li', {}, swatch, el('span', {}, words.changed)),
      line('t-line-front', words.front),
      gained && line('t-line-ghost', words.ghost),
      world.layers.some(({ role, schematic }) => role === 'road' && schematic) && line('t-line-road', words.schematicRoad),
    ];
  }
}
