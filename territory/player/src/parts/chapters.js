// The chapters of the story, by the day shown.

/** @typedef {import('./player.js').Player} Player */

export class Chapters {
  /** @param {Pick<Player, 'world' | 'days' | 'layer'>} uses */
  constructor({ world, days, layer }) {
    this.all = world.chapters;
    this.days = days;
    this.layer = layer;
  }

  /** Indices of the chapter on the day shown, and of the ones on each side of the day; -1 where there is none. */
  get around() {
    const { day: shown } = this.days;
    return {
      before: this.all.reduce((last, { day }, i) => (day < shown ? i : last), -1),
      here: this.all.findIndex(({ day }) => day === shown),
      after: this.all.findIndex(({ day }) => day > shown),
    };
  }

  /** Move date and view to a chapter. @param {number} index */
  open(index) {
    const chapter = this.all[index];
    if (!chapter) return;
    this.days.visit(chapter.day);
    if (chapter.view) this.layer.flyTo(chapter.view[1], chapter.view[0], chapter.view[2]);
  }
}
