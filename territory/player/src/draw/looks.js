// How a piece of ground is inked: one colour, or stripes in two. The vectors, the raster and the legend all ask here.
import { KNOWN, NONE } from '../world/codes.js';
import { BROAD, PLAIN } from '../world/grounds.js';
import { CHANGED, inkColour, mix, REST, rgbOf, stripePair } from './theme.js';

/**
 * `stripe` is empty where the ground has one colour. `step` and `width` of the stripes are in screen pixels along a row;
 * `turn` is 1 for stripes that rise to the right, -1 for those that fall.
 * @typedef {{paper: string, stripe: string, step: number, width: number, turn: 1 | -1}} Look
 */

/** How strongly an actor's colour lies on ground that its place speaks for from afar, and on ground long unconfirmed. */
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
    const [paper, stripe] = stripePair(theme, actors[controller].colour, actors[rival].colour).map((colour) =>
      stale ? mix(colour, theme.land, 0.55) : colour,
    );
    return { paper, stripe, step, width: step / 2, turn: stale ? -1 : 1 };
  }
  if (controller < KNOWN && !maybe) {
    if (controller === NONE) return plain(theme.land);
    return { paper: theme.land, stripe: theme.hatch, step: 6, width: 1.1, turn: 1 };
  }
  const strength = changed ? CHANGED : inferred ? INFERRED : REST;
  const paper = controller < KNOWN ? theme.land : mix(theme.land, ink(controller), strength);
  if (stale)
    return {
      paper: mix(theme.land, ink(controller), STALE),
      stripe: mix(theme.land, ink(controller), 0.7),
      step: 8,
      width: 1.6,
      turn: -1,
    };
  if (maybe) return { paper, stripe: mix(theme.land, ink(maybe), REST), step: 18, width: 7, turn: -1 };
  return plain(paper);
}

/** @param {string} paper @returns {Look} */
function plain(paper) {
  return { paper, stripe: '', step: 1, width: 0, turn: 1 };
}

/** A colour as a pixel of an opaque image, on a machine that stores the low byte first. @param {string} colour */
export function pixelOf(colour) {
  const [red, green, blue] = rgbOf(colour);
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
