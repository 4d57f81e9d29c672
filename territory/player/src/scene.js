// One day as paths in the drawing plane: grounds, fronts, the ghost of the front before, rings of sieges.
// Made when the day changes, drawn at any zoom. A painter of another kind (an id buffer) can take its place.
import { BESIEGED, CLAIMED, KNOWN, TRUCE } from './codes.js';
import { frontArcs } from './fronts.js';
import { chainsOf, drawChain, drawOutline, groundsOf } from './grounds.js';

/** @typedef {import('./types').World} World */
/** @typedef {import('./types').State} State */
/** @typedef {{controller: number, rival: number, hatched: boolean, changed: boolean, path: Path2D}} Area */
/** @typedef {{rival: number, status: number, area: Path2D, edge: Path2D}} Ring `edge` is the part of the outline that faces others */
/** @typedef {{x: number, y: number, size: number, controller: number, path: Path2D}} Islet a pocket closed by one loop of front */

export class Scene {
  /**
   * @param {World} world
   * @param {State} state on the day
   * @param {State} before the state that the day is compared with; the same object when nothing is compared
   */
  constructor(world, state, before) {
    const { arcs, root } = world;
    const turned = (/** @type {number} */ cell) => root[state.controller[cell]] !== root[before.controller[cell]];
    const grounds = groundsOf(world, state, turned);
    const side = (/** @type {number} */ cell) => (cell < 0 ? 0 : grounds.of[cell]);
    const chains = chainsOf(arcs, (arc) => [side(arcs.left[arc]), side(arcs.right[arc])]);
    /** Ground of every cell, one more than its index in `areas`. */
    this.groundOf = grounds.of;
    this.frontArcs = frontArcs(arcs, state.controller, root);
    /** @type {Area[]} */
    this.areas = grounds.list.slice(1).map((ground, i) => {
      const path = new Path2D();
      drawOutline(path, chains, i + 1);
      return { ...ground, path };
    });
    const isFront = (/** @type {import('./types').Chain} */ { left, right }) => {
      const [a, b] = [root[grounds.list[left].controller], root[grounds.list[right].controller]];
      return left > 0 && right > 0 && a !== b && a >= KNOWN && b >= KNOWN;
    };
    const fronts = chains.filter(isFront);
    this.front = linesOf(fronts.filter(({ closed }) => !closed));
    this.islets = fronts.filter(({ closed }) => closed).map((loop) => isletOf(loop, grounds.list));
    this.ghost = before === state ? new Path2D() : ghostOf(world, before, new Set(this.frontArcs));
    this.rings = ringsOf(world, state);
  }
}

/** @param {import('./types').Chain[]} chains */
function linesOf(chains) {
  const path = new Path2D();
  for (const chain of chains) {
    if (!chain.closed) path.moveTo(chain.points[0], chain.points[1]);
    drawChain(path, chain, false);
  }
  return path;
}

/**
 * @param {import('./types').Chain} loop @param {{controller: number}[]} grounds @returns {Islet}
 */
function isletOf(loop, grounds) {
  const { points } = loop;
  let [left, top, right, bottom, area] = [Infinity, Infinity, -Infinity, -Infinity, 0];
  for (let i = 0; i < points.length; i += 2) {
    left = Math.min(left, points[i]);
    right = Math.max(right, points[i]);
    top = Math.min(top, points[i + 1]);
    bottom = Math.max(bottom, points[i + 1]);
    if (i) area += points[i - 2] * points[i + 1] - points[i] * points[i - 1];
  }
  // The plane's y runs down, so a loop with the inside on its left has a negative area here.
  const inner = area < 0 ? loop.left : loop.right;
  return { x: (left + right) / 2, y: (top + bottom) / 2, size: Math.max(right - left, bottom - top), controller: grounds[inner].controller, path: linesOf([loop]) };
}

/**
 * Where the front ran before and no longer does.
 * @param {World} world @param {State} before @param {Set<number>} now
 */
function ghostOf({ arcs, root }, before, now) {
  const gone = new Set(frontArcs(arcs, before.controller, root).filter((arc) => !now.has(arc)));
  return linesOf(chainsOf(arcs, (arc) => (gone.has(arc) ? [1, 2] : [1, 1])));
}

/**
 * Outlines of ground under siege, claim or truce, by who stands against it.
 * @param {World} world @param {State} state @returns {Ring[]}
 */
function ringsOf({ arcs, root }, state) {
  /** @type {Map<string, {rival: number, status: number, cells: Set<number>}>} */
  const groups = new Map();
  state.status.forEach((status, cell) => {
    if (status !== BESIEGED && status !== CLAIMED && status !== TRUCE) return;
    const rival = root[state.rival[cell]];
    const key = `${status} ${rival}`;
    const group = groups.get(key);
    if (group) group.cells.add(cell);
    else groups.set(key, { rival, status, cells: new Set([cell]) });
  });
  return [...groups.values()].map(({ rival, status, cells }) => {
    const side = (/** @type {number} */ cell) => (cells.has(cell) ? 1 : 2);
    const chains = chainsOf(arcs, (arc) => [side(arcs.left[arc]), side(arcs.right[arc])]);
    const area = new Path2D();
    drawOutline(area, chains, 1);
    const holder = (/** @type {number} */ cell) => (cell < 0 ? -1 : root[state.controller[cell]]);
    const facing = chainsOf(arcs, (arc) => {
      const [left, right] = [arcs.left[arc], arcs.right[arc]];
      return holder(left) === holder(right) ? [2, 2] : [side(left), side(right)];
    });
    return { rival, status, area, edge: facing.length ? linesOf(facing) : area };
  });
}
