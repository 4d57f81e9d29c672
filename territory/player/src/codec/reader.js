// Read columns of integers and categories from inflated bytes: varints, deltas, split bytes.
// render/codec/writer.py has a method of the same name for each kind of column.
import { Categorical, NumberedTexts } from './columns.js';

/**
 * A block of JSON, `texts`, and the columns behind it. Each method reads the next column. The order is that of
 * docs/page-format.md, and so are the names; no name is stored, but a fault says it.
 */
export class Reader {
  /** @param {Uint8Array} bytes inflated */
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
    /** The column that is being read. */
    this.column = 'texts';
    const length = this.varint();
    /** @type {any} Texts and other JSON by name. */
    this.texts = JSON.parse(new TextDecoder().decode(bytes.subarray(this.at, this.at + length)));
    this.at += length;
  }

  cutOff() {
    return new Error(`The data of this page end too early, in ${this.column}; the file is cut off or spoiled.`);
  }

  /** One integer as LEB128: seven bits a byte, the lowest first. */
  varint() {
    const { bytes } = this;
    let value = 0;
    let unit = 1;
    for (;;) {
      if (this.at >= bytes.length) throw this.cutOff();
      const byte = bytes[this.at];
      this.at += 1;
      value += (byte & 127) * unit;
      if (byte < 128) return value;
      unit *= 128;
    }
  }

  /** @param {number} count */
  varints(count) {
    const column = new Int32Array(count);
    const { bytes } = this;
    let { at } = this;
    // `varint`, inlined: most of the page's data pass through here.
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
    if (at > bytes.length) throw this.cutOff();
    this.at = at;
    return column;
  }

  /** Non-negative integers: codes, flags or counts. @param {string} name */
  unsigned(name) {
    this.column = name;
    return this.varints(this.varint());
  }

  /** Integers near zero, zigzag-encoded. @param {string} name */
  signed(name) {
    return unzigzag(this.unsigned(name));
  }

  /** Integers that grow slowly, stored as differences to the one before. @param {string} name */
  deltas(name) {
    return cumsum(this.signed(name));
  }

  /** Integers near zero with noise in their low bits: all low bytes first, then what is above them. @param {string} name */
  splitBytes(name) {
    this.column = name;
    const column = new Int32Array(this.varint());
    const low = this.bytes.subarray(this.at, this.at + column.length);
    this.at += column.length;
    const high = this.varints(column.length);
    for (let i = 0; i < column.length; i += 1) column[i] = low[i] + 256 * high[i];
    return unzigzag(column);
  }

  /** Values of which few are distinct. @param {string} name @returns {Categorical<any>} */
  categories(name) {
    return new Categorical(this.texts[name], this.unsigned(name));
  }

  /** The same for states (controller, status, rival), as one column of each. @param {string} name */
  states(name) {
    const column = this.categories(name);
    const [controller, status, rival] = [0, 1, 2].map((part) => column.mapped((state) => state[part]));
    return { controller, status, rival };
  }

  /** Texts that often count on from the one before. @param {string} name */
  numberedTexts(name) {
    return new NumberedTexts(this.texts[name]);
  }
}

/** 0, 1, 2, 3, 4 ... as 0, -1, 1, -2, 2 ... @param {Int32Array} column in place */
function unzigzag(column) {
  for (let i = 0; i < column.length; i += 1) column[i] = (column[i] >>> 1) ^ -(column[i] & 1);
  return column;
}

/** Cumulative sums. @param {Int32Array} column in place */
export function cumsum(column) {
  for (let i = 1; i < column.length; i += 1) column[i] += column[i - 1];
  return column;
}
