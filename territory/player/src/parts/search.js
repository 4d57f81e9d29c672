// Find a place by any name the gazetteer knows, in any of its languages.
import { kindStyle } from '../draw/place_kinds.js';
import { el, replace } from './dom.js';
import { CONTROLS, symbol } from './symbols.js';

/** @typedef {import('./player.js').Player} Player */

const SHOWN = 8;

/**
 * A name without what spellings differ in: case, accents, hyphens, apostrophes, the article, Arabic letter variants.
 * @param {string} text
 */
export function searchKey(text) {
  return (
    text
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[\u0300-\u036f\u064b-\u065f\u0670\u0640]/g, '')
      // Alef with its signs, teh marbuta, alef maksura; apostrophes and half rings.
      .replace(/[\u0622\u0623\u0625\u0671]/g, '\u0627')
      .replace(/\u0629/g, '\u0647')
      .replace(/\u0649/g, '\u064a')
      .replace(/['`\u2018\u2019\u02be\u02bf]/g, '')
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .replace(/\b(al|ar|as|ash|at|ad|an|az|el|esh|es|er)\s+/g, '')
      .trim()
  );
}

/**
 * Places whose names begin with or hold the text, best first.
 * @param {{keys: string[], index: number, rank: number}[]} names @param {string} text
 */
export function match(names, text) {
  const wanted = searchKey(text);
  if (!wanted) return [];
  const scored = names.flatMap(({ keys, index, rank }) => {
    const score = Math.min(
      ...keys.map((key) => {
        if (key === wanted) return 0;
        if (key.startsWith(wanted)) return 1;
        if (key.includes(` ${wanted}`)) return 2;
        return key.includes(wanted) ? 3 : 9;
      }),
    );
    return score < 9 ? [{ index, score, rank }] : [];
  });
  return scored
    .sort((a, b) => a.score - b.score || a.rank - b.rank || a.index - b.index)
    .slice(0, SHOWN)
    .map(({ index }) => index);
}

/** The places that can be found, with the keys of all their names. @param {import('../types').World} world */
function namesOf({ places, namings }) {
  return places
    .map(({ name, aliases, kind }, index) => ({
      keys: [name, ...(namings[index] ?? []).map((then) => then.name)]
        .flatMap((texts) => Object.values(texts))
        .concat(aliases)
        .map(searchKey),
      index,
      rank: kindStyle(kind).rank,
    }))
    .filter(({ index }) => places[index].cell >= 0);
}

export class Search {
  /** @param {Pick<Player, 'world' | 'language'> & {onChoose: (place: number) => void}} uses */
  constructor({ world, language, onChoose }) {
    this.world = world;
    this.language = language;
    this.onChoose = onChoose;
    /** @type {ReturnType<typeof namesOf> | null} */
    this.known = null;
    /** @type {number[]} */
    this.found = [];
    this.at = 0;
    this.input = el('input', {
      class: 't-input',
      type: 'search',
      role: 'combobox',
      'aria-expanded': 'false',
      'aria-controls': 'territory-found',
      'aria-autocomplete': 'list',
      autocomplete: 'off',
      spellcheck: 'false',
      oninput: () => this.look(),
      onfocus: () => this.look(),
      onblur: () => window.setTimeout(() => this.hide(), 150),
      onkeydown: (event) => this.key(event),
    });
    this.list = el('ul', { id: 'territory-found', class: 't-found', role: 'listbox', hidden: true });
    this.element = el('div', { class: 't-search', role: 'search' }, this.input, symbol(CONTROLS.search), this.list);
  }

  translate() {
    const { find } = this.language.words;
    this.input.setAttribute('placeholder', find);
    this.input.setAttribute('aria-label', find);
    this.list.setAttribute('aria-label', find);
  }

  /** What can be found; gathered when the reader first searches. */
  get names() {
    this.known ??= namesOf(this.world);
    return this.known;
  }

  look() {
    this.found = match(this.names, this.input.value);
    this.at = 0;
    this.show();
  }

  show() {
    const { words, phrases } = this.language;
    const open = this.input.value.trim() !== '';
    this.list.hidden = !open;
    this.input.setAttribute('aria-expanded', String(open));
    if (!open) return;
    replace(
      this.list,
      this.found.map((index, i) => {
        const place = this.world.places[index];
        const name = phrases.place(index);
        const other = Object.values(place.name).find((one) => one !== name);
        return el(
          'li',
          {
            id: `territory-found-${i}`,
            role: 'option',
            class: 't-option',
            'aria-selected': String(i === this.at),
            onpointerdown: (event) => {
              event.preventDefault();
              this.choose(index);
            },
          },
          el('bdi', {}, name),
          other && el('bdi', { class: 't-quiet' }, other),
        );
      }),
      !this.found.length && el('li', { class: 't-option t-quiet' }, words.nothingFound),
    );
    if (this.found.length) this.input.setAttribute('aria-activedescendant', `territory-found-${this.at}`);
    else this.input.removeAttribute('aria-activedescendant');
  }

  hide() {
    this.list.hidden = true;
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const count = this.found.length;
    if (event.key === 'Escape') {
      this.input.value = '';
      this.hide();
    } else if (event.key === 'Enter' && count) this.choose(this.found[this.at]);
    else if (event.key === 'ArrowDown' && count) this.at = (this.at + 1) % count;
    else if (event.key === 'ArrowUp' && count) this.at = (this.at + count - 1) % count;
    else return;
    event.preventDefault();
    if (event.key.startsWith('Arrow')) this.show();
  }

  /** @param {number} index */
  choose(index) {
    this.input.value = '';
    this.hide();
    this.onChoose(index);
  }
}
