// The offline base map: sea, land, countries beside it, lakes, rivers, governorate lines and roads.
import { inPlane } from './painter.js';

/** @typedef {import('../types').View} View */
/** @typedef {import('./theme.js').Theme} Theme */
/** @typedef {import('../types').BaseLayer} BaseLayer */

/** How near to the edge of the base map a line counts as lying on it, in pixels of the plane. */
const ON_EDGE = 1e-3;

export class Basemap {
  /** @param {BaseLayer[]} layers */
  constructor(layers) {
    this.extent = extentOf(layers);
    this.layers = layers.map(({ role, polygons, lines }) => ({
      role,
      fills: polygons.map((rings) => pathOf(rings, true)),
      edges: pathOf(withoutCuts(polygons.flat()), false),
      strokes: pathOf(lines, false),
    }));
  }

  /** @param {string} role */
  withRole(role) {
    return this.layers.filter((layer) => layer.role === role);
  }

  /**
   * What lies under the fills.
   * @param {CanvasRenderingContext2D} context @param {View} view @param {Theme} theme
   */
  paintUnder(context, view, theme) {
    context.setTransform(view.dpr, 0, 0, view.dpr, 0, 0);
    context.fillStyle = theme.paper;
    context.fillRect(0, 0, view.width, view.height);
    inPlane(context, view);
    const [left, top, right, bottom] = this.extent;
    context.fillStyle = theme.sea;
    context.fillRect(left, top, right - left, bottom - top);
    context.fillStyle = theme.abroad;
    for (const { fills } of [...this.withRole('country'), ...this.withRole('land')])
      for (const path of fills) context.fill(path, 'evenodd');
  }

  /**
   * What lies over the fills: water, lines and roads.
   * @param {CanvasRenderingContext2D} context @param {View} view @param {Theme} theme @param {boolean} [roads]
   */
  paintOver(context, view, theme, roads = true) {
    inPlane(context, view);
    const px = 1 / view.scale;
    const wide = Math.max(0.8, Math.min(2.2, 1 + (view.zoom - 9) * 0.3));
    const line = (
      /** @type {string} */ role,
      /** @type {string} */ colour,
      /** @type {number} */ width,
      dash = [0],
    ) => {
      context.strokeStyle = colour;
      context.lineWidth = width * px;
      context.setLineDash(dash.length > 1 ? dash.map((part) => part * px) : []);
      for (const { strokes } of this.withRole(role)) context.stroke(strokes);
    };
    context.strokeStyle = theme.coast;
    context.lineWidth = px;
    for (const { edges } of this.withRole('land')) context.stroke(edges);
    line('admin', theme.admin, 1.1, [1, 3.5]);
    context.fillStyle = theme.sea;
    for (const { fills } of this.withRole('lake')) for (const path of fills) context.fill(path, 'evenodd');
    line('river', theme.river, 1.4 * wide);
    line('country', theme.border, 1.5);
    if (!roads) return;
    line('road', theme.roadEdge, 3 * wide);
    line('road', theme.road, 1.7 * wide);
  }
}

/**
 * @param {Float64Array[]} lines @param {boolean} closed
 */
function pathOf(lines, closed) {
  const path = new Path2D();
  for (const line of lines) {
    path.moveTo(line[0], line[1]);
    for (let i = 2; i < line.length; i += 2) path.lineTo(line[i], line[i + 1]);
    if (closed) path.closePath();
  }
  return path;
}

/**
 * The runs of a layer's rings that are a coast or a border: where the land was cut off along a side of its box, nothing is.
 * @param {Float64Array[]} rings
 */
function withoutCuts(rings) {
  const [left, top, right, bottom] = boxOf(rings);
  /** @type {Float64Array[]} */
  const runs = [];
  for (const ring of rings) {
    const on = (/** @type {number} */ i, /** @type {number} */ at) =>
      Math.abs(ring[i] - at) < ON_EDGE && Math.abs(ring[i + 2] - at) < ON_EDGE;
    let from = 0;
    for (let i = 0; i + 3 < ring.length; i += 2) {
      if (!(on(i, left) || on(i, right) || on(i + 1, top) || on(i + 1, bottom))) continue;
      if (i > from) runs.push(ring.subarray(from, i + 2));
      from = i + 2;
    }
    if (ring.length - from > 2) runs.push(ring.subarray(from));
  }
  return runs;
}

/** Left, top, right, bottom of all rings. @param {Float64Array[]} rings */
function boxOf(rings) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings) {
    ring.forEach((value, i) => {
      const axis = i % 2;
      box[axis] = Math.min(box[axis], value);
      box[axis + 2] = Math.max(box[axis + 2], value);
    });
  }
  return box;
}

/**
 * What the base map covers: left, top, right, bottom. Where land was cut off along a side, it ends there; a side that no
 * land was cut at is open sea, and it runs on.
 * @param {BaseLayer[]} layers
 */
function extentOf(layers) {
  const FAR = 1e5;
  const rings = layers
    .filter(({ role }) => role === 'land' || role === 'country')
    .flatMap(({ polygons }) => polygons.flat());
  const [left, top, right, bottom] = boxOf(rings);
  const cut = (/** @type {0 | 1} */ axis, /** @type {number} */ at) =>
    rings.some((ring) => {
      for (let i = axis; i + 2 < ring.length; i += 2) {
        if (Math.abs(ring[i] - at) < ON_EDGE && Math.abs(ring[i + 2] - at) < ON_EDGE) return true;
      }
      return false;
    });
  const side = (/** @type {0 | 1} */ axis, /** @type {number} */ at, /** @type {number} */ far) =>
    cut(axis, at) ? at : far;
  return [side(0, left, -FAR), side(1, top, -FAR), side(0, right, FAR), side(1, bottom, FAR)];
}
