// The page: reads its data, builds its parts into the landmarks of page.html, and opens on the key day.
import L from 'leaflet';
import { readAddress, writeAddress } from './address.js';
import { dayNumber } from './dates.js';
import { decode } from './decode.js';
import { el, replace } from './dom.js';
import { CONTROLS, symbol } from './icons.js';
import { listen } from './keys.js';
import { kindStyle } from './labels.js';
import { TerritoryLayer } from './layer.js';
import { Legend } from './legend.js';
import { MapView } from './mapview.js';
import { Masthead } from './masthead.js';
import { Notes } from './notes.js';
import { Panel } from './panel.js';
import { Player } from './player.js';
import { Records } from './records.js';
import { Scrubber } from './scrubber.js';
import { Search } from './search.js';
import { Sheet } from './sheet.js';

export { attach } from './attach.js';

/** @param {string} id @returns {HTMLElement} */
function part(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no element #${id}; it was not made from page.html.`);
  return found;
}

/** Build the page from its data block. */
function start() {
  const world = decode(JSON.parse(part('territory-data').textContent ?? ''));
  const asked = readAddress();
  const root = document.documentElement;
  if (asked.theme === 'dark' || asked.theme === 'light') root.dataset.theme = asked.theme;
  const map = makeMap();
  const layer = new TerritoryLayer(world, { name: ({ name }) => name });
  const lang = asked.lang === 'ar' || (!asked.lang && root.lang === 'ar') ? 'ar' : 'en';
  const player = new Player(world, layer, lang);
  map.setView([(world.campaign.extent[1] + world.campaign.extent[3]) / 2, (world.campaign.extent[0] + world.campaign.extent[2]) / 2], 9);
  layer.addTo(map);
  player.goTo(dayNumber(asked.date ?? '') - world.firstDay);
  if (!asked.date || player.iso !== asked.date) player.goTo(world.campaign.key_day);

  const panel = new Panel(player);
  const view = new MapView(player, map, panel);
  const records = new Records(player, ({ place }, index) => { if (place >= 0) view.goTo(place, [index]); });
  const search = new Search(player, (kind) => kindStyle(kind).rank, (place) => view.goTo(place));
  const sheet = new Sheet(part('territory-side'), panel, records);
  const [masthead, legend, scrubber, notes] = [new Masthead(player), new Legend(player), new Scrubber(player), new Notes(player)];

  part('territory-head').prepend(masthead.element);
  part('territory-tools').append(search.element, ...switches(player));
  part('territory-frame').append(legend.element, view.zoom, view.bar);
  part('territory-time').append(scrubber.element);
  part('territory-foot').append(notes.element);
  for (const one of [pageOf(player), masthead, view, legend, scrubber, panel, records, sheet, search, notes]) player.join(one);
  map.on('moveend', () => legend.update());
  map.invalidateSize({ pan: false });
  openOn(map, world, layer);
  const [west, south, east, north] = world.campaign.extent;
  map.setMaxBounds([[south - 1, west - 2], [north + 1, east + 2]]);
  new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(map.getContainer());
  listen(document, player, {
    close: () => panel.close(), find: () => search.input.focus(), pan: (x, y) => map.panBy([x, y], { animate: false }),
  });
  for (const [when, theme] of [['beforeprint', 'light'], ['afterprint', root.dataset.theme ?? '']]) {
    window.addEventListener(when, () => {
      legend.element.open ||= when === 'beforeprint';
      setTheme(player, theme);
    });
  }
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => player.restyle());
  if (asked.place) {
    const place = world.places.findIndex(({ id }) => id === asked.place);
    if (place >= 0) view.goTo(place);
  }
  Object.assign(window, {
    territory: {
      goTo: (/** @type {string} */ date) => player.goTo(date),
      day: () => player.iso,
      controlAt: (/** @type {string} */ place) => player.controlAt(place),
      frontArcs: () => layer.scene.frontArcs.slice(),
      player, map,
    },
  });
}

/** The map, keeping its size in step with the room that the page leaves it. */
function makeMap() {
  const map = L.map(part('territory-map'), {
    zoomControl: false, attributionControl: false, keyboard: false, fadeAnimation: false,
    zoomSnap: 0.25, zoomDelta: 0.5, wheelPxPerZoomLevel: 90, minZoom: 7, maxZoom: 15,
  });
  map.getContainer().tabIndex = 0;
  map.getContainer().setAttribute('role', 'region');
  return map;
}

/**
 * Open the map on the ground that changes hands; the button for the whole map shows the rest.
 * @param {L.Map} map @param {import('./types').World} world @param {TerritoryLayer} layer
 */
function openOn(map, { campaign, changes, cells, places }, layer) {
  const [west, south, east, north] = campaign.extent;
  const story = [...new Set(changes.cell)].map((cell) => places[cells.place[cell]]).filter(Boolean);
  if (story.length > 2) map.fitBounds(story.map(({ lat, lon }) => [lat, lon]), { animate: false, padding: [12, 12] });
  else map.fitBounds([[south, west], [north, east]], { animate: false });
  map.panBy([-layer.bareRight(), 0], { animate: false });
}

/** Language and theme buttons. @param {Player} player */
function switches(player) {
  const language = el('button', { type: 'button', class: 't-button t-text', onclick: () => player.speak(player.words.lang === 'ar' ? 'en' : 'ar') });
  const theme = el('button', { type: 'button', class: 't-button', onclick: () => setTheme(player, isDark() ? 'light' : 'dark') }, symbol(CONTROLS.theme, 't-half'));
  player.join({
    speak({ words }) {
      replace(language, words.language);
      language.setAttribute('lang', words.lang === 'ar' ? 'en' : 'ar');
      language.setAttribute('title', words.languageHint);
      theme.setAttribute('aria-label', words.theme);
      theme.setAttribute('title', words.theme);
    },
  });
  return [language, theme];
}

/** Keeps document language, direction and address in step. @param {Player} player */
function pageOf(player) {
  const root = document.documentElement;
  let timer = 0;
  return {
    speak() {
      root.lang = player.words.lang;
      root.dir = player.words.dir;
      part('territory-side').setAttribute('aria-label', player.words.records);
      document.title = player.teller.title(player.world.campaign);
    },
    update() {
      if (player.playing) return;
      // Browsers count these calls: one for the day that a drag ends on is enough.
      window.clearTimeout(timer);
      timer = window.setTimeout(() => writeAddress({ date: player.iso, lang: player.words.lang === 'ar' ? 'ar' : '', theme: root.dataset.theme ?? '' }), 200);
    },
  };
}

function isDark() {
  const { theme } = document.documentElement.dataset;
  return theme ? theme === 'dark' : window.matchMedia('(prefers-color-scheme: dark)').matches;
}

/** @param {Player} player @param {string} theme */
function setTheme(player, theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  player.restyle();
}

/** Say in the page why it cannot be shown. @param {unknown} error */
function fail(error) {
  const text = error instanceof Error ? error.message : String(error);
  document.body.prepend(el('p', { class: 't-fault', role: 'alert' }, text));
}

if (document.getElementById('territory-data')) {
  try {
    start();
  } catch (error) {
    fail(error);
    throw error;
  }
}
