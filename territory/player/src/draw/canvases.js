// The canvases of the layer, one over the other in a box that Leaflet moves: their size, and the fading of the day before.
import * as L from 'leaflet';

/** From below: base map, raster of cells, cells as vectors, the picture before while it fades, lines and water, front and marks, names. */
const NAMES = /** @type {const} */ (['ground', 'cells', 'fine', 'was', 'lines', 'over', 'names']);
const FADE_MS = 300;

/** @typedef {Record<typeof NAMES[number], CanvasRenderingContext2D>} Contexts */

export class Canvases {
  constructor() {
    this.box = L.DomUtil.create('div', 'territory t-sheets leaflet-zoom-animated');
    this.contexts = /** @type {Contexts} */ (
      Object.fromEntries(
        NAMES.map((name) => {
          const canvas = /** @type {HTMLCanvasElement} */ (
            L.DomUtil.create('canvas', `t-sheet t-sheet-${name}`, this.box)
          );
          canvas.setAttribute('aria-hidden', 'true');
          canvas.hidden = name === 'was';
          return [name, /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))];
        }),
      )
    );
    this.shownAt = -Infinity;
    /** @type {Animation | undefined} */
    this.fading = undefined;
  }

  /** As large as the view, and bare. @param {import('../types').View} view */
  resize({ width, height, dpr }) {
    for (const [sheet, { canvas }] of Object.entries(this.contexts)) {
      // The raster of cells has its own fineness.
      if (sheet !== 'cells') [canvas.width, canvas.height] = [Math.round(width * dpr), Math.round(height * dpr)];
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
    this.contexts.was.canvas.hidden = true;
  }

  /** Show the vectors of the ground, or the raster. @param {'fine' | 'cells'} sheet */
  show(sheet) {
    this.contexts.fine.canvas.hidden = sheet !== 'fine';
    this.contexts.cells.canvas.hidden = sheet !== 'cells';
  }

  /** Whether the ground is shown as vectors. */
  get fine() {
    return !this.contexts.fine.canvas.hidden;
  }

  /** @param {'fine' | 'over' | 'names'} sheet @returns {CanvasRenderingContext2D} bare */
  cleared(sheet) {
    const context = this.contexts[sheet];
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    return context;
  }

  /** Whether the last picture was shown long enough ago for its fading to be seen; from now on, this one is the last. */
  calm() {
    const now = performance.now();
    const calm = now - this.shownAt > FADE_MS;
    this.shownAt = now;
    return calm;
  }

  /** Lay the picture of now over the one to come, and let it fade, so that only changed ground is seen to change. */
  fade() {
    if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const { was, fine, cells } = this.contexts;
    const { canvas } = was;
    was.setTransform(1, 0, 0, 1, 0, 0);
    was.globalCompositeOperation = 'copy';
    was.imageSmoothingEnabled = false;
    was.drawImage((this.fine ? fine : cells).canvas, 0, 0, canvas.width, canvas.height);
    canvas.hidden = false;
    this.fading?.cancel();
    this.fading = canvas.animate([{ opacity: 1 }, { opacity: 0 }], {
      duration: FADE_MS,
      easing: 'ease-in-out',
      fill: 'forwards',
    });
    this.fading.onfinish = () => {
      canvas.hidden = true;
    };
  }
}
