// Names on the map: towns by zoom, countries, rivers and road shields, placed greedily so that none overlaps another.
import { alongLine } from './along_line.js';
import { apart, LabelBoxes } from './label_boxes.js';
import { kindStyle } from './place_kinds.js';

/** @typedef {import('../types').View} View */
/** @typedef {import('./label_boxes.js').Box} Box */
/** @typedef {import('./theme.js').Theme} Theme */
/** @typedef {import('../types').World} World */

/** From a mark to its name: past the count at its shoulder, which the mark's own box holds. */
const BESIDE_MARK_PX = 8;

/**
 * Draw all names of a view and return what they take up. Places with a mark today are named first, beside their mark.
 * @param {CanvasRenderingContext2D} context @param {View} view @param {World} world @param {Theme} theme
 * @param {{name: (texts: import('../types').InLanguages, place?: number) => string, marks: import('./marks.js').Mark[], radius: number, weight: Float64Array, shields?: boolean, covered?: Box[], pockets?: Box[]}} options
 *     `weight` says how much a place matters in the records; among equals the weightier is named; no name lies in a
 *     `covered` box, and where there is a choice, none on `pockets`
 */
export function paintLabels(
  context,
  view,
  world,
  theme,
  { name, marks, radius, weight, shields = true, covered = [], pockets = [] },
) {
  context.setTransform(view.dpr, 0, 0, view.dpr, 0, 0);
  context.lineJoin = 'round';
  const { width, height, inset } = view;
  const boxes = new LabelBoxes([inset.x, inset.y, width - inset.x, height - inset.y], pockets);
  /** @type {Map<number, Box>} */
  const named = new Map();
  for (const box of covered) boxes.take(box);
  const today = marks.filter(({ age }) => age === 0);
  for (const { x, y } of today) boxes.take([x - radius, y - radius - 3, x + radius + 3, y + radius]);
  const candidates = candidatesOf(view, world, weight);
  for (const { x, y, events } of today) {
    const own = events.map((event) => world.events.place[event]).filter((place) => place >= 0);
    if (!own.length) continue;
    const index = own.reduce((best, place) => (weightier(world, weight, place, best) < 0 ? place : best));
    const first = { index, place: world.places[index] };
    const style = {
      ...kindStyle(first.place.kind),
      size: Math.max(12, kindStyle(first.place.kind).size),
      weight: 700,
      dot: 0,
    };
    const box = setName(context, theme, boxes, {
      text: name(first.place.name, first.index),
      x,
      y,
      gap: radius + BESIDE_MARK_PX,
      style,
    });
    if (box) named.set(first.index, box);
  }
  if (shields) paintShields(context, view, world, theme, boxes);
  for (const { index, style, x, y } of candidates) {
    if (named.has(index)) continue;
    const box = setName(context, theme, boxes, {
      text: name(world.places[index].name, index),
      x,
      y,
      gap: style.dot + 4,
      style,
    });
    if (box) named.set(index, box);
  }
  paintWaterNames(context, view, world, theme, boxes, name);
  paintAreaNames(context, view, world, theme, boxes, name);
  return named;
}

/** @typedef {{index: number, style: ReturnType<typeof kindStyle>, x: number, y: number}} Candidate */
/** @type {WeakMap<View, Candidate[]>} */
const inView = new WeakMap();

/**
 * The places that a view could name, the weightiest first: found once per view, however many days are shown in it.
 * @param {View} view @param {World} world @param {Float64Array} weight
 */
function candidatesOf(view, world, weight) {
  const known = inView.get(view);
  if (known) return known;
  /** @type {Candidate[]} */
  const candidates = [];
  world.places.forEach((place, index) => {
    const style = kindStyle(place.kind);
    if (view.zoom < style.zoom - Math.min(1, weight[index] / 8)) return;
    const x = world.plane.x(place.lon) * view.scale + view.dx;
    const y = world.plane.y(place.lat) * view.scale + view.dy;
    if (x >= -80 && y >= -20 && x <= view.width + 80 && y <= view.height + 20) candidates.push({ index, style, x, y });
  });
  candidates.sort((a, b) => weightier(world, weight, a.index, b.index));
  inView.set(view, candidates);
  return candidates;
}

/**
 * Which of two places is named rather: by kind, then by what the records say of it.
 * @param {World} world @param {Float64Array} weight @param {number} a @param {number} b
 */
function weightier({ places }, weight, a, b) {
  return kindStyle(places[a].kind).rank - kindStyle(places[b].kind).rank || weight[b] - weight[a] || a - b;
}

/**
 * Try right, left, above, below; draw dot and name where they fit, and leave small pockets in sight if that can be.
 * @param {CanvasRenderingContext2D} context @param {Theme} theme @param {LabelBoxes} boxes
 * @param {{text: string, x: number, y: number, gap: number, style: ReturnType<typeof kindStyle>}} label
 * @returns {Box | null}
 */
function setName(context, theme, boxes, { text, x, y, gap, style }) {
  const { size, dot, weight } = style;
  const reach = dot + 2;
  const dotBox = /** @type {Box} */ ([x - reach, y - reach, x + reach, y + reach]);
  if (dot && !boxes.free(dotBox)) return null;
  context.font = `${weight} ${size}px ${theme.font}`;
  const width = context.measureText(text).width;
  const half = size * 0.6;
  /** @type {[number, number][]} */
  const spots = [
    [x + gap, y],
    [x - gap - width, y],
    [x - width / 2, y - gap - half],
    [x - width / 2, y + gap + half],
  ];
  const options = spots.map(
    ([left, middle]) => /** @type {Box} */ ([left - 4, middle - half - 3, left + width + 4, middle + half + 3]),
  );
  const open = options.filter((box) => boxes.free(box));
  const box = open.find((one) => boxes.pockets.every((pocket) => apart(one, pocket))) ?? open[0];
  if (!box) return null;
  boxes.take(box);
  if (dot) {
    boxes.take(dotBox);
    paintDot(context, theme, x, y, dot);
  }
  haloText(context, theme, text, box[0] + 4, (box[1] + box[3]) / 2, theme.ink);
  return box;
}

/**
 * @param {CanvasRenderingContext2D} context @param {Theme} theme @param {number} x @param {number} y @param {number} radius
 */
function paintDot(context, theme, x, y, radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = theme.ink;
  context.strokeStyle = theme.halo;
  context.lineWidth = 1.6;
  context.stroke();
  context.fill();
}

/**
 * @param {CanvasRenderingContext2D} context @param {Theme} theme @param {string} text
 * @param {number} left @param {number} middle @param {string} colour
 */
export function haloText(context, theme, text, left, middle, colour) {
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.strokeStyle = theme.halo;
  context.lineWidth = 3.2;
  context.strokeText(text, left, middle + 0.5);
  context.fillStyle = colour;
  context.fillText(text, left, middle + 0.5);
}

/**
 * Road numbers in a small plate, repeated along the road.
 * @param {CanvasRenderingContext2D} context @param {View} view @param {World} world @param {Theme} theme @param {LabelBoxes} boxes
 */
function paintShields(context, view, { layers }, theme, boxes) {
  context.font = `700 10.5px ${theme.font}`;
  for (const { lines, names } of layers.filter(({ role }) => role === 'road')) {
    lines.forEach((line, i) => {
      const text = shieldText(Object.values(names[i] ?? {}).join(' '));
      if (!text) return;
      const half = context.measureText(text).width / 2 + 5;
      alongLine(line, view, 260, (x, y) => {
        const box = /** @type {Box} */ ([x - half, y - 8, x + half, y + 8]);
        if (!boxes.free([box[0] - 30, box[1] - 30, box[2] + 30, box[3] + 30])) return;
        boxes.take(box);
        context.beginPath();
        context.roundRect(box[0], box[1], 2 * half, 16, 3);
        context.fillStyle = theme.road;
        context.strokeStyle = theme.roadEdge;
        context.lineWidth = 1.2;
        context.fill();
        context.stroke();
        context.fillStyle = theme.ink;
        context.textAlign = 'center';
        context.textBaseline = 'middle';
        context.fillText(text, x, y + 0.5);
      });
    });
  }
}

/** Only a road's number goes on a plate. @param {string} name */
function shieldText(name) {
  return /\b[A-Z]\d{1,3}\b/.exec(name)?.[0] ?? '';
}

/**
 * River names along the water, quiet and slanted.
 * @param {CanvasRenderingContext2D} context @param {View} view @param {World} world @param {Theme} theme @param {LabelBoxes} boxes
 * @param {(texts: import('../types').InLanguages, place?: number) => string} name
 */
function paintWaterNames(context, view, { layers }, theme, boxes, name) {
  context.font = `italic 500 11.5px ${theme.font}`;
  for (const { lines, names } of layers.filter(({ role }) => role === 'river')) {
    lines.forEach((line, i) => {
      const thing = names[i];
      if (!thing || !name(thing)) return;
      const half = context.measureText(name(thing)).width / 2;
      alongLine(line, view, 420, (x, y) => {
        for (const side of [half + 8, -half - 8]) {
          const box = /** @type {Box} */ ([x + side - half, y - 8, x + side + half, y + 8]);
          if (!boxes.free(box)) continue;
          boxes.take(box);
          haloText(context, theme, name(thing), box[0], y, theme.river);
          return;
        }
      });
    });
  }
}

/**
 * Names of countries and lakes, where they have room: spaced capitals for land, slanted for water.
 * @param {CanvasRenderingContext2D} context @param {View} view @param {World} world @param {Theme} theme @param {LabelBoxes} boxes
 * @param {(texts: import('../types').InLanguages, place?: number) => string} name
 */
function paintAreaNames(context, view, { layers, plane }, theme, boxes, name) {
  for (const { role, labels } of layers) {
    for (const label of labels ?? []) {
      const text = name(label.name);
      context.font = role === 'lake' ? `italic 500 11.5px ${theme.font}` : `600 13px ${theme.font}`;
      const half = context.measureText(text).width / 2;
      const room = Math.abs(plane.x(label.lon + label.radius) - plane.x(label.lon)) * view.scale;
      const x = plane.x(label.lon) * view.scale + view.dx;
      const y = plane.y(label.lat) * view.scale + view.dy;
      const box = /** @type {Box} */ ([x - half, y - 9, x + half, y + 9]);
      if (half > room * 1.25 || !boxes.free(box)) continue;
      boxes.take(box);
      haloText(context, theme, text, x - half, y, role === 'lake' ? theme.river : theme.quiet);
    }
  }
}

/** How many records of what happened name each place. @param {World} world */
export function mentionsOf({ places, events: { place, happened } }) {
  const mentions = new Float64Array(places.length);
  for (let row = 0; row < place.length; row += 1) if (place[row] >= 0 && happened[row]) mentions[place[row]] += 1;
  return mentions;
}
