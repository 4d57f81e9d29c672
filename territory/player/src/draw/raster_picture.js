// One day as a raster: ground coloured by a look-up for each cell, and the front in the same pixels.
import { Front } from '../world/fronts.js';
import { lookOf } from './looks.js';
import { rasterLines } from './painter.js';
import { Palette } from './palette.js';
import { Raster } from './raster.js';

/** @typedef {import('../types').View} View */

const NO_LOOK = /** @type {import('./looks.js').Look} */ ({ fill: '', stripe: '', step: 1, width: 0, turn: 1 });

export class RasterPicture {
  /** @param {import('../types').World} world */
  constructor({ arcs, cells }) {
    this.raster = new Raster(arcs, cells.place.length);
    this.palette = new Palette(this.raster);
    /** Made when it is first needed, then followed from day to day. */
    this.front = /** @type {Front | null} */ (null);
  }

  /** The cell at a point of a view in screen pixels, or -1. @param {View} view @param {number} x @param {number} y */
  cellAt(view, x, y) {
    this.fillFor(view);
    return this.raster.at(x, y);
  }

  /**
   * @param {CanvasRenderingContext2D} context @param {View} view @param {import('../types').World} world
   * @param {import('./scene.js').Scene} scene @param {import('./theme.js').Theme} theme
   */
  paint(context, view, world, scene, theme) {
    this.fillFor(view);
    this.front ??= new Front(world.arcs, world.sideOf);
    this.front.follow(scene.state.controller);
    const looks = scene.grounds.list.map((ground, i) => (i ? lookOf(ground, world.actors, theme) : NO_LOOK));
    const lines = rasterLines(world.arcs, this.front.arcs, scene, view, theme);
    this.palette.paint(context, scene.groundOf, looks, lines);
  }

  /** Find the cell of every pixel of a view, once. @param {View} view */
  fillFor(view) {
    if (this.raster.view !== view) this.raster.fill(view);
  }
}
