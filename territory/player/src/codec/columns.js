// Columns of texts and other values, decoded row by row when asked: categories with codes, and runs of numbered texts.

/** A column of which few values are distinct: the categories, and for every row the index of its own. @template T */
export class Categorical {
  /** @param {T[]} categories @param {Int32Array} codes */
  constructor(categories, codes) {
    this.categories = categories;
    this.codes = codes;
  }

  /** @param {number} row */
  at(row) {
    return this.categories[this.codes[row]];
  }

  /**
   * An integer for every row, computed once for each category.
   * @param {(category: T) => number} integer
   */
  mapped(integer) {
    const integers = Int32Array.from(this.categories, integer);
    return this.codes.map((code) => integers[code]);
  }
}

/** Texts that often differ from the one before by a last number greater by one (E001, E002, ...). */
export class NumberedTexts {
  /** @param {(string | number)[]} runs a text, or how many such successors follow it */
  constructor(runs) {
    this.runs = runs;
    /** The row at which each run begins, and the number of rows. */
    this.from = new Int32Array(runs.length + 1);
    runs.forEach((run, i) => {
      this.from[i + 1] = this.from[i] + (typeof run === 'string' ? 1 : run);
    });
  }

  get length() {
    return this.from[this.runs.length];
  }

  /** @param {number} row @returns {string} */
  at(row) {
    let low = 0;
    let high = this.runs.length;
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if (this.from[middle] <= row) low = middle;
      else high = middle;
    }
    const run = this.runs[low];
    if (typeof run === 'string') return run;
    const [, head, digits] = /** @type {RegExpExecArray} */ (/^([\s\S]*?)(\d{1,9})$/.exec(this.at(this.from[low] - 1)));
    return head + String(Number(digits) + row - this.from[low] + 1).padStart(digits.length, '0');
  }
}
