// The scrubber: buttons that play, key dates, the chart with a range input over it, and the span of time that it shows.

import { fillIn } from '../words/strings.js';
import { Chart } from './chart.js';
import { el, replace } from './dom.js';
import { afterFrame } from './player.js';
import { PlayMenu } from './playmenu.js';
import { Span } from './span.js';
import { CONTROLS, symbol } from './symbols.js';
import { Ticks } from './ticks.js';

/** @typedef {import('./player.js').Player} Player */

export class Scrubber {
  /** @param {Player} player */
  constructor(player) {
    this.player = player;
    this.playButton = el('button', { type: 'button', class: 't-button t-play', onclick: () => player.toggle() });
    this.previous = el(
      'button',
      { type: 'button', class: 't-button t-previous', onclick: () => player.step(-1) },
      symbol(CONTROLS.previous, 't-turn'),
    );
    this.next = el(
      'button',
      { type: 'button', class: 't-button t-next', onclick: () => player.step(1) },
      symbol(CONTROLS.next, 't-turn'),
    );
    this.menu = new PlayMenu(player);
    const canvas = el('canvas', { class: 't-chart', 'aria-hidden': 'true' });
    this.chart = new Chart(player, canvas);
    this.span = new Span(player);
    this.ticks = new Ticks(player, this.chart);
    this.slider = el('input', {
      id: 'territory-slider',
      class: 't-slider',
      type: 'range',
      min: 0,
      max: player.world.days - 1,
      step: 1,
      oninput: () => player.visit(Number(this.slider.value)),
      onpointermove: (event) => this.hint(event),
      onpointerleave: () => this.tip.classList.remove('t-on'),
    });
    this.slider.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
    this.head = el('div', { class: 't-head', 'aria-hidden': 'true' });
    this.cue = el('div', { class: 't-cue', 'aria-hidden': 'true' });
    this.tip = el('div', { class: 't-tip', 'aria-hidden': 'true' });
    this.plot = el('div', { class: 't-plot' }, canvas, this.head, this.slider, this.cue, this.tip);
    this.element = el(
      'div',
      { class: 't-scrubber', role: 'group' },
      el('div', { class: 't-buttons' }, this.previous, this.playButton, this.next, this.menu.element),
      el('div', { class: 't-track' }, this.ticks.element, this.plot, this.span.element),
    );
    this.shownPlaying = !player.playing;
    this.drawnOn = '';
    /** The size that it was drawn at last. */
    this.drawnAt = '';
    new ResizeObserver(() => {
      if (this.drawnAt && this.drawnAt !== `${this.plot.clientWidth} ${this.plot.clientHeight}`) this.draw();
    }).observe(this.plot);
  }

  speak() {
    const { words } = this.player;
    const label = (/** @type {Element} */ button, /** @type {string} */ text, /** @type {string} */ key) => {
      button.setAttribute('aria-label', text);
      button.setAttribute('title', `${text} (${key})`);
    };
    label(this.previous, words.previous, words.keys.previous);
    label(this.next, words.next, words.keys.next);
    this.slider.setAttribute('aria-label', words.slider);
    this.element.setAttribute('aria-label', words.chart);
    for (const part of [this.menu, this.span, this.ticks]) part.speak();
    this.drawnOn = '';
  }

  update() {
    const { player } = this;
    const { words, day, world, playing, span, theme, reference } = player;
    const text = playing ? words.pause : words.play;
    if (playing !== this.shownPlaying)
      replace(this.playButton, symbol(playing ? CONTROLS.pause : CONTROLS.play, playing ? '' : 't-solid'));
    this.playButton.setAttribute('aria-label', text);
    this.playButton.setAttribute('title', `${text} (${words.keys.play})`);
    this.shownPlaying = playing;
    this.slider.min = String(span[0]);
    this.slider.max = String(span[1]);
    this.slider.value = String(day);
    this.slider.setAttribute('aria-valuetext', words.longDate(world.firstDay + day));
    this.head.style.insetInlineStart = `${100 * this.chart.share(day)}%`;
    this.showCue();
    this.menu.update();
    this.span.update();
    this.ticks.update();
    // The areas stay the same from day to day; what the picture depends on is listed here.
    const look = [theme.land, ...span, reference, reference === null ? '' : day].join();
    if (look !== this.drawnOn) this.draw();
    this.drawnOn = look;
  }

  /** While playing: how many quiet days the last step passed over. */
  showCue() {
    const { words, clock, day } = this.player;
    const { skipped, running } = clock;
    const said = skipped === 1 ? words.skippedOne : fillIn(words.skipped, { count: skipped });
    replace(this.cue, running && skipped > 0 && `» ${said}`);
    this.cue.classList.toggle('t-on', running && skipped > 0);
    this.cue.style.insetInlineStart = `${100 * this.chart.share(day)}%`;
    this.cue.classList.toggle('t-end', this.chart.share(day) > 0.7);
  }

  /** Share of the width under a pointer, from the side where time begins. @param {MouseEvent} event */
  along(event) {
    const box = this.plot.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    return Math.max(0, Math.min(1, this.player.words.dir === 'rtl' ? 1 - share : share));
  }

  /** Zoom time by the wheel; sideways, or with shift, move along it. @param {WheelEvent} event */
  wheel(event) {
    event.preventDefault();
    const { player } = this;
    const [from, to] = player.span;
    const aside = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
    if (Math.abs(aside) > Math.abs(event.shiftKey ? 0 : event.deltaY)) {
      const days = (aside / this.plot.clientWidth) * (to - from) * (player.words.dir === 'rtl' ? -1 : 1);
      player.setSpan(from + days, to + days);
    } else this.span.zoom(this.chart.dayAt(this.along(event)), 1.2 ** Math.sign(event.deltaY));
  }

  /** Say the day under the pointer. @param {PointerEvent} event */
  hint(event) {
    const { world, words } = this.player;
    const share = this.along(event);
    const day = this.chart.dayAt(share);
    const count = this.chart.counts[day];
    const { none, one, many } = words.recordsToday;
    replace(
      this.tip,
      `${words.shortDate(world.firstDay + day)} · ${count === 0 ? none : count === 1 ? one : fillIn(many, { count })}`,
    );
    this.tip.style.insetInlineStart = `${100 * share}%`;
    this.tip.classList.toggle('t-end', share > 0.7);
    this.tip.classList.add('t-on');
  }

  /** In a large world the map comes first. */
  draw() {
    this.ticks.fit();
    if (this.player.layer.waiting && this.player.layer.large) afterFrame(() => this.paint());
    else this.paint();
  }

  paint() {
    const { clientWidth: width, clientHeight: height } = this.plot;
    if (width && height) this.chart.draw(width, height);
    this.drawnAt = `${width} ${height}`;
  }
}
