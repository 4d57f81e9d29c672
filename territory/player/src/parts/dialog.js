// A dialog over the page, for the tables and the help. The browser keeps the focus inside and gives it back.
import { button, el, label, replace } from './dom.js';
import { CONTROLS, symbol } from './symbols.js';

export class Dialog {
  /** @param {string} id */
  constructor(id) {
    this.title = el('h2', { id: `${id}-title`, class: 't-dialog-title' });
    this.body = el('div', { class: 't-dialog-body', tabindex: 0 });
    this.button = button('t-button', () => this.element.close(), symbol(CONTROLS.close));
    this.element = el(
      'dialog',
      {
        id,
        class: 't-dialog',
        'aria-labelledby': `${id}-title`,
        // A click beside its text closes it.
        onclick: (event) => {
          if (event.target === this.element) this.element.close();
        },
      },
      el('div', { class: 't-dialog-head' }, this.title, this.button),
      this.body,
    );
  }

  get open() {
    return this.element.open;
  }

  /** @param {string} title @param {import('../words/strings.js').Words} words */
  name(title, { close, keyNames }) {
    replace(this.title, title);
    this.body.setAttribute('aria-label', title);
    label(this.button, close, `${close} (${keyNames.esc})`);
  }

  /** @param {...import('../types').Child} children */
  show(...children) {
    replace(this.body, ...children);
    if (!this.element.open) this.element.showModal();
  }
}
