// The player as a layer of a Leaflet map that is already there, such as a folium map: the same picture, the same answers.
import * as L from 'leaflet';
import { unpack } from './codec/unpack.js';
import { button, el, label } from './parts/dom.js';
import { actsOn, listen } from './parts/keys.js';
import { layerParts } from './parts/make_parts.js';
import { Player } from './parts/player.js';
import { CONTROLS, symbol } from './parts/symbols.js';
import { dayNumber } from './world/dates.js';
import { decode } from './world/decode.js';

/**
 * Add the player to a map.
 * @param {L.Map} map
 * @param {string} text the text of the page's data block
 * @param {{controls?: boolean, basemap?: boolean, lang?: string, date?: string}} [options]
 *     `controls` adds date, legend, story, slider, answers and tables; `basemap` paints our own land and roads; left out, it is on where the map has no tiles
 * @returns {Promise<Player>}
 */
export async function attach(map, text, { controls = true, basemap = !hasTiles(map), lang, date } = {}) {
  const world = decode(await unpack(text));
  const { languages } = world.campaign;
  const player = new Player(world, { lang: languages.find((tag) => tag === lang) ?? languages[0], basemap });
  player.layer.addTo(map);
  player.days.goTo(dayNumber(date ?? world.campaign.key_day) - world.firstDay);
  if (controls) place(player, map);
  return player;
}

/**
 * Place the player's parts over the map: date, legend, story, answers, slider; the table and the divider of two dates on demand.
 * @param {Player} player @param {L.Map} map
 */
function place(player, map) {
  const parts = layerParts(player, map);
  const { swipe, masthead, legend, panel, story, notes, scrubber, table } = parts;
  const { days, clock, chapters, language, followers } = player;
  const tables = button('t-button t-over-table', () => table.open(), symbol(CONTROLS.table));
  const over = el(
    'div',
    { class: 'territory t-over', dir: language.words.dir, lang: language.words.lang },
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
  for (const one of Object.values(parts)) followers.join(one);
  followers.join({ translate: () => label(tables, language.words.table) });
  listen(over, { days, clock, chapters, language }, actsOn(parts));
}

/**
 * Other players may lie on the same page: what may stand only once in a document gets a number.
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
