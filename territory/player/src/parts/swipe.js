// Two days side by side on one map: the pinned day before a divider that the reader drags, the day shown after it.

import { drag, el, replace } from './dom.js';

/** @typedef {import('./player.js').Player} Player */

const STEP = 0.05;
/** How many were made: each has panes of its own. */
let made = 0;

export class Swipe {
  /** @param {Pick<Player, 'days' | 'language' | 'layer'> & {map: import('leaflet').Map, onToggle: () => void}} uses */
  constructor({ days, language, layer, map, onToggle }) {
    this.days = days;
    this.language = language;
    this.layer = layer;
    this.map = map;
    this.onToggle = onToggle;
    this.on = false;
    made += 1;
    this.number = made;
    /** Share of the map's width that the pinned day takes, from the side where reading begins. */
    this.at = 0.5;
    /** The layer of the pinned day, while there is one. @type {import('../draw/layer.js').TerritoryLayer | null} */
    this.pinnedLayer = null;
    this.dayThen = el('span', { class: 't-swipe-day' });
    this.dayNow = el('span', { class: 't-swipe-day' });
    this.bar = el(
      'div',
      {
        class: 't-swipe',
        role: 'slider',
        tabindex: 0,
        'aria-valuemin': 0,
        'aria-valuemax': 100,
        hidden: true,
        onpointerdown: (event) => this.grab(event),
        onkeydown: (event) => this.key(event),
      },
      this.dayThen,
      el('span', { class: 't-swipe-grip' }),
      this.dayNow,
    );
    map.on('move zoom zoomend resize viewreset', () => this.clip());
  }

  /** Begin, pinning the day before the shown one's changes if nothing is pinned yet; or end. @param {boolean} [on] */
  toggle(on = !this.on) {
    const { days } = this;
    this.on = on;
    if (on && days.pinned === null) days.pin(days.timeline.previousChange(days.day));
    else this.onToggle();
    if (on) this.bar.focus({ preventScroll: true });
  }

  translate() {
    this.bar.setAttribute('aria-label', this.language.words.swipeBar);
  }

  update() {
    const { days } = this;
    if (days.pinned === null) this.on = false;
    this.bar.hidden = !this.on;
    if (!this.on) {
      if (this.pinnedLayer) this.pane('now', 350).style.clipPath = '';
      this.pinnedLayer?.remove();
      this.pinnedLayer = null;
      return;
    }
    const { phrases } = this.language;
    this.pinnedLayer ??= this.addPinnedLayer();
    // Theme, language or filter may be others than at the last update.
    this.pinnedLayer.restyle();
    this.pinnedLayer.show(days.since, days.stateSince, days.stateSince);
    replace(this.dayThen, phrases.date(days.since));
    replace(this.dayNow, phrases.date(days.day));
    this.clip();
  }

  /** The layer of the pinned day, above the other. Each has a pane of its own, which can be cut. */
  addPinnedLayer() {
    const pinned = this.layer.twin();
    pinned.addTo(this.map);
    pinned.moveTo(this.pane('then', 360));
    this.layer.moveTo(this.pane('now', 350));
    return pinned;
  }

  /** @param {string} name @param {number} height */
  pane(name, height) {
    const own = `territory-${name}-${this.number}`;
    const pane = this.map.getPane(own) ?? this.map.createPane(own);
    pane.style.zIndex = String(height);
    return pane;
  }

  /** Cut the pane of the pinned day off at the divider, and over tiles, which show through it, the other one too. */
  clip() {
    if (!this.pinnedLayer) return;
    const size = this.map.getSize();
    const { rtl } = this.language;
    const x = size.x * (rtl ? 1 - this.at : this.at);
    const cut = (/** @type {number} */ left, /** @type {number} */ right) => {
      const corner = this.map.containerPointToLayerPoint([left, 0]);
      const end = this.map.containerPointToLayerPoint([right, size.y]);
      return `polygon(${corner.x}px ${corner.y}px, ${end.x}px ${corner.y}px, ${end.x}px ${end.y}px, ${corner.x}px ${end.y}px)`;
    };
    const [start, end] = [cut(0, x), cut(x, size.x)];
    this.pane('then', 360).style.clipPath = rtl ? end : start;
    if (!this.layer.basemap) this.pane('now', 350).style.clipPath = rtl ? start : end;
    this.bar.style.insetInlineStart = `${100 * this.at}%`;
    this.bar.setAttribute('aria-valuenow', String(Math.round(100 * this.at)));
    this.bar.setAttribute('aria-valuetext', `${this.dayThen.textContent} | ${this.dayNow.textContent}`);
  }

  /** @param {PointerEvent} event */
  grab(event) {
    event.preventDefault();
    event.stopPropagation();
    this.bar.focus({ preventScroll: true });
    drag(this.bar, event, (moved) => {
      const box = this.map.getContainer().getBoundingClientRect();
      const share = (moved.clientX - box.left) / box.width;
      this.moveTo(this.language.rtl ? 1 - share : share);
    });
  }

  /** @param {number} share */
  moveTo(share) {
    this.at = Math.max(0.03, Math.min(0.97, share));
    this.clip();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const { onward } = this.language;
    const step = /** @type {Record<string, number>} */ ({
      ArrowRight: onward,
      ArrowLeft: -onward,
      Home: -1e3,
      End: 1e3,
    })[event.key];
    if (!step || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.moveTo(this.at + step * STEP);
  }
}
