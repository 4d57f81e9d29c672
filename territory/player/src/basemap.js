// The offline base map: sea, land, countries beside it, lakes, rivers, governorate lines and roads.
import { inPlane } from './painter.js';

/** @typedef {import('./layer.js').View} View */
/** @typedef {import('./theme.js').Theme} Theme */
/** @typedef {import('./types').BaseLayer} BaseLayer */

export class Basemap {
  /** @param {BaseLayer[]} layers */
  constructor(layers) {
    this.layers = layers.map((layer) => ({ role: layer.role, path: pathOf(layer) }));
  }

  /** @param {string} role */
  paths(role) {
    return this.layers.filter((layer) => layer.role === role).map(({ path }) => path);
  }

  /**
   * What lies under the fills.
   * @param {CanvasRenderingContext2D} context @param {View} view @param {Theme} theme
   */
  paintUnder(context, view, theme) {
    context.setTransform(view.dpr, 0, 0, view.dpr, 0, 0);
    context.fillStyle = theme.sea;
    context.fillRect(0, 0, view.width, view.height);
    inPlane(context, view);
    for (const [role, colour] of [['country', theme.abroad], ['land', theme.land]]) {
      context.fillStyle = colour;
      context.strokeStyle = colour;
      context.lineWidth = 0.8 / view.scale;
      for (const path of this.paths(role)) {
        context.fill(path, 'evenodd');
        context.stroke(path);
      }
    }
  }

  /**
   * What lies over the fills: water, lines and roads.
   * @param {CanvasRenderingContext2D} context @param {View} view @param {Theme} theme
   */
  paintOver(context, view, theme) {
    inPlane(context, view);
    const px = 1 / view.scale;
    const wide = Math.max(0.8, Math.min(2.2, 1 + (view.zoom - 9) * 0.3));
    const line = (/** @type {string} */ role, /** @type {string} */ colour, /** @type {number} */ width, dash = [0]) => {
      context.strokeStyle = colour;
      context.lineWidth = width * px;
      context.setLineDash(dash.length > 1 ? dash.map((part) => part * px) : []);
      for (const path of this.paths(role)) context.stroke(path);
    };
    line('country', theme.border, 1.1);
    line('land', theme.coast, 1.1);
    line('admin', theme.admin, 1.1, [1, 3.5]);
    line('river', theme.river, 1.5 * wide);
    line('road', theme.roadEdge, 3.1 * wide);
    line('road', theme.road, 1.7 * wide);
    context.fillStyle = theme.sea;
    for (const path of this.paths('lake')) context.fill(path, 'evenodd');
    context.setLineDash([]);
  }
}

/** @param {BaseLayer} layer */
function pathOf({ polygons, lines }) {
  const path = new Path2D();
  const trace = (/** @type {Float64Array} */ line, /** @type {boolean} */ close) => {
    path.moveTo(line[0], line[1]);
    for (let i = 2; i < line.length; i += 2) path.lineTo(line[i], line[i + 1]);
    if (close) path.closePath();
  };
  for (const rings of polygons) for (const ring of rings) trace(ring, true);
  for (const line of lines) trace(line, false);
  return path;
}
