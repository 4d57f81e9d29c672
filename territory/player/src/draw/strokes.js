// Lines drawn into the raster's own pixels: how far every pixel near them lies from them, and then colour by that distance.
// Strokes of a canvas cost more than everything else in a frame; here a front of thousands of arcs takes a millisecond.

/** @typedef {{colour: number[], half: number, strength: number}} Ink red, green and blue; half the width in pixels; 0 to 1 */

const FAR = 255;

export class Strokes {
  constructor() {
    /** Squared distance of every pixel from the lines, as a share of the reach; 255 is out of reach. */
    this.near = new Uint8Array(0);
    /** The pixels in reach. */
    this.touched = new Int32Array(0);
    this.count = 0;
    this.width = 0;
    this.height = 0;
    /** What the inks come to at every distance, as long as they stay the same. */
    this.key = '';
    this.shades = /** @type {Float64Array[]} */ ([]);
  }

  /** @param {number} width @param {number} height of the raster */
  resize(width, height) {
    [this.width, this.height, this.count] = [width, height, 0];
    this.near = new Uint8Array(width * height).fill(FAR);
    this.touched = new Int32Array(width * height);
  }

  /** Forget the lines. */
  clear() {
    const { near, touched, count } = this;
    for (let i = 0; i < count; i += 1) near[touched[i]] = FAR;
    this.count = 0;
  }

  /**
   * Find the pixels around some arcs.
   * @param {import('../world/arcs.js').Arcs} arcs @param {ArrayLike<number>} some indices of arcs
   * @param {{scale: number, dx: number, dy: number}} view in pixels of the raster @param {number} reach
   */
  trace({ xy, at }, some, { scale, dx, dy }, reach) {
    this.clear();
    const { width, height } = this;
    for (let i = 0; i < some.length; i += 1) {
      const last = at[some[i] + 1] - 1;
      let k = at[some[i]];
      let x1 = xy[2 * k] * scale + dx;
      let y1 = xy[2 * k + 1] * scale + dy;
      for (k += 1; k <= last; k += 1) {
        const x2 = xy[2 * k] * scale + dx;
        const y2 = xy[2 * k + 1] * scale + dy;
        if (
          (x1 > -reach || x2 > -reach) &&
          (x1 < width + reach || x2 < width + reach) &&
          (y1 > -reach || y2 > -reach) &&
          (y1 < height + reach || y2 < height + reach)
        )
          this.segment(x1, y1, x2, y2, reach);
        x1 = x2;
        y1 = y2;
      }
    }
  }

  /** @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 @param {number} reach */
  segment(x1, y1, x2, y2, reach) {
    const { near, touched, width, height } = this;
    const runX = x2 - x1;
    const runY = y2 - y1;
    const square = runX * runX + runY * runY || 1e-9;
    const unit = (FAR - 1) / (reach * reach);
    const top = Math.max(0, Math.ceil(Math.min(y1, y2) - reach - 0.5));
    const bottom = Math.min(height - 1, Math.floor(Math.max(y1, y2) + reach - 0.5));
    // In a row, the line's own piece of it and the reach on both sides, wider the flatter the line runs.
    const flat = reach * Math.sqrt(1 + (runX * runX) / Math.max(1e-9, runY * runY));
    const west = Math.min(x1, x2) - reach;
    const east = Math.max(x1, x2) + reach;
    for (let row = top; row <= bottom; row += 1) {
      const y = row + 0.5 - y1;
      const middle = x1 + (runY ? (y / runY) * runX : 0);
      const left = Math.max(0, Math.ceil((runY ? Math.max(west, middle - flat) : west) - 0.5));
      const right = Math.min(width - 1, Math.floor((runY ? Math.min(east, middle + flat) : east) - 0.5));
      for (let column = left, pixel = row * width + left; column <= right; column += 1, pixel += 1) {
        const x = column + 0.5 - x1;
        let share = (x * runX + y * runY) / square;
        // biome-ignore lint/complexity/useMathMinMax: the innermost loop of a frame, and a comparison costs less than a call
        share = share < 0 ? 0 : share > 1 ? 1 : share;
        const offX = x - share * runX;
        const offY = y - share * runY;
        const distance = (offX * offX + offY * offY) * unit;
        if (distance >= near[pixel]) continue;
        if (near[pixel] === FAR) touched[this.count++] = pixel;
        near[pixel] = distance;
      }
    }
  }

  /**
   * Lay inks on the pixels in reach, the first lowest, with soft edges.
   * @param {Uint32Array} pixels opaque, or wholly clear @param {Ink[]} inks @param {number} reach as traced
   */
  ink(pixels, inks, reach) {
    const { near, touched, count } = this;
    const key = JSON.stringify([inks, reach]);
    if (key !== this.key) [this.key, this.shades] = [key, shadesOf(inks, reach)];
    const [keep, red, green, blue] = this.shades;
    for (let i = 0; i < count; i += 1) {
      const pixel = touched[i];
      const at = near[pixel];
      const kept = keep[at];
      const under = pixels[pixel];
      if (under >>> 24) {
        pixels[pixel] =
          (255 << 24) |
          ((((under >> 16) & 255) * kept + blue[at]) << 16) |
          ((((under >> 8) & 255) * kept + green[at]) << 8) |
          ((under & 255) * kept + red[at]);
      } else if (kept < 1) {
        const cover = 1 - kept;
        pixels[pixel] =
          ((255 * cover) << 24) | ((blue[at] / cover) << 16) | ((green[at] / cover) << 8) | (red[at] / cover);
      }
    }
  }
}

/**
 * For every distance: what share of the ground stays, and what the inks add to red, green and blue.
 * @param {Ink[]} inks @param {number} reach
 */
function shadesOf(inks, reach) {
  const [keep, red, green, blue] = Array.from({ length: 4 }, () => new Float64Array(FAR + 1));
  for (let at = 0; at <= FAR; at += 1) {
    const distance = at === FAR ? Infinity : Math.sqrt(at / (FAR - 1)) * reach;
    keep[at] = 1;
    for (const { colour, half, strength } of inks) {
      const cover = Math.max(0, Math.min(1, half + 0.5 - distance)) * strength;
      keep[at] *= 1 - cover;
      [red, green, blue].forEach((column, i) => {
        column[at] = column[at] * (1 - cover) + colour[i] * cover;
      });
    }
  }
  return [keep, red, green, blue];
}
