// Two days side by side on one map: the pinned day before a divider that the reader drags, the day shown after it.
import { el, replace } from './dom.js';
import { TerritoryLayer } from './layer.js';

/** @typedef {import('./player.js').Player} Player */

const STEP = 0.05;

export class Swipe {
  /** @param {Player} player @param {import('leaflet').Map} map */
  constructor(player, map) {
    this.player = player;
    this.map = map;
    this.on = false;
    /** Share of the map's width that the pinned day takes, from the side where reading begins. */
    this.at = 0.5;
    /** @type {TerritoryLayer | null} */
    this.layer = null;
    this.then = el('span', { class: 't-swipe-day' });
    this.now = el('span', { class: 't-swipe-day' });
    this.bar = el('div', {
      class: 't-swipe', role: 'slider', tabindex: 0, 'aria-valuemin': 0, 'aria-valuemax': 100, hidden: true,
      onpointerdown: (event) => this.grab(event), onkeydown: (event) => this.key(event),
    }, this.then, el('span', { class: 't-swipe-grip' }), this.now);
    map.on('move zoom zoomend resize viewreset', () => this.clip());
  }

  /** Begin, pinning the day before the shown one's changes if nothing is pinned yet; or end. @param {boolean} [on] */
  toggle(on = !this.on) {
    const { player } = this;
    this.on = on;
    if (on && player.reference === null) player.pin(player.timeline.previousChange(player.day));
    else player.tell();
    if (on) this.bar.focus({ preventScroll: true });
  }

  speak() { this.bar.setAttribute('aria-label', this.player.words.swipeBar); }

  update() {
    const { player } = this;
    if (player.reference === null) this.on = false;
    this.bar.hidden = !this.on;
    if (!this.on) {
      this.layer?.remove();
      this.layer = null;
      return;
    }
    const then = this.laid();
    then.name = player.layer.name;
    then.without = player.layer.without;
    if (then.theme !== player.theme) then.restyle();
    const state = player.filter.state(player.past.state);
    then.show(player.since, state, state);
    replace(this.then, player.teller.date(player.since));
    replace(this.now, player.teller.date(player.day));
    this.clip();
  }

  /** The layer of the pinned day, above the other in a pane of its own. */
  laid() {
    if (this.layer) return this.layer;
    const { player, map } = this;
    const layer = new TerritoryLayer(player.layer.world, { name: player.layer.name });
    layer.addTo(map);
    const pane = map.getPane('then') ?? map.createPane('then');
    pane.style.zIndex = '360';
    pane.append(layer.sheets.box);
    this.layer = layer;
    return layer;
  }

  /** Cut the pane of the pinned day off at the divider. */
  clip() {
    const pane = this.map.getPane('then');
    if (!this.on || !pane) return;
    const size = this.map.getSize();
    const rtl = this.player.words.dir === 'rtl';
    const x = size.x * (rtl ? 1 - this.at : this.at);
    const [left, right] = rtl ? [x, size.x] : [0, x];
    const corner = this.map.containerPointToLayerPoint([left, 0]);
    const end = this.map.containerPointToLayerPoint([right, size.y]);
    pane.style.clipPath = `polygon(${corner.x}px ${corner.y}px, ${end.x}px ${corner.y}px, ${end.x}px ${end.y}px, ${corner.x}px ${end.y}px)`;
    this.bar.style.insetInlineStart = `${100 * this.at}%`;
    this.bar.setAttribute('aria-valuenow', String(Math.round(100 * this.at)));
    this.bar.setAttribute('aria-valuetext', `${this.then.textContent} | ${this.now.textContent}`);
  }

  /** @param {PointerEvent} event */
  grab(event) {
    event.preventDefault();
    event.stopPropagation();
    this.bar.focus({ preventScroll: true });
    this.bar.setPointerCapture(event.pointerId);
    const move = (/** @type {PointerEvent} */ moved) => {
      const box = this.map.getContainer().getBoundingClientRect();
      const share = (moved.clientX - box.left) / box.width;
      this.put(this.player.words.dir === 'rtl' ? 1 - share : share);
    };
    this.bar.addEventListener('pointermove', move);
    const done = () => this.bar.removeEventListener('pointermove', move);
    this.bar.addEventListener('pointerup', done, { once: true });
    this.bar.addEventListener('pointercancel', done, { once: true });
  }

  /** @param {number} share */
  put(share) {
    this.at = Math.max(0.03, Math.min(0.97, share));
    this.clip();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const onward = this.player.words.dir === 'rtl' ? -1 : 1;
    const step = /** @type {Record<string, number>} */ ({ ArrowRight: onward, ArrowLeft: -onward, Home: -1e3, End: 1e3 })[event.key];
    if (!step || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.put(this.at + step * STEP);
  }
}
