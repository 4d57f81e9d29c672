// The language of the reader: its words, and the phrases made of them.

import { Phrases } from '../words/phrases.js';
import { wordsOf } from '../words/strings.js';

export class Language {
  /** @param {import('../types').World} world @param {string} lang one that the page offers @param {() => void} onChange */
  constructor(world, lang, onChange) {
    this.world = world;
    this.onChange = onChange;
    /** The day shown, as the player sets it. */
    this.day = 0;
    this.words = wordsOf(world.words, lang);
    this.phrases = new Phrases(world, this.words, () => this.day);
  }

  get rtl() {
    return this.words.dir === 'rtl';
  }
  /** Which way time runs: 1 to the right, -1 to the left. @returns {1 | -1} */
  get onward() {
    return this.rtl ? -1 : 1;
  }

  /** @param {string} lang one that the page offers */
  choose(lang) {
    this.words = wordsOf(this.world.words, lang);
    this.phrases = new Phrases(this.world, this.words, () => this.day);
    this.onChange();
  }
}
