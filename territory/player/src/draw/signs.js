// Signs on the map, over ground and lines: marks of the day's records, the pin of the answer, and names.

import { coveredIn, pocketsIn } from './in_view.js';
import { mentionsOf, paintLabels } from './labels.js';
import { Marks, paintPin, RADIUS_PX } from './marks.js';

/** @typedef {import('../types').View} View */
/** @typedef {{lon: number, lat: number, place: number}} Pin the point that the reader asked about, and the place that answers for it, or -1 */

export class Signs {
  /**
   * @param {import('../types').World} world
   * @param {(texts: import('../types').InLanguages, place?: number) => string} name in the reader's language
   */
  constructor(world, name) {
    this.world = world;
    this.name = name;
    this.marks = new Marks(world);
    /** How many records name each place. */
    this.mentions = mentionsOf(world);
    /** @type {Pin | null} */
    this.pin = null;
    /** @type {Map<number, import('./label_boxes.js').Box>} places named on the map, and where */
    this.named = new Map();
    /** The view that they are named in. @type {View | null} */
    this.namedIn = null;
  }

  /** Mark a point from the next picture on; null takes the mark away. @param {Pin | null} pin */
  setPin(pin) {
    this.pin = pin;
  }

  /**
   * Marks and the pin. @param {CanvasRenderingContext2D} context @param {View} view @param {import('./theme.js').Theme} theme
   * @param {number} day @param {boolean} brief without the marks of the days before @param {Set<string>} without
   */
  paint(context, view, theme, day, brief, without) {
    if (without.has('events')) this.marks.clear();
    else this.marks.paint(context, view, theme, day, brief);
    if (this.pin) paintPin(context, view, this.world, theme, this.pin);
  }

  /**
   * Names, beside the marks painted last.
   * @param {CanvasRenderingContext2D} context @param {View} view @param {import('./theme.js').Theme} theme
   * @param {Set<string>} without
   * @param {{container: HTMLElement, over: Element[], pockets: import('./scene.js').Pocket[]}} kept the map's element and
   *     what lies over it, where no name is written; and small ground that names leave in sight if they can
   */
  paintNames(context, view, theme, without, { container, over, pockets }) {
    const { world, name, mentions, marks } = this;
    this.namedIn = view;
    this.named = without.has('names')
      ? new Map()
      : paintLabels(context, view, world, theme, {
          name,
          weight: mentions,
          marks: marks.drawn,
          radius: RADIUS_PX,
          shields: !without.has('roads'),
          covered: coveredIn(
            container,
            view,
            over.map((one) => one.getBoundingClientRect()),
          ),
          pockets: pocketsIn(view, pockets),
        });
  }
}
