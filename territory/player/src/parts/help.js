// What the keys do, and a switch for those of one character.
import { Dialog } from './dialog.js';
import { el } from './dom.js';
import { lettersAct, setLetters } from './keys.js';

export class Help {
  /** @param {Pick<import('./player.js').Player, 'language'>} uses */
  constructor({ language }) {
    this.language = language;
    this.dialog = new Dialog('territory-help');
    this.element = this.dialog.element;
  }

  open() {
    const { words } = this.language;
    const names = /** @type {Record<string, string>} */ (words.keyNames);
    this.dialog.name(words.help, words);
    const box = el('input', {
      type: 'checkbox',
      checked: lettersAct(),
      onchange: () => setLetters(box.checked),
    });
    this.dialog.show(
      el(
        'dl',
        { class: 't-keys' },
        Object.entries(words.helpKeys).map(([key, text]) => [
          el(
            'dt',
            {},
            names[key].split(' ').map((name) => el('kbd', { dir: 'ltr' }, name)),
          ),
          el('dd', {}, text),
        ]),
      ),
      el('label', { class: 't-choice' }, box, el('span', {}, words.helpLetters)),
    );
  }

  translate() {
    if (this.dialog.open) this.open();
  }
}
