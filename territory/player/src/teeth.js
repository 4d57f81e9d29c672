// Small teeth on the front, as on staff maps: they point into the ground of the side that is losing.
import { alongLine } from './labels.js';
import { inkColour } from './theme.js';

const STEP_PX = 17;
const LONG_PX = 6.5;
const WIDE_PX = 3.2;

/**
 * @param {CanvasRenderingContext2D} context @param {import('./layer.js').View} view @param {import('./types').World} world
 * @param {import('./scene.js').Scene} scene @param {import('./theme.js').Theme} theme
 */
export function paintTeeth(context, view, world, scene, theme) {
  context.setTransform(view.dpr, 0, 0, view.dpr, 0, 0);
  const loser = loserOf(world, scene);
  const { list } = scene.grounds;
  for (const { points, left, right } of scene.paths.fronts) {
    const [one, other] = [list[left].controller, list[right].controller];
    if (loser !== one && loser !== other) continue;
    // Walking the line on the screen, whose y runs down, the left hand is at angle - 90 degrees.
    const turn = loser === one ? -Math.PI / 2 : Math.PI / 2;
    context.fillStyle = inkColour(world.actors[loser === one ? other : one].colour, theme);
    context.strokeStyle = theme.front;
    context.lineWidth = 1;
    context.lineJoin = 'miter';
    alongLine(points, view, STEP_PX, (x, y, angle) => {
      const [ux, uy] = [Math.cos(angle), Math.sin(angle)];
      const [nx, ny] = [Math.cos(angle + turn), Math.sin(angle + turn)];
      context.beginPath();
      context.moveTo(x - ux * WIDE_PX, y - uy * WIDE_PX);
      context.lineTo(x + nx * LONG_PX, y + ny * LONG_PX);
      context.lineTo(x + ux * WIDE_PX, y + uy * WIDE_PX);
      context.fill();
      context.stroke();
    });
  }
}

/**
 * The side that lost more ground than any other since the day of comparison; without one, the side that holds least.
 * @param {import('./types').World} world @param {import('./scene.js').Scene} scene
 */
function loserOf({ root, cells }, { state, before }) {
  const [lost, held] = [new Float64Array(root.length), new Float64Array(root.length)];
  state.controller.forEach((code, cell) => {
    const [now, then] = [root[code], root[before.controller[cell]]];
    held[now] += cells.area[cell];
    if (now === then) return;
    lost[then] += cells.area[cell];
    lost[now] -= cells.area[cell];
  });
  const most = lost.reduce((best, _, code) => (lost[code] > lost[best] ? code : best), 0);
  if (lost[most] > 0) return most;
  return held.reduce((best, area, code) => (code > 1 && area > 0 && (best < 2 || area < held[best]) ? code : best), 0);
}
