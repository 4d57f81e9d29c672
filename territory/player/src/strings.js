// Every word that the player says, in English and in Arabic. Levantine month names; Western digits in both.
import { partsOf } from './dates.js';
import { arabic } from './strings.ar.js';

/** Words that are sentences with holes take an object; `{actor}` and the like are filled by `fillIn`. */
const english = {
  dir: 'ltr',
  months: 'January February March April May June July August September October November December'.split(' '),
  monthsShort: 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' '),
  weekdays: 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' '),
  or: 'or', and: 'and', via: '{origin} via {relay}', about: 'about', km2: 'km²', km: 'km', unplaced: 'an unnamed place',
  since: 'since {date}', sinceBefore: 'since {date} or before', noChange: 'No change of control since {date}', opening: 'Opening state',
  recordsToday: { none: 'No records on this day', one: '1 record on this day', many: '{count} records on this day' },
  goPrevious: 'Previous: {date}', goNext: 'Next: {date}',
  legend: 'Who holds what', front: 'Front line', ghost: 'Front before this day', changed: 'Changed hands this day', schematicRoad: 'Road (schematic)',
  statuses: { control: '{actor}', contested: '{actor}, contested by {rival}', besieged: '{actor}, besieged by {rival}', claimed: '{actor}, claimed by {rival}', truce: '{actor}, truce', mixed: '{actor} and {rival}, mixed' },
  statusAlone: { control: 'Holds it', contested: 'Contested by {rival}', besieged: 'Besieged by {rival}', claimed: 'Claimed by {rival}', truce: 'Under a truce', mixed: 'Held jointly with {rival}' },
  unknown: 'Nobody reports on this ground', unknownWhy: 'It lies more than {km} km from every place that the records name, or they do not say who holds it.',
  heldSince: 'Held since {date}', heldFrom: 'Held at the opening of the map, {date}', statusSince: 'since {date}',
  recordedAs: 'On this record', sources: 'Sources:', noSource: 'No source named',
  sure: 'How sure', found: 'Read in the source named', recalled: 'From general knowledge; the source was not read again',
  otherConfidence: 'Confidence: {word}', claimedBy: 'Claimed by {who}', reportedOn: 'Reported {date}', approximate: 'The location of {place} is approximate',
  spokenFor: '{place}, {km} km away, speaks for this ground', spokenForHere: '{place} itself is named by the records', stale: 'The last word on it is {days} days old',
  alternatives: 'Other accounts', history: 'Its history', upTo: 'up to {date}', today: 'Recorded here on this day',
  kinds: {
    baseline: '{actor} held {place} at the opening', capture: '{actor} took {place}{from}', recapture: '{actor} retook {place}{from}',
    withdrawal: '{actor} withdrew from {place}', handover: '{place} was handed to {actor}', evacuation: '{actor} evacuated {place}',
    contest_start: 'Fighting for {place}: {actor} attacked', contest_end: 'Fighting for {place} ended', siege_start: '{actor} laid siege to {place}',
    siege_end: 'The siege of {place} ended', truce_start: 'A truce began at {place}', truce_end: 'The truce at {place} ended',
    claim: '{actor} claimed {place}', denial: '{actor} denied the loss of {place}', assessment: '{actor} said to hold {place}', advance: '{actor} advanced at {place}',
    clash: 'Clashes at {place}', airstrike: 'Air strikes at {place}', attack: '{actor} attacked {place}', correction: 'Record on {place} corrected', retraction: 'Record on {place} withdrawn',
  },
  fallback: '{kind}: {place}', from: ' from {against}', unnamed: 'Somebody',
  counts: { airstrikes: 'air strikes', killed: 'killed', wounded: 'wounded', captured: 'captured', checkpoints: 'checkpoints' },
  play: 'Play', pause: 'Pause', previous: 'Previous day with a change', next: 'Next day with a change', speed: 'Speed', slider: 'Day shown',
  keys: { play: 'Space', previous: 'Left arrow', next: 'Right arrow' },
  find: 'Find a place', nothingFound: 'No place of that name', language: 'العربية', languageHint: 'Show in Arabic', theme: 'Light or dark',
  zoomIn: 'Zoom in', zoomOut: 'Zoom out', wholeMap: 'Whole map', close: 'Close', keyDates: 'Key dates', map: 'Map of control', chart: 'km² by actor, day by day', perDay: 'Records a day',
  how: 'How this was made', howText: 'Each piece of ground is credited to the nearest place that a dated record names, up to {km} km away; farther ground is shown as unknown. The records change it, day by day. The front line is the edge between ground of different holders; it is smoothed for the eye only, and its place between two reporting places is an inference.',
  sourcesCount: '{count} sources, {records} records.', schematicNote: 'Road lines are schematic.', noEndorsement: 'Boundaries and names shown imply no endorsement.', madeWith: 'Made with {version}.', records: 'Records of the day',
};

/** @typedef {typeof english} Texts */
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
