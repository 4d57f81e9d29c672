// A raster of cell ids: which cell every pixel of a view belongs to. Filled once per view from the arcs, without
// antialiasing, so that no pixel lies between two cells. `palette.js` colours it day by day; clicks look cells up in it.
import { groupsOf } from '../world/groups.js';

const UNTOUCHED = -2;
const OUTSIDE = -1;
/** More pixels than this are not looked up in one frame; the buffer is then coarser than the screen. */
const MOST_PIXELS = 1_600_000;

/** @typedef {{scale: number, dx: number, dy: number, width: number, height: number, dpr: number}} View */

/** @typedef {{from: Int32Array, first: Int32Array, length: Int32Array}} Runs */

export class Raster {
  /** @param {import('../world/arcs.js').Arcs} arcs @param {number} cells how many there are */
  constructor(arcs, cells) {
    this.arcs = arcs;
    this.cells = cells;
    this.ratio = 1;
    this.width = 0;
    this.height = 0;
    this.ids = new Int32Array(0);
    this.crossed = new Float32Array(0);
    this.starts = new Int32Array(0);
    /** How often it was filled. */
    this.filled = 0;
    /** Runs of pixels in a row, by cell: those of a cell stand from `runs.from[cell]` until `runs.from[cell + 1]`. */
    this.runs = /** @type {Runs} */ ({ from: new Int32Array(0), first: new Int32Array(0), length: new Int32Array(0) });
    this.view = /** @type {View} */ ({ scale: 1, dx: 0, dy: 0, width: 0, height: 0, dpr: 1 });
  }

  /** Find the cell of every pixel of a view. @param {View} view */
  fill(view) {
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
    this.markCrossings();
    this.runs = this.fillRows();
    this.filled += 1;
  }

  /**
   * Note at every crossing of an arc with a row of pixel centres which cell begins there. Of two crossings before the same
   * pixel the one farther right counts.
   */
  markCrossings() {
    const {
      ids,
      crossed,
      width,
      height,
      ratio,
      arcs: { left, right, xy, at },
      view,
    } = this;
    const [scale, dx, dy] = [view.scale * ratio, view.dx * ratio, view.dy * ratio];
    for (let arc = 0; arc < left.length; arc += 1) {
      const first = at[arc];
      const last = at[arc + 1] - 1;
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

  /** Fill every row on from crossing to crossing, and note the runs of each cell. */
  fillRows() {
    const { ids, width, height } = this;
    if (this.starts.length < ids.length) this.starts = new Int32Array(ids.length);
    const { starts } = this;
    let count = 0;
    for (let row = 0, pixel = 0; row < height; row += 1) {
      let cell = OUTSIDE;
      for (let column = 0; column < width; column += 1, pixel += 1) {
        if (ids[pixel] === UNTOUCHED) ids[pixel] = cell;
        else if (ids[pixel] !== cell) {
          cell = ids[pixel];
          if (cell >= 0) starts[count++] = pixel;
        }
      }
    }
    return this.runsOf(starts.subarray(0, count));
  }

  /** @param {Int32Array} starts the first pixel of every run @returns {Runs} */
  runsOf(starts) {
    const { ids, width } = this;
    const { from, rows } = groupsOf(
      starts.map((pixel) => ids[pixel]),
      this.cells,
    );
    const first = rows.map((run) => starts[run]);
    const length = first.map((pixel) => {
      const end = (Math.floor(pixel / width) + 1) * width;
      let after = pixel + 1;
      while (after < end && ids[after] === ids[pixel]) after += 1;
      return after - pixel;
    });
    return { from, first, length };
  }

  /** The cell at a point of the view in screen pixels, or -1. @param {number} x @param {number} y */
  at(x, y) {
    const [column, row] = [Math.floor(x * this.ratio), Math.floor(y * this.ratio)];
    if (column < 0 || row < 0 || column >= this.width || row >= this.height) return OUTSIDE;
    return this.ids[row * this.width + column];
  }
}
