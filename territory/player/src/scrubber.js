// The scrubber is the chart: km2 by top-level actor, records a day below it, key dates above it; a range input lies over it.
import { KNOWN, NONE, UNKNOWN } from './codes.js';
import { el, replace } from './dom.js';
import { CONTROLS, symbol } from './icons.js';
import { SPEEDS } from './player.js';
import { fillIn } from './strings.js';
import { inkColour, mix } from './theme.js';
import { areaSeries } from './timeline.js';
import { partsOf } from './dates.js';

/** @typedef {import('./player.js').Player} Player */

const STRIP_PX = 16;
const AXIS_PX = 17;

export class Scrubber {
  /** @param {Player} player */
  constructor(player) {
    this.player = player;
    this.series = areaSeries(player.world);
    this.counts = new Uint16Array(player.world.days);
    for (const { day, kind } of player.world.events) {
      if (day !== null && kind !== 'baseline' && day < this.counts.length) this.counts[day] += 1;
    }
    this.playButton = el('button', { type: 'button', class: 't-button t-play', onclick: () => player.toggle() });
    this.previous = el('button', { type: 'button', class: 't-button', onclick: () => player.step(-1) }, symbol(CONTROLS.previous, 't-turn'));
    this.next = el('button', { type: 'button', class: 't-button', onclick: () => player.step(1) }, symbol(CONTROLS.next, 't-turn'));
    this.speed = el('button', { type: 'button', class: 't-button t-speed', onclick: () => this.changeSpeed() });
    this.canvas = el('canvas', { class: 't-chart', 'aria-hidden': 'true' });
    this.slider = el('input', {
      id: 'territory-slider', class: 't-slider', type: 'range', min: 0, max: player.world.days - 1, step: 1,
      oninput: () => { player.pause(); player.goTo(Number(this.slider.value)); },
      onpointermove: (event) => this.hint(event), onpointerleave: () => this.tip.classList.remove('t-on'),
    });
    this.head = el('div', { class: 't-head', 'aria-hidden': 'true' });
    this.tip = el('div', { class: 't-tip', 'aria-hidden': 'true' });
    this.ticks = el('div', { class: 't-ticks' });
    this.plot = el('div', { class: 't-plot' }, this.canvas, this.head, this.slider, this.tip);
    this.element = el('div', { class: 't-scrubber', role: 'group' },
      el('div', { class: 't-buttons' }, this.previous, this.playButton, this.next, this.speed),
      el('div', { class: 't-track' }, this.ticks, this.plot));
    this.shownPlaying = !player.playing;
    this.chapter = -2;
    this.drawnOn = '';
    new ResizeObserver(() => this.draw()).observe(this.plot);
  }

  changeSpeed() {
    const at = SPEEDS.indexOf(this.player.speed);
    this.player.speed = SPEEDS[(at + 1) % SPEEDS.length];
    this.update();
  }

  /** Share of the width at which the middle of a day lies, from the side where time begins. @param {number} day */
  share(day) { return day / Math.max(1, this.player.world.days - 1); }

  speak() {
    const { words, world, teller } = this.player;
    const label = (/** @type {Element} */ button, /** @type {string} */ text, /** @type {string} */ key) => {
      button.setAttribute('aria-label', text);
      button.setAttribute('title', key ? `${text} (${key})` : text);
    };
    label(this.previous, words.previous, words.keys.previous);
    label(this.next, words.next, words.keys.next);
    this.slider.setAttribute('aria-label', words.slider);
    this.element.setAttribute('aria-label', words.chart);
    replace(this.ticks, world.chapters.map((chapter) => {
      const tick = el('button', {
        type: 'button', class: 't-tick', title: `${teller.date(chapter.day)}: ${teller.title(chapter)}`,
        onclick: () => this.open(chapter),
      }, el('span', { class: 't-tick-text' }, teller.title(chapter)));
      tick.style.insetInlineStart = `${100 * this.share(chapter.day)}%`;
      return tick;
    }));
    this.draw();
  }

  /** Move date and view to a chapter. @param {import('./types').Chapter} chapter */
  open({ day, view }) {
    this.player.pause();
    this.player.goTo(day);
    if (view) this.player.layer.flyTo(view[1], view[0], view[2]);
  }

  update() {
    const { player } = this;
    const { words, day, world, playing } = player;
    const text = playing ? words.pause : words.play;
    if (playing !== this.shownPlaying) replace(this.playButton, symbol(playing ? CONTROLS.pause : CONTROLS.play, playing ? '' : 't-solid'));
    this.playButton.setAttribute('aria-label', text);
    this.playButton.setAttribute('title', `${text} (${words.keys.play})`);
    this.shownPlaying = playing;
    if (this.speed.textContent !== `${player.speed}×`) replace(this.speed, `${player.speed}×`);
    this.speed.setAttribute('aria-label', `${words.speed} ${player.speed}×`);
    this.slider.value = String(day);
    this.slider.setAttribute('aria-valuetext', words.longDate(world.firstDay + day));
    this.head.style.insetInlineStart = `${100 * this.share(day)}%`;
    [...this.ticks.children].forEach((tick, i) => {
      if (world.chapters[i].day === day) tick.setAttribute('aria-current', 'date');
      else tick.removeAttribute('aria-current');
    });
    const chapter = world.chapters.findIndex((one) => one.day === day);
    if (chapter !== this.chapter) this.fitTicks();
    this.chapter = chapter;
    if (player.theme.land !== this.drawnOn) this.draw();
  }

  /** Say the day under the pointer. @param {PointerEvent} event */
  hint(event) {
    const box = this.plot.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    const along = this.player.words.dir === 'rtl' ? 1 - share : share;
    const { world, words } = this.player;
    const day = Math.round(Math.max(0, Math.min(1, along)) * (world.days - 1));
    const count = this.counts[day];
    const { none, one, many } = words.recordsToday;
    replace(this.tip, `${words.shortDate(world.firstDay + day)} · ${count === 0 ? none : count === 1 ? one : fillIn(many, { count })}`);
    this.tip.style.insetInlineStart = `${100 * along}%`;
    this.tip.classList.toggle('t-end', along > 0.7);
    this.tip.classList.add('t-on');
  }

  /** Show the names of key dates where they fit: the day shown first, then from left to right. */
  fitTicks() {
    const width = this.ticks.clientWidth;
    const ticks = [...this.ticks.children].map((tick, i) => {
      const text = /** @type {HTMLElement} */ (tick.firstElementChild);
      text.classList.remove('t-on', 't-before');
      const at = this.share(this.player.world.chapters[i].day) * width;
      const first = tick.hasAttribute('aria-current') ? 0 : 1;
      return { text, at, size: text.offsetWidth + (first ? 0 : 24), first };
    });
    /** @type {[number, number][]} */
    const taken = ticks.map(({ at }) => [at - 8, at + 8]);
    for (const { text, at, size, first } of [...ticks].sort((a, b) => a.first - b.first)) {
      const free = (/** @type {number} */ from, /** @type {number} */ to) => from >= -8 && to <= width + 8
        && (first === 0 || taken.every(([left, right]) => to <= left || from >= right));
      const [after, before] = [free(at + 8, at + size), free(at - size, at - 8)];
      if (!size || (!after && !before)) continue;
      taken.push(after ? [at, at + size] : [at - size, at]);
      text.classList.add('t-on');
      text.classList.toggle('t-before', !after);
    }
  }

  /** Paint chart, strip and months. */
  draw() {
    this.fitTicks();
    const { clientWidth: width, clientHeight: height } = this.plot;
    if (!width || !height) return;
    const dpr = window.devicePixelRatio || 1;
    this.canvas.width = Math.round(width * dpr);
    this.canvas.height = Math.round(height * dpr);
    const context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext('2d'));
    context.scale(dpr, dpr);
    const { theme } = this.player;
    this.drawnOn = theme.land;
    const x = (/** @type {number} */ day) => width * (this.player.words.dir === 'rtl' ? 1 - this.share(day) : this.share(day));
    this.drawMonths(context, theme, x, width, height);
    this.drawAreas(context, theme, x, Math.max(8, height - STRIP_PX - AXIS_PX));
    this.drawStrip(context, theme, x, height - AXIS_PX);
  }

  /**
   * @param {CanvasRenderingContext2D} context @param {import('./theme.js').Theme} theme
   * @param {(day: number) => number} x @param {number} height
   */
  drawAreas(context, theme, x, height) {
    const { root, actors, days: last } = this.player.world;
    const { days, areas } = this.series;
    const order = [...new Set(root)].filter((code) => code >= KNOWN).concat(NONE);
    // Ground that nobody reports on is no part of the story: the chart is of the rest.
    const total = areas[0].reduce((sum, area) => sum + area, 0) - Math.min(...areas.map((row) => row[UNKNOWN])) || 1;
    const floor = days.map(() => 0);
    for (const code of order) {
      const top = floor.map((low, i) => low + areas[i][code]);
      if (top.every((value, i) => value === floor[i])) continue;
      context.beginPath();
      const y = (/** @type {number} */ value) => height - (value / total) * (height - 2);
      days.forEach((day, i) => {
        if (i) context.lineTo(x(day), y(top[i - 1]));
        context.lineTo(x(day), y(top[i]));
      });
      context.lineTo(x(last - 1), y(top[top.length - 1]));
      for (let i = days.length - 1; i >= 0; i -= 1) {
        context.lineTo(x(i + 1 < days.length ? days[i + 1] : last - 1), y(floor[i]));
        context.lineTo(x(days[i]), y(floor[i]));
      }
      context.closePath();
      context.fillStyle = code >= KNOWN ? mix(theme.land, inkColour(actors[code].colour, theme), 0.92) : theme.rule;
      context.fill();
      top.forEach((value, i) => { floor[i] = value; });
    }
  }

  /**
   * @param {CanvasRenderingContext2D} context @param {import('./theme.js').Theme} theme
   * @param {(day: number) => number} x @param {number} bottom
   */
  drawStrip(context, theme, x, bottom) {
    const most = Math.max(1, ...this.counts);
    const step = Math.max(1, Math.abs(x(1) - x(0)) - 0.6);
    context.fillStyle = theme.quiet;
    this.counts.forEach((count, day) => {
      if (!count) return;
      const tall = 2 + (STRIP_PX - 4) * Math.sqrt(count / most);
      context.fillRect(x(day) - step / 2, bottom - tall, step, tall);
    });
  }

  /**
   * @param {CanvasRenderingContext2D} context @param {import('./theme.js').Theme} theme
   * @param {(day: number) => number} x @param {number} width @param {number} height
   */
  drawMonths(context, theme, x, width, height) {
    const { world, words } = this.player;
    context.font = `500 11px ${theme.font}`;
    context.textAlign = words.dir === 'rtl' ? 'right' : 'left';
    context.textBaseline = 'alphabetic';
    const room = (width / world.days) * 29;
    for (let day = 0; day < world.days; day += 1) {
      const { day: date, month } = partsOf(world.firstDay + day);
      if (date !== 1) continue;
      context.fillStyle = theme.admin;
      context.fillRect(x(day) - 0.5, height - AXIS_PX, 1, AXIS_PX - 3);
      const text = [words.months[month], words.monthsShort[month]].find((name) => context.measureText(name).width < room - 4);
      if (!text) continue;
      context.fillStyle = theme.quiet;
      context.fillText(text, x(day) + (words.dir === 'rtl' ? -4 : 4), height - 4);
    }
  }
}
