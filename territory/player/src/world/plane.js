// Project longitude and latitude into the drawing plane: Web Mercator around the campaign's middle, in pixels of zoom 10.
// Small numbers keep single-precision canvas paths sharp at every zoom, so a path is built once and scaled by the view.
const REFERENCE_ZOOM = 10;
const WORLD = 256 * 2 ** REFERENCE_ZOOM;

export class Plane {
  /** @param {[number, number, number, number]} extent west, south, east, north */
  constructor([west, south, east, north]) {
    this.x0 = mercatorX((west + east) / 2);
    this.y0 = mercatorY((south + north) / 2);
  }

  /** @param {number} lon */
  x(lon) {
    return mercatorX(lon) - this.x0;
  }

  /** @param {number} lat */
  y(lat) {
    return mercatorY(lat) - this.y0;
  }

  /**
   * Affine transform from the plane to a view: screen = plane * scale + offset.
   * @param {number} zoom
   * @param {{x: number, y: number}} origin pixel of the view's top left corner in the world at that zoom
   */
  view(zoom, origin) {
    const scale = 2 ** (zoom - REFERENCE_ZOOM);
    return { scale, dx: this.x0 * scale - origin.x, dy: this.y0 * scale - origin.y };
  }
}

/** @param {number} lon */
function mercatorX(lon) {
  return (lon / 360 + 0.5) * WORLD;
}

/** @param {number} lat */
function mercatorY(lat) {
  const sine = Math.sin((lat * Math.PI) / 180);
  return (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * WORLD;
}

/**
 * Great-circle distance in km (haversine).
 * @param {number} lon1 @param {number} lat1 @param {number} lon2 @param {number} lat2
 */
export function distanceKm(lon1, lat1, lon2, lat2) {
  const rad = Math.PI / 180;
  const a =
    Math.sin(((lat2 - lat1) * rad) / 2) ** 2 +
    Math.cos(lat1 * rad) * Math.cos(lat2 * rad) * Math.sin(((lon2 - lon1) * rad) / 2) ** 2;
  return 2 * 6371.0088 * Math.asin(Math.sqrt(a));
}
