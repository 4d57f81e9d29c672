// The player: its days, language, filter, clock and map layer, wired to each other. The parts follow it.

import { TerritoryLayer } from '../draw/layer.js';
import { Chapters } from './chapters.js';
import { Clock } from './clock.js';
import { Days } from './days.js';
import { Filter } from './filter.js';
import { Followers } from './followers.js';
import { Language } from './language.js';

export class Player {
  /**
   * @param {import('../types').World} world
   * @param {{lang: string, basemap: boolean, waiting?: boolean}} options whether the layer draws a base map of its own,
   *     and whether it waits for `layer.open` before it paints
   */
  constructor(world, { lang, basemap, waiting }) {
    const update = () => this.followers.update();
    this.world = world;
    this.language = new Language(world, lang, () => {
      this.layer.restyle();
      this.followers.translate();
    });
    // Where others draw the ground our roads are not drawn, and their numbers would stand beside the true roads.
    this.filter = new Filter(basemap ? [] : ['roads'], () => {
      this.draw();
      this.layer.update();
      update();
    });
    this.layer = new TerritoryLayer(world, {
      // A place may have had another name on the day shown.
      name: (texts, place = -1) => (place < 0 ? this.language.phrases.text(texts) : this.language.phrases.place(place)),
      hidden: this.filter,
      basemap,
      waiting,
    });
    this.followers = new Followers(this.layer);
    this.days = new Days(world, {
      onMove: () => {
        this.draw();
        update();
      },
      onSpan: update,
      onVisit: () => this.clock.pause(),
    });
    this.chapters = new Chapters({ world, days: this.days, layer: this.layer });
    this.clock = new Clock({ days: this.days, chapters: this.chapters, onChange: update });
  }

  /** Hand the day, and the day that it is compared with, to the layer. */
  draw() {
    const { day, state, stateSince, compares } = this.days;
    this.language.day = day;
    this.layer.show(day, state, compares ? stateSince : state);
  }

  /** Paint again in the colours of another theme. */
  restyle() {
    this.layer.restyle();
    this.followers.update();
  }

  /**
   * What is so at a place on the day shown, in the payload's own words: the record that last changed it, and the one since
   * which the controller holds it; empty where it is so since the opening.
   * @param {string} placeId
   */
  controlAt(placeId) {
    const { places, actors, statuses, events, changes } = this.world;
    const at = places.find(({ id }) => id === placeId)?.cell ?? -1;
    if (at < 0) return null;
    const { controller, status, rival, event, held } = this.days.state;
    return {
      controller: actors[controller[at]].id,
      status: statuses[status[at]],
      rival: rival[at] ? actors[rival[at]].id : '',
      event: events.find(event[at])?.id ?? '',
      held: events.find(changes.event[held[at]] ?? -1)?.id ?? '',
    };
  }
}
