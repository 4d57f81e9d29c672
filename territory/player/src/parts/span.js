// The part of the period that the chart shows and that is played: a bar of the whole with a handle at each end.

import { drag, el } from './dom.js';

/** @typedef {import('./player.js').Player} Player */

export class Span {
  /** @param {Pick<Player, 'world' | 'days' | 'language'>} uses */
  constructor({ world, days, language }) {
    this.world = world;
    this.days = days;
    this.language = language;
    this.fill = el('div', { class: 't-span-fill' });
    this.handles = /** @type {const} */ ([0, 1]).map((end) =>
      el('div', {
        class: 't-span-handle',
        role: 'slider',
        tabindex: 0,
        onpointerdown: (event) => this.grab(event, end),
        onkeydown: (event) => this.key(event, end),
      }),
    );
    this.element = el(
      'div',
      { class: 't-span', role: 'group', ondblclick: () => days.setSpan(0, world.days - 1) },
      el('div', { class: 't-span-rail' }),
      this.fill,
      this.handles,
    );
    this.fill.addEventListener('pointerdown', (event) => this.grab(event, 2));
  }

  translate() {
    const { words } = this.language;
    this.element.setAttribute('aria-label', words.span);
    this.element.setAttribute('title', words.spanHint);
    for (const [end, handle] of this.handles.entries())
      handle.setAttribute('aria-label', end ? words.spanEnd : words.spanStart);
  }

  update() {
    const { world } = this;
    const { span } = this.days;
    const { phrases } = this.language;
    const last = Math.max(1, world.days - 1);
    this.fill.style.insetInlineStart = `${(100 * span[0]) / last}%`;
    this.fill.style.width = `${(100 * (span[1] - span[0])) / last}%`;
    this.element.classList.toggle('t-whole', span[0] === 0 && span[1] === world.days - 1);
    this.handles.forEach((handle, end) => {
      handle.style.insetInlineStart = `${(100 * span[end]) / last}%`;
      handle.setAttribute('aria-valuemin', String(0));
      handle.setAttribute('aria-valuemax', String(last));
      handle.setAttribute('aria-valuenow', String(span[end]));
      handle.setAttribute('aria-valuetext', phrases.date(span[end]));
    });
  }

  /** Move one end, or (2) the whole span. @param {PointerEvent} event @param {0 | 1 | 2} what */
  grab(event, what) {
    event.preventDefault();
    const { days } = this;
    const target = /** @type {HTMLElement} */ (event.currentTarget);
    if (what < 2) target.focus();
    const [from, to] = days.span;
    const perDay = this.element.clientWidth / Math.max(1, this.world.days - 1);
    drag(target, event, (moved) => {
      const by = ((moved.clientX - event.clientX) / perDay) * this.language.onward;
      if (what === 2) days.setSpan(from + by, to + by);
      else this.moveEnd(what, [from, to][what] + by);
    });
  }

  /** @param {0 | 1} end @param {number} day */
  moveEnd(end, day) {
    const [from, to] = this.days.span;
    if (end === 0) this.days.setSpan(Math.min(day, to - 6), to);
    else this.days.setSpan(from, Math.max(day, from + 6));
  }

  /** @param {KeyboardEvent} event @param {0 | 1} end */
  key(event, end) {
    const { onward } = this.language;
    const steps = /** @type {Record<string, number>} */ ({
      ArrowRight: onward,
      ArrowLeft: -onward,
      ArrowUp: 1,
      ArrowDown: -1,
      PageUp: 30,
      PageDown: -30,
      Home: -1e4,
      End: 1e4,
    });
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    this.moveEnd(end, Math.max(0, Math.min(this.world.days - 1, this.days.span[end] + step)));
  }

  /** Zoom time about a day, as the wheel does. @param {number} day @param {number} factor above 1 shows more */
  zoom(day, factor) {
    const [from, to] = this.days.span;
    const length = Math.min(this.world.days - 1, Math.max(6, (to - from) * factor));
    const share = (day - from) / Math.max(1, to - from);
    this.days.setSpan(day - share * length, day - share * length + length);
  }
}
