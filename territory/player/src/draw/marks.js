// Event marks: what was recorded on the day, by kind, counted where several stand together, fading over the days after.

import { FAMILIES, paintIcon } from './event_icons.js';
import { inkColour, strong } from './theme.js';

/** @typedef {import('../types').View} View */
/** @typedef {import('../types').World} World */
/** @typedef {{x: number, y: number, age: number, events: number[]}} Mark */

/** How visible a mark is on its day and on the days after. */
const FADE = [1, 0.42, 0.24, 0.12];
const TOGETHER_PX = 19;
export const RADIUS_PX = 10.5;
/** Only these stay visible on the days after. */
const FADING = new Set(['control', 'siege', 'clash', 'airstrike']);

export class Marks {
  /** @param {World} world */
  constructor(world) {
    this.world = world;
    /** @type {Mark[]} what is drawn now, for picking */
    this.drawn = [];
  }

  /** Where a record lies in the plane. One of a whole area has no point on the map; it stands in the list. @param {number} event */
  pointOf(event) {
    const { events, places, plane } = this.world;
    const point = places[events.place[event]]?.kind === 'area' ? null : events.lonLat(event);
    return point && { x: plane.x(point[0]), y: plane.y(point[1]) };
  }

  /**
   * Group the events of a day, and of the few before it, that fall together on the screen.
   * @param {number} day @param {View} view @param {number} [ages] of how many days, counted back @returns {Mark[]}
   */
  gather(day, view, ages = FADE.length) {
    const { events } = this.world;
    /** @type {Mark[]} */
    const marks = [];
    for (let age = 0; age < ages; age += 1) {
      for (const index of events.on(day - age)) {
        const shown = events.onMap(index) && (!age || FADING.has(events.family(index)));
        const point = shown ? this.pointOf(index) : null;
        if (!point) continue;
        const [x, y] = [point.x * view.scale + view.dx, point.y * view.scale + view.dy];
        const near = marks.find((mark) => (mark.x - x) ** 2 + (mark.y - y) ** 2 < TOGETHER_PX ** 2);
        if (!near) marks.push({ x, y, age, events: [index] });
        else if (near.age === age) near.events.push(index);
      }
    }
    return marks.reverse();
  }

  /**
   * Draw the day's marks; `brief` leaves out those of the days before, which fade as it is.
   * @param {CanvasRenderingContext2D} context @param {View} view @param {import('./theme.js').Theme} theme @param {number} day
   * @param {boolean} [brief]
   */
  paint(context, view, theme, day, brief = false) {
    context.setTransform(view.dpr, 0, 0, view.dpr, 0, 0);
    context.lineJoin = 'round';
    this.drawn = this.gather(day, view, brief ? 1 : FADE.length);
    for (const mark of this.drawn) this.paintMark(context, theme, mark);
  }

  /** No marks are drawn. */
  clear() {
    this.drawn = [];
  }

  /** @param {CanvasRenderingContext2D} context @param {import('./theme.js').Theme} theme @param {Mark} mark */
  paintMark(context, theme, { x, y, age, events }) {
    const { events: all } = this.world;
    const families = events.map((index) => all.family(index));
    const family = FAMILIES.find((one) => families.includes(one)) ?? 'assessment';
    const lead = events[families.indexOf(family)];
    const actor = this.world.events.actor(lead);
    const colour =
      family === 'control' && actor >= 0
        ? strong(inkColour(this.world.actors[actor].colour, theme), theme)
        : theme.front;
    const radius = age ? RADIUS_PX * 0.62 : RADIUS_PX;
    context.globalAlpha = FADE[age];
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = theme.halo;
    context.fill();
    context.strokeStyle = colour;
    context.lineWidth = age ? 1.4 : 2;
    context.stroke();
    paintIcon(context, family, x, y, radius * 1.25, colour);
    if (!age && events.length > 1) paintCount(context, theme, x + radius * 0.8, y - radius * 0.8, events.length);
    context.globalAlpha = 1;
  }

  /** The mark under a point of the view, if any. @param {number} x @param {number} y */
  at(x, y) {
    return [...this.drawn].reverse().find((mark) => mark.age === 0 && Math.hypot(mark.x - x, mark.y - y) < 16);
  }
}

/**
 * @param {CanvasRenderingContext2D} context @param {import('./theme.js').Theme} theme
 * @param {number} x @param {number} y @param {number} count
 */
function paintCount(context, theme, x, y, count) {
  context.font = `700 9.5px ${theme.font}`;
  // Figures are as good as equally wide: to measure each would cost more than to draw it.
  const half = Math.max(6.5, String(count).length * 2.8 + 3.5);
  context.beginPath();
  context.roundRect(x - half, y - 6.5, 2 * half, 13, 6.5);
  context.fillStyle = theme.front;
  context.fill();
  context.strokeStyle = theme.halo;
  context.lineWidth = 1.2;
  context.stroke();
  context.fillStyle = theme.halo;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(String(count), x, y + 0.5);
}

/**
 * A ring on the ground that the reader asked about, tied to the place that speaks for it.
 * @param {CanvasRenderingContext2D} context @param {View} view @param {World} world
 * @param {import('./theme.js').Theme} theme @param {{lon: number, lat: number, place: number}} pin
 */
export function paintPin(context, { scale, dx, dy, dpr }, { plane, places }, theme, { lon, lat, place }) {
  context.setTransform(dpr, 0, 0, dpr, 0, 0);
  const [x, y] = [plane.x(lon) * scale + dx, plane.y(lat) * scale + dy];
  const to = places[place];
  for (const [colour, width] of /** @type {[string, number][]} */ ([
    [theme.casing, 5],
    [theme.front, 2],
  ])) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    context.arc(x, y, 13, 0, 2 * Math.PI);
    context.stroke();
    if (!to) continue;
    const [px, py] = [plane.x(to.lon) * scale + dx, plane.y(to.lat) * scale + dy];
    const length = Math.hypot(px - x, py - y);
    if (length < 20) continue;
    context.setLineDash(colour === theme.front ? [2, 4] : []);
    context.lineWidth = width * 0.8;
    context.beginPath();
    context.moveTo(x + ((px - x) * 13) / length, y + ((py - y) * 13) / length);
    context.lineTo(px, py);
    context.stroke();
    context.setLineDash([]);
  }
}
