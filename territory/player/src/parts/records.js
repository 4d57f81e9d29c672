// The day's records beside the map: what happened, and who says so. The story stands above them.

import { fillIn } from '../words/strings.js';
import { sourceChains } from './citation.js';
import { button, el, replace } from './dom.js';
import { Story } from './story.js';
import { icon } from './symbols.js';

/** @typedef {import('./player.js').Player} Player */

const AT_ONCE = 16;
const REST_MS = 160;

export class Records {
  /**
   * @param {Pick<Player, 'world' | 'days' | 'language' | 'chapters'> &
   *     {onChoose: (event: import('../types').Event, index: number) => void}} uses
   */
  constructor({ world, days, language, chapters, onChoose }) {
    this.world = world;
    this.days = days;
    this.language = language;
    this.onChoose = onChoose;
    this.calm = true;
    this.title = el('h2', { class: 't-heading' });
    this.story = new Story({ world, language, chapters });
    this.list = el('ol', { class: 't-records' });
    this.timer = 0;
    this.links = el('p', { class: 't-ways' });
    this.element = el('section', { class: 't-day' }, this.story.element, this.title, this.list, this.links);
  }

  translate() {
    this.story.translate();
  }

  update() {
    const { world, days } = this;
    const { words, phrases } = this.language;
    const { day, timeline, records: indices } = days;
    const count = indices.length;
    replace(this.title, phrases.recordsToday(count));
    const items = (/** @type {number[]} */ some) => some.map((index) => this.item(world.events.at(index), index));
    window.clearTimeout(this.timer);
    // A hundred records a frame would hold up what plays: those below the fold follow when the day stays.
    const most = count > 2 * AT_ONCE ? AT_ONCE : count;
    replace(this.list, items(indices.slice(0, most)));
    if (most < count) this.timer = window.setTimeout(() => this.list.append(...items(indices.slice(most))), REST_MS);
    this.story.update();
    const link = (/** @type {string} */ text, /** @type {number} */ to) =>
      button('t-link', () => days.visit(to), fillIn(text, { date: words.dayMonth(world.firstDay + to) }));
    const [previous, next] = [timeline.previousChange(day), timeline.nextChange(day)];
    replace(this.links, day > 0 && link(words.goPrevious, previous), day < world.days - 1 && link(words.goNext, next));
  }

  /** @param {import('../types').Event} event @param {number} index */
  item(event, index) {
    const { world } = this;
    const { words, phrases } = this.language;
    const badge = el('span', { class: 't-badge' }, icon(world.events.family(index)));
    const actor = event.actor[0];
    if (actor !== undefined && world.actors[actor]) badge.style.setProperty('--t-actor', world.actors[actor].colour);
    const counts = phrases.counts(event.counts ?? {});
    return el(
      'li',
      { class: event.alternative_to >= 0 ? 't-other' : '' },
      button(
        't-item',
        () => this.onChoose(event, index),
        badge,
        el(
          'span',
          { class: 't-item-text' },
          el('span', { class: 't-sentence' }, phrases.sentence(event)),
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
    const { words, phrases } = this.language;
    const chains = [...new Set(sourceChains(phrases, event.sources).map((chain) => chain.textContent ?? ''))];
    // "A via B" runs as the page does, also where both names are written the other way.
    return chains.map((text, i) => [i > 0 && '; ', el('bdi', { dir: words.dir }, text)]);
  }
}
