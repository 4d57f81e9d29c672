// How a piece of ground looks: one colour, or stripes in two. Vectors, raster and legend alike use it.
import { KNOWN, NONE } from '../world/codes.js';
import { BROAD, PLAIN } from '../world/grounds.js';
import { CHANGED, inkColour, mix, REST, rgbOf, stripePair } from './theme.js';

/**
 * `stripe` is empty where the ground has one colour. `step` and `width` of the stripes are in screen pixels along a row;
 * `turn` is 1 for stripes that rise to the right, -1 for those that fall.
 * @typedef {{fill: string, stripe: string, step: number, width: number, turn: 1 | -1}} Look
 */

/** How strongly an actor's colour shows on ground inferred from a place far off, and on ground long unconfirmed. */
export const INFERRED = 0.33;
export const STALE = 0.28;

/**
 * @param {import('../types').Ground} ground
 * @param {import('../types').Actor[]} actors @param {import('./theme.js').Theme} theme
 * @returns {Look}
 */
export function lookOf({ controller, rival, hatch, maybe, changed, inferred, stale }, actors, theme) {
  const ink = (/** @type {number} */ code) => inkColour(actors[code].colour, theme);
  if (hatch !== PLAIN) {
    const step = hatch === BROAD ? 22 : 10;
    const [fill, stripe] = stripePair(theme, actors[controller].colour, actors[rival].colour).map((colour) =>
      stale ? mix(colour, theme.land, 0.55) : colour,
    );
    return { fill, stripe, step, width: step / 2, turn: stale ? -1 : 1 };
  }
  if (controller < KNOWN && !maybe) {
    if (controller === NONE) return plain(theme.land);
    return { fill: theme.land, stripe: theme.hatch, step: 6, width: 1.1, turn: 1 };
  }
  const strength = changed ? CHANGED : inferred ? INFERRED : REST;
  const fill = controller < KNOWN ? theme.land : mix(theme.land, ink(controller), strength);
  if (stale)
    return {
      fill: mix(theme.land, ink(controller), STALE),
      stripe: mix(theme.land, ink(controller), 0.7),
      step: 8,
      width: 1.6,
      turn: -1,
    };
  if (maybe) return { fill, stripe: mix(theme.land, ink(maybe), REST), step: 18, width: 7, turn: -1 };
  return plain(fill);
}

/** @param {string} fill @returns {Look} */
function plain(fill) {
  return { fill, stripe: '', step: 1, width: 0, turn: 1 };
}

/** A colour as a pixel of an opaque image, on a machine that stores the low byte first. @param {string} colour */
export function pixelOf(colour) {
  const [red, green, blue] = rgbOf(colour);
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
