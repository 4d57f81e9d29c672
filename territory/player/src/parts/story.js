// The story: the chapter of the day with its records and their sources, and the ways to the chapters around it.

import { fillIn } from '../words/strings.js';
import { sourceChains } from './citation.js';
import { el, replace } from './dom.js';
import { CONTROLS, symbol } from './symbols.js';

/** @typedef {import('./player.js').Player} Player */

export class Story {
  /** @param {Player} player */
  constructor(player) {
    this.player = player;
    this.text = el('div', { class: 't-caption' });
    this.back = this.way('t-previous', CONTROLS.previous, () => player.open(player.chapter().before));
    this.on = this.way('t-next', CONTROLS.next, () => player.open(player.chapter().after));
    this.at = el('span', { class: 't-story-at' });
    this.element = el(
      'section',
      { class: 't-story', hidden: player.world.chapters.length === 0 },
      el('div', { class: 't-story-ways' }, this.back, this.at, this.on),
      this.text,
    );
    this.open = false;
  }

  /** @param {string} look @param {string} picture @param {() => void} act */
  way(look, picture, act) {
    return el('button', { type: 'button', class: `t-button ${look}`, onclick: act }, symbol(picture, 't-turn'));
  }

  speak() {
    this.element.setAttribute('aria-label', this.player.words.story);
  }

  update() {
    const { player } = this;
    const {
      words,
      teller,
      world: { chapters },
    } = player;
    const { here, before, after } = player.chapter();
    for (const [button, index, text] of /** @type {[HTMLButtonElement, number, string][]} */ ([
      [this.back, before, words.storyPrevious],
      [this.on, after, words.storyNext],
    ])) {
      const said =
        index >= 0
          ? fillIn(text, { title: `${teller.title(chapters[index])}, ${teller.date(chapters[index].day)}` })
          : '';
      // A button that vanished under the reader's finger would take the focus with it.
      button.setAttribute('aria-disabled', String(index < 0));
      button.setAttribute('aria-label', said || fillIn(text, { title: '–' }));
      button.setAttribute('title', said);
    }
    replace(this.at, words.story, here >= 0 && ` ${fillIn(words.storyOf, { at: here + 1, all: chapters.length })}`);
    this.text.hidden = here < 0;
    if (here >= 0) this.tell(chapters[here]);
  }

  /** @param {import('../types').Chapter} chapter */
  tell(chapter) {
    const { teller, words, world } = this.player;
    const events = chapter.events.flatMap((index) => world.events.find(index) ?? []);
    const sources = el(
      'details',
      {
        class: 't-story-sources',
        open: this.open,
        ontoggle: () => {
          this.open = sources.open;
        },
      },
      el('summary', {}, words.storySources),
      el(
        'ul',
        {},
        events.map((event) =>
          el(
            'li',
            {},
            el('span', { class: 't-quiet' }, teller.sentence(event), ': '),
            sourceChains(teller, event.sources),
          ),
        ),
      ),
    );
    replace(
      this.text,
      el('h2', { class: 't-chapter' }, teller.title(chapter)),
      el('p', { dir: 'auto' }, (words.lang === 'ar' && chapter.text_ar) || chapter.text),
      events.length > 0 && sources,
    );
  }
}
