// The id buffer: which cell every pixel of a view belongs to. Painted once per view from the arcs, without antialiasing,
// so that no pixel lies between two cells; a day is then one look-up per pixel, and picking reads the same buffer.
import { pixelOf } from './looks.js';

const UNTOUCHED = -2;
const OUTSIDE = -1;
/** More pixels than this are not looked up in one frame; the buffer is then coarser than the screen. */
const MOST_PIXELS = 1_600_000;

/** @typedef {{scale: number, dx: number, dy: number, width: number, height: number, dpr: number}} View */

export class Raster {
  /** @param {import('./arcs.js').Arcs} arcs @param {Float64Array} boxes */
  constructor(arcs, boxes) {
    this.arcs = arcs;
    this.boxes = boxes;
    this.ratio = 1;
    this.width = 0;
    this.height = 0;
    this.ids = new Int32Array(0);
    this.crossed = new Float32Array(0);
    /** @type {ImageData | null} */
    this.image = null;
    this.pixels = new Uint32Array(0);
    this.looks = new Uint16Array(boxes.length / 4);
    /** Look numbers by look, and what each number is painted with; made afresh for every view. */
    this.inks = '';
    this.numbers = /** @type {Map<string, number>} */ (new Map());
    this.tables = /** @type {{table: Uint32Array, turn: number}[]} */ ([]);
    this.whole = true;
    this.view = /** @type {View} */ ({ scale: 1, dx: 0, dy: 0, width: 0, height: 0, dpr: 1 });
  }

  /** Lay the cells out for a view. @param {View} view */
  lay(view) {
    this.view = view;
    this.ratio = Math.min(view.dpr, Math.sqrt(MOST_PIXELS / (view.width * view.height)));
    const width = Math.max(1, Math.round(view.width * this.ratio));
    const height = Math.max(1, Math.round(view.height * this.ratio));
    if (width !== this.width || height !== this.height) {
      [this.width, this.height] = [width, height];
      this.ids = new Int32Array(width * height);
      this.crossed = new Float32Array(width * height);
    }
    this.ids.fill(UNTOUCHED);
    this.inks = '';
    this.cross();
    this.spread();
  }

  /**
   * Note at every crossing of an arc with a row of pixel centres which cell begins there. Of two crossings before the same
   * pixel the one farther right counts.
   */
  cross() {
    const { ids, crossed, width, height, ratio, arcs: { left, right, xy, at }, view } = this;
    const [scale, dx, dy] = [view.scale * ratio, view.dx * ratio, view.dy * ratio];
    for (let arc = 0; arc < left.length; arc += 1) {
      const [first, last] = [at[arc], at[arc + 1] - 1];
      let x1 = xy[2 * first] * scale + dx;
      let y1 = xy[2 * first + 1] * scale + dy;
      for (let k = first + 1; k <= last; k += 1) {
        const x2 = xy[2 * k] * scale + dx;
        const y2 = xy[2 * k + 1] * scale + dy;
        const down = y2 > y1;
        const from = Math.max(0, Math.ceil((down ? y1 : y2) - 0.5));
        const to = Math.min(height - 1, Math.ceil((down ? y2 : y1) - 0.5) - 1);
        if (from <= to) {
          // Walking down the screen, the cell on the left hand lies to the right of the line.
          const cell = down ? left[arc] : right[arc];
          const slope = (x2 - x1) / (y2 - y1);
          let x = x1 + (from + 0.5 - y1) * slope;
          for (let row = from; row <= to; row += 1, x += slope) {
            const column = x <= 0.5 ? 0 : Math.ceil(x - 0.5);
            if (column >= width) continue;
            const pixel = row * width + column;
            if (ids[pixel] !== UNTOUCHED && crossed[pixel] >= x) continue;
            ids[pixel] = cell;
            crossed[pixel] = x;
          }
        }
        x1 = x2;
        y1 = y2;
      }
    }
  }

  /** Carry every cell on to where the next begins. */
  spread() {
    const { ids, width, height } = this;
    for (let row = 0, pixel = 0; row < height; row += 1) {
      let cell = OUTSIDE;
      for (let column = 0; column < width; column += 1, pixel += 1) {
        if (ids[pixel] === UNTOUCHED) ids[pixel] = cell;
        else cell = ids[pixel];
      }
    }
  }

  /** The cell at a point of the view in screen pixels, or -1. @param {number} x @param {number} y */
  at(x, y) {
    const [column, row] = [Math.floor(x * this.ratio), Math.floor(y * this.ratio)];
    if (column < 0 || row < 0 || column >= this.width || row >= this.height) return OUTSIDE;
    return this.ids[row * this.width + column];
  }

  /**
   * Colour the pixels whose cell looks other than before, and put them on a canvas.
   * @param {CanvasRenderingContext2D} context of a canvas as large as the raster
   * @param {ArrayLike<number>} of index into `looks` by cell @param {import('./looks.js').Look[]} looks
   */
  paint(context, of, looks) {
    const { canvas } = context;
    if (!this.image || this.image.width !== this.width || this.image.height !== this.height) {
      this.image = context.createImageData(this.width, this.height);
      this.pixels = new Uint32Array(this.image.data.buffer);
      this.inks = '';
    }
    if (canvas.width !== this.width || canvas.height !== this.height) {
      [canvas.width, canvas.height] = [this.width, this.height];
      this.inks = '';
    }
    const number = this.numbered(looks);
    const box = this.changedBox(of, number);
    if (!box) return;
    const [left, top, right, bottom] = box;
    this.look(left, top, right, bottom);
    context.putImageData(this.image, 0, 0, left, top, right - left, bottom - top);
  }

  /**
   * Numbers for looks that stay the same from day to day, so that a cell's number changes only where its look does.
   * @param {import('./looks.js').Look[]} looks
   */
  numbered(looks) {
    if (!this.inks) {
      this.inks = 'laid';
      this.numbers.clear();
      this.tables = [{ table: new Uint32Array(1), turn: 1 }];
      this.looks.fill(0);
      this.whole = true;
    }
    const { numbers } = this;
    return looks.map((look) => {
      const key = `${look.paper} ${look.stripe} ${look.step} ${look.turn}`;
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, this.tables.length);
      this.tables.push({ table: tableOf(look, this.ratio), turn: look.turn });
      return this.tables.length - 1;
    });
  }

  /**
   * Take the new looks, and the pixels within which any changed; null for none.
   * @param {ArrayLike<number>} of @param {number[]} number
   */
  changedBox(of, number) {
    const { looks, boxes, ratio, view } = this;
    let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let cell = 0; cell < looks.length; cell += 1) {
      const now = number[of[cell]];
      if (looks[cell] === now) continue;
      looks[cell] = now;
      if (boxes[4 * cell] < west) west = boxes[4 * cell];
      if (boxes[4 * cell + 1] < north) north = boxes[4 * cell + 1];
      if (boxes[4 * cell + 2] > east) east = boxes[4 * cell + 2];
      if (boxes[4 * cell + 3] > south) south = boxes[4 * cell + 3];
    }
    if (this.whole) {
      this.whole = false;
      return [0, 0, this.width, this.height];
    }
    if (west > east) return null;
    const [scale, dx, dy] = [view.scale * ratio, view.dx * ratio, view.dy * ratio];
    const within = (/** @type {number} */ value, /** @type {number} */ most) => Math.max(0, Math.min(most, value));
    const box = [
      within(Math.floor(west * scale + dx), this.width), within(Math.floor(north * scale + dy), this.height),
      within(Math.ceil(east * scale + dx) + 1, this.width), within(Math.ceil(south * scale + dy) + 1, this.height),
    ];
    return box[0] < box[2] && box[1] < box[3] ? box : null;
  }

  /** One look-up per pixel. @param {number} left @param {number} top @param {number} right @param {number} bottom */
  look(left, top, right, bottom) {
    const { ids, pixels, looks, width, ratio, view, tables } = this;
    // Stripes belong to the ground: they are counted from the origin of the plane, wherever that lies.
    const [shiftX, shiftY] = [Math.round(view.dx * ratio), Math.round(view.dy * ratio)];
    for (let row = top; row < bottom; row += 1) {
      let [last, colour, striped] = [UNTOUCHED, 0, /** @type {Uint32Array | null} */ (null)];
      let [offset, turn] = [0, 1];
      for (let column = left, pixel = row * width + left; column < right; column += 1, pixel += 1) {
        const cell = ids[pixel];
        if (cell !== last) {
          last = cell;
          const { table, turn: way } = tables[cell < 0 ? 0 : looks[cell]];
          striped = table.length > 1 ? table : null;
          colour = table[0];
          turn = way;
          offset = -shiftX + turn * (row - shiftY);
        }
        if (striped) {
          const step = (column + offset) % striped.length;
          pixels[pixel] = striped[step < 0 ? step + striped.length : step];
        } else pixels[pixel] = colour;
      }
    }
  }
}

/**
 * One period of a look's stripes along a row, as pixels.
 * @param {import('./looks.js').Look} look @param {number} ratio
 */
function tableOf({ paper, stripe, step, width }, ratio) {
  if (!stripe) return Uint32Array.of(pixelOf(paper));
  const length = Math.max(2, Math.round(step * ratio));
  const band = Math.max(1, Math.round(width * ratio));
  const [light, dark] = [pixelOf(paper), pixelOf(stripe)];
  return Uint32Array.from({ length }, (_, i) => (i < band ? dark : light));
}
