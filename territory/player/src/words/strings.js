// The words of a language with its dates, numbers and plurals, and a function that fills in sentences.
// The texts come with the page's data, from territory/words; none stands in a script.
import { partsOf } from '../world/dates.js';

/** @typedef {import('../types').Texts} Texts */
/** @typedef {Partial<Record<Intl.LDMLPluralRule, string>>} Forms a sentence by plural category (CLDR) */
/** @typedef {ReturnType<typeof wordsOf>} Words */

/**
 * @param {Record<string, Texts>} languages the texts of every language that the page offers @param {string} lang
 */
export function wordsOf(languages, lang) {
  const texts = languages[lang];
  const rules = new Intl.PluralRules(lang);
  const written = (/** @type {string} */ pattern) => (/** @type {number} */ number) => {
    const { year, month, day, weekday } = partsOf(number);
    return fillIn(pattern, { year, month: texts.months[month], day, weekday: texts.weekdays[weekday] });
  };
  const number = (/** @type {number} */ value) => grouped(value, texts);
  return {
    ...texts,
    lang,
    longDate: written(texts.dates.long),
    shortDate: written(texts.dates.short),
    dayMonth: written(texts.dates.dayMonth),
    number,
    /** A number with the decimals that it has. @param {number | string} value */
    exact: (value) => String(value).replace('.', texts.decimal),
    /** @param {Forms} forms @param {number | string} count a number, or one as a record wrote it: "about 30" */
    counted: (forms, count) =>
      fillIn(formFor(forms, count, rules), { count: typeof count === 'number' ? number(count) : count }),
  };
}

/**
 * The form of a sentence that goes with a count; of a range or a vague number, its last number decides.
 * @param {Forms} forms @param {number | string} count @param {Intl.PluralRules} rules
 */
function formFor(forms, count, rules) {
  const form = forms[rules.select(Number(/\d+(?=\D*$)/.exec(String(count))?.[0] ?? NaN))];
  const other = forms.other ?? '';
  // "Two killed" may have a word of its own for two, but that would make "1-2" or "about 2" sure.
  return form?.includes('{count}') || /^\d+$/.test(String(count)) ? (form ?? other) : other;
}

/** Digits in groups of three, one decimal under ten. @param {number} value @param {Pick<Texts, 'group' | 'decimal'>} marks */
function grouped(value, { group, decimal }) {
  const size = Math.abs(value);
  const [whole, part] = (size < 10 && size > 0 ? size.toFixed(1) : size.toFixed(0)).split('.');
  const text = whole.replace(/\B(?=(\d{3})+$)/g, group) + (part && part !== '0' ? `${decimal}${part}` : '');
  return value < 0 ? `−${text}` : text;
}

/**
 * Fill the holes of a sentence.
 * @param {string} sentence @param {Record<string, string | number>} values
 */
export function fillIn(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (hole, key) => String(values[key] ?? hole));
}
