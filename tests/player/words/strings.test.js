// Words: every language says everything, with the same holes and its own plurals; what fills a hole stays as it is.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fillIn, wordsOf } from '../../../territory/player/src/words/strings.js';
import { TAGS, texts } from '../tiny_world.js';

const ALL = texts(...TAGS);
const words = (tag) => wordsOf(ALL, tag);
const holes = (text) => [...text.matchAll(/\{\w+\}/g)].map(String).sort().join();
const isGroup = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
/** A text by plural category. */
const isCounted = (value) => isGroup(value) && 'other' in value;

/** Hand every text of a language, and what stands at its place in English, to a function. */
function compare(own, english, path, look) {
  if (!isGroup(english) || isCounted(english)) {
    look(own, english, path);
    return;
  }
  assert.deepEqual(Object.keys(own).sort(), Object.keys(english).sort(), path);
  for (const key of Object.keys(english)) compare(own[key], english[key], `${path}.${key}`, look);
}

for (const tag of TAGS)
  test(`${tag} says everything that English says, with the same holes and Western digits`, () => {
    compare(ALL[tag], ALL.en, tag, (own, english, path) => {
      if (Array.isArray(english)) assert.equal(own.length, english.length, path);
      else if (isCounted(english)) assert.equal(holes(own.other), holes(english.other), path);
      else {
        assert.equal(typeof own, 'string', path);
        // A date may leave out its weekday, and nothing else.
        if (!path.includes('.dates.')) assert.equal(holes(own), holes(english), path);
        assert.ok(own || !english, `${path} is empty`);
      }
      assert.doesNotMatch(JSON.stringify(own), /[\u0660-\u0669\u06f0-\u06f9]/, path);
    });
  });

for (const tag of TAGS)
  test(`counted texts of ${tag} have a form for each plural category of the language, and no other`, () => {
    const categories = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
    compare(ALL[tag], ALL.en, tag, (own, english, path) => {
      if (!isCounted(english)) return;
      assert.deepEqual(Object.keys(own).sort(), [...categories].sort(), path);
      for (const form of Object.values(own)) assert.ok(['', '{count}'].includes(holes(form)), `${path}: ${form}`);
    });
  });

test('no word is carried that the player never says', () => {
  const src = new URL('../../../territory/player/src/', import.meta.url);
  const modules = readdirSync(src, { recursive: true }).filter((path) => path.endsWith('.js'));
  const said = modules.map((path) => readFileSync(new URL(path.replaceAll('\\', '/'), src), 'utf8')).join('\n');
  const { fault, still, statusNames, ...own } = ALL.en;
  const named = new Set(said.match(/\w+/g));
  assert.deepEqual(
    Object.keys({ ...own, ...fault }).filter((key) => !named.has(key)),
    [],
  );
});

test('a count takes the form that its language asks for', () => {
  const said = (tag, counts) => counts.map((count) => words(tag).counted(words(tag).recordsCount, count));
  assert.deepEqual(said('en', [0, 1, 2]), ['0 records', '1 record', '2 records']);
  assert.deepEqual(said('de', [0, 1, 2, 1000]), ['0 Einträge', '1 Eintrag', '2 Einträge', '1.000 Einträge']);
  assert.deepEqual(said('fr', [0, 1, 2, 1000]), ['0 entrée', '1 entrée', '2 entrées', '1\u202f000 entrées']);
  assert.deepEqual(said('ar', [0, 1, 2, 3, 11, 100]), [
    'لا سجلات',
    'سجل واحد',
    'سجلان',
    '3 سجلات',
    '11 سجلًا',
    '100 سجل',
  ]);
});

test('a vague count keeps its own words', () => {
  const { counted, counts } = words('ar');
  assert.equal(counted(counts.killed, '2'), 'قتيلان');
  assert.equal(counted(counts.killed, '~2'), '~2 قتيل');
  assert.equal(counted(counts.killed, '20-30'), '20-30 قتيلًا');
  assert.equal(words('en').counted(words('en').counts.airstrikes, 'dozens'), 'dozens air strikes');
});

test('text that looks like code is put in as it is', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the text is meant to look like code
  const code = '{{7*7}} ${1} $& <img onerror>';
  assert.equal(fillIn('{place} taken', { place: code }), `${code} taken`);
});

test('numbers are grouped and rounded as a newspaper would', () => {
  const { number } = words('en');
  assert.deepEqual([10248.4, 41.2, 3.14, 0, -61, 1234567].map(number), [
    '10,248',
    '41',
    '3.1',
    '0',
    '−61',
    '1,234,567',
  ]);
});

test('every language has its own marks in numbers and its own order in dates', () => {
  const said = (tag) => [words(tag).number(10248), words(tag).number(3.14), words(tag).longDate(16550)];
  assert.deepEqual(said('de'), ['10.248', '3,1', 'Samstag, 25. April 2015']);
  assert.deepEqual(said('fr'), ['10\u202f248', '3,1', 'samedi 25 avril 2015']);
  assert.deepEqual(said('ar'), ['10,248', '3.1', 'السبت، 25 نيسان 2015']);
  assert.equal(words('de').exact('12.5'), '12,5');
});
