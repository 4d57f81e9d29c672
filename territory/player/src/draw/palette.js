// Colours the raster: one look-up for each cell that looks other than on the day before, and the front in the same pixels.
import { pixelOf } from './looks.js';
import { Strokes } from './strokes.js';

/** @typedef {import('./looks.js').Look} Look */
/** @typedef {{arcs: import('../world/arcs.js').Arcs, some: ArrayLike<number>, reach: number, inks: import('./strokes.js').Ink[]}} Lines arcs to draw over the ground; pixels of the screen */

export class Palette {
  /** @param {import('./raster.js').Raster} raster */
  constructor(raster) {
    this.raster = raster;
    /** Of which filling of the raster the image is. */
    this.filled = -1;
    /** @type {ImageData | null} */
    this.image = null;
    /** The pixels of the image, and the same without the lines. */
    this.pixels = new Uint32Array(0);
    this.ground = new Uint32Array(0);
    this.looks = new Uint16Array(raster.cells);
    /** Look numbers by look, and what each number is painted with; made afresh for every view. */
    this.numbers = /** @type {Map<string, number>} */ (new Map());
    this.tables = /** @type {{table: Uint32Array, turn: number}[]} */ ([]);
    /** @type {Strokes[]} */
    this.strokes = [];
  }

  /**
   * Paint a day on a canvas.
   * @param {CanvasRenderingContext2D} context
   * @param {ArrayLike<number>} of index into `looks` by cell @param {Look[]} looks
   * @param {Lines[]} lines from below
   */
  paint(context, of, looks, lines) {
    const image = this.imageFor(context);
    const {
      pixels,
      ground,
      raster: { ratio, view },
    } = this;
    for (const { touched, count } of this.strokes)
      for (let i = 0; i < count; i += 1) pixels[touched[i]] = ground[touched[i]];
    this.colour(of, this.numbersOf(looks));
    lines.forEach(({ arcs, some, reach, inks }, i) => {
      this.strokes[i] ??= new Strokes();
      const strokes = this.strokes[i];
      if (strokes.near.length !== pixels.length) strokes.resize(this.raster.width, this.raster.height);
      strokes.trace(arcs, some, { scale: view.scale * ratio, dx: view.dx * ratio, dy: view.dy * ratio }, reach * ratio);
      strokes.ink(
        pixels,
        inks.map((ink) => ({ ...ink, half: ink.half * ratio })),
        reach * ratio,
      );
    });
    context.putImageData(image, 0, 0);
  }

  /** Image and canvas as large as the raster; after a new view nothing is known of them. @param {CanvasRenderingContext2D} context */
  imageFor({ canvas }) {
    const {
      raster: { width, height, filled },
    } = this;
    if (!this.image || this.image.width !== width || this.image.height !== height) {
      this.image = new ImageData(width, height);
      this.pixels = new Uint32Array(this.image.data.buffer);
      this.ground = new Uint32Array(this.pixels.length);
    }
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    if (filled !== this.filled) {
      this.filled = filled;
      this.numbers.clear();
      this.tables = [{ table: new Uint32Array(1), turn: 1 }];
      this.looks.fill(0);
      this.ground.fill(0);
      this.pixels.fill(0);
    }
    return this.image;
  }

  /**
   * Numbers for looks that stay the same from day to day, so that a cell's number changes only where its look does.
   * @param {Look[]} looks
   */
  numbersOf(looks) {
    const { numbers } = this;
    return looks.map((look) => {
      const key = `${look.fill} ${look.stripe} ${look.step} ${look.turn}`;
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, this.tables.length);
      this.tables.push({ table: tableOf(look, this.raster.ratio), turn: look.turn });
      return this.tables.length - 1;
    });
  }

  /** Colour the cells whose look changed. @param {ArrayLike<number>} of @param {number[]} number */
  colour(of, number) {
    const {
      looks,
      tables,
      ground,
      pixels,
      raster: {
        width,
        ratio,
        view,
        runs: { from, first, length },
      },
    } = this;
    // Stripes belong to the ground: they are counted from the origin of the plane, wherever that lies.
    const [shiftX, shiftY] = [Math.round(view.dx * ratio), Math.round(view.dy * ratio)];
    for (let cell = 0; cell < looks.length; cell += 1) {
      const now = number[of[cell]];
      if (looks[cell] === now) continue;
      looks[cell] = now;
      const { table, turn } = tables[now];
      for (let run = from[cell]; run < from[cell + 1]; run += 1) {
        const begin = first[run];
        const end = begin + length[run];
        if (table.length === 1)
          for (let pixel = begin; pixel < end; pixel += 1) pixels[pixel] = ground[pixel] = table[0];
        else {
          const row = Math.floor(begin / width);
          let step = (begin - row * width - shiftX + turn * (row - shiftY)) % table.length;
          if (step < 0) step += table.length;
          for (let pixel = begin; pixel < end; pixel += 1) {
            pixels[pixel] = ground[pixel] = table[step];
            step = step + 1 === table.length ? 0 : step + 1;
          }
        }
      }
    }
  }
}

/**
 * One period of a look's stripes along a row, as pixels.
 * @param {Look} look @param {number} ratio
 */
function tableOf({ fill, stripe, step, width }, ratio) {
  if (!stripe) return Uint32Array.of(pixelOf(fill));
  const length = Math.max(2, Math.round(step * ratio));
  const band = Math.max(1, Math.round(width * ratio));
  const [light, dark] = [pixelOf(fill), pixelOf(stripe)];
  return Uint32Array.from({ length }, (_, i) => (i < band ? dark : light));
}
