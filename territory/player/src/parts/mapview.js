// What the reader does to the map itself: click, tap, Enter, zoom buttons, and the scale bar.

import { kindStyle } from '../draw/place_kinds.js';
import { el, replace } from './dom.js';
import { CONTROLS, symbol } from './symbols.js';

/** @typedef {import('./player.js').Player} Player */
/** @typedef {import('./panel.js').Panel} Panel */

const ROUND_KM = [0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500];

/** Between the edge of the map and what lies over it. */
const MARGIN_PX = 12;
/** A legend wider than this share of the map leaves no room beside itself: the reader will close it again. */
const MOST_ASIDE = 0.6;

export class MapView {
  /**
   * @param {Player} player @param {import('leaflet').Map} map @param {Panel} panel
   */
  constructor(player, map, panel) {
    this.player = player;
    this.map = map;
    this.panel = panel;
    const button = (/** @type {string} */ picture, /** @type {() => void} */ act) =>
      el('button', { type: 'button', class: 't-button', onclick: act }, symbol(picture));
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

  /** The whole extent, clear of what lies over the map: beside the open legend or below the closed one. */
  showAll() {
    const [west, south, east, north] = this.player.world.campaign.extent;
    const rtl = document.documentElement.dir === 'rtl';
    const { aside, above } = coveredOf(this.map);
    const across = aside ? this.zoom.offsetWidth + MARGIN_PX : 0;
    this.map.fitBounds(
      [
        [south, west],
        [north, east],
      ],
      {
        animate: false,
        paddingTopLeft: [rtl ? across : aside, above],
        paddingBottomRight: [rtl ? aside : across, 0],
      },
    );
  }

  /** Answer for a point: a mark's records, a named place, or the ground itself. @param {import('leaflet').LatLng} at */
  ask(at) {
    const { layer, world } = this.player;
    const events = layer.eventsAt(at);
    const marked = events.length ? world.events.place[events[0]] : -1;
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
    if (cell >= 0)
      this.player.layer.flyTo(lat, lon, Math.max(this.map.getZoom(), Math.min(13, kindStyle(kind).zoom + 0.5), 11));
    this.askPlace(place, events);
  }

  speak() {
    const { words } = this.player;
    for (const [button, text] of /** @type {[Element, string][]} */ ([
      [this.closer, words.zoomIn],
      [this.farther, words.zoomOut],
      [this.whole, words.wholeMap],
    ])) {
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
    const metres = this.map.distance(
      this.map.containerPointToLatLng([0, middle]),
      this.map.containerPointToLatLng([100, middle]),
    );
    const km = [...ROUND_KM].reverse().find((length) => length <= metres / 1000) ?? ROUND_KM[0];
    this.bar.style.width = `${Math.round((100 * km * 1000) / metres)}px`;
    replace(this.bar, `${km} ${this.player.words.km}`);
  }
}

/**
 * What the page's legend takes from the map, in pixels: on the side where reading begins while it is open, else along the top.
 * @param {import('leaflet').Map} map @returns {{aside: number, above: number}}
 */
export function coveredOf(map) {
  const legend = /** @type {HTMLDetailsElement | null} */ (document.querySelector('.t-page .t-legend'));
  const { width = 0, height = 0 } = legend?.getBoundingClientRect() ?? {};
  if (!legend || !width) return { aside: 0, above: 0 };
  if (!legend.open) return { aside: 0, above: height + MARGIN_PX };
  return { aside: width > MOST_ASIDE * map.getSize().x ? 0 : width + MARGIN_PX, above: 0 };
}
