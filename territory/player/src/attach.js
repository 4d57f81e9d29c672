// The player as a layer of a Leaflet map that is already there, such as a folium map: the same picture, the same answers.
import * as L from 'leaflet';
import { unpack } from './codec/unpack.js';
import { TerritoryLayer } from './draw/layer.js';
import { el } from './parts/dom.js';
import { listen } from './parts/keys.js';
import { Legend } from './parts/legend.js';
import { MapView } from './parts/mapview.js';
import { Masthead } from './parts/masthead.js';
import { Notes } from './parts/notes.js';
import { Panel } from './parts/panel.js';
import { Player } from './parts/player.js';
import { Scrubber } from './parts/scrubber.js';
import { Story } from './parts/story.js';
import { Swipe } from './parts/swipe.js';
import { CONTROLS, symbol } from './parts/symbols.js';
import { Table } from './parts/table.js';
import { dayNumber } from './world/dates.js';
import { decode } from './world/decode.js';

/**
 * Add the player to a map.
 * @param {L.Map} map
 * @param {string} text what stands in the page's data block
 * @param {{controls?: boolean, basemap?: boolean, lang?: 'en' | 'ar', date?: string}} [options]
 *     `controls` adds date, legend, story, slider, answers and tables; `basemap` paints our own land and roads; left out, it is on where the map has no tiles
 * @returns {Promise<Player>}
 */
export async function attach(map, text, { controls = true, basemap = !hasTiles(map), lang = 'en', date } = {}) {
  const world = decode(await unpack(text));
  const layer = new TerritoryLayer(world, { name: ({ name }) => name, basemap });
  layer.sheets.box.classList.toggle('t-on-tiles', !basemap);
  const player = new Player(world, layer, lang);
  layer.addTo(map);
  player.goTo(dayNumber(date ?? world.campaign.key_day) - world.firstDay);
  if (controls) put(map, player);
  return player;
}

/**
 * Lay the player's parts over the map: date, legend, story, answers, slider; the table and the divider of two dates on demand.
 * @param {L.Map} map @param {Player} player
 */
function put(map, player) {
  const panel = new Panel(player);
  const [table, swipe] = [new Table(player), new Swipe(player, map)];
  const masthead = new Masthead(player, { swipe: () => swipe.toggle(), swiping: () => swipe.on });
  const [legend, scrubber, story, notes] = [
    new Legend(player),
    new Scrubber(player),
    new Story(player),
    new Notes(player),
  ];
  const tables = el(
    'button',
    { type: 'button', class: 't-button t-over-table', onclick: () => table.open() },
    symbol(CONTROLS.table),
  );
  const over = el(
    'div',
    { class: 'territory t-over', dir: player.words.dir, lang: player.words.lang },
    swipe.bar,
    el('div', { class: 't-card t-over-head' }, masthead.element, tables),
    el('div', { class: 't-card t-over-legend' }, legend.element),
    el(
      'div',
      { class: 't-card t-over-panel' },
      panel.element,
      el('div', { class: 't-over-story' }, story.element, notes.element),
    ),
    el('div', { class: 't-card t-over-foot' }, scrubber.element),
    table.element,
  );
  setApart(over, swipe.number);
  L.DomEvent.disableClickPropagation(over);
  L.DomEvent.disableScrollPropagation(over);
  map.getContainer().append(over);
  const naming = {
    speak: () => {
      for (const name of ['aria-label', 'title']) tables.setAttribute(name, player.words.table);
    },
  };
  for (const part of [
    swipe,
    masthead,
    legend,
    scrubber,
    new MapView(player, map, panel),
    panel,
    story,
    notes,
    table,
    naming,
  ])
    player.join(part);
  map.on('moveend', () => legend.update());
  listen(over, player, { close: () => panel.close(), swipe: () => swipe.toggle(), table: () => table.open() });
}

/**
 * Other players may lie on the same page: what must be said once in a document is said with a number.
 * @param {HTMLElement} over @param {number} number
 */
function setApart(over, number) {
  for (const name of ['id', 'aria-labelledby']) {
    for (const one of over.querySelectorAll(`[${name}]`)) one.setAttribute(name, `${one.getAttribute(name)}-${number}`);
  }
}

/** @param {L.Map} map */
function hasTiles(map) {
  let found = false;
  map.eachLayer((layer) => {
    found ||= layer instanceof L.GridLayer;
  });
  return found;
}
