// Plays: from change to change, or through the calendar; faster, slower, once or in a loop.

/** @typedef {import('./player.js').Player} Player */
/** @typedef {'events' | 'calendar'} Pace by events a day of change follows the last at once; by calendar every day takes its time */

/** Milliseconds that a change day stays, and a day of the calendar, at speed 1. */
const STAY_MS = 900;
const DAY_MS = 170;
export const SPEEDS = [0.5, 1, 2, 4];

export class Clock {
  /** @param {Player} player */
  constructor(player) {
    this.player = player;
    this.running = false;
    this.timer = 0;
    this.speed = 1;
    /** @type {Pace} */
    this.pace = 'events';
    this.loop = false;
    /** Quiet days that the last beat passed over. */
    this.skipped = 0;
  }

  toggle() {
    if (this.running) this.pause();
    else this.play();
  }

  play() {
    const { player } = this;
    const [from, to] = player.span;
    if (player.day >= to) player.goTo(from);
    this.running = true;
    this.skipped = 0;
    this.beat();
    player.tell();
  }

  pause() {
    if (!this.running) return;
    this.running = false;
    this.skipped = 0;
    window.clearTimeout(this.timer);
    this.player.tell();
  }

  /** @param {1 | -1} direction */
  faster(direction) {
    this.speed = SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, SPEEDS.indexOf(this.speed) + direction))];
    this.player.tell();
  }

  /** @param {Pace} pace */
  setPace(pace) {
    this.pace = pace;
    this.player.tell();
  }

  /** @param {boolean} loop */
  setLoop(loop) {
    this.loop = loop;
    this.player.tell();
  }

  /** How long the day shown stays. Key days stay longer. */
  stay() {
    const { player, pace, speed } = this;
    if (pace === 'calendar') return DAY_MS / speed;
    return ((player.chapter().here >= 0 ? 2.5 : 1) * STAY_MS) / speed;
  }

  /** Wait, go on, and again. */
  beat() {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      if (!this.running) return;
      if (!this.advance()) this.pause();
      else this.beat();
    }, this.stay());
  }

  /** Go to the day that comes next; false at the end. */
  advance() {
    const { player, pace, loop } = this;
    const [from, to] = player.span;
    if (player.day >= to) {
      if (!loop) return false;
      this.skipped = 0;
      player.goTo(from);
      return true;
    }
    const next = Math.min(to, pace === 'events' ? player.timeline.nextChange(player.day) : player.day + 1);
    this.skipped = next - player.day - 1;
    player.goTo(next);
    return next < to || loop;
  }
}
