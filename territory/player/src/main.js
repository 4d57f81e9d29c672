// The page: reads its data, builds its parts into the landmarks of page.html, and opens on the key day.
import * as L from 'leaflet';
import { unpack } from './codec/unpack.js';
import { TerritoryLayer } from './draw/layer.js';
import { kindStyle } from './draw/place_kinds.js';
import { keepAddress, readAddress } from './parts/address.js';
import { el, replace } from './parts/dom.js';
import { showControls, tellHeight } from './parts/embed.js';
import { sayFault } from './parts/fault.js';
import { Help } from './parts/help.js';
import { listen } from './parts/keys.js';
import { Legend } from './parts/legend.js';
import { MapView } from './parts/mapview.js';
import { Masthead } from './parts/masthead.js';
import { Notes } from './parts/notes.js';
import { keepNear, leastZoom, makeMap, openOn, tilesOf } from './parts/page_map.js';
import { Panel } from './parts/panel.js';
import { afterFrame, Player } from './parts/player.js';
import { listenForPrint } from './parts/print.js';
import { Records } from './parts/records.js';
import { Scrubber } from './parts/scrubber.js';
import { Search } from './parts/search.js';
import { SideList } from './parts/side_list.js';
import { Swipe } from './parts/swipe.js';
import { CONTROLS, symbol } from './parts/symbols.js';
import { Table } from './parts/table.js';
import { dayNumber } from './world/dates.js';
import { decode } from './world/decode.js';

/** @param {string} id @returns {HTMLElement} */
function part(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no element #${id}; it was not made from page.html.`);
  return found;
}

/** Build the page from its data block. */
async function start() {
  const world = decode(await unpack(part('territory-data').textContent ?? ''));
  const asked = readAddress();
  const root = document.documentElement;
  if (asked.theme === 'dark' || asked.theme === 'light') root.dataset.theme = asked.theme;
  showControls(asked.controls);
  const tiles = tilesOf(part('territory-map'));
  const map = makeMap(part('territory-map'));
  const layer = new TerritoryLayer(world, { name: ({ name }) => name, basemap: !tiles });
  const lang = asked.lang === 'ar' || (!asked.lang && root.lang === 'ar') ? 'ar' : 'en';
  const player = new Player(world, layer, lang);
  afterFrame(() => performance.mark('territory-first-frame'));
  const [west, south, east, north] = world.campaign.extent;
  map.setView([(south + north) / 2, (west + east) / 2], 9);
  layer.waiting = true;
  if (tiles) L.tileLayer(tiles.url, { maxZoom: 19, attribution: '' }).addTo(map);
  layer.addTo(map);
  player.goTo(dayNumber(asked.date ?? '') - world.firstDay);
  if (!asked.date || player.iso !== asked.date) player.goTo(world.campaign.key_day);
  pinAsked(player, asked.since);
  const view = build(player, map, tiles?.host ?? '');
  map.invalidateSize({ pan: false });
  leastZoom(map, world);
  openOn(map, world, layer);
  layer.open();
  player.tell();
  keepNear(map, world);
  new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(map.getContainer());
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => player.restyle());
  goToPlace(player, view, asked.place);
  window.addEventListener('hashchange', () => follow(player, view));
  tellHeight(part('territory-frame'), [part('territory-head'), part('territory-time'), part('territory-foot')]);
  Object.assign(window, {
    territory: {
      goTo: (/** @type {string} */ date) => player.visit(date),
      day: () => player.iso,
      controlAt: (/** @type {string} */ id) => player.controlAt(id),
      frontArcs: () => layer.scene.frontArcs.slice(),
      player,
      map,
    },
  });
}

/** Compare with the day that the address names, if it is one. @param {Player} player @param {string | undefined} since */
function pinAsked(player, since) {
  const day = dayNumber(since ?? '') - player.world.firstDay;
  if (day >= 0 && day < player.world.days) player.pin(day);
}

/** @param {Player} player @param {MapView} view @param {string | undefined} id */
function goToPlace(player, view, id) {
  // Without an id no place is meant; to look would make the ids of all of them.
  const place = id ? player.world.places.findIndex((one) => one.id === id) : -1;
  if (place < 0) return;
  view.askPlace(place);
  const { lat, lon, cell } = player.world.places[place];
  // An address is not a journey: the map is there at once, in the room that the answer leaves it.
  if (cell >= 0)
    view.map.invalidateSize({ pan: false }).setView([lat, lon], Math.max(view.map.getZoom(), 11.5), { animate: false });
}

/** The page around this one, or the reader, changed the address. @param {Player} player @param {MapView} view */
function follow(player, view) {
  const { date, place, lang, theme, since } = readAddress();
  if ((lang === 'ar' || lang === 'en') && lang !== player.words.lang) player.speak(lang);
  if (theme === 'dark' || theme === 'light') setTheme(player, theme);
  if (date) player.visit(date);
  pinAsked(player, since);
  if (!place) view.panel.close();
  else if (place !== view.panel.place) goToPlace(player, view, place);
}

/** Make the parts, put them into the landmarks and let them follow the player. @param {Player} player @param {L.Map} map @param {string} tilesHost */
function build(player, map, tilesHost) {
  const { layer } = player;
  const panel = new Panel(player);
  const view = new MapView(player, map, panel);
  const records = new Records(player, ({ place }, index) => {
    if (place >= 0) view.goTo(place, [index]);
  });
  const search = new Search(
    player,
    (kind) => kindStyle(kind).rank,
    (place) => view.goTo(place),
  );
  const side = new SideList(part('territory-side'), panel, records);
  const swipe = new Swipe(player, map);
  const masthead = new Masthead(player, { swipe: () => swipe.toggle(), swiping: () => swipe.on });
  const [legend, scrubber, notes] = [
    new Legend(player),
    new Scrubber(player),
    new Notes(player, tilesHost, part('territory-map').dataset.credit),
  ];
  const [table, help] = [new Table(player), new Help(player)];
  part('territory-head').prepend(masthead.element);
  part('territory-tools').append(search.element, ...switches(player, table, help));
  part('territory-frame').append(legend.element, view.zoom, view.bar, swipe.bar);
  part('territory-time').append(scrubber.element);
  part('territory-foot').append(notes.element);
  document.body.append(table.element, help.element);
  for (const one of [
    pageOf(player),
    keepAddress(player, panel),
    swipe,
    masthead,
    view,
    legend,
    scrubber,
    panel,
    records,
    side,
    search,
    notes,
    table,
    help,
  ])
    player.join(one);
  map.on('moveend', () => layer.waiting || legend.update());
  layer.covered = () => [legend.element, view.zoom].map((one) => one.getBoundingClientRect());
  legend.element.addEventListener('toggle', () => layer.waiting || layer.paintDay());
  listen(document, player, {
    close: () => panel.close(),
    find: () => search.input.focus(),
    pan: (x, y) => map.panBy([x, y], { animate: false }),
    zoom: (step) => map.setZoom(map.getZoom() + step * 0.5),
    swipe: () => swipe.toggle(),
    table: () => table.open(),
    help: () => help.open(),
  });
  listenForPrint({ player, map, scrubber, setTheme: (theme) => setTheme(player, theme) });
  return view;
}

/** Language, theme, table and help buttons. @param {Player} player @param {Table} table @param {Help} help */
function switches(player, table, help) {
  const button = (/** @type {string} */ picture, /** @type {() => void} */ act) =>
    el('button', { type: 'button', class: 't-button', onclick: act }, symbol(picture));
  const [tables, keys] = [button(CONTROLS.table, () => table.open()), button(CONTROLS.help, () => help.open())];
  keys.classList.add('t-help-button');
  const language = el('button', {
    type: 'button',
    class: 't-button t-text',
    onclick: () => player.speak(player.words.lang === 'ar' ? 'en' : 'ar'),
  });
  const theme = el(
    'button',
    { type: 'button', class: 't-button', onclick: () => setTheme(player, isDark() ? 'light' : 'dark') },
    symbol(CONTROLS.theme, 't-half'),
  );
  player.join({
    speak({ words }) {
      replace(language, words.language);
      language.setAttribute('lang', words.lang === 'ar' ? 'en' : 'ar');
      language.setAttribute('title', words.languageHint);
      for (const [one, text, key] of /** @type {[Element, string, string][]} */ ([
        [theme, words.theme, ''],
        [tables, words.table, ' (T)'],
        [keys, words.help, ' (?)'],
      ])) {
        one.setAttribute('aria-label', text);
        one.setAttribute('title', `${text}${key}`);
      }
    },
  });
  return [language, tables, theme, keys];
}

/** Keeps document language, direction and title in step. @param {Player} player */
function pageOf(player) {
  const root = document.documentElement;
  return {
    speak() {
      root.lang = player.words.lang;
      root.dir = player.words.dir;
      part('territory-time').setAttribute('aria-label', player.words.chart);
      part('territory-side').setAttribute('aria-label', player.words.records);
      document.title = player.teller.title(player.world.campaign);
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

const data = document.getElementById('territory-data');
if (data) {
  start().catch((error) => {
    sayFault(error, data.textContent ?? '');
    throw error;
  });
}
