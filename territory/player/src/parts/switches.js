// The buttons at the head of the page: language, tables, theme and help.

import { el, replace } from './dom.js';
import { isDark } from './page_theme.js';
import { CONTROLS, symbol } from './symbols.js';

export class Switches {
  /**
   * @param {Pick<import('./player.js').Player, 'language'> & {table: {open: () => void}, help: {open: () => void},
   *     setTheme: (theme: string) => void}} uses
   */
  constructor({ language, table, help, setTheme }) {
    const button = (/** @type {() => void} */ onclick, /** @type {import('../types').Child} */ picture = null) =>
      el('button', { type: 'button', class: 't-button', onclick }, picture);
    this.words = language;
    this.language = button(() => language.speak(language.words.lang === 'ar' ? 'en' : 'ar'));
    this.language.classList.add('t-text');
    this.table = button(() => table.open(), symbol(CONTROLS.table));
    this.theme = button(() => setTheme(isDark() ? 'light' : 'dark'), symbol(CONTROLS.theme, 't-half'));
    this.help = button(() => help.open(), symbol(CONTROLS.help));
    this.help.classList.add('t-help-button');
    this.elements = [this.language, this.table, this.theme, this.help];
  }

  speak() {
    const { words } = this.words;
    replace(this.language, words.language);
    this.language.setAttribute('lang', words.lang === 'ar' ? 'en' : 'ar');
    this.language.setAttribute('title', words.languageHint);
    for (const [button, text, key] of /** @type {[Element, string, string][]} */ ([
      [this.theme, words.theme, ''],
      [this.table, words.table, ' (T)'],
      [this.help, words.help, ' (?)'],
    ])) {
      button.setAttribute('aria-label', text);
      button.setAttribute('title', `${text}${key}`);
    }
  }
}
