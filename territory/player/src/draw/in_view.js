// What lies under a point or in a view of the world as it is drawn.

import { kindStyle } from './place_kinds.js';

/**
 * A test of whether a cell is, by its box, inside some bounds.
 * @param {import('../types').World} world
 * @param {L.LatLngBounds} bounds
 * @returns {(cell: number) => boolean}
 */
export function within({ plane, cells }, bounds) {
  const { boxes } = cells;
  const [left, right] = [plane.x(bounds.getWest()), plane.x(bounds.getEast())];
  const [top, bottom] = [plane.y(bounds.getNorth()), plane.y(bounds.getSouth())];
  return (cell) =>
    boxes[4 * cell] < right && boxes[4 * cell + 2] > left && boxes[4 * cell + 1] < bottom && boxes[4 * cell + 3] > top;
}

/**
 * The neighbour of a cell that lies on the ground drawn at a point and speaks from nearest to it; the cell, if none does.
 * @param {import('../types').World} world
 * @param {ArrayLike<number>} groundOf the ground that each cell is drawn on
 * @param {number} cell
 * @param {number} drawn
 * @param {number} x
 * @param {number} y
 */
export function neighbourOn({ plane, arcs, cells, places }, groundOf, cell, drawn, x, y) {
  const far = (/** @type {number} */ other) => {
    const place = places[cells.place[other]];
    return place ? Math.hypot(plane.x(place.lon) - x, plane.y(place.lat) - y) : Infinity;
  };
  let [best, least] = [cell, Infinity];
  arcs.left.forEach((left, arc) => {
    const other = left === cell ? arcs.right[arc] : arcs.right[arc] === cell ? left : -1;
    if (other < 0 || groundOf[other] !== drawn || far(other) >= least) return;
    [best, least] = [other, far(other)];
  });
  return best;
}

/**
 * The place whose name or dot lies under a point of the map, or -1.
 * @param {import('../types').World} world
 * @param {{scale: number, dx: number, dy: number}} view
 * @param {Map<number, [number, number, number, number]>} named the box of each name that is drawn
 * @param {number} lng
 * @param {number} lat
 */
export function placeNamed({ plane, places }, { scale, dx, dy }, named, lng, lat) {
  const [x, y] = [plane.x(lng) * scale + dx, plane.y(lat) * scale + dy];
  for (const [index, [left, top, right, bottom]] of named) {
    if (x >= left && x <= right && y >= top && y <= bottom) return index;
    const { lon, lat: north, kind } = places[index];
    const [px, py] = [plane.x(lon) * scale + dx, plane.y(north) * scale + dy];
    if (Math.hypot(px - x, py - y) < kindStyle(kind).dot + 4) return index;
  }
  return -1;
}

/**
 * Rectangles of the window as boxes of a view.
 * @param {HTMLElement} container of the map
 * @param {{inset: {x: number, y: number}}} view
 * @param {DOMRect[]} rectangles
 * @returns {import('./label_boxes.js').Box[]}
 */
export function coveredIn(container, { inset }, rectangles) {
  const { left, top } = container.getBoundingClientRect();
  const [dx, dy] = [inset.x - left, inset.y - top];
  return rectangles
    .filter(({ width }) => width > 0)
    .map((one) => [one.left + dx, one.top + dy, one.right + dx, one.bottom + dy]);
}

/** A pocket wider than this on the screen is seen beneath a name. */
const SMALL_POCKET_PX = 30;

/**
 * What small pockets take up in a view: a name over one would hide it.
 * @param {{scale: number, dx: number, dy: number}} view
 * @param {import('./scene.js').Pocket[]} pockets
 * @returns {import('./label_boxes.js').Box[]}
 */
export function pocketsIn({ scale, dx, dy }, pockets) {
  return pockets
    .filter(({ size }) => size * scale < SMALL_POCKET_PX)
    .map(({ x, y, size }) => {
      const [px, py, half] = [x * scale + dx, y * scale + dy, Math.max(4, (size * scale) / 2)];
      return [px - half, py - half, px + half, py + half];
    });
}
