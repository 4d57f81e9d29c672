// The choice of a language among those that the page offers, each under its own name: none, a button, or a menu.
import { button, el, label, replace } from './dom.js';

export class LanguageSwitch {
  /** @param {Pick<import('./player.js').Player, 'world' | 'language'>} uses */
  constructor({ world, language }) {
    this.words = world.words;
    this.language = language;
    this.offered = world.campaign.languages;
    this.menu = el(
      'select',
      { class: 't-languages', onchange: () => language.choose(this.menu.value) },
      this.offered.map((tag) => el('option', { value: tag, lang: tag }, this.words[tag].name)),
    );
    this.button = button('t-button t-text', () => language.choose(this.other));
    this.element = this.offered.length > 2 ? this.menu : this.button;
    this.element.hidden = this.offered.length < 2;
  }

  /** The language that the button leads to. */
  get other() {
    return this.offered.find((tag) => tag !== this.language.words.lang) ?? '';
  }

  translate() {
    const { words } = this.language;
    label(this.menu, words.languages);
    this.menu.value = words.lang;
    const other = this.words[this.other];
    if (!other) return;
    replace(this.button, other.name);
    this.button.setAttribute('lang', this.other);
    this.button.setAttribute('title', other.languageHint);
  }
}
