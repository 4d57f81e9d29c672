// The day's records beside the map: what happened, on whose word. The story stands above them.

import { familyOf } from '../draw/event_icons.js';
import { fillIn } from '../words/strings.js';
import { sourceChains } from './citation.js';
import { el, replace } from './dom.js';
import { Story } from './story.js';
import { icon } from './symbols.js';

/** @typedef {import('./player.js').Player} Player */

const AT_ONCE = 16;
const REST_MS = 160;

export class Records {
  /** @param {Player} player @param {(event: import('../types').Event, index: number) => void} chosen */
  constructor(player, chosen) {
    this.player = player;
    this.chosen = chosen;
    this.calm = true;
    this.title = el('h2', { class: 't-heading' });
    this.story = new Story(player);
    this.list = el('ol', { class: 't-records' });
    this.timer = 0;
    this.ways = el('p', { class: 't-ways' });
    this.element = el('section', { class: 't-day' }, this.story.element, this.title, this.list, this.ways);
  }

  speak() {
    this.story.speak();
  }

  update() {
    const { player } = this;
    const { words, world, timeline, day } = player;
    const indices = player.recordsOn(day);
    const { none, one, many } = words.recordsToday;
    const count = indices.length;
    replace(this.title, count === 0 ? none : count === 1 ? one : fillIn(many, { count }));
    const items = (/** @type {number[]} */ some) => some.map((index) => this.item(world.events.at(index), index));
    window.clearTimeout(this.timer);
    // A hundred records a frame would hold up what plays: those below the fold follow when the day stays.
    const most = count > 2 * AT_ONCE ? AT_ONCE : count;
    replace(this.list, items(indices.slice(0, most)));
    if (most < count) this.timer = window.setTimeout(() => this.list.append(...items(indices.slice(most))), REST_MS);
    this.story.update();
    const way = (/** @type {string} */ text, /** @type {number} */ to) =>
      el(
        'button',
        {
          type: 'button',
          class: 't-link',
          onclick: () => player.visit(to),
        },
        fillIn(text, { date: words.dayMonth(world.firstDay + to) }),
      );
    const [previous, next] = [timeline.previousChange(day), timeline.nextChange(day)];
    replace(this.ways, day > 0 && way(words.goPrevious, previous), day < world.days - 1 && way(words.goNext, next));
  }

  /** @param {import('../types').Event} event @param {number} index */
  item(event, index) {
    const { teller, world, words } = this.player;
    const badge = el('span', { class: 't-badge' }, icon(familyOf(event.kind)));
    const actor = event.actor[0];
    if (actor !== undefined && world.actors[actor]) badge.style.setProperty('--t-actor', world.actors[actor].colour);
    const counts = teller.counts(event.counts ?? {});
    return el(
      'li',
      { class: event.alternative_to >= 0 ? 't-other' : '' },
      el(
        'button',
        { type: 'button', class: 't-item', onclick: () => this.chosen(event, index) },
        badge,
        el(
          'span',
          { class: 't-item-text' },
          el('span', { class: 't-sentence' }, teller.sentence(event)),
          counts && el('span', { class: 't-quiet' }, counts),
          el(
            'span',
            { class: 't-quiet' },
            this.sources(event),
            event.alternative_to >= 0 && ` · ${words.alternatives}`,
          ),
        ),
      ),
    );
  }

  /** Sources as plain words: links inside a button would be two controls in one. @param {import('../types').Event} event */
  sources(event) {
    const said = [...new Set(sourceChains(this.player.teller, event.sources).map((chain) => chain.textContent ?? ''))];
    // "A via B" runs as the page does, also where both names are written the other way.
    return said.map((text, i) => [i > 0 && '; ', el('bdi', { dir: this.player.words.dir }, text)]);
  }
}
