// What the reader does to the map itself: click, tap, Enter, zoom buttons, and the scale bar.
import { el, replace } from './dom.js';
import { CONTROLS, symbol } from './icons.js';
import { kindStyle } from './labels.js';

/** @typedef {import('./player.js').Player} Player */
/** @typedef {import('./panel.js').Panel} Panel */

const ROUND_KM = [0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500];

export class MapView {
  /**
   * @param {Player} player @param {import('leaflet').Map} map @param {Panel} panel
   */
  constructor(player, map, panel) {
    this.player = player;
    this.map = map;
    this.panel = panel;
    const button = (/** @type {string} */ picture, /** @type {() => void} */ act) => el('button', { type: 'button', class: 't-button', onclick: act }, symbol(picture));
    this.closer = button(CONTROLS.plus, () => map.zoomIn());
    this.farther = button(CONTROLS.minus, () => map.zoomOut());
    this.whole = button(CONTROLS.home, () => this.showAll());
    this.zoom = el('div', { class: 't-zoom' }, this.closer, this.farther, this.whole);
    this.bar = el('div', { class: 't-scale', dir: 'ltr' });
    map.on('click', (/** @type {any} */ event) => this.ask(event.latlng));
    map.on('moveend', () => this.moved());
    map.getContainer().addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.target !== map.getContainer()) return;
      this.ask(map.getCenter());
    });
  }

  /** The whole extent, beside the open legend or below the closed one. */
  showAll() {
    const [west, south, east, north] = this.player.world.campaign.extent;
    const [aside, above] = this.covered();
    const rtl = document.documentElement.dir === 'rtl';
    this.map.fitBounds([[south, west], [north, east]], {
      animate: false, paddingTopLeft: [rtl ? 0 : aside, above], paddingBottomRight: [rtl ? aside : 0, 0],
    });
  }

  /** How much the legend takes from the map: along the side where reading begins, or along the top. @returns {[number, number]} */
  covered() {
    const legend = /** @type {HTMLDetailsElement | null} */ (document.querySelector('.t-page .t-legend'));
    const box = legend?.getBoundingClientRect();
    if (!legend || !box?.width) return [0, 0];
    const map = this.map.getContainer().getBoundingClientRect();
    const reach = document.documentElement.dir === 'rtl' ? map.right - box.left : box.right - map.left;
    // On a phone nothing is left beside an open legend: the reader will close it again.
    if (reach > 0.6 * map.width) return [0, legend.open ? 0 : box.bottom - map.top];
    return legend.open ? [reach, 0] : [0, box.bottom - map.top];
  }

  /** Answer for a point: a mark's records, a named place, or the ground itself. @param {import('leaflet').LatLng} at */
  ask(at) {
    const { layer, world } = this.player;
    const events = layer.eventsAt(at);
    const marked = events.length ? world.events[events[0]].place : -1;
    const place = marked >= 0 ? marked : layer.placeAt(at);
    if (place >= 0 && world.places[place].cell >= 0) this.askPlace(place, events);
    else this.panel.open(layer.cellAt(at), at.lng, at.lat, events);
  }

  /** @param {number} place @param {number[]} [events] */
  askPlace(place, events = []) {
    const { cell, lon, lat } = this.player.world.places[place];
    this.panel.open(cell, lon, lat, events);
  }

  /** Bring a place into view and answer for it. @param {number} place @param {number[]} [events] */
  goTo(place, events = []) {
    const { lon, lat, kind, cell } = this.player.world.places[place];
    // A place without ground of its own, such as a whole province, has no point to go to.
    if (cell >= 0) this.player.layer.flyTo(lat, lon, Math.max(this.map.getZoom(), Math.min(13, kindStyle(kind).zoom + 0.5), 11));
    this.askPlace(place, events);
  }

  speak() {
    const { words } = this.player;
    for (const [button, text] of /** @type {[Element, string][]} */ ([[this.closer, words.zoomIn], [this.farther, words.zoomOut], [this.whole, words.wholeMap]])) {
      button.setAttribute('aria-label', text);
      button.setAttribute('title', text);
    }
    this.map.getContainer().setAttribute('aria-label', words.map);
    this.moved();
  }

  /** The scale bar for the middle of the map. */
  moved() {
    const size = this.map.getSize();
    const middle = size.y / 2;
    const metres = this.map.distance(this.map.containerPointToLatLng([0, middle]), this.map.containerPointToLatLng([100, middle]));
    const km = [...ROUND_KM].reverse().find((length) => length <= metres / 1000) ?? ROUND_KM[0];
    this.bar.style.width = `${Math.round((100 * km * 1000) / metres)}px`;
    replace(this.bar, `${km} ${this.player.words.km}`);
  }
}
