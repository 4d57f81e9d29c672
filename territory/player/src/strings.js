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
  counts: { airstrikes: 'air strikes', killed: 'killed', wounded: 'wounded', captured: 'captured', checkpoints: 'checkpoints', fighters: 'fighters' },
  pin: 'Compare with this date', pinHint: 'Pin this date and compare others with it', unpin: 'Stop comparing', swipe: 'Swipe between the two dates', swipeEnd: 'One map again', swap: 'Swap the dates', swipeBar: 'Divider between the two dates',
  comparedWith: 'compared with {date}', sameGround: 'No ground changed hands', changedSince: 'Changed hands since the pinned date', ghostSince: 'Front on the pinned date',
  span: 'Part of the period that is shown', spanHint: 'Drag the ends to shorten the period; double click for all of it', spanStart: 'Shown from', spanEnd: 'Shown to', spanSaid: '{from} to {to}',
  skipped: '{count} quiet days passed over', skippedOne: '1 quiet day passed over', pace: 'Pace', paceEvents: 'From change to change', paceCalendar: 'Day by day', loop: 'Again from the start at the end', playMenu: 'How it plays',
  hide: 'Hide on the map', unhide: 'Show on the map', marks: 'Day’s records', road: 'Road', placeNames: 'Place names',
  table: 'The map as tables', tableAreas: 'Who held what on {date}', tableChanges: 'Ground gained and lost since {date}', actor: 'Held by', share: 'Share', total: 'Together', gained: 'Gained, km²', lost: 'Lost, km²', net: 'Net, km²', record: 'Record', reportedFor: 'Date', sourcesHead: 'Sources',
  inferred: 'Inferred from a place some way off', staleGround: 'Long unconfirmed', unsureGround: 'May be held by the other: date uncertain', teeth: 'Toothed front', teethHint: 'The teeth point to the side that lost ground, since the date compared with or else since the opening of the map', frontErrorShort: 'Front expected within {mean} km; 19 in 20 within {p95} km', frontError: 'Expected front error {mean} km; 19 in 20 within {p95} km. Reporting places lie {spacing} km apart.', inferredNote: 'Ground between reporting places is inferred from the nearest one.',
  help: 'Help and keys', helpLetters: 'Use keys of one character', story: 'Story', storyOf: '{at} of {all}', storyPrevious: 'Previous chapter: {title}', storyNext: 'Next chapter: {title}', storySources: 'Records and sources of this chapter',
  helpKeys: {
    space: 'Play or pause', arrows: 'Previous or next day with a change', comma: 'One day back or on', ends: 'First or last day', pages: 'Previous or next chapter', speed: 'Slower or faster', l: 'Loop', p: 'Pace: by changes or by calendar',
    brackets: 'Pin this date to compare with; let it go', s: 'Swipe between the pinned date and this one', t: 'The map as tables', slash: 'Find a place', zoom: 'Zoom the map', shift: 'Move the map', enter: 'On the map: who holds its middle', esc: 'Close', question: 'This help',
  },
  keyNames: { space: 'Space', arrows: '← →', comma: ', .', ends: 'Home End', pages: 'PgUp PgDn', speed: '< >', brackets: '[ ]', slash: '/', zoom: '+ −', shift: 'Shift ← ↑ → ↓', enter: 'Enter', esc: 'Esc', question: '?', l: 'L', p: 'P', s: 'S', t: 'T' },
  countNotes: { running_total: 'running total', sent_in: 'sent in', taken: 'taken', contested: 'contested', chechen: 'Chechen' }, onRecord: 'Its record', distance: '{km} km from here', steps: 'Holder over time', tilesNote: 'The ground is drawn by {host}: it learns your network address and which part of the map you look at.', tilesCredit: 'Tiles: {credit}.',
  play: 'Play', pause: 'Pause', previous: 'Previous day with a change', next: 'Next day with a change', speed: 'Speed', slider: 'Day shown',
  keys: { play: 'Space', previous: 'Left arrow', next: 'Right arrow' },
  find: 'Find a place', nothingFound: 'No place of that name', language: 'العربية', languageHint: 'Show in Arabic', theme: 'Light or dark',
  zoomIn: 'Zoom in', zoomOut: 'Zoom out', wholeMap: 'Whole map', close: 'Close', keyDates: 'Key dates', map: 'Map of control', chart: 'km² by actor, day by day', perDay: 'Records a day',
  fault: 'The map cannot be shown here', faultFound: 'What the page found: {message}', faultStill: 'In its place: one day of the map as a drawing, and who held how much of the ground.',
  faults: {
    old: 'This browser cannot unpack the data of this page. It needs Chrome or Edge 80, Safari 16.4 or Firefox 113, or later: a newer browser will show the map.',
    version: 'The data of this page and the player in it are of different versions. Whoever made the page can render it again.',
    spoiled: 'The data of this page cannot be read. The file may have been cut short or changed on its way: fetch it again, or ask whoever made it.',
  },
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
