// What the reader has put out of sight. The records and the numbers stay whole: only the drawing leaves it out.

import { bareColour } from '../draw/theme.js';
import { CONTROL } from '../world/codes.js';

/** @typedef {import('./player.js').Player} Player */
/** @typedef {import('../types').State} State */
/** @typedef {'events' | 'roads' | 'names'} Sign */

export class Filter {
  /** @param {Player} player */
  constructor(player) {
    this.player = player;
    /** Top-level actors whose colour is left out. @type {Set<number>} */
    this.actors = new Set();
    /** Status codes that are drawn like plain control. @type {Set<number>} */
    this.statuses = new Set();
    /** @type {Set<Sign>} */
    this.signs = new Set();
    // Where others draw the ground our roads are not drawn, and their numbers would stand beside the true roads.
    if (!player.layer.basemap) this.signs.add('roads');
    player.layer.without = this.signs;
    this.colours = player.world.actors.map(({ colour }) => colour);
    // The layer draws with actors of its own, so that lists and charts keep the colours that it leaves out.
    this.drawn = player.world.actors.map((actor) => ({ ...actor }));
    player.layer.world = { ...player.layer.world, actors: this.drawn };
  }

  get any() {
    return this.actors.size + this.statuses.size + this.signs.size > 0;
  }

  /**
   * Put out of sight, or back.
   * @template T
   * @param {Set<T>} among @param {T} one
   */
  toggle(among, one) {
    if (!among.delete(one)) among.add(one);
    this.recolour();
    this.player.draw();
    this.player.layer.update();
    this.player.tell();
  }

  /** Actors out of sight take the colour of the land. */
  recolour() {
    const { player } = this;
    const bare = bareColour(player.theme);
    this.drawn.forEach((actor, code) => {
      actor.colour = this.actors.has(player.world.root[code]) ? bare : this.colours[code];
    });
    player.layer.without = this.signs;
  }

  /** The state with statuses out of sight taken for plain control. @param {State} state @returns {State} */
  state(state) {
    if (!this.statuses.size) return state;
    return { ...state, status: state.status.map((status) => (this.statuses.has(status) ? CONTROL : status)) };
  }
}
