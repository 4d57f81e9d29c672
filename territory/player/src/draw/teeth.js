// Small teeth on the front, as on military maps: they point into the ground of the side that lost some to the other.
import { KNOWN } from '../world/codes.js';
import { alongLine } from './along_line.js';
import { inkColour } from './theme.js';

/** A pocket with a shorter edge than this would be all teeth. */
const LEAST_LOOP_PX = 120;
/** Less than this is a rounding of areas, not ground that changed hands. */
const LEAST_KM2 = 0.05;

/**
 * @param {CanvasRenderingContext2D} context @param {import('../types').View} view @param {import('../types').World} world
 * @param {import('./scene.js').Scene} scene @param {import('./theme.js').Theme} theme
 */
export function paintTeeth(context, view, world, scene, theme) {
  context.setTransform(view.dpr, 0, 0, view.dpr, 0, 0);
  const loser = loserOf(world, scene);
  const { list } = scene.grounds;
  const { apart, long } = sizeAt(view.zoom);
  for (const { points, closed, left, right } of scene.paths.fronts) {
    const [one, other] = [list[left].controller, list[right].controller];
    const lost = loser(one, other);
    const length = lengthOf(points) * view.scale;
    if (lost < 0 || (closed && length < LEAST_LOOP_PX)) continue;
    // Walking the line on the screen, whose y runs down, the left hand is at angle - 90 degrees.
    const turn = lost === one ? -Math.PI / 2 : Math.PI / 2;
    context.fillStyle = inkColour(world.actors[lost === one ? other : one].colour, theme);
    context.strokeStyle = theme.front;
    context.lineWidth = 1;
    context.lineJoin = 'miter';
    // A whole number of teeth, half a space at both ends: where two lines meet the spaces stay even.
    const step = length / Math.max(1, Math.round(length / apart));
    if (step >= apart / 2) alongLine(points, view, step, (x, y, angle) => paintTooth(context, x, y, angle, turn, long));
  }
}

/** Teeth stand closer and are smaller where the map is far away. @param {number} zoom */
function sizeAt(zoom) {
  const near = Math.max(0, Math.min(1, (zoom - 8.5) / 3));
  return { apart: 17 + 9 * near, long: 5 + 2.5 * near };
}

/**
 * @param {CanvasRenderingContext2D} context @param {number} x @param {number} y
 * @param {number} angle of the line @param {number} turn from there to the side that the tooth points to @param {number} long
 */
function paintTooth(context, x, y, angle, turn, long) {
  const wide = long / 2;
  const [ux, uy] = [Math.cos(angle), Math.sin(angle)];
  context.beginPath();
  context.moveTo(x - ux * wide, y - uy * wide);
  context.lineTo(x + Math.cos(angle + turn) * long, y + Math.sin(angle + turn) * long);
  context.lineTo(x + ux * wide, y + uy * wide);
  context.fill();
  context.stroke();
}

/** @param {Float64Array} line */
function lengthOf(line) {
  let length = 0;
  for (let i = 0; i + 3 < line.length; i += 2) length += Math.hypot(line[i + 2] - line[i], line[i + 3] - line[i + 1]);
  return length;
}

/**
 * Which of two sides lost ground to the other since the day of comparison, or -1 for neither. On a day on which nothing
 * changed hands the whole time since the opening counts.
 * @param {Pick<import('../types').World, 'sideOf' | 'cells' | 'baseline'>} world
 * @param {{state: import('../types').State, before: import('../types').State}} scene
 * @returns {(one: number, other: number) => number}
 */
export function loserOf(world, { state, before }) {
  const lately = passed(world, before, state);
  const lost = lately.size ? lately : passed(world, world.baseline, state);
  const many = world.sideOf.length;
  return (one, other) => {
    const net = (lost.get(one * many + other) ?? 0) - (lost.get(other * many + one) ?? 0);
    return Math.abs(net) < LEAST_KM2 ? -1 : net > 0 ? one : other;
  };
}

/**
 * km2 that passed between each two top-level actors, by loser times their number plus winner.
 * @param {Pick<import('../types').World, 'sideOf' | 'cells'>} world
 * @param {import('../types').State} then @param {import('../types').State} now
 */
function passed({ sideOf, cells }, then, now) {
  /** @type {Map<number, number>} */
  const found = new Map();
  if (then === now) return found;
  now.controller.forEach((code, cell) => {
    const [from, to] = [sideOf[then.controller[cell]], sideOf[code]];
    if (from === to || from < KNOWN || to < KNOWN) return;
    const key = from * sideOf.length + to;
    found.set(key, (found.get(key) ?? 0) + cells.area[cell]);
  });
  return found;
}
