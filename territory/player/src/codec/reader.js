// Read columns of integers and categories from inflated bytes: varints, deltas, split bytes.
// render/codec/writer.py has a method of the same name for each kind of column.
import { Categorical, NumberedTexts } from './columns.js';

const CUT_OFF = 'The data of this page end too early; the file is cut off or spoiled.';

/** A block of JSON, `texts`, and the columns behind it. Each method reads the next column; the order is the writer's. */
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

  /** One integer as LEB128: seven bits a byte, the lowest first. */
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
    if (at > bytes.length) throw new Error(CUT_OFF);
    this.at = at;
    return column;
  }

  /** Non-negative integers: codes, flags or counts. */
  unsigned() {
    return this.varints(this.varint());
  }

  /** Integers near zero, zigzag-encoded. */
  signed() {
    return unzigzag(this.unsigned());
  }

  /** Integers that grow slowly, stored as differences to the one before. */
  deltas() {
    return cumsum(this.signed());
  }

  /** Integers near zero with noise in their low bits: all low bytes first, then what is above them. */
  splitBytes() {
    const column = new Int32Array(this.varint());
    const low = this.bytes.subarray(this.at, this.at + column.length);
    this.at += column.length;
    const high = this.varints(column.length);
    for (let i = 0; i < column.length; i += 1) column[i] = low[i] + 256 * high[i];
    return unzigzag(column);
  }

  /** Values of which few are distinct. @param {string} name @returns {Categorical<any>} */
  categories(name) {
    return new Categorical(this.texts[name], this.unsigned());
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
