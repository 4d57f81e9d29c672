// How it plays: speed, pace, loop. A small menu beside the play button.
import { SPEEDS } from './clock.js';
import { el, replace } from './dom.js';
import { CONTROLS, symbol } from './symbols.js';

/** @typedef {import('./player.js').Player} Player */

export class PlayMenu {
  /** @param {Pick<Player, 'clock' | 'language'>} uses */
  constructor({ clock, language }) {
    this.clock = clock;
    this.language = language;
    this.summary = el('summary', { class: 't-button t-speed' });
    // A form keeps its choices apart from those of another player on the page.
    this.body = el('form', { class: 't-menu', onsubmit: (event) => event.preventDefault() });
    this.element = el(
      'details',
      {
        class: 't-play-menu',
        onkeydown: (event) => {
          if (event.key !== 'Escape' || !this.element.open) return;
          event.stopPropagation();
          this.element.open = false;
          this.summary.focus();
        },
      },
      this.summary,
      this.body,
    );
    document.addEventListener('pointerdown', (event) => {
      if (event.target instanceof Node && !this.element.contains(event.target)) this.element.open = false;
    });
  }

  translate() {
    const { clock } = this;
    const { words } = this.language;
    const choice = (
      /** @type {string} */ name,
      /** @type {string} */ text,
      /** @type {boolean} */ on,
      /** @type {() => void} */ act,
    ) =>
      el(
        'label',
        { class: 't-choice' },
        el('input', { type: 'radio', name, checked: on, onchange: act }),
        el('span', {}, text),
      );
    this.speeds = SPEEDS.map((speed) =>
      choice('t-speed', `${words.exact(speed)}×`, speed === clock.speed, () => clock.setSpeed(speed)),
    );
    this.loop = el('input', {
      type: 'checkbox',
      checked: clock.loop,
      onchange: () => clock.setLoop(this.loop?.checked ?? false),
    });
    this.paces = [
      choice('t-pace', words.paceEvents, clock.pace === 'events', () => clock.setPace('events')),
      choice('t-pace', words.paceCalendar, clock.pace === 'calendar', () => clock.setPace('calendar')),
    ];
    replace(
      this.body,
      el('fieldset', {}, el('legend', {}, words.speed), el('div', { class: 't-row', dir: 'ltr' }, this.speeds)),
      el('fieldset', {}, el('legend', {}, words.pace), this.paces),
      el('label', { class: 't-choice' }, this.loop, el('span', {}, words.loop)),
    );
    this.summary.setAttribute('title', words.playMenu);
  }

  update() {
    const { clock } = this;
    const { words } = this.language;
    const said = `${words.exact(clock.speed)}×`;
    if (this.summary.dataset.said !== said + clock.loop) {
      replace(this.summary, el('span', { dir: 'ltr' }, said), clock.loop && symbol(CONTROLS.loop));
    }
    this.summary.dataset.said = said + clock.loop;
    this.summary.setAttribute('aria-label', `${words.playMenu}: ${words.speed} ${said}`);
    const check = (/** @type {Element[]} */ labels, /** @type {number} */ which) =>
      labels.forEach((label, i) => {
        const input = /** @type {HTMLInputElement} */ (label.firstElementChild);
        input.checked = i === which;
      });
    check(this.speeds ?? [], SPEEDS.indexOf(clock.speed));
    check(this.paces ?? [], clock.pace === 'events' ? 0 : 1);
    if (this.loop) this.loop.checked = clock.loop;
  }
}
