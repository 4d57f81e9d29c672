// The story: the chapter of the day with its records and their sources, and the ways to the chapters around it.

import { fillIn } from '../words/strings.js';
import { sourceChains } from './citation.js';
import { button, el, label, replace } from './dom.js';
import { CONTROLS, symbol } from './symbols.js';

/** @typedef {import('./player.js').Player} Player */

export class Story {
  /** @param {Pick<Player, 'world' | 'language' | 'chapters'>} uses */
  constructor({ world, language, chapters }) {
    this.world = world;
    this.language = language;
    this.chapters = chapters;
    this.text = el('div', { class: 't-caption' });
    const turn = (/** @type {string} */ picture) => symbol(picture, 't-turn');
    this.previous = button('t-button t-previous', () => chapters.open(chapters.around.before), turn(CONTROLS.previous));
    this.next = button('t-button t-next', () => chapters.open(chapters.around.after), turn(CONTROLS.next));
    this.at = el('span', { class: 't-story-at' });
    this.element = el(
      'section',
      { class: 't-story', hidden: chapters.all.length === 0 },
      el('div', { class: 't-story-ways' }, this.previous, this.at, this.next),
      this.text,
    );
    /** Whether the reader unfolded the sources: they stay so from chapter to chapter. */
    this.open = false;
  }

  translate() {
    this.element.setAttribute('aria-label', this.language.words.story);
  }

  update() {
    const { words, phrases } = this.language;
    const chapters = this.chapters.all;
    const { here, before, after } = this.chapters.around;
    for (const [way, index, text] of /** @type {[HTMLButtonElement, number, string][]} */ ([
      [this.previous, before, words.storyPrevious],
      [this.next, after, words.storyNext],
    ])) {
      const hint =
        index >= 0
          ? fillIn(text, { title: `${phrases.text(chapters[index].title)}, ${phrases.date(chapters[index].day)}` })
          : '';
      // A button that vanished under the reader's finger would take the focus with it.
      way.setAttribute('aria-disabled', String(index < 0));
      label(way, hint || fillIn(text, { title: '–' }), hint);
    }
    replace(this.at, words.story, here >= 0 && ` ${fillIn(words.storyOf, { at: here + 1, all: chapters.length })}`);
    this.text.hidden = here < 0;
    if (here >= 0) this.show(chapters[here]);
  }

  /** @param {import('../types').Chapter} chapter */
  show(chapter) {
    const { words, phrases } = this.language;
    const events = chapter.events.flatMap((index) => this.world.events.find(index) ?? []);
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
            el('span', { class: 't-quiet' }, phrases.sentence(event), ': '),
            sourceChains(phrases, event.sources),
          ),
        ),
      ),
    );
    replace(
      this.text,
      el('h2', { class: 't-chapter' }, phrases.text(chapter.title)),
      el('p', { dir: 'auto' }, phrases.text(chapter.text)),
      events.length > 0 && sources,
    );
  }
}
