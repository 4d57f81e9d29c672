// Civil dates: the same day wherever the reader's clock stands.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { dayNumber, isoOf, recordedDate } from '../../territory/player/src/dates.js';
import { wordsOf } from '../../territory/player/src/strings.js';

test('days and their numbers go both ways', () => {
  for (const iso of ['1970-01-01', '2015-03-01', '2015-03-29', '2015-10-25', '2016-02-29', '2015-12-31']) assert.equal(isoOf(dayNumber(iso)), iso);
  assert.equal(dayNumber('2015-04-25') - dayNumber('2015-04-24'), 1);
});

test('what is no date is no number', () => {
  for (const text of ['', '2015-02-30', '2015-13-01', '25.4.2015', '2015-4-5', 'NaN']) assert.ok(Number.isNaN(dayNumber(text)), text);
});

test('a day is named alike in Honolulu, Damascus and Kiritimati', () => {
  const script = `import { dayNumber, isoOf } from './territory/player/src/dates.js';
    import { wordsOf } from './territory/player/src/strings.js';
    console.log(isoOf(dayNumber('2015-03-28')), wordsOf('en').longDate(dayNumber('2015-04-25')), wordsOf('ar').longDate(dayNumber('2015-04-25')));`;
  const said = ['Pacific/Honolulu', 'Asia/Damascus', 'Pacific/Kiritimati'].map((TZ) => execFileSync(
    process.execPath, ['--input-type=module', '-e', script], { env: { ...process.env, TZ }, cwd: new URL('../../', import.meta.url), encoding: 'utf8' },
  ).trim());
  assert.deepEqual(said, Array(3).fill('2015-03-28 Saturday 25 April 2015 السبت، 25 نيسان 2015'));
});

test('dates of records are said as sure as they were written', () => {
  const words = wordsOf('en');
  assert.equal(recordedDate('2015-04-25', words), '25 April 2015');
  assert.equal(recordedDate('2015-04', words), 'April 2015');
  assert.equal(recordedDate('2015-04-05~', words), 'about 5 April 2015');
  assert.equal(recordedDate('2015-04-24/2015-04-25', words), '24 April 2015 – 25 April 2015');
  assert.equal(recordedDate('[2015-04-22,2015-04-23]', words), '22 April 2015 or 23 April 2015');
  assert.equal(recordedDate('spring <b>', words), 'spring <b>');
});
