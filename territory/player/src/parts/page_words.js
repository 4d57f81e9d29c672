// The words of the page itself: its language, direction and title, and the names of its landmarks.

export class PageWords {
  /** @param {Pick<import('./player.js').Player, 'world' | 'language'> & {side: HTMLElement, time: HTMLElement}} uses */
  constructor({ world, language, side, time }) {
    this.world = world;
    this.language = language;
    this.side = side;
    this.time = time;
  }

  translate() {
    const { words, phrases } = this.language;
    const root = document.documentElement;
    root.lang = words.lang;
    root.dir = words.dir;
    this.time.setAttribute('aria-label', words.chart);
    this.side.setAttribute('aria-label', words.records);
    document.title = phrases.title(this.world.campaign);
  }
}
