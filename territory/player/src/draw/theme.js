// The colours of the style sheet, and the mixing of actors' colours with that of the land.

/** @typedef {Record<'sea' | 'land' | 'abroad' | 'coast' | 'admin' | 'border' | 'river' | 'road' | 'roadEdge' | 'ink' | 'halo' | 'quiet' | 'front' | 'casing' | 'hatch' | 'paper' | 'rule' | 'truce' | 'font', string>} Theme */

const NAMES = /** @type {(keyof Theme)[]} */ ([
  'sea',
  'land',
  'abroad',
  'coast',
  'admin',
  'border',
  'river',
  'road',
  'roadEdge',
  'ink',
  'halo',
  'quiet',
  'front',
  'casing',
  'hatch',
  'paper',
  'rule',
  'truce',
  'font',
]);

/** How strongly an actor's colour shows on the land: at rest, and where the last step changed it. */
export const REST = 0.5;
export const CHANGED = 0.82;
const FIRM = 0.8;
const LIGHT = 0.4;

/** @param {Element} element inside a `.territory` scope @returns {Theme} */
export function themeOf(element) {
  const style = getComputedStyle(element);
  return /** @type {Theme} */ (
    Object.fromEntries(NAMES.map((key) => [key, style.getPropertyValue(`--t-${key.toLowerCase()}`).trim()]))
  );
}

/**
 * Colour `share` of the way from one to another.
 * @param {string} from @param {string} to @param {number} share
 */
export function mix(from, to, share) {
  const [a, b] = [rgbOf(from), rgbOf(to)];
  return `rgb(${a.map((value, i) => Math.round(value + (b[i] - value) * share)).join(' ')})`;
}

/**
 * An actor's colour as it can be seen on this land: near black is lightened on dark land.
 * @param {string} colour @param {Theme} theme
 */
export function inkColour(colour, theme) {
  const dark = luminance(theme.land) < 0.1;
  if (!dark || luminance(colour) > 0.03) return colour;
  const lifted = rgbOf(colour).map((value) => Math.round(value + (255 - value) * 0.42));
  return `#${lifted.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/**
 * Two colours for stripes that stay apart in grey print too: the one that differs more from the land is the stronger,
 * the other is pale.
 * @param {Theme} theme @param {string} holder @param {string} rival
 * @returns {[string, string]} in the order given
 */
export function stripePair(theme, holder, rival) {
  const [a, b] = [inkColour(holder, theme), inkColour(rival, theme)];
  const land = luminance(theme.land);
  const holderFirm = Math.abs(luminance(a) - land) > Math.abs(luminance(b) - land);
  return [mix(theme.land, a, holderFirm ? FIRM : LIGHT), mix(theme.land, b, holderFirm ? LIGHT : FIRM)];
}

/**
 * The same hue, dark enough for thin lines and small signs on the land.
 * @param {string} colour @param {Theme} theme
 */
export function strong(colour, theme) {
  if (luminance(theme.land) < 0.1 || luminance(colour) < 0.22) return colour;
  return mix(colour, '#000000', 0.42);
}

/** Whether the theme is dark. @param {Theme} theme */
export function isDark(theme) {
  return luminance(theme.land) < 0.1;
}

/** A colour for ground that is hidden: the land, or as near to it as still differs from black. @param {Theme} theme */
export function hiddenColour(theme) {
  const [red, green, blue] = rgbOf(theme.land);
  const lift = isDark(theme) ? 16 : 0;
  return `#${[red, green, blue].map((value) => (value + lift).toString(16).padStart(2, '0')).join('')}`;
}

/** @param {string} colour */
function luminance(colour) {
  const [r, g, b] = rgbOf(colour).map((value) => (value / 255) ** 2.2);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Red, green and blue of "#rrggbb" or "rgb(r g b)". @param {string} colour */
export function rgbOf(colour) {
  const hex = /^#([0-9a-f]{6})$/i.exec(colour)?.[1];
  if (hex) return [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16));
  const parts = colour.match(/\d+/g) ?? [];
  return parts.length >= 3 ? parts.slice(0, 3).map(Number) : [128, 128, 128];
}
