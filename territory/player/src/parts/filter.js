// What the reader has hidden on the map. The records and the numbers stay whole: only the drawing leaves it out.

/** @typedef {'events' | 'roads' | 'names'} Sign */

export class Filter {
  /** @param {Sign[]} signs hidden from the start @param {() => void} onChange */
  constructor(signs, onChange) {
    this.onChange = onChange;
    /** Top-level actors whose colour is left out. @type {Set<number>} */
    this.actors = new Set();
    /** Status codes that are drawn like plain control. @type {Set<number>} */
    this.statuses = new Set();
    /** @type {Set<Sign>} */
    this.signs = new Set(signs);
  }

  /**
   * Hide, or show again.
   * @template T
   * @param {Set<T>} among @param {T} one
   */
  toggle(among, one) {
    if (!among.delete(one)) among.add(one);
    this.onChange();
  }
}
