// The page's Leaflet map: made, limited to the campaign's surroundings, and opened on the ground that changes hands.
import * as L from 'leaflet';
import { boundsOf } from './mapview.js';

/** Between that ground and the edge of the map, or the legend, as the page opens. */
const EDGE_PX = 12;
/** On a map narrower than this the closed legend is only a button in the corner. */
const NARROW_PX = 599;

/**
 * The online tiles that this page was made to ask for, if any: the page's policy lets pictures come from that host alone.
 * @param {HTMLElement} holder
 */
export function tilesOf(holder) {
  const url = holder.dataset.tiles ?? '';
  return /^https:\/\/[^/{}]+\//.test(url) ? { url, host: url.split('/')[2] } : null;
}

/** The map, keeping its size in step with the room that the page leaves it. @param {HTMLElement} holder */
export function makeMap(holder) {
  const map = L.map(holder, {
    zoomControl: false,
    attributionControl: false,
    keyboard: false,
    fadeAnimation: false,
    zoomSnap: 0.25,
    zoomDelta: 0.5,
    wheelPxPerZoomLevel: 90,
    minZoom: 7,
    maxZoom: 15,
  });
  map.getContainer().tabIndex = 0;
  map.getContainer().setAttribute('role', 'region');
  return map;
}

/** However wide the campaign's extent, it can be seen whole. @param {L.Map} map @param {import('../types').World} world */
export function limitZoom(map, { campaign: { extent } }) {
  map.options.minZoom = 1;
  map.setMinZoom(Math.max(1, Math.min(7, map.getBoundsZoom(boundsOf(extent)) - 1)));
}

/** The map can be moved beyond the extent by half of it, and no farther. @param {L.Map} map @param {import('../types').World} world */
export function limitPanning(map, { campaign: { extent } }) {
  const [west, south, east, north] = extent;
  const [tall, wide] = [Math.max(1, (north - south) / 2), Math.max(2, (east - west) / 2)];
  map.setMaxBounds(boundsOf([west - wide, south - tall, east + wide, north + tall]));
}

/**
 * Open the map on the ground that changes hands; the button for the whole map shows the rest.
 * @param {L.Map} map @param {import('../types').World} world @param {import('../draw/layer.js').TerritoryLayer} layer
 * @param {import('./legend.js').Legend} legend
 */
export function showChangedGround(map, { campaign, changes, cells, places }, layer, legend) {
  const [west, south, east] = campaign.extent;
  const changed = L.latLngBounds([]);
  for (const row of new Set(changes.cell.map((cell) => cells.place[cell])))
    if (row >= 0) changed.extend([places[row].lat, places[row].lon]);
  const covered = legend.covers(map.getSize().x);
  const above = map.getSize().x > NARROW_PX ? covered.above : 0;
  if (changed.isValid() && !changed.getNorthEast().equals(changed.getSouthWest()))
    map.fitBounds(changed, {
      animate: false,
      paddingTopLeft: [EDGE_PX, EDGE_PX + above],
      paddingBottomRight: [EDGE_PX, EDGE_PX],
    });
  else map.fitBounds(boundsOf(campaign.extent), { animate: false });
  const rtl = document.documentElement.dir === 'rtl';
  if (!rtl) map.panBy([-layer.emptyRight(), 0], { animate: false });
  // The open legend lies over the side where reading begins: move all ground out from under it, as far as the changed ground leaves room.
  if (!covered.aside || !changed.isValid()) return;
  const x = (/** @type {number} */ lon) => map.latLngToContainerPoint([south, lon]).x;
  const [near, far] = rtl
    ? [map.getSize().x - x(east), x(changed.getWest())]
    : [x(west), map.getSize().x - x(changed.getEast())];
  const shift = Math.max(0, Math.min(covered.aside + EDGE_PX - near, far - EDGE_PX));
  map.panBy([rtl ? shift : -shift, 0], { animate: false });
}
