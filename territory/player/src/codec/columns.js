// Columns of texts, kept as they were told: a text is made when somebody asks for it.

/** A column of few different values. @template T */
export class Words {
  /** @param {T[]} words @param {Int32Array} of which of them each row has */
  constructor(words, of) {
    this.words = words;
    this.of = of;
  }

  /** @param {number} row */
  at(row) {
    return this.words[this.of[row]];
  }

  /**
   * A number for every row, by its word.
   * @param {(word: T) => number} number
   */
  numbered(number) {
    const numbers = Int32Array.from(this.words, number);
    return this.of.map((word) => numbers[word]);
  }
}

/** Texts, many of which are the one before with its last number counted on. */
export class Names {
  /** @param {(string | number)[]} told a text, or how many follow that count on */
  constructor(told) {
    this.told = told;
    /** The row at which each of `told` begins. */
    this.from = new Int32Array(told.length + 1);
    told.forEach((one, i) => {
      this.from[i + 1] = this.from[i] + (typeof one === 'string' ? 1 : one);
    });
  }

  get length() {
    return this.from[this.told.length];
  }

  /** @param {number} row @returns {string} */
  at(row) {
    let low = 0;
    let high = this.told.length;
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if (this.from[middle] <= row) low = middle;
      else high = middle;
    }
    const one = this.told[low];
    if (typeof one === 'string') return one;
    const [, head, digits] = /** @type {RegExpExecArray} */ (/^([\s\S]*?)(\d{1,9})$/.exec(this.at(this.from[low] - 1)));
    return head + String(Number(digits) + row - this.from[low] + 1).padStart(digits.length, '0');
  }
}
