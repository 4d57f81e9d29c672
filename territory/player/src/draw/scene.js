// One day as paths in the drawing plane: grounds, the front, pockets, the front before, rings of sieges.
// The grounds alone are enough for the raster; all paths are made when the vectors are painted.

import { KNOWN } from '../world/codes.js';
import { frontArcs, goneArcs } from '../world/fronts.js';
import { groundsOf } from '../world/grounds.js';
import { chainsOf, drawChain, drawOutline, endsOfChains } from './chains.js';

/** @typedef {import('../types').World} World */
/** @typedef {import('../types').State} State */
/** @typedef {import('../types').Ground} Ground */
/** @typedef {Ground & {path: Path2D}} Area */
/** @typedef {{rival: number, outline: import('../types').Outline, area: Path2D, edge: Path2D}} Ring `edge` is the part of the outline that faces others */
/** @typedef {{x: number, y: number, size: number, controller: number, path: Path2D}} Pocket ground closed by one loop of front */

export class Scene {
  /**
   * @param {World} world
   * @param {State} state on the day
   * @param {State} before the state that the day is compared with; the same object when nothing is compared
   * @param {Parameters<typeof groundsOf>[3]} [notes]
   */
  constructor(world, state, before, notes) {
    this.world = world;
    this.state = state;
    this.before = before;
    this.notes = notes;
    this.madeGrounds = /** @type {ReturnType<typeof groundsOf> | null} */ (null);
    this.madePaths = /** @type {ReturnType<typeof pathsOf> | null} */ (null);
  }

  /** What the eye sees as one piece, found once. */
  get grounds() {
    this.madeGrounds ??= groundsOf(this.world, this.state, this.before, this.notes);
    return this.madeGrounds;
  }

  /** Ground of every cell, an index into `grounds.list`. */
  get groundOf() {
    return this.grounds.of;
  }

  /** The paths, made once. */
  get paths() {
    this.madePaths ??= pathsOf(this);
    return this.madePaths;
  }

  /** Arcs that are front on the day. */
  get frontArcs() {
    return frontArcs(this.world.arcs, this.state.controller, this.world.sideOf);
  }

  /** Arcs that were front on the day of comparison and no longer are. */
  get goneFront() {
    const {
      world: { arcs, sideOf },
      state,
      before,
    } = this;
    return before === state ? [] : goneArcs(arcs, before.controller, state.controller, sideOf);
  }

  /** Sieges, claims and truces as the arcs run, for frames that follow each other fast. */
  get plainRings() {
    return ringsOf(this.world, this.state);
  }
}

/** @param {Pick<Scene, 'world' | 'state' | 'grounds' | 'goneFront'>} scene */
function pathsOf({ world, state, grounds, goneFront }) {
  const { arcs, sideOf } = world;
  const { of, list } = grounds;
  const [left, right] = sidesOf(arcs, of);
  const chains = chainsOf(arcs, left, right);
  const own = chainsByGround(chains, list.length);
  /** @type {Area[]} */
  const areas = list.slice(1).map((ground, i) => {
    const path = new Path2D();
    drawOutline(path, own[i + 1], i + 1);
    return { ...ground, path };
  });
  const isFront = (/** @type {import('../types').Chain} */ { left: one, right: two }) => {
    if (one === 0 || two === 0) return false;
    const [a, b] = [sideOf[list[one].controller], sideOf[list[two].controller]];
    return a !== b && a >= KNOWN && b >= KNOWN;
  };
  const fronts = chains.filter(isFront);
  const loops = fronts.filter(({ closed }) => closed);
  return {
    areas,
    front: linesOf(fronts.filter(({ closed }) => !closed)),
    fronts,
    pockets: loops.map((loop) => pocketOf(loop, list)),
    frontBefore: linesOf(
      chainsOf(
        arcs,
        () => 1,
        () => 2,
        goneFront,
      ),
    ),
    rings: ringsOf(world, state, endsOfChains(chains, arcs.nodes)),
  };
}

/** @param {import('../world/arcs.js').Arcs} arcs @param {ArrayLike<number>} of */
function sidesOf({ left, right }, of) {
  return /** @type {[import('./chains.js').Side, import('./chains.js').Side]} */ ([
    (arc) => (left[arc] < 0 ? 0 : of[left[arc]]),
    (arc) => (right[arc] < 0 ? 0 : of[right[arc]]),
  ]);
}

/** @param {import('../types').Chain[]} chains @param {number} count @returns {import('../types').Chain[][]} */
function chainsByGround(chains, count) {
  const own = /** @type {import('../types').Chain[][]} */ (Array.from({ length: count }, () => []));
  for (const chain of chains) {
    own[chain.left].push(chain);
    own[chain.right].push(chain);
  }
  return own;
}

/** @param {import('../types').Chain[]} chains */
function linesOf(chains) {
  const path = new Path2D();
  for (const chain of chains) {
    if (!chain.closed) path.moveTo(chain.points[0], chain.points[1]);
    drawChain(path, chain, false);
  }
  return path;
}

/**
 * @param {import('../types').Chain} loop @param {{controller: number}[]} grounds @returns {Pocket}
 */
function pocketOf(loop, grounds) {
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
  return {
    x: (left + right) / 2,
    y: (top + bottom) / 2,
    size: Math.max(right - left, bottom - top),
    controller: grounds[inner].controller,
    path: linesOf([loop]),
  };
}

/**
 * Outlines of ground under siege, claim or truce, by who stands against it.
 * @param {World} world @param {State} state
 * @param {Uint8Array} [fixed] nodes where the lines between grounds end: the outlines end there too, and so run on them
 * @returns {Ring[]}
 */
function ringsOf({ arcs, sideOf, outlines }, state, fixed) {
  /** @type {Map<number, {rival: number, status: number, cells: Set<number>}>} */
  const groups = new Map();
  for (let cell = 0; cell < state.status.length; cell += 1) {
    const status = state.status[cell];
    if (!outlines[status]) continue;
    const rival = sideOf[state.rival[cell]];
    const group = groups.get(status * 1000 + rival);
    if (group) group.cells.add(cell);
    else groups.set(status * 1000 + rival, { rival, status, cells: new Set([cell]) });
  }
  return [...groups.values()].map(({ rival, status, cells }) => {
    const side = (/** @type {number} */ cell) => (cells.has(cell) ? 1 : cell < 0 ? 0 : 2);
    const [left, right] = /** @type {import('./chains.js').Side[]} */ ([
      (arc) => side(arcs.left[arc]),
      (arc) => side(arcs.right[arc]),
    ]);
    const around = aroundCells(arcs, cells);
    const chains = chainsOf(arcs, left, right, around, fixed);
    const area = new Path2D();
    drawOutline(area, chains, 1);
    const holder = (/** @type {number} */ cell) => (cell < 0 ? -1 : sideOf[state.controller[cell]]);
    const inside = (/** @type {number} */ arc) => holder(arcs.left[arc]) === holder(arcs.right[arc]);
    const facing = chainsOf(
      arcs,
      (arc) => (inside(arc) ? 2 : left(arc)),
      (arc) => (inside(arc) ? 2 : right(arc)),
      around,
      fixed,
    );
    return { rival, outline: outlines[status], area, edge: facing.length ? linesOf(facing) : area };
  });
}

/** The arcs around some cells, each once. @param {import('../world/arcs.js').Arcs} arcs @param {Set<number>} cells */
function aroundCells({ around: { from, arcs } }, cells) {
  const found = new Set();
  for (const cell of cells) for (let i = from[cell]; i < from[cell + 1]; i += 1) found.add(arcs[i]);
  return [...found].sort((a, b) => a - b);
}
