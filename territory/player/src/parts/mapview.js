// What the reader does on the map itself: click, tap, Enter, zoom buttons, and the scale bar.

import { kindStyle } from '../draw/place_kinds.js';
import { button, el, label, replace } from './dom.js';
import { CONTROLS, symbol } from './symbols.js';

/** @typedef {import('./player.js').Player} Player */

const ROUND_KM = [0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500];

/** Between the ground and the zoom buttons beside it. */
const MARGIN_PX = 12;

/** A campaign's extent as Leaflet's bounds. @param {[number, number, number, number]} extent @returns {[[number, number], [number, number]]} */
export function boundsOf([west, south, east, north]) {
  return [
    [south, west],
    [north, east],
  ];
}

export class MapView {
  /**
   * @param {Pick<Player, 'world' | 'language' | 'layer'> & {map: import('leaflet').Map,
   *     panel: import('./panel.js').Panel, legend: import('./legend.js').Legend}} uses
   */
  constructor({ world, language, layer, map, panel, legend }) {
    this.world = world;
    this.language = language;
    this.layer = layer;
    this.map = map;
    this.panel = panel;
    this.legend = legend;
    this.closer = button('t-button', () => map.zoomIn(), symbol(CONTROLS.plus));
    this.farther = button('t-button', () => map.zoomOut(), symbol(CONTROLS.minus));
    this.whole = button('t-button', () => this.showAll(), symbol(CONTROLS.home));
    this.zoom = el('div', { class: 't-zoom' }, this.closer, this.farther, this.whole);
    this.bar = el('div', { class: 't-scale', dir: 'ltr' });
    map.on('click', (/** @type {any} */ event) => this.answerAt(event.latlng));
    map.on('moveend', () => this.moved());
    map.getContainer().addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.target !== map.getContainer()) return;
      this.answerAt(map.getCenter());
    });
  }

  /** The whole extent, clear of what lies over the map: beside the open legend or below the closed one. */
  showAll() {
    const rtl = document.documentElement.dir === 'rtl';
    const { aside, above } = this.legend.covers(this.map.getSize().x);
    const across = aside ? this.zoom.offsetWidth + MARGIN_PX : 0;
    this.map.fitBounds(boundsOf(this.world.campaign.extent), {
      animate: false,
      paddingTopLeft: [rtl ? across : aside, above],
      paddingBottomRight: [rtl ? aside : across, 0],
    });
  }

  /** Answer for a point: a mark's records, a named place, or the ground itself. @param {import('leaflet').LatLng} at */
  answerAt(at) {
    const { layer, world } = this;
    const events = layer.eventsAt(at);
    const marked = events.length ? world.events.place[events[0]] : -1;
    const place = marked >= 0 ? marked : layer.placeAt(at);
    if (place >= 0 && world.places[place].cell >= 0) this.answerFor(place, events);
    else this.panel.open(layer.cellAt(at), at.lng, at.lat, events);
  }

  /** Answer for a named place. @param {number} place @param {number[]} [events] */
  answerFor(place, events = []) {
    const { cell, lon, lat } = this.world.places[place];
    this.panel.open(cell, lon, lat, events);
  }

  /** Bring a place into view and answer for it. @param {number} place @param {number[]} [events] */
  goTo(place, events = []) {
    const { lon, lat, kind, cell } = this.world.places[place];
    // A place without ground of its own, such as a whole province, has no point to go to.
    if (cell >= 0)
      this.layer.flyTo(lat, lon, Math.max(this.map.getZoom(), Math.min(13, kindStyle(kind).zoom + 0.5), 11));
    this.answerFor(place, events);
  }

  translate() {
    const { words } = this.language;
    label(this.closer, words.zoomIn);
    label(this.farther, words.zoomOut);
    label(this.whole, words.wholeMap);
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
    const { words } = this.language;
    replace(this.bar, `${words.exact(km)} ${words.km}`);
  }
}
