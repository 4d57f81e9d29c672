// Dates in words: the same day wherever the reader's clock stands, and as sure as it was written.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { recordedDate } from '../../../territory/player/src/words/recorded_date.js';
import { wordsOf } from '../../../territory/player/src/words/strings.js';

test('a day is named alike in Honolulu, Damascus and Kiritimati', () => {
  const script = `import { dayNumber, isoOf } from './territory/player/src/world/dates.js';
    import { wordsOf } from './territory/player/src/words/strings.js';
    console.log(isoOf(dayNumber('2015-03-28')), wordsOf('en').longDate(dayNumber('2015-04-25')), wordsOf('ar').longDate(dayNumber('2015-04-25')));`;
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
  const words = wordsOf('en');
  assert.equal(recordedDate('2015-04-25', words), '25 April 2015');
  assert.equal(recordedDate('2015-04', words), 'April 2015');
  assert.equal(recordedDate('2015-04-05~', words), 'about 5 April 2015');
  assert.equal(recordedDate('2015-04-24/2015-04-25', words), '24 April 2015 – 25 April 2015');
  assert.equal(recordedDate('[2015-04-22,2015-04-23]', words), '22 April 2015 or 23 April 2015');
  assert.equal(recordedDate('spring <b>', words), 'spring <b>');
});
