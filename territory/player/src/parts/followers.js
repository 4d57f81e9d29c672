// Who follows the day and the language: a part is updated on a new day, and translated for a new language.

/** @typedef {{update?: () => void, translate?: () => void, calm?: boolean}} Follower `update` on a new day, `translate` on a new language; a `calm` one may wait */

const REST_MS = 140;
const LONGEST_MS = 600;

export class Followers {
  /** @param {{large: boolean, waiting: boolean}} layer in a large world its frame comes before lists and legend */
  constructor(layer) {
    this.layer = layer;
    /** @type {Follower[]} */
    this.all = [];
    /** When an update was last asked for, when the calm ones last had one, and the number of the last request. */
    this.last = { asked: -Infinity, calm: -Infinity, request: 0 };
  }

  /** @param {Follower} one */
  join(one) {
    this.all.push(one);
    one.translate?.();
    if (!this.mayWait(one) || !this.layer.waiting) one.update?.();
  }

  /** Whether one may follow after the map: in a large world, lists and legend. @param {Follower} one */
  mayWait(one) {
    return one.calm && this.layer.large;
  }

  translate() {
    for (const one of this.all) one.translate?.();
    this.update();
  }

  /**
   * Show everything anew. In a large world the map's frame goes out first: lists and legend follow in a task of their own,
   * and while days follow each other fast they wait until the reader rests, but never for long.
   */
  update() {
    for (const one of this.all) if (!this.mayWait(one)) one.update?.();
    if (this.layer.large) this.updateCalm();
  }

  /** Update those that may wait, when it is their turn. */
  updateCalm() {
    const { last } = this;
    const now = performance.now();
    const rested = now - last.asked > REST_MS || now - last.calm > LONGEST_MS;
    last.asked = now;
    last.request += 1;
    const { request } = last;
    const act = () => {
      if (request !== last.request) return;
      last.calm = performance.now();
      for (const one of this.all) if (this.mayWait(one)) one.update?.();
    };
    if (rested) afterFrame(act);
    else window.setTimeout(act, REST_MS);
  }
}

/** Do something when the next frame is on the screen. @param {() => void} act */
export function afterFrame(act) {
  window.requestAnimationFrame(() => window.setTimeout(act));
}
