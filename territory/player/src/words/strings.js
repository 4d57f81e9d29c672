// The words of a language with its dates and numbers, and a function that fills in sentences.
import { partsOf } from '../world/dates.js';
import { arabic } from './strings.ar.js';
import { english } from './strings.en.js';

/** @typedef {import('./strings.en.js').Texts} Texts */
/** @typedef {Texts & {lang: 'en' | 'ar', longDate: (day: number) => string, shortDate: (day: number) => string, dayMonth: (day: number) => string, number: (value: number) => string}} Words */

/** @param {'en' | 'ar'} lang @returns {Words} */
export function wordsOf(lang) {
  const texts = lang === 'ar' ? arabic : english;
  const comma = lang === 'ar' ? '،' : '';
  return {
    ...texts,
    lang,
    longDate(day) {
      const { year, month, day: date, weekday } = partsOf(day);
      return `${texts.weekdays[weekday]}${comma} ${date} ${texts.months[month]} ${year}`;
    },
    shortDate(day) {
      const { year, month, day: date } = partsOf(day);
      return `${date} ${texts.months[month]} ${year}`;
    },
    dayMonth(day) {
      const { month, day: date } = partsOf(day);
      return `${date} ${texts.months[month]}`;
    },
    number: (value) => grouped(value),
  };
}

/** Digits in groups of three, one decimal under ten. @param {number} value */
function grouped(value) {
  const size = Math.abs(value);
  const [whole, part] = (size < 10 && size > 0 ? size.toFixed(1) : size.toFixed(0)).split('.');
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ',') + (part && part !== '0' ? `.${part}` : '');
  return value < 0 ? `−${text}` : text;
}

/**
 * Fill the holes of a sentence.
 * @param {string} sentence @param {Record<string, string | number>} values
 */
export function fillIn(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (hole, key) => String(values[key] ?? hole));
}
