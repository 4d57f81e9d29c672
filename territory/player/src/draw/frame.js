// What the canvases cover: the visible map, and a margin around it so that a drag does not show an empty edge at once.

/** @typedef {import('../types').View} View */

/** The margin on each side, as a share of the map's width and height. */
export const PADDING = 0.08;

/** The view before there is a map. @type {View} */
export const NO_VIEW = { scale: 1, dx: 0, dy: 0, width: 0, height: 0, dpr: 1, zoom: 0, inset: { x: 0, y: 0 } };

/**
 * The present view of a map, and where the corner of the canvases lies in Leaflet's panes.
 * @param {import('leaflet').Map} map @param {import('../world/plane.js').Plane} plane
 * @param {number} dpr pixels of the canvases in a pixel of the style sheet
 * @returns {{view: View, corner: import('leaflet').Point}}
 */
export function frameOf(map, plane, dpr) {
  const size = map.getSize();
  const offset = size.multiplyBy(-PADDING).round();
  const corner = map.containerPointToLayerPoint(offset).round();
  const [width, height] = [Math.round(size.x * (1 + 2 * PADDING)), Math.round(size.y * (1 + 2 * PADDING))];
  const zoom = map.getZoom();
  const at = plane.view(zoom, map.getPixelOrigin().add(corner));
  return { view: { ...at, width, height, dpr, zoom, inset: { x: -offset.x, y: -offset.y } }, corner };
}

/**
 * Pixels of the visible map to the right of a base map, where the sea on its left could be shown instead.
 * @param {number[]} extent left, top, right, bottom in the plane @param {View} view
 */
export function emptyRight([left, , right], { scale, dx, width, inset }) {
  const empty = width - inset.x - (right * scale + dx);
  return left * scale + dx < inset.x - empty ? Math.max(0, Math.round(empty)) : 0;
}
