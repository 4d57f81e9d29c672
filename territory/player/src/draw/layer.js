// A Leaflet layer of canvases: what depends on the view alone is painted once, the ground and the front day by day.
import * as L from 'leaflet';
import { cellAt } from '../world/cell_at.js';
import { Doubt } from '../world/doubt.js';
import { Front } from '../world/fronts.js';
import { Basemap } from './basemap.js';
import { Canvases } from './canvases.js';
import { bareRight, frameOf, NO_VIEW, PADDING } from './frame.js';
import { coveredIn, neighbourOn, placeNamed, pocketsIn, within } from './in_view.js';
import { mentionsOf, paintLabels } from './labels.js';
import { lookOf } from './looks.js';
import { Marks, paintPin, RADIUS_PX } from './marks.js';
import { paintFront, paintGround, paintRings, quickLines } from './painter.js';
import { Palette } from './palette.js';
import { Raster } from './raster.js';
import { Scene } from './scene.js';
import { paintTeeth } from './teeth.js';
import { themeOf } from './theme.js';

/** @typedef {import('../types').View} View */
/** @typedef {import('../types').World} World */
/** @typedef {import('../types').State} State */

/** Worlds with more arcs than this are shown as a raster first, and as vectors once the reader rests. */
const LARGE = 12_000;
const REST_MS = 140;
const NO_LOOK = /** @type {import('./looks.js').Look} */ ({ paper: '', stripe: '', step: 1, width: 0, turn: 1 });
export class TerritoryLayer extends L.Layer {
  /**
   * @param {World} world
   * @param {{name: (thing: {name: string, name_ar: string}) => string, basemap?: boolean}} options
   */
  constructor(world, { name, basemap = true }) {
    super();
    this.world = world;
    this.name = name;
    this.basemap = basemap ? new Basemap(world.layers) : null;
    this.marks = new Marks(world);
    /** How many records name each place. */
    this.weight = mentionsOf(world);
    this.day = 0;
    this.scene = new Scene(world, world.baseline, world.baseline);
    this.doubt = new Doubt(world);
    /** Whether small teeth stand on the front, towards the side that lost ground there. */
    this.teeth = false;
    this.raster = new Raster(world.arcs, world.cells.place.length);
    this.palette = new Palette(this.raster);
    this.front = /** @type {Front | null} */ (null);
    this.large = world.arcs.length > LARGE;
    this.laid = false;
    /** While the page is being built, views come and go: nothing is painted until `open`. */
    this.waiting = false;
    this.timer = 0;
    /** @type {{lon: number, lat: number, place: number} | null} */
    this.pin = null;
    /** What lies over the map, in the window: no name is written beneath. @type {() => DOMRect[]} */
    this.covered = () => [];
    /** What the reader does not want to see: 'events', 'roads', 'names'. @type {Set<string>} */
    this.without = new Set();
    this.sheets = new Canvases();
    /** @type {Map<number, import('./crowd.js').Box>} places named on the map, and where */
    this.named = new Map();
    /** The view that they are named in. @type {View | null} */
    this.namedIn = null;
    this.view = NO_VIEW;
  }

  /** @returns {{[name: string]: (event: any) => void}} */
  getEvents() {
    return {
      viewreset: this.reset,
      moveend: this.update,
      zoom: this.follow,
      zoomanim: this.animate,
      resize: this.update,
    };
  }

  /** @param {L.Map} map */
  onAdd(map) {
    const pane = map.getPane('territory') ?? map.createPane('territory');
    pane.style.zIndex = '350';
    pane.append(this.sheets.box);
    this.theme = themeOf(this.sheets.box);
    this.update();
    return this;
  }

  onRemove() {
    this.sheets.box.remove();
    return this;
  }

  /**
   * Show a day. `before` is the state that it is compared with, or the same state.
   * @param {number} day @param {State} state @param {State} before
   */
  show(day, state, before) {
    if (this.sheets.calm() && this._map && !this.waiting && day !== this.day) this.sheets.fade();
    this.day = day;
    this.scene = new Scene(this.world, state, before, this.doubt.on(day));
    if (this._map && !this.waiting) this.paintDay();
  }

  /**
   * Mark the point that the reader asked about, and the place that answers for it; null takes the mark away.
   * @param {{lon: number, lat: number, place: number} | null} pin
   */
  setPin(pin) {
    this.pin = pin;
    if (this._map) this.paintDay();
  }

  /** Draw the front with teeth, or without. @param {boolean} teeth */
  setTeeth(teeth) {
    this.teeth = teeth;
    if (this._map) this.paintDay();
  }

  /** Read the colours of the style sheet again, after the theme or the language changed. */
  restyle() {
    this.theme = themeOf(this.sheets.box);
    this.update();
  }

  reset() {
    this.update();
    this.follow();
  }

  follow() {
    this.transform(this._map.getCenter(), this._map.getZoom());
  }

  /** @param {{center: L.LatLng, zoom: number}} event */
  animate({ center, zoom }) {
    this.transform(center, zoom);
  }

  /**
   * Scale and shift what is painted while a zoom runs, as Leaflet's own renderers do.
   * @param {L.LatLng} center @param {number} zoom
   */
  transform(center, zoom) {
    const map = /** @type {any} */ (this._map);
    if (!this.center) return;
    const scale = map.getZoomScale(zoom, this.view.zoom);
    const half = map.getSize().multiplyBy(0.5 + PADDING);
    const at = half
      .multiplyBy(-scale)
      .add(map.project(this.center, zoom))
      .subtract(map._getNewPixelOrigin(center, zoom));
    // At rest a whole pixel keeps the picture sharp.
    L.DomUtil.setTransform(this.sheets.box, scale === 1 ? at.round() : at, scale);
  }

  /** Move the map, gently unless the reader asked for little motion. @param {number} lat @param {number} lon @param {number} [zoom] */
  flyTo(lat, lon, zoom = this._map.getZoom()) {
    if (window.matchMedia('(prefers-reduced-motion: reduce)').matches)
      this._map.setView([lat, lon], zoom, { animate: false });
    else this._map.flyTo([lat, lon], zoom, { duration: 0.9 });
  }

  /** Paint from now on: the view is set. */
  open() {
    this.waiting = false;
    this.update();
  }

  /** Lay the canvases over the present view and paint everything. */
  update() {
    const map = this._map;
    if (!map || /** @type {any} */ (map)._animatingZoom) return;
    const dpr = Math.min(3, Number(this.sheets.box.dataset.dpr) || window.devicePixelRatio || 1);
    const { view, corner } = frameOf(map, this.world.plane, dpr);
    this.center = map.getCenter();
    this.view = view;
    if (this.waiting) return;
    L.DomUtil.setPosition(this.sheets.box, corner);
    this.sheets.resize(view);
    this.paintStill();
    this.paintDay();
  }

  /** What depends on the view alone. */
  paintStill() {
    const { view, theme } = this;
    if (!theme) return;
    this.laid = false;
    const { ground, lines } = this.sheets.contexts;
    this.basemap?.paintUnder(ground, view, theme);
    this.basemap?.paintOver(lines, view, theme, !this.without.has('roads'));
  }

  /** What depends on the day: at once as vectors, or as a raster now and as vectors when nothing more follows. */
  paintDay() {
    window.clearTimeout(this.timer);
    if (!this.large) this.paintFine();
    else {
      this.paintQuick();
      this.timer = window.setTimeout(() => this.paintFine(), REST_MS);
    }
  }

  /** The day by palette look-up, with the front in the same pixels. */
  paintQuick() {
    const { view, theme, sheets, scene, world } = this;
    if (!theme) return;
    this.layRaster();
    this.front ??= new Front(world.arcs, world.root);
    this.front.follow(scene.state.controller);
    const looks = scene.grounds.list.map((ground, i) => (i ? lookOf(ground, world.actors, theme) : NO_LOOK));
    this.palette.paint(
      sheets.contexts.cells,
      scene.groundOf,
      looks,
      quickLines(world.arcs, this.front.arcs, scene, view, theme),
    );
    sheets.show('cells');
    paintRings(sheets.cleared('over'), view, world, scene.quickRings, theme);
    this.paintSigns(true);
  }

  /** The day as vectors. */
  paintFine() {
    const { view, theme, sheets, scene, world } = this;
    if (!theme || !this._map) return;
    paintGround(sheets.cleared('fine'), view, world, scene, theme);
    sheets.show('fine');
    const over = sheets.cleared('over');
    paintFront(over, view, world, scene, theme);
    if (this.teeth) paintTeeth(over, view, world, scene, theme);
    this.paintSigns();
  }

  /** Marks, the pin and names. @param {boolean} [brief] without the marks of the days before; names stay as they are in this view */
  paintSigns(brief = false) {
    const {
      view,
      theme,
      name,
      weight,
      world,
      sheets: {
        contexts: { over },
      },
    } = this;
    if (!theme) return;
    if (this.without.has('events')) this.marks.drawn = [];
    else this.marks.paint(over, view, theme, this.day, brief);
    if (this.pin) paintPin(over, view, world, theme, this.pin);
    if (brief && this.namedIn === view) return;
    this.namedIn = view;
    const names = this.sheets.cleared('names');
    this.named = this.without.has('names')
      ? new Map()
      : paintLabels(names, view, world, theme, {
          name,
          weight,
          marks: this.marks.drawn,
          radius: RADIUS_PX,
          shields: !this.without.has('roads'),
          covered: coveredIn(this._map.getContainer(), view, this.covered()),
          pockets: pocketsIn(view, brief ? [] : this.scene.paths.islets),
        });
  }

  /** Lay the id buffer for the present view, once. */
  layRaster() {
    if (!this.laid) this.raster.lay(this.view);
    this.laid = true;
  }

  /** Pixels of the visible map to the right of the base map's sheet, where the sea on its left could be shown instead. */
  bareRight() {
    return this.basemap ? bareRight(this.basemap.sheet, this.view) : 0;
  }

  /** A test of whether a cell is, by its box, in the visible map. @returns {(cell: number) => boolean} */
  seen() {
    if (!this._map) return () => true;
    return within(this.world, this._map.getBounds());
  }

  /**
   * The cell under a point of the earth, or -1. Where smoothing drew the point on a neighbour's ground, that neighbour is
   * meant: the answer must agree with the colour under the finger.
   * @param {L.LatLng} at
   */
  cellAt({ lng, lat }) {
    const { plane } = this.world;
    const [x, y] = [plane.x(lng), plane.y(lat)];
    const { scale, dx, dy, width, height } = this.view;
    const [px, py] = [x * scale + dx, y * scale + dy];
    const seen = px >= 0 && py >= 0 && px < width && py < height;
    if (seen) this.layRaster();
    const cell = seen ? this.raster.at(px, py) : cellAt(this.world, x, y);
    if (cell < 0 || !this.sheets.fine) return cell;
    const { over } = this.sheets.contexts;
    over.setTransform(1, 0, 0, 1, 0, 0);
    const drawn = this.scene.paths.areas.findIndex(({ path }) => over.isPointInPath(path, x, y, 'evenodd')) + 1;
    if (!drawn || drawn === this.scene.groundOf[cell]) return cell;
    return neighbourOn(this.world, this.scene.groundOf, cell, drawn, x, y);
  }

  /** The events marked today under a point of the map. @param {L.LatLng} at @returns {number[]} */
  eventsAt({ lng, lat }) {
    const [{ plane }, { scale, dx, dy }] = [this.world, this.view];
    return this.marks.at(plane.x(lng) * scale + dx, plane.y(lat) * scale + dy)?.events ?? [];
  }

  /** The named place under a point of the map, or -1: a tap on a name or a dot means that place. @param {L.LatLng} at */
  placeAt({ lng, lat }) {
    return placeNamed(this.world, this.view, this.named, lng, lat);
  }
}
