// Dates in words: the same day wherever the reader's clock stands, and as sure as it was written.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { recordedDate } from '../../../territory/player/src/words/recorded_date.js';
import { wordsOf } from '../../../territory/player/src/words/strings.js';
import { texts } from '../tiny_world.js';

test('a day is named alike in Honolulu, Damascus and Kiritimati', () => {
  const script = `import { dayNumber, isoOf } from './territory/player/src/world/dates.js';
    import { wordsOf } from './territory/player/src/words/strings.js';
    import { texts } from './tests/player/tiny_world.js';
    const long = (tag) => wordsOf(texts(tag), tag).longDate(dayNumber('2015-04-25'));
    console.log(isoOf(dayNumber('2015-03-28')), long('en'), long('ar'));`;
  const said = ['Pacific/Honolulu', 'Asia/Damascus', 'Pacific/Kiritimati'].map((TZ) =>
    execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, TZ },
      cwd: new URL('../../../', import.meta.url),
      encoding: 'utf8',
    }).trim(),
  );
  assert.deepEqual(said, Array(3).fill('2015-03-28 Saturday 25 April 2015 السبت، 25 نيسان 2015'));
});

test('dates of records are said as sure as they were written', () => {
  const words = wordsOf(texts('en'), 'en');
  assert.equal(recordedDate('2015-04-25', words), '25 April 2015');
  assert.equal(recordedDate('2015-04', words), 'April 2015');
  assert.equal(recordedDate('2015-04-05~', words), 'about 5 April 2015');
  assert.equal(recordedDate('2015-04-24/2015-04-25', words), '24 April 2015 – 25 April 2015');
  assert.equal(recordedDate('[2015-04-22,2015-04-23]', words), '22 April 2015 or 23 April 2015');
  assert.equal(recordedDate('spring <b>', words), 'spring <b>');
});

test('an uncertain month is said in the words of a language', () => {
  const said = ['en', 'ar', 'de', 'fr'].map((tag) => recordedDate('2015-04~', wordsOf(texts(tag), tag)));
  assert.deepEqual(said, ['about April 2015', 'نحو نيسان 2015', 'etwa April 2015', 'environ avril 2015']);
});
