// A Leaflet layer of canvases: what depends on the view alone is painted once, the ground and the front day by day.
import * as L from 'leaflet';
import { cellAt } from '../world/cell_at.js';
import { Doubt } from '../world/doubt.js';
import { Basemap } from './basemap.js';
import { Canvases } from './canvases.js';
import { emptyRight, frameOf, NO_VIEW, PADDING } from './frame.js';
import { drawnActors, drawnState } from './hidden.js';
import { neighbourOn, placeNamed, within } from './in_view.js';
import { paintFront, paintGround, paintRings } from './painter.js';
import { RasterPicture } from './raster_picture.js';
import { Scene } from './scene.js';
import { Signs } from './signs.js';
import { paintTeeth } from './teeth.js';
import { themeOf } from './theme.js';

/** @typedef {import('../types').World} World */
/** @typedef {import('../types').State} State */
/**
 * `hidden` is read anew for every picture; without a `basemap` somebody else draws land and roads; while `waiting`, nothing
 * is painted.
 * @typedef {{name: (texts: import('../types').InLanguages, place?: number) => string, hidden: import('./hidden.js').Hidden, basemap: boolean, waiting?: boolean}} Options
 */

/** Worlds with more arcs than this are shown as a raster first, and as vectors once the reader rests. */
const LARGE = 12_000;
const REST_MS = 140;

export class TerritoryLayer extends L.Layer {
  /** @param {World} world @param {Options} options */
  constructor(world, { name, hidden, basemap, waiting = false }) {
    super();
    /** The world as it was given, and the one that is drawn: without the colours of hidden actors. */
    this.source = world;
    this.world = { ...world };
    this.name = name;
    this.hidden = hidden;
    this.basemap = basemap ? new Basemap(world.layers) : null;
    this.signs = new Signs(world, name);
    this.day = 0;
    this.scene = new Scene(world, world.baseline, world.baseline);
    this.doubt = new Doubt(world);
    /** Whether small teeth stand on the front, towards the side that lost ground there. */
    this.teeth = false;
    this.picture = new RasterPicture(world);
    this.large = world.arcs.length > LARGE;
    /** While the page is being built, views come and go: nothing is painted until `open`. */
    this.waiting = waiting;
    this.timer = 0;
    /** What lies over the map: no name is written beneath. @type {Element[]} */
    this.over = [];
    this.canvases = new Canvases(!basemap);
    /** The colours of the style sheet, read when the layer is on a map. */
    this.theme = /** @type {import('./theme.js').Theme} */ ({});
    /** Dots in a pixel of the style sheet; null: as many as the screen has. @type {number | null} */
    this.resolution = null;
    this.view = NO_VIEW;
  }

  /** Another layer of the same world in the same words, with the same things hidden. */
  twin() {
    const { source, name, hidden, basemap } = this;
    const twin = new TerritoryLayer(source, { name, hidden, basemap: basemap !== null });
    twin.keepClear(...this.over);
    return twin;
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
    this.moveTo(pane);
    this.theme = themeOf(this.canvases.box);
    this.update();
    return this;
  }

  onRemove() {
    this.canvases.box.remove();
    return this;
  }

  /** @param {HTMLElement} pane of the map */
  moveTo(pane) {
    pane.append(this.canvases.box);
  }

  /** Write no name beneath some elements that lie over the map. @param {...Element} elements */
  keepClear(...elements) {
    this.over = elements;
  }

  /** Dots in a pixel of the style sheet from the next view on; null: as many as the screen has. @param {number | null} dots */
  setResolution(dots) {
    this.resolution = dots;
  }

  /** Show copies of what is painted, for print. @returns {() => void} show the canvases again */
  freeze() {
    return this.canvases.freeze();
  }

  /**
   * Show a day. `before` is the state that it is compared with, or the same state.
   * @param {number} day @param {State} state @param {State} before
   */
  show(day, state, before) {
    if (this.canvases.rested() && this._map && !this.waiting && day !== this.day) this.canvases.fade();
    this.day = day;
    const now = drawnState(state, this.hidden);
    const then = before === state ? now : drawnState(before, this.hidden);
    this.scene = new Scene(this.world, now, then, this.doubt.on(day));
    if (this._map && !this.waiting) this.paintDay();
  }

  /** Mark the point that the reader asked about; null takes the mark away. @param {import('./signs.js').Pin | null} pin */
  setPin(pin) {
    this.signs.setPin(pin);
    if (this._map) this.paintDay();
  }

  /** Draw the front with teeth, or without. @param {boolean} teeth */
  setTeeth(teeth) {
    this.teeth = teeth;
    if (this._map) this.paintDay();
  }

  /** Read the colours of the style sheet again, after the theme or the language changed. */
  restyle() {
    this.theme = themeOf(this.canvases.box);
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
    L.DomUtil.setTransform(this.canvases.box, scale === 1 ? at.round() : at, scale);
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

  /** Fit the canvases to the present view and paint everything. */
  update() {
    const map = this._map;
    if (!map || /** @type {any} */ (map)._animatingZoom) return;
    const dpr = Math.min(3, this.resolution || window.devicePixelRatio || 1);
    const { view, corner } = frameOf(map, this.world.plane, dpr);
    this.center = map.getCenter();
    this.view = view;
    if (this.waiting) return;
    L.DomUtil.setPosition(this.canvases.box, corner);
    this.canvases.resize(view);
    this.paintView();
    this.paintDay();
  }

  /** What depends on the view alone. */
  paintView() {
    const { ground, lines } = this.canvases.contexts;
    this.basemap?.paintUnder(ground, this.view, this.theme);
    this.basemap?.paintOver(lines, this.view, this.theme, !this.hidden.signs.has('roads'));
  }

  /** What depends on the day: at once as vectors, or as a raster now and as vectors when nothing more follows. */
  paintDay() {
    window.clearTimeout(this.timer);
    this.world.actors = drawnActors(this.source, this.hidden, this.theme);
    if (!this.large) this.paintVectors();
    else {
      this.paintRaster();
      this.timer = window.setTimeout(() => this.paintVectors(), REST_MS);
    }
  }

  /** The day by a look-up for every cell, with the front in the same pixels. */
  paintRaster() {
    const { view, theme, canvases, scene, world } = this;
    this.picture.paint(canvases.contexts.cells, view, world, scene, theme);
    canvases.show('cells');
    paintRings(canvases.cleared('over'), view, world, scene.plainRings, theme);
    this.paintSigns(true);
  }

  /** The day as vectors. */
  paintVectors() {
    const { view, theme, canvases, scene, world } = this;
    if (!this._map) return;
    paintGround(canvases.cleared('vectors'), view, world, scene, theme);
    canvases.show('vectors');
    const over = canvases.cleared('over');
    paintFront(over, view, world, scene, theme);
    if (this.teeth) paintTeeth(over, view, world, scene, theme);
    this.paintSigns();
  }

  /** Marks, the pin and names. @param {boolean} [brief] without the marks of the days before; names stay as they are in this view */
  paintSigns(brief = false) {
    const { view, theme, canvases, signs } = this;
    const without = this.hidden.signs;
    signs.paint(canvases.contexts.over, view, theme, this.day, brief, without);
    if (brief && signs.namedIn === view) return;
    signs.paintNames(canvases.cleared('names'), view, theme, without, {
      container: this._map.getContainer(),
      over: this.over,
      pockets: brief ? [] : this.scene.paths.pockets,
    });
  }

  /** Pixels of the visible map to the right of the base map, where the sea on its left could be shown instead. */
  emptyRight() {
    return this.basemap ? emptyRight(this.basemap.extent, this.view) : 0;
  }

  /** A test of whether a cell is, by its box, in the visible map. @returns {(cell: number) => boolean} */
  seen() {
    if (!this._map) return () => true;
    return within(this.world, this._map.getBounds());
  }

  /** Where a point of the earth lies in the view, in screen pixels. @param {L.LatLng} at @returns {[number, number]} */
  pixelOf({ lng, lat }) {
    const [{ plane }, { scale, dx, dy }] = [this.world, this.view];
    return [plane.x(lng) * scale + dx, plane.y(lat) * scale + dy];
  }

  /**
   * The cell under a point of the earth, or -1. Where smoothing drew the point on a neighbour's ground, that neighbour is
   * meant: the answer must agree with the colour under the finger.
   * @param {L.LatLng} at
   */
  cellAt(at) {
    const { world, view, scene, canvases } = this;
    const [x, y] = [world.plane.x(at.lng), world.plane.y(at.lat)];
    const [px, py] = this.pixelOf(at);
    const seen = px >= 0 && py >= 0 && px < view.width && py < view.height;
    const cell = seen ? this.picture.cellAt(view, px, py) : cellAt(world, x, y);
    if (cell < 0 || !canvases.vectors) return cell;
    const { over } = canvases.contexts;
    over.setTransform(1, 0, 0, 1, 0, 0);
    const drawn = scene.paths.areas.findIndex(({ path }) => over.isPointInPath(path, x, y, 'evenodd')) + 1;
    if (!drawn || drawn === scene.groundOf[cell]) return cell;
    return neighbourOn(world, scene.groundOf, cell, drawn, x, y);
  }

  /** The events marked today under a point of the map. @param {L.LatLng} at @returns {number[]} */
  eventsAt(at) {
    return this.signs.marks.at(...this.pixelOf(at))?.events ?? [];
  }

  /** The named place under a point of the map, or -1: a tap on a name or a dot means that place. @param {L.LatLng} at */
  placeAt({ lng, lat }) {
    return placeNamed(this.world, this.view, this.signs.named, lng, lat);
  }
}
