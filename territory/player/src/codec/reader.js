// Reads what render/packing.py wrote: one block of JSON texts, then columns of numbers, in one order.
import { Names, Words } from './columns.js';

const CUT_OFF = 'The data of this page end too early; the file is cut off or spoiled.';

export class Reader {
  /** @param {Uint8Array} bytes inflated */
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
    const length = this.varint();
    /** @type {any} Texts and other JSON by name. */
    this.texts = JSON.parse(new TextDecoder().decode(bytes.subarray(this.at, this.at + length)));
    this.at += length;
  }

  /** One whole number: seven bits a byte, the lowest first. */
  varint() {
    const { bytes } = this;
    let value = 0;
    let unit = 1;
    for (;;) {
      if (this.at >= bytes.length) throw new Error(CUT_OFF);
      const byte = bytes[this.at];
      this.at += 1;
      value += (byte & 127) * unit;
      if (byte < 128) return value;
      unit *= 128;
    }
  }

  /** A column of counts, codes or flags. */
  numbers() {
    return this.varints(this.varint());
  }

  /** @param {number} count */
  varints(count) {
    const column = new Int32Array(count);
    const { bytes } = this;
    let { at } = this;
    // `varint`, written out: most of the page's data pass through here.
    for (let i = 0; i < column.length; i += 1) {
      let byte = bytes[at];
      at += 1;
      let value = byte & 127;
      for (let unit = 128; byte >= 128; unit *= 128) {
        byte = bytes[at];
        at += 1;
        value += (byte & 127) * unit;
      }
      column[i] = value;
    }
    if (at > bytes.length) throw new Error(CUT_OFF);
    this.at = at;
    return column;
  }

  /** A column of numbers about zero. */
  signed() {
    return unzigzag(this.numbers());
  }

  /** A column told by differences. */
  steps() {
    return summed(this.signed());
  }

  /** A column about zero whose low bytes stand apart from what is above them. */
  planes() {
    const column = new Int32Array(this.varint());
    const low = this.bytes.subarray(this.at, this.at + column.length);
    this.at += column.length;
    const high = this.varints(column.length);
    for (let i = 0; i < column.length; i += 1) column[i] = low[i] + 256 * high[i];
    return unzigzag(column);
  }

  /** Values of few kinds. @param {string} name @returns {Words<any>} */
  words(name) {
    return new Words(this.texts[name], this.numbers());
  }

  /** States of few kinds, as one column for each of the three numbers that make a state. @param {string} name */
  states(name) {
    const kinds = this.texts[name];
    const numbers = this.numbers();
    const [controller, status, rival] = [0, 1, 2].map((part) => {
      const values = Int32Array.from(kinds, (/** @type {number[]} */ kind) => kind[part]);
      return numbers.map((index) => values[index]);
    });
    return { controller, status, rival };
  }

  /** Texts, many of which count on. @param {string} name */
  names(name) {
    return new Names(this.texts[name]);
  }
}

/** @param {Int32Array} column in place */
function unzigzag(column) {
  for (let i = 0; i < column.length; i += 1) column[i] = (column[i] >>> 1) ^ -(column[i] & 1);
  return column;
}

/** Running sums. @param {Int32Array} column in place */
export function summed(column) {
  for (let i = 1; i < column.length; i += 1) column[i] += column[i - 1];
  return column;
}
