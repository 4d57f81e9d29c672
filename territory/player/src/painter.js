// Lays a scene on paper: fills, hatches, rings, ghost, front. Knows colours and widths, nothing of time.
import { BESIEGED, KNOWN, NONE, TRUCE, UNKNOWN } from './codes.js';
import { stripes } from './hatch.js';
import { CHANGED, REST, TRUCE_COLOUR, inkColour, mix, stripePair } from './theme.js';

/** @typedef {import('./layer.js').View} View */
/** @typedef {import('./theme.js').Theme} Theme */
/** @typedef {import('./types').World} World */

/** A pocket smaller than this on the screen is drawn as a dot. */
const DOT_BELOW_PX = 9;

/** Let the context draw in plane coordinates. @param {CanvasRenderingContext2D} context @param {View} view */
export function inPlane(context, { scale, dpr, dx, dy }) {
  context.setTransform(scale * dpr, 0, 0, scale * dpr, dx * dpr, dy * dpr);
  context.lineJoin = 'round';
  context.lineCap = 'round';
}

/**
 * The land of every holder, in colours mixed with the paper so that names stay readable.
 * @param {CanvasRenderingContext2D} context @param {View} view @param {World} world
 * @param {import('./scene.js').Scene} scene @param {Theme} theme
 */
export function paintGround(context, view, world, scene, theme) {
  inPlane(context, view);
  for (const area of scene.areas) {
    context.fillStyle = fillOf(context, view, world, area, theme);
    context.fill(area.path, 'evenodd');
    if (area.hatched || area.controller === UNKNOWN) continue;
    // Neighbouring fills meet in half-covered pixels; a hair of the same colour closes the seam between them.
    context.strokeStyle = context.fillStyle;
    context.lineWidth = 0.7 / view.scale;
    context.stroke(area.path);
  }
}

/**
 * @param {CanvasRenderingContext2D} context @param {View} view @param {World} world
 * @param {import('./scene.js').Area} area @param {Theme} theme
 */
function fillOf(context, view, world, { controller, rival, hatched, changed }, theme) {
  if (controller === NONE && !hatched) return theme.land;
  const strength = changed ? CHANGED : REST;
  if (controller < KNOWN && !hatched) {
    return stripes(context, view, { paper: theme.land, stripe: theme.hatch, step: 6, width: 1.1 });
  }
  if (!hatched) return mix(theme.land, inkColour(world.actors[controller].colour, theme), strength);
  const [paper, stripe] = stripePair(theme, world.actors[controller].colour, world.actors[rival].colour);
  return stripes(context, view, { paper, stripe, step: 10, width: 5 });
}

/**
 * Rings, the front before, and the front: dark on a light casing.
 * @param {CanvasRenderingContext2D} context @param {View} view @param {World} world
 * @param {import('./scene.js').Scene} scene @param {Theme} theme
 */
export function paintFront(context, view, world, scene, theme) {
  inPlane(context, view);
  const px = 1 / view.scale;
  const wide = Math.max(0.75, Math.min(1.5, 0.75 + (view.zoom - 8) * 0.15));
  for (const ring of scene.rings) paintRing(context, px * wide * wide, world, ring, theme);
  stroke(context, scene.ghost, theme.casing, 3.2 * px);
  context.setLineDash([5 * px, 4 * px]);
  stroke(context, scene.ghost, theme.front, 1.3 * px);
  context.setLineDash([]);
  const [small, large] = [true, false].map((wanted) => scene.islets.filter(({ size }) => size * view.scale < DOT_BELOW_PX === wanted));
  for (const [colour, width] of /** @type {[string, number][]} */ ([[theme.casing, 4.6 * wide * px], [theme.front, 2.1 * wide * px]])) {
    stroke(context, scene.front, colour, width);
    for (const { path } of large) stroke(context, path, colour, width);
  }
  for (const islet of small) paintDot(context, px, world, islet, theme);
}

/**
 * A pocket too small to see at this zoom, as a dot in its holder's colour.
 * @param {CanvasRenderingContext2D} context @param {number} px @param {World} world
 * @param {import('./scene.js').Islet} islet @param {Theme} theme
 */
function paintDot(context, px, { actors }, { x, y, controller }, theme) {
  context.beginPath();
  context.arc(x, y, 3.6 * px, 0, 2 * Math.PI);
  context.fillStyle = theme.front;
  context.strokeStyle = theme.casing;
  context.lineWidth = 1.2 * px;
  context.stroke();
  context.fill();
  context.beginPath();
  context.arc(x, y, 2.4 * px, 0, 2 * Math.PI);
  context.fillStyle = inkColour(actors[controller].colour, theme);
  context.fill();
}

/**
 * A band inside the outline, in the colour of whoever stands around it.
 * @param {CanvasRenderingContext2D} context @param {number} px
 * @param {World} world @param {import('./scene.js').Ring} ring @param {Theme} theme
 */
function paintRing(context, px, world, { rival, status, area, edge }, theme) {
  context.save();
  context.clip(area, 'evenodd');
  if (status !== BESIEGED) context.setLineDash([6 * px, 5 * px]);
  stroke(context, edge, status === TRUCE ? TRUCE_COLOUR : inkColour(world.actors[rival].colour, theme), (status === BESIEGED ? 10 : 7) * px);
  context.restore();
}

/**
 * @param {CanvasRenderingContext2D} context @param {Path2D} path @param {string} colour @param {number} width
 */
function stroke(context, path, colour, width) {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke(path);
}
