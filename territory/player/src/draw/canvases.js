// The canvases of the layer, one over the other in a box that Leaflet moves: their size, fading, and copies for print.
import * as L from 'leaflet';

/** The class of each canvas, from below: base map, ground as raster and as vectors, the picture before while it fades, lines and water, front and marks, names. */
const CLASSES = {
  ground: 't-sheet-ground',
  cells: 't-sheet-cells',
  vectors: 't-sheet-fine',
  previous: 't-sheet-was',
  lines: 't-sheet-lines',
  over: 't-sheet-over',
  names: 't-sheet-names',
};
const FADE_MS = 300;

/** @typedef {Record<keyof typeof CLASSES, CanvasRenderingContext2D>} Contexts */

export class Canvases {
  /** @param {boolean} overTiles whether what lies below is to show through */
  constructor(overTiles) {
    this.box = L.DomUtil.create('div', `territory t-sheets leaflet-zoom-animated${overTiles ? ' t-on-tiles' : ''}`);
    this.contexts = /** @type {Contexts} */ (
      Object.fromEntries(
        Object.entries(CLASSES).map(([name, own]) => {
          const canvas = /** @type {HTMLCanvasElement} */ (L.DomUtil.create('canvas', `t-sheet ${own}`, this.box));
          canvas.setAttribute('aria-hidden', 'true');
          canvas.hidden = name === 'previous';
          return [name, /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))];
        }),
      )
    );
    this.shownAt = -Infinity;
    /** @type {Animation | undefined} */
    this.fading = undefined;
  }

  /** As large as the view, and empty. @param {import('../types').View} view */
  resize({ width, height, dpr }) {
    for (const [name, { canvas }] of Object.entries(this.contexts)) {
      // The raster of cells has its own resolution.
      if (name !== 'cells') [canvas.width, canvas.height] = [Math.round(width * dpr), Math.round(height * dpr)];
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
    this.contexts.previous.canvas.hidden = true;
  }

  /** Show the ground as vectors, or as a raster. @param {'vectors' | 'cells'} name */
  show(name) {
    this.contexts.vectors.canvas.hidden = name !== 'vectors';
    this.contexts.cells.canvas.hidden = name !== 'cells';
  }

  /** Whether the ground is shown as vectors. */
  get vectors() {
    return !this.contexts.vectors.canvas.hidden;
  }

  /** @param {'vectors' | 'over' | 'names'} name @returns {CanvasRenderingContext2D} of an empty canvas */
  cleared(name) {
    const context = this.contexts[name];
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    return context;
  }

  /** Whether the last picture was shown long enough ago for its fading to be seen; from now on, this one is the last. */
  rested() {
    const now = performance.now();
    const rested = now - this.shownAt > FADE_MS;
    this.shownAt = now;
    return rested;
  }

  /** Put the present picture over the next one and let it fade, so that only changed ground is seen to change. */
  fade() {
    if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const { previous, vectors, cells } = this.contexts;
    const { canvas } = previous;
    previous.setTransform(1, 0, 0, 1, 0, 0);
    previous.globalCompositeOperation = 'copy';
    previous.imageSmoothingEnabled = false;
    previous.drawImage((this.vectors ? vectors : cells).canvas, 0, 0, canvas.width, canvas.height);
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

  /**
   * Put copies of what was just painted in the places of the canvases. Chromium prints a fresh canvas as the strokes that
   * made it, and there clearing one canvas would wipe out those beneath; of a copy it knows only that it is one picture.
   * @returns {() => void} take the copies away again
   */
  freeze() {
    const pairs = Object.values(this.contexts)
      .filter(({ canvas }) => !canvas.hidden && canvas.width > 0)
      .map(({ canvas }) => {
        const copy = /** @type {HTMLCanvasElement} */ (canvas.cloneNode());
        copy.getContext('2d')?.drawImage(canvas, 0, 0);
        canvas.after(copy);
        canvas.classList.add('t-copied');
        return { canvas, copy };
      });
    return () => {
      for (const { canvas, copy } of pairs) {
        copy.remove();
        canvas.classList.remove('t-copied');
      }
    };
  }
}
