// The player as a layer of a Leaflet map that is already there, such as a folium map: the same picture, the same answers.
import * as L from 'leaflet';
import { decode } from './decode.js';
import { el } from './dom.js';
import { dayNumber } from './dates.js';
import { listen } from './keys.js';
import { TerritoryLayer } from './layer.js';
import { Legend } from './legend.js';
import { MapView } from './mapview.js';
import { Masthead } from './masthead.js';
import { Panel } from './panel.js';
import { Player } from './player.js';
import { Scrubber } from './scrubber.js';
import { unpack } from './unpack.js';

/**
 * Add the player to a map.
 * @param {L.Map} map
 * @param {string} text what stands in the page's data block
 * @param {{controls?: boolean, basemap?: boolean, lang?: 'en' | 'ar', date?: string}} [options]
 *     `controls` adds date, legend, slider and answers; `basemap` paints our own land and roads; left out, it is on where the map has no tiles
 * @returns {Promise<Player>}
 */
export async function attach(map, text, { controls = true, basemap = !hasTiles(map), lang = 'en', date } = {}) {
  const world = decode(await unpack(text));
  const layer = new TerritoryLayer(world, { name: ({ name }) => name, basemap });
  const player = new Player(world, layer, lang);
  layer.addTo(map);
  player.goTo(dayNumber(date ?? world.campaign.key_day) - world.firstDay);
  if (!controls) return player;
  const panel = new Panel(player);
  const [masthead, legend, scrubber, view] = [new Masthead(player), new Legend(player), new Scrubber(player), new MapView(player, map, panel)];
  const over = el('div', { class: 'territory t-over', dir: player.words.dir },
    el('div', { class: 't-card t-over-head' }, masthead.element), el('div', { class: 't-card t-over-legend' }, legend.element),
    el('div', { class: 't-card t-over-panel' }, panel.element), el('div', { class: 't-card t-over-foot' }, scrubber.element));
  L.DomEvent.disableClickPropagation(over);
  L.DomEvent.disableScrollPropagation(over);
  map.getContainer().append(over);
  for (const part of [masthead, legend, scrubber, view, panel]) player.join(part);
  map.on('moveend', () => legend.update());
  listen(over, player, { close: () => panel.close() });
  return player;
}

/** @param {L.Map} map */
function hasTiles(map) {
  let found = false;
  map.eachLayer((layer) => { found ||= layer instanceof L.GridLayer; });
  return found;
}
