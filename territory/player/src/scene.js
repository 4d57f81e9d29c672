// One day as paths in the drawing plane: grounds, fronts, the ghost of the front before, rings of sieges.
// Made when the day changes, drawn at any zoom. A painter of another kind (an id buffer) can take its place.
import { BESIEGED, CLAIMED, KNOWN, TRUCE } from './codes.js';
import { frontArcs } from './fronts.js';
import { chainsOf, drawChain, drawOutline, groundsOf } from './grounds.js';

/** @typedef {import('./types').World} World */
/** @typedef {import('./types').State} State */
/** @typedef {{controller: number, rival: number, hatched: boolean, changed: boolean, path: Path2D}} Area */
/** @typedef {{rival: number, status: number, path: Path2D}} Ring */

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
    this.front = linesOf(chains.filter(isFront));
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
function ringsOf({ arcs }, state) {
  /** @type {Map<string, {rival: number, status: number, cells: Set<number>}>} */
  const groups = new Map();
  state.status.forEach((status, cell) => {
    if (status !== BESIEGED && status !== CLAIMED && status !== TRUCE) return;
    const key = `${status} ${state.rival[cell]}`;
    const group = groups.get(key);
    if (group) group.cells.add(cell);
    else groups.set(key, { rival: state.rival[cell], status, cells: new Set([cell]) });
  });
  return [...groups.values()].map(({ rival, status, cells }) => {
    const side = (/** @type {number} */ cell) => (cells.has(cell) ? 1 : 2);
    const path = new Path2D();
    drawOutline(path, chainsOf(arcs, (arc) => [side(arcs.left[arc]), side(arcs.right[arc])]), 1);
    return { rival, status, path };
  });
}
