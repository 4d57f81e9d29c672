// The page: reads its data, places the parts in the landmarks of page.html, and opens on the key day.
import * as L from 'leaflet';
import { unpack } from './codec/unpack.js';
import { readAddress } from './parts/address.js';
import { reportHeight, showControls } from './parts/embed.js';
import { showFault } from './parts/fault.js';
import { afterFrame } from './parts/followers.js';
import { actsOn, listen } from './parts/keys.js';
import { pageParts } from './parts/make_parts.js';
import { limitPanning, limitZoom, makeMap, showChangedGround, tilesOf } from './parts/page_map.js';
import * as theme from './parts/page_theme.js';
import { Player } from './parts/player.js';
import { listenForPrint } from './parts/print.js';
import { dayNumber } from './world/dates.js';
import { decode } from './world/decode.js';

/** @typedef {ReturnType<typeof pageParts>} Parts */

/** @param {string} id @returns {HTMLElement} */
function landmark(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no element #${id}; it was not made from page.html.`);
  return found;
}

/** Build the page from its data block. */
async function start() {
  const world = decode(await unpack(landmark('territory-data').textContent ?? ''));
  const asked = readAddress();
  const root = document.documentElement;
  if (asked.theme === 'dark' || asked.theme === 'light') root.dataset.theme = asked.theme;
  showControls(asked.controls);
  const holder = landmark('territory-map');
  const tiles = tilesOf(holder);
  const map = makeMap(holder);
  const { languages } = world.campaign;
  const lang = [asked.lang, root.lang].find((tag) => languages.includes(tag)) ?? languages[0];
  const player = new Player(world, { lang, basemap: !tiles, waiting: true });
  const { days, layer } = player;
  afterFrame(() => performance.mark('territory-first-frame'));
  const [west, south, east, north] = world.campaign.extent;
  map.setView([(south + north) / 2, (west + east) / 2], 9);
  if (tiles) L.tileLayer(tiles.url, { maxZoom: 19, attribution: '' }).addTo(map);
  layer.addTo(map);
  days.goTo(dayNumber(asked.date ?? '') - world.firstDay);
  if (!asked.date || days.iso !== asked.date) days.goTo(world.campaign.key_day);
  pinAsked(player, asked.since);
  const setTheme = (/** @type {string} */ name) => {
    theme.setTheme(name);
    player.restyle();
  };
  const parts = pageParts(player, map, {
    side: landmark('territory-side'),
    time: landmark('territory-time'),
    setTheme,
    tilesHost: tiles?.host,
    tilesCredit: holder.dataset.credit,
  });
  place(player, map, parts);
  listenForPrint({ layer, swipe: parts.swipe, map, scrubber: parts.scrubber, setTheme });
  map.invalidateSize({ pan: false });
  limitZoom(map, world);
  showChangedGround(map, world, layer, parts.legend);
  layer.open();
  player.followers.update();
  limitPanning(map, world);
  new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(holder);
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => player.restyle());
  goToPlace(player, map, parts, asked.place);
  window.addEventListener('hashchange', () => follow(player, map, parts, setTheme));
  reportHeight(
    landmark('territory-frame'),
    ['head', 'time', 'foot'].map((name) => landmark(`territory-${name}`)),
  );
  Object.assign(window, {
    territory: {
      goTo: (/** @type {string} */ date) => days.visit(date),
      day: () => days.iso,
      controlAt: (/** @type {string} */ id) => player.controlAt(id),
      frontArcs: () => layer.scene.frontArcs.slice(),
      player,
      map,
    },
  });
}

/** Put the parts into the landmarks and let them follow the player. @param {Player} player @param {L.Map} map @param {Parts} parts */
function place(player, map, parts) {
  const { masthead, search, switches, legend, view, swipe, scrubber, notes, table, help } = parts;
  const { layer, followers, days, clock, chapters, language } = player;
  landmark('territory-head').prepend(masthead.element);
  landmark('territory-tools').append(search.element, ...switches.elements);
  landmark('territory-frame').append(legend.element, view.zoom, view.bar, swipe.bar);
  landmark('territory-time').append(scrubber.element);
  landmark('territory-foot').append(notes.element);
  document.body.append(table.element, help.element);
  for (const one of Object.values(parts)) followers.join(one);
  layer.keepClear(legend.element, view.zoom);
  legend.element.addEventListener('toggle', () => layer.waiting || layer.paintDay());
  const keys = {
    ...actsOn(parts),
    find: () => search.input.focus(),
    pan: (/** @type {number} */ x, /** @type {number} */ y) => map.panBy([x, y], { animate: false }),
    zoom: (/** @type {number} */ step) => map.setZoom(map.getZoom() + step * 0.5),
    help: () => help.open(),
  };
  listen(document, { days, clock, chapters, language }, keys);
}

/** Compare with the day that the address names, if it is one. @param {Player} player @param {string | undefined} since */
function pinAsked({ world, days }, since) {
  const day = dayNumber(since ?? '') - world.firstDay;
  if (day >= 0 && day < world.days) days.pin(day);
}

/** @param {Player} player @param {L.Map} map @param {Parts} parts @param {string | undefined} id */
function goToPlace({ world: { places } }, map, { view }, id) {
  // Without an id no place is meant; to look would make the ids of all of them.
  const place = id ? places.findIndex((one) => one.id === id) : -1;
  if (place < 0) return;
  view.answerFor(place);
  const { lat, lon, cell } = places[place];
  // An address is not a journey: the map is there at once, in the room that the answer leaves it.
  if (cell >= 0)
    map.invalidateSize({ pan: false }).setView([lat, lon], Math.max(map.getZoom(), 11.5), { animate: false });
}

/**
 * The page around this one, or the reader, changed the address.
 * @param {Player} player @param {L.Map} map @param {Parts} parts @param {(theme: string) => void} setTheme
 */
function follow(player, map, parts, setTheme) {
  const asked = readAddress();
  const { world, language, days } = player;
  const offered = world.campaign.languages.includes(asked.lang);
  if (offered && asked.lang !== language.words.lang) language.choose(asked.lang);
  if (asked.theme === 'dark' || asked.theme === 'light') setTheme(asked.theme);
  if (asked.date) days.visit(asked.date);
  pinAsked(player, asked.since);
  if (!asked.place) parts.panel.close();
  else if (asked.place !== parts.panel.place) goToPlace(player, map, parts, asked.place);
}

const data = document.getElementById('territory-data');
if (data) {
  start().catch((error) => {
    showFault(data.textContent ?? '', document.getElementById('territory-words')?.textContent ?? '');
    throw error;
  });
}
