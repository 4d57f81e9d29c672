// The date of a record in words, with the uncertainty that it was written with.
import { dayNumber } from '../world/dates.js';
import { fillIn } from './strings.js';

/**
 * Words for a date as a record wrote it (EDTF): a day, a month, an interval, "about", or one of several.
 * What is not understood is shown as written, never guessed.
 * @param {string} text
 * @param {import('../words/strings.js').Words} words
 * @returns {string}
 */
export function recordedDate(text, words) {
  const set = /^\[(.+)\]$/.exec(text);
  if (set)
    return set[1]
      .split(/,|\.\./)
      .map((part) => recordedDate(part, words))
      .join(` ${words.or} `);
  if (text.includes('/'))
    return text
      .split('/')
      .map((part) => recordedDate(part, words))
      .join(' – ');
  const found = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?([?~%]?)$/.exec(text);
  if (!found) return text;
  const [, year, month, day, doubt] = found;
  let said = year;
  if (day) said = words.shortDate(dayNumber(`${year}-${month}-${day}`));
  else if (month) said = fillIn(words.dates.month, { month: words.months[Number(month) - 1], year });
  return doubt ? `${words.about} ${said}` : said;
}
