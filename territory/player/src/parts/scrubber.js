// The scrubber: buttons that play, key dates, the chart with a range input over it, and the span of time that it shows.

import { Chart } from './chart.js';
import { button, el, label, replace } from './dom.js';
import { afterFrame } from './followers.js';
import { PlayMenu } from './playmenu.js';
import { Span } from './span.js';
import { CONTROLS, symbol } from './symbols.js';
import { Ticks } from './ticks.js';

/** @typedef {import('./player.js').Player} Player */

export class Scrubber {
  /** @param {Pick<Player, 'world' | 'days' | 'language' | 'clock' | 'chapters' | 'layer'>} uses */
  constructor({ world, days, language, clock, chapters, layer }) {
    this.world = world;
    this.days = days;
    this.language = language;
    this.clock = clock;
    this.layer = layer;
    this.playButton = button('t-button t-play', () => clock.toggle());
    this.previous = button('t-button t-previous', () => days.step(-1), symbol(CONTROLS.previous, 't-turn'));
    this.next = button('t-button t-next', () => days.step(1), symbol(CONTROLS.next, 't-turn'));
    this.menu = new PlayMenu({ clock, language });
    const canvas = el('canvas', { class: 't-chart', 'aria-hidden': 'true' });
    this.chart = new Chart({ world, days, language, layer }, canvas);
    this.span = new Span({ world, days, language });
    this.ticks = new Ticks({ days, language, chapters, chart: this.chart });
    this.slider = el('input', {
      id: 'territory-slider',
      class: 't-slider',
      type: 'range',
      min: 0,
      max: world.days - 1,
      step: 1,
      oninput: () => days.visit(Number(this.slider.value)),
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
    this.shownPlaying = !clock.running;
    /** What the chart was last drawn for, and at which size. */
    this.drawnFor = '';
    this.drawnAt = '';
    new ResizeObserver(() => {
      if (this.drawnAt && this.drawnAt !== `${this.plot.clientWidth} ${this.plot.clientHeight}`) this.draw();
    }).observe(this.plot);
  }

  translate() {
    const { words } = this.language;
    label(this.previous, words.previous, `${words.previous} (${words.keys.previous})`);
    label(this.next, words.next, `${words.next} (${words.keys.next})`);
    this.slider.setAttribute('aria-label', words.slider);
    this.element.setAttribute('aria-label', words.chart);
    for (const part of [this.menu, this.span, this.ticks]) part.translate();
    this.drawnFor = '';
  }

  update() {
    const { words } = this.language;
    const { day, span, pinned } = this.days;
    const playing = this.clock.running;
    const text = playing ? words.pause : words.play;
    if (playing !== this.shownPlaying)
      replace(this.playButton, symbol(playing ? CONTROLS.pause : CONTROLS.play, playing ? '' : 't-solid'));
    label(this.playButton, text, `${text} (${words.keys.play})`);
    this.shownPlaying = playing;
    this.slider.min = String(span[0]);
    this.slider.max = String(span[1]);
    this.slider.value = String(day);
    this.slider.setAttribute('aria-valuetext', words.longDate(this.world.firstDay + day));
    this.head.style.insetInlineStart = `${100 * this.chart.share(day)}%`;
    this.showCue();
    this.menu.update();
    this.span.update();
    this.ticks.update();
    // The areas stay the same from day to day; what the picture depends on is listed here.
    const drawnFor = [this.layer.theme.land, ...span, pinned, pinned === null ? '' : day].join();
    if (drawnFor !== this.drawnFor) this.draw();
    this.drawnFor = drawnFor;
  }

  /** While playing: how many quiet days the last step passed over. */
  showCue() {
    const { words } = this.language;
    const { day } = this.days;
    const { skipped, running } = this.clock;
    replace(this.cue, running && skipped > 0 && `» ${words.counted(words.skipped, skipped)}`);
    this.cue.classList.toggle('t-on', running && skipped > 0);
    this.cue.style.insetInlineStart = `${100 * this.chart.share(day)}%`;
    this.cue.classList.toggle('t-end', this.chart.share(day) > 0.7);
  }

  /** Share of the width under a pointer, from the side where time begins. @param {MouseEvent} event */
  along(event) {
    const box = this.plot.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    return Math.max(0, Math.min(1, this.language.rtl ? 1 - share : share));
  }

  /** Zoom time by the wheel; sideways, or with shift, move along it. @param {WheelEvent} event */
  wheel(event) {
    event.preventDefault();
    const [from, to] = this.days.span;
    const aside = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
    if (Math.abs(aside) > Math.abs(event.shiftKey ? 0 : event.deltaY)) {
      const by = (aside / this.plot.clientWidth) * (to - from) * this.language.onward;
      this.days.setSpan(from + by, to + by);
    } else this.span.zoom(this.chart.dayAt(this.along(event)), 1.2 ** Math.sign(event.deltaY));
  }

  /** Say the day under the pointer. @param {PointerEvent} event */
  hint(event) {
    const { words, phrases } = this.language;
    const share = this.along(event);
    const day = this.chart.dayAt(share);
    replace(
      this.tip,
      `${words.shortDate(this.world.firstDay + day)} · ${phrases.recordsToday(this.chart.counts[day])}`,
    );
    this.tip.style.insetInlineStart = `${100 * share}%`;
    this.tip.classList.toggle('t-end', share > 0.7);
    this.tip.classList.add('t-on');
  }

  /** In a large world the map comes first. */
  draw() {
    this.ticks.fit();
    if (this.layer.waiting && this.layer.large) afterFrame(() => this.paint());
    else this.paint();
  }

  paint() {
    const { clientWidth: width, clientHeight: height } = this.plot;
    if (width && height) this.chart.draw(width, height);
    this.drawnAt = `${width} ${height}`;
  }
}
