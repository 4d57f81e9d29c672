// The buttons at the head of the page: language, tables, theme and help.

import { button, label, replace } from './dom.js';
import { isDark } from './page_theme.js';
import { CONTROLS, symbol } from './symbols.js';

export class Switches {
  /**
   * @param {Pick<import('./player.js').Player, 'language'> & {table: {open: () => void}, help: {open: () => void},
   *     setTheme: (theme: string) => void}} uses
   */
  constructor({ language, table, help, setTheme }) {
    this.language = language;
    this.other = button('t-button t-text', () => language.choose(language.words.lang === 'ar' ? 'en' : 'ar'));
    this.table = button('t-button', () => table.open(), symbol(CONTROLS.table));
    this.theme = button('t-button', () => setTheme(isDark() ? 'light' : 'dark'), symbol(CONTROLS.theme, 't-half'));
    this.help = button('t-button t-help-button', () => help.open(), symbol(CONTROLS.help));
    this.elements = [this.other, this.table, this.theme, this.help];
  }

  translate() {
    const { words } = this.language;
    replace(this.other, words.language);
    this.other.setAttribute('lang', words.lang === 'ar' ? 'en' : 'ar');
    this.other.setAttribute('title', words.languageHint);
    label(this.theme, words.theme);
    label(this.table, words.table, `${words.table} (T)`);
    label(this.help, words.help, `${words.help} (?)`);
  }
}
