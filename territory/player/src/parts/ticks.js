// Key dates above the chart: a button each, and its name where there is room for it.
import { el, replace } from './dom.js';

/** @typedef {import('./player.js').Player} Player */

const TARGET_PX = 24;

export class Ticks {
  /** @param {Pick<Player, 'days' | 'language' | 'chapters'> & {chart: import('./chart.js').Chart}} uses */
  constructor({ days, language, chapters, chart }) {
    this.days = days;
    this.language = language;
    this.chapters = chapters;
    this.chart = chart;
    this.element = el('div', { class: 't-ticks' });
    /** What the ticks were last placed for. */
    this.placedFor = '';
  }

  /** @returns {HTMLElement[]} */
  get all() {
    return /** @type {HTMLElement[]} */ ([...this.element.children]);
  }

  translate() {
    this.placedFor = '';
    const { phrases } = this.language;
    replace(
      this.element,
      this.chapters.all.map((chapter, i) =>
        el(
          'button',
          {
            type: 'button',
            class: 't-tick',
            title: `${phrases.date(chapter.day)}: ${phrases.text(chapter.title)}`,
            onclick: () => this.chapters.open(i),
          },
          el('span', { class: 't-tick-text' }, phrases.text(chapter.title)),
        ),
      ),
    );
  }

  update() {
    const { chart, chapters } = this;
    const {
      day,
      span: [from, to],
    } = this.days;
    // Measuring names makes the browser lay out the page: only when they may move. A new width comes by way of fit.
    const placedFor = [from, to, chapters.around.here].join();
    if (placedFor === this.placedFor) return;
    this.placedFor = placedFor;
    this.all.forEach((tick, i) => {
      const at = chapters.all[i].day;
      tick.hidden = at < from || at > to;
      tick.style.insetInlineStart = `${100 * chart.share(at)}%`;
      if (at === day) tick.setAttribute('aria-current', 'date');
      else tick.removeAttribute('aria-current');
    });
    this.fit();
  }

  /** Where key dates crowd, only the first (or the one shown) can be pressed: a finger could not choose. The story's own buttons lead to all. */
  disableCrowded() {
    const width = this.element.clientWidth;
    const at = this.all.map((tick, i) => (tick.hidden ? NaN : this.chart.share(this.chapters.all[i].day) * width));
    /** @type {number[]} */
    const taken = [];
    const order = this.all
      .map((_, i) => i)
      .sort(
        (a, b) =>
          Number(this.all[b].hasAttribute('aria-current')) - Number(this.all[a].hasAttribute('aria-current')) || a - b,
      );
    for (const i of order) {
      const free = taken.every((other) => Math.abs(other - at[i]) >= TARGET_PX);
      this.all[i].toggleAttribute('disabled', !free);
      if (free && !Number.isNaN(at[i])) taken.push(at[i]);
    }
  }

  /** Show the names that fit: the day shown first, then from the beginning on. */
  fit() {
    this.disableCrowded();
    const width = this.element.clientWidth;
    const ticks = this.all.flatMap((tick, i) => {
      if (tick.hidden) return [];
      const text = /** @type {HTMLElement} */ (tick.firstElementChild);
      text.classList.remove('t-on', 't-before');
      const at = this.chart.share(this.chapters.all[i].day) * width;
      const first = tick.hasAttribute('aria-current') ? 0 : 1;
      return { text, at, size: text.offsetWidth + (first ? 0 : 24), first };
    });
    /** @type {[number, number][]} */
    const taken = ticks.map(({ at }) => [at - 8, at + 8]);
    for (const { text, at, size, first } of [...ticks].sort((a, b) => a.first - b.first)) {
      const free = (/** @type {number} */ from, /** @type {number} */ to) =>
        from >= -8 && to <= width + 8 && (first === 0 || taken.every(([left, right]) => to <= left || from >= right));
      const [after, before] = [free(at + 8, at + size), free(at - size, at - 8)];
      if (!size || (!after && !before)) continue;
      taken.push(after ? [at, at + size] : [at - size, at]);
      text.classList.add('t-on');
      text.classList.toggle('t-before', !after);
    }
  }
}
