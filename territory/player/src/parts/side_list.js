// The list beside the map. On narrow screens it lies over the map's foot: its handle or a new answer pulls it up.
import { el, replace } from './dom.js';
import { CONTROLS, symbol } from './symbols.js';

export class SideList {
  /**
   * @param {HTMLElement} side @param {import('./panel.js').Panel} panel @param {import('./records.js').Records} records
   */
  constructor(side, panel, records) {
    this.side = side;
    this.panel = panel;
    this.records = records;
    this.text = el('span');
    this.handle = el(
      'button',
      { type: 'button', class: 't-handle', 'aria-expanded': 'false', onclick: () => this.pull(!this.isOpen) },
      this.text,
      symbol(CONTROLS.next),
    );
    side.append(this.handle, panel.element, records.element);
  }

  get isOpen() {
    return this.side.classList.contains('t-open');
  }

  /** @param {boolean} open */
  pull(open) {
    // In a small frame there is no list: the map keeps the room that it would take.
    this.side.classList.toggle('t-open', open && getComputedStyle(this.side).display !== 'none');
    this.side.classList.toggle('t-answering', this.panel.asked !== null);
    this.handle.setAttribute('aria-expanded', String(open));
    this.side.scrollTop = 0;
  }

  update() {
    replace(this.text, this.records.title.textContent);
  }
}
