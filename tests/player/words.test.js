// Words: both languages say everything; hostile text stays text; only web addresses become links; names are found.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Crowd } from '../../territory/player/src/labels.js';
import { shown, webAddress } from '../../territory/player/src/dom.js';
import { match, skeleton } from '../../territory/player/src/search.js';
import { fillIn, wordsOf } from '../../territory/player/src/strings.js';

const keys = (value, path = '') => (typeof value === 'object' && !Array.isArray(value)
  ? Object.entries(value).flatMap(([key, inner]) => keys(inner, `${path}.${key}`)) : [path]);

test('Arabic says everything that English says, with the same holes', () => {
  const [english, arabic] = [wordsOf('en'), wordsOf('ar')];
  assert.deepEqual(keys(arabic).sort(), keys(english).sort());
  const holes = (text) => [...text.matchAll(/\{\w+\}/g)].map(String).sort().join();
  for (const key of ['since', 'unknownWhy', 'spokenFor', 'sourcesCount']) assert.equal(holes(arabic[key]), holes(english[key]), key);
});

test('text that looks like code is put in as it is', () => {
  assert.equal(fillIn('{place} taken', { place: '{{7*7}} ${1} $& <img onerror>' }), '{{7*7}} ${1} $& <img onerror> taken');
});

test('invisible characters are written out', () => {
  assert.equal(shown('a\u202eb\u200bc'), 'a\\u202eb\\u200bc');
  assert.equal(shown('جسر الشغور'), 'جسر الشغور');
});

test('only http and https become links', () => {
  assert.equal(webAddress('https://example.org/a'), 'https://example.org/a');
  for (const address of ['javascript:alert(1)', ' JaVaScRiPt:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '', '//x', 'x y']) assert.equal(webAddress(address), '', address);
});

test('a place is found by its spellings', () => {
  const names = [['Jisr al-Shughur', 'جسر الشغور', 'Jisr ash-Shughour'], ['Idlib', 'إدلب', 'Edlib'], ["Ma'arrat al-Nu'man"]].map((list, index) => ({ keys: list.map(skeleton), index, rank: 1 }));
  assert.deepEqual(match(names, 'jisr ash-shughour'), [0]);
  assert.deepEqual(match(names, 'جسر'), [0]);
  assert.deepEqual(match(names, 'ادلب'), [1]);
  assert.deepEqual(match(names, 'maarrat'), [2]);
  assert.deepEqual(match(names, 'zzz'), []);
});

test('numbers are grouped and rounded as a newspaper would', () => {
  const { number } = wordsOf('en');
  assert.deepEqual([10248.4, 41.2, 3.14, 0, -61, 1234567].map(number), ['10,248', '41', '3.1', '0', '−61', '1,234,567']);
});

test('no source parses text as HTML or as code', () => {
  const folder = new URL('../../territory/player/src/', import.meta.url);
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.js'))) {
    const text = readFileSync(new URL(file, folder), 'utf8');
    assert.doesNotMatch(text, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser/, file);
  }
});

test('a name lies wholly on what shows of the map or wholly beside it, and on no other name', () => {
  const crowd = new Crowd([10, 10, 110, 60]);
  assert.deepEqual([[20, 20, 40, 30], [112, 20, 140, 30], [0, 65, 40, 75]].map((box) => crowd.free(box)), [true, true, true]);
  assert.deepEqual([[5, 20, 15, 30], [100, 20, 115, 30], [20, 55, 40, 65], [0, 0, 200, 100]].map((box) => crowd.free(box)), [false, false, false, false]);
  crowd.take([20, 20, 40, 30]);
  assert.ok(!crowd.free([39, 29, 60, 50]) && crowd.free([41, 20, 60, 30]));
});
