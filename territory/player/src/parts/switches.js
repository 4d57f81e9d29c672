// The buttons at the head of the page: language, tables, theme and help.

import { button, label } from './dom.js';
import { LanguageSwitch } from './language_switch.js';
import { isDark } from './page_theme.js';
import { CONTROLS, symbol } from './symbols.js';

export class Switches {
  /**
   * @param {Pick<import('./player.js').Player, 'world' | 'language'> & {table: {open: () => void}, help: {open: () => void},
   *     setTheme: (theme: string) => void}} uses
   */
  constructor({ world, language, table, help, setTheme }) {
    this.language = language;
    this.choice = new LanguageSwitch({ world, language });
    this.table = button('t-button', () => table.open(), symbol(CONTROLS.table));
    this.theme = button('t-button', () => setTheme(isDark() ? 'light' : 'dark'), symbol(CONTROLS.theme, 't-half'));
    this.help = button('t-button t-help-button', () => help.open(), symbol(CONTROLS.help));
    this.elements = [this.choice.element, this.table, this.theme, this.help];
  }

  translate() {
    const { words } = this.language;
    this.choice.translate();
    label(this.theme, words.theme);
    label(this.table, words.table, `${words.table} (${words.keyNames.t})`);
    label(this.help, words.help, `${words.help} (${words.keyNames.question})`);
  }
}
