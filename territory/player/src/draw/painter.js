// Paints a scene: ground, hatches, rings, the front before and the front. Knows colours and widths, nothing of time.
import { stripes } from './hatch.js';
import { lookOf } from './looks.js';
import { inkColour, rgbOf } from './theme.js';

/** @typedef {import('../types').View} View */
/** @typedef {import('./theme.js').Theme} Theme */
/** @typedef {import('../types').World} World */

/** Widths of the front, of the light casing around it, and of the front before. */
const FRONT_PX = 2.1;
const CASING_PX = 4.6;
const BEFORE_PX = 1.3;
/** A pocket smaller than this on the screen is drawn as a dot. */
const DOT_BELOW_PX = 9;

/** Let the context draw in plane coordinates. @param {CanvasRenderingContext2D} context @param {View} view */
export function inPlane(context, { scale, dpr, dx, dy }) {
  context.setTransform(scale * dpr, 0, 0, scale * dpr, dx * dpr, dy * dpr);
  context.lineJoin = 'round';
  context.lineCap = 'round';
}

/**
 * The land of every holder, in colours mixed with that of the land so that names stay readable.
 * @param {CanvasRenderingContext2D} context @param {View} view @param {World} world
 * @param {import('./scene.js').Scene} scene @param {Theme} theme
 */
export function paintGround(context, view, world, scene, theme) {
  inPlane(context, view);
  for (const area of scene.paths.areas) {
    const look = lookOf(area, world.actors, theme);
    context.fillStyle = look.stripe ? stripes(context, view, look) : look.fill;
    context.fill(area.path, 'evenodd');
    if (look.stripe) continue;
    // Neighbouring fills meet in half-covered pixels; a hair of the same colour closes the seam between them.
    context.strokeStyle = context.fillStyle;
    context.lineWidth = 0.7 / view.scale;
    context.stroke(area.path);
  }
}

/**
 * The front before and over it the front, as the arcs run, for the raster: frames that follow each other fast. Dashes and
 * round corners are for the picture at rest.
 * @param {import('../world/arcs.js').Arcs} arcs @param {number[]} front @param {import('./scene.js').Scene} scene
 * @param {View} view @param {Theme} theme @returns {import('./palette.js').Lines[]}
 */
export function rasterLines(arcs, front, scene, view, theme) {
  const wide = widthAt(view.zoom);
  const [ink, casing] = [rgbOf(theme.front), rgbOf(theme.casing)];
  return [
    {
      arcs,
      some: scene.goneFront,
      reach: BEFORE_PX / 2 + 0.5,
      inks: [{ colour: ink, half: BEFORE_PX / 2, strength: 0.5 }],
    },
    {
      arcs,
      some: front,
      reach: (CASING_PX / 2) * wide + 0.5,
      inks: [
        { colour: casing, half: (CASING_PX / 2) * wide, strength: 1 },
        { colour: ink, half: (FRONT_PX / 2) * wide, strength: 1 },
      ],
    },
  ];
}

/** Lines are a little wider on a closer map. @param {number} zoom */
function widthAt(zoom) {
  return Math.max(0.75, Math.min(1.5, 0.75 + (zoom - 8) * 0.15));
}

/** @param {CanvasRenderingContext2D} context @param {number} px @param {Path2D} path @param {Theme} theme */
function paintFrontBefore(context, px, path, theme) {
  stroke(context, path, theme.casing, 3.2 * px);
  context.setLineDash([5 * px, 4 * px]);
  stroke(context, path, theme.front, BEFORE_PX * px);
  context.setLineDash([]);
}

/**
 * Rings, the front before, and the front: dark on a light casing.
 * @param {CanvasRenderingContext2D} context @param {View} view @param {World} world
 * @param {import('./scene.js').Scene} scene @param {Theme} theme
 */
export function paintFront(context, view, world, scene, theme) {
  inPlane(context, view);
  const px = 1 / view.scale;
  const wide = widthAt(view.zoom);
  const { rings, frontBefore, front, pockets } = scene.paths;
  paintRings(context, view, world, rings, theme);
  paintFrontBefore(context, px, frontBefore, theme);
  const [small, large] = [true, false].map((wanted) =>
    pockets.filter(({ size }) => size * view.scale < DOT_BELOW_PX === wanted),
  );
  for (const [colour, width] of /** @type {[string, number][]} */ ([
    [theme.casing, CASING_PX * wide * px],
    [theme.front, FRONT_PX * wide * px],
  ])) {
    stroke(context, front, colour, width);
    for (const { path } of large) stroke(context, path, colour, width);
  }
  for (const pocket of small) paintDot(context, px, world, pocket, theme);
}

/**
 * Sieges, claims and truces.
 * @param {CanvasRenderingContext2D} context @param {View} view @param {World} world
 * @param {import('./scene.js').Ring[]} rings @param {Theme} theme
 */
export function paintRings(context, view, world, rings, theme) {
  inPlane(context, view);
  const px = widthAt(view.zoom) ** 2 / view.scale;
  for (const ring of rings) paintRing(context, px, world, ring, theme);
}

/**
 * A pocket too small to see at this zoom, as a dot in its holder's colour.
 * @param {CanvasRenderingContext2D} context @param {number} px @param {World} world
 * @param {import('./scene.js').Pocket} pocket @param {Theme} theme
 */
function paintDot(context, px, { actors }, { x, y, controller }, theme) {
  context.beginPath();
  context.arc(x, y, 3.6 * px, 0, 2 * Math.PI);
  context.fillStyle = theme.front;
  context.strokeStyle = theme.casing;
  context.lineWidth = 1.2 * px;
  context.stroke();
  context.fill();
  context.beginPath();
  context.arc(x, y, 2.4 * px, 0, 2 * Math.PI);
  context.fillStyle = inkColour(actors[controller].colour, theme);
  context.fill();
}

/**
 * A band inside the outline: of a siege in the besieger's colour, under a dark rim; of a claim in the claimant's, as
 * dashes on white; of a truce in the colour that truces have. Rim and white keep them apart in grey print.
 * @param {CanvasRenderingContext2D} context @param {number} px
 * @param {World} world @param {import('./scene.js').Ring} ring @param {Theme} theme
 */
function paintRing(context, px, world, { rival, outline, area, edge }, theme) {
  const colour = outline === 'band' ? theme.truce : inkColour(world.actors[rival].colour, theme);
  context.save();
  context.clip(area, 'evenodd');
  context.lineCap = 'butt';
  if (outline === 'rim') {
    stroke(context, edge, colour, 10 * px);
    stroke(context, edge, theme.front, 3.4 * px);
  } else if (outline === 'dashes') {
    stroke(context, edge, theme.casing, 8 * px);
    context.setLineDash([7 * px, 6 * px]);
    stroke(context, edge, colour, 8 * px);
  } else stroke(context, edge, colour, 8 * px);
  context.restore();
}

/**
 * @param {CanvasRenderingContext2D} context @param {Path2D} path @param {string} colour @param {number} width
 */
function stroke(context, path, colour, width) {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke(path);
}
