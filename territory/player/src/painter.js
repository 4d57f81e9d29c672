// Lays a scene on paper: fills, hatches, rings, ghost, front. Knows colours and widths, nothing of time.
import { KNOWN, NONE, TRUCE } from './codes.js';
import { stripes } from './hatch.js';
import { CHANGED, REST, mix } from './theme.js';

/** @typedef {import('./layer.js').View} View */
/** @typedef {import('./theme.js').Theme} Theme */
/** @typedef {import('./types').World} World */

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
    if (area.controller === NONE) continue;
    context.fillStyle = fillOf(context, view, world, area, theme);
    context.fill(area.path, 'evenodd');
    if (area.hatched || area.controller < KNOWN) continue;
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
  const strength = changed ? CHANGED : REST;
  if (controller < KNOWN && !hatched) {
    return stripes(context, view, { paper: theme.land, stripe: theme.hatch, step: 6, width: 1.1 });
  }
  const paper = mix(theme.land, world.actors[controller].colour, strength);
  if (!hatched) return paper;
  const stripe = mix(theme.land, world.actors[rival].colour, Math.min(1, strength + 0.25));
  return stripes(context, view, { paper, stripe, step: 8, width: 3.4 });
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
  for (const ring of scene.rings) paintRing(context, px * wide, world, ring);
  stroke(context, scene.ghost, theme.casing, 3.2 * px);
  context.setLineDash([5 * px, 4 * px]);
  stroke(context, scene.ghost, theme.front, 1.3 * px);
  context.setLineDash([]);
  stroke(context, scene.front, theme.casing, 5 * wide * px);
  stroke(context, scene.front, theme.front, 2.2 * wide * px);
}

/**
 * A band inside the outline, in the colour of whoever stands around it.
 * @param {CanvasRenderingContext2D} context @param {number} px
 * @param {World} world @param {import('./scene.js').Ring} ring
 */
function paintRing(context, px, world, { rival, status, path }) {
  context.save();
  context.clip(path, 'evenodd');
  if (status !== 2) context.setLineDash([6 * px, 5 * px]);
  stroke(context, path, status === TRUCE ? '#7b4ea3' : world.actors[rival].colour, (status === 2 ? 11 : 7) * px);
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
