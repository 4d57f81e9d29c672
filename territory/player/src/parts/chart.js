// The chart that is the scrubber: km2 by actor and status, records a day below it, months below that.

import { inkColour, mix } from '../draw/theme.js';
import { bandsOf, unsureSpans } from '../world/bands.js';
import { KNOWN, UNKNOWN } from '../world/codes.js';
import { partsOf } from '../world/dates.js';

/** @typedef {import('../types').World} World */
/** @typedef {import('./player.js').Player} Player */

const STRIP_PX = 16;
const AXIS_PX = 17;

/** @param {World} world */
function factsOf(world) {
  return { series: bandsOf(world), unsure: unsureSpans(world) };
}

export class Chart {
  /** @param {Pick<Player, 'world' | 'days' | 'language' | 'layer'>} uses @param {HTMLCanvasElement} canvas */
  constructor({ world, days, language, layer }, canvas) {
    this.world = world;
    this.days = days;
    this.language = language;
    this.layer = layer;
    this.canvas = canvas;
    /** Records a day. */
    this.counts = Uint16Array.from({ length: world.days }, (_, day) => world.events.on(day).length);
    this.known = /** @type {ReturnType<typeof factsOf> | null} */ (null);
  }

  /** What the chart is drawn from, found when it is first drawn. */
  get facts() {
    this.known ??= factsOf(this.world);
    return this.known;
  }

  /** Share of the width at which a day lies, from the side where time begins. @param {number} day */
  share(day) {
    const [from, to] = this.days.span;
    return (day - from) / Math.max(1, to - from);
  }

  /** The day at a share of the width. @param {number} share */
  dayAt(share) {
    const [from, to] = this.days.span;
    return Math.round(from + Math.max(0, Math.min(1, share)) * (to - from));
  }

  /** @param {number} width @param {number} height in CSS pixels */
  draw(width, height) {
    const dpr = window.devicePixelRatio || 1;
    this.canvas.width = Math.round(width * dpr);
    this.canvas.height = Math.round(height * dpr);
    const context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext('2d'));
    context.scale(dpr, dpr);
    const { rtl } = this.language;
    const x = (/** @type {number} */ day) => width * (rtl ? 1 - this.share(day) : this.share(day));
    this.drawMonths(context, x, height);
    this.drawAreas(context, x, Math.max(8, height - STRIP_PX - AXIS_PX));
    this.drawStrip(context, x, height - AXIS_PX);
    this.drawPinned(context, x, height - AXIS_PX);
  }

  /** @param {CanvasRenderingContext2D} context @param {(day: number) => number} x @param {number} height */
  drawAreas(context, x, height) {
    const { actors, days: last } = this.world;
    const { theme } = this.layer;
    const { days, bands } = this.facts.series;
    // Ground that nobody reports on is left out: the chart is of the rest, and of what of it became unknown.
    const least = Math.min(...(bands.find(({ code }) => code === UNKNOWN)?.km2 ?? [0]));
    const total = bands.reduce((sum, { km2 }) => sum + km2[0], 0) - least || 1;
    const y = (/** @type {number} */ value) => height - (value / total) * (height - 2);
    let floor = new Float64Array(days.length);
    for (const { code, firm, km2 } of bands) {
      if (code === UNKNOWN) continue;
      const top = floor.map((low, i) => low + km2[i]);
      context.beginPath();
      days.forEach((day, i) => {
        if (i) context.lineTo(x(day), y(top[i - 1]));
        context.lineTo(x(day), y(top[i]));
      });
      context.lineTo(x(last), y(top[top.length - 1]));
      for (let i = days.length - 1; i >= 0; i -= 1) {
        context.lineTo(x(i + 1 < days.length ? days[i + 1] : last), y(floor[i]));
        context.lineTo(x(days[i]), y(floor[i]));
      }
      context.closePath();
      context.fillStyle =
        code >= KNOWN ? mix(theme.land, inkColour(actors[code].colour, theme), firm ? 0.92 : 0.45) : theme.rule;
      context.fill();
      floor = top;
    }
  }

  /** Records a day, over the days that records of an uncertain day may be of. @param {CanvasRenderingContext2D} context @param {(day: number) => number} x @param {number} bottom */
  drawStrip(context, x, bottom) {
    const most = Math.max(1, ...this.counts);
    const step = Math.max(1, Math.min(9, Math.abs(x(1) - x(0)) - 0.6));
    context.fillStyle = this.layer.theme.quiet;
    context.globalAlpha = 0.16;
    for (const [from, to] of this.facts.unsure)
      context.fillRect(Math.min(x(from), x(to)), bottom - STRIP_PX + 2, Math.abs(x(to) - x(from)), STRIP_PX - 2);
    context.globalAlpha = 1;
    this.counts.forEach((count, day) => {
      if (!count) return;
      const tall = 2 + (STRIP_PX - 4) * Math.sqrt(count / most);
      context.fillRect(x(day) - step / 2, bottom - tall, step, tall);
    });
  }

  /** The pinned day, and a shade from there to the day shown. @param {CanvasRenderingContext2D} context @param {(day: number) => number} x @param {number} bottom */
  drawPinned(context, x, bottom) {
    const { pinned, day } = this.days;
    const { theme } = this.layer;
    if (pinned === null) return;
    context.fillStyle = theme.ink;
    context.globalAlpha = 0.1;
    context.fillRect(Math.min(x(pinned), x(day)), 0, Math.abs(x(day) - x(pinned)), bottom);
    context.globalAlpha = 1;
    context.strokeStyle = theme.ink;
    context.lineWidth = 1.5;
    context.setLineDash([4, 3]);
    context.strokeRect(x(pinned), 0, 0, bottom);
    context.setLineDash([]);
  }

  /** Months; on a short span also days. @param {CanvasRenderingContext2D} context @param {(day: number) => number} x @param {number} height */
  drawMonths(context, x, height) {
    const [from, to] = this.days.span;
    const { words, rtl } = this.language;
    const { theme } = this.layer;
    context.font = `500 11px ${theme.font}`;
    context.textAlign = rtl ? 'right' : 'left';
    context.textBaseline = 'alphabetic';
    const aside = rtl ? -4 : 4;
    const room = Math.abs(x(29) - x(0));
    const days = Math.abs(x(7) - x(0)) > 64;
    for (let day = Math.max(0, from); day <= to; day += 1) {
      const { day: date, month } = partsOf(this.world.firstDay + day);
      const monday = days && date > 4 && date < 28 && date % 7 === 1;
      if (date !== 1 && !monday) continue;
      context.fillStyle = theme.admin;
      context.fillRect(x(day) - 0.5, height - AXIS_PX, 1, AXIS_PX - (monday ? 8 : 3));
      const wanted = monday ? [String(date)] : [words.months[month], words.monthsShort[month]];
      const text = wanted.find(
        (name) => context.measureText(name).width < (monday ? 60 : days ? Math.abs(x(7) - x(0)) - 6 : room - 4),
      );
      if (!text) continue;
      context.fillStyle = theme.quiet;
      context.fillText(text, x(day) + aside, height - 4);
    }
  }
}
