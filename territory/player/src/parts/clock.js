// The clock plays the days: from change to change, or through the calendar; faster, slower, once or in a loop.

/** @typedef {import('./player.js').Player} Player */
/** @typedef {'events' | 'calendar'} Pace by events a day of change follows the last at once; by calendar every day takes its time */

/** Milliseconds that a change day stays, and a day of the calendar, at speed 1. */
const STAY_MS = 900;
const DAY_MS = 170;
export const SPEEDS = [0.5, 1, 2, 4];

export class Clock {
  /** @param {Pick<Player, 'days' | 'chapters'> & {onChange: () => void}} uses */
  constructor({ days, chapters, onChange }) {
    this.days = days;
    this.chapters = chapters;
    this.onChange = onChange;
    this.running = false;
    this.timer = 0;
    this.speed = 1;
    /** @type {Pace} */
    this.pace = 'events';
    this.loop = false;
    /** Quiet days that the last step passed over. */
    this.skipped = 0;
  }

  toggle() {
    if (this.running) this.pause();
    else this.play();
  }

  play() {
    const { days } = this;
    const [from, to] = days.span;
    if (days.day >= to) days.goTo(from);
    this.running = true;
    this.skipped = 0;
    this.wait();
    this.onChange();
  }

  pause() {
    if (!this.running) return;
    this.running = false;
    this.skipped = 0;
    window.clearTimeout(this.timer);
    this.onChange();
  }

  /** @param {number} speed one of SPEEDS */
  setSpeed(speed) {
    this.speed = speed;
    this.onChange();
  }

  /** @param {1 | -1} direction */
  faster(direction) {
    this.setSpeed(SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, SPEEDS.indexOf(this.speed) + direction))]);
  }

  /** @param {Pace} pace */
  setPace(pace) {
    this.pace = pace;
    this.onChange();
  }

  /** @param {boolean} loop */
  setLoop(loop) {
    this.loop = loop;
    this.onChange();
  }

  /** How long the day shown stays. Key days stay longer. */
  stay() {
    if (this.pace === 'calendar') return DAY_MS / this.speed;
    return ((this.chapters.around.here >= 0 ? 2.5 : 1) * STAY_MS) / this.speed;
  }

  /** Wait, go on, and again. */
  wait() {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      if (!this.running) return;
      if (!this.advance()) this.pause();
      else this.wait();
    }, this.stay());
  }

  /** Go to the day that comes next; false at the end. */
  advance() {
    const { days, pace, loop } = this;
    const [from, to] = days.span;
    if (days.day >= to) {
      if (!loop) return false;
      this.skipped = 0;
      days.goTo(from);
      return true;
    }
    const next = Math.min(to, pace === 'events' ? days.timeline.nextChange(days.day) : days.day + 1);
    this.skipped = next - days.day - 1;
    days.goTo(next);
    return next < to || loop;
  }
}
