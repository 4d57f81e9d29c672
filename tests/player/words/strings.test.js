// Words: both languages say everything, with the same holes; what fills a hole stays as it is.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillIn, wordsOf } from '../../../territory/player/src/words/strings.js';

const keys = (value, path = '') =>
  typeof value === 'object' && !Array.isArray(value)
    ? Object.entries(value).flatMap(([key, inner]) => keys(inner, `${path}.${key}`))
    : [path];

test('Arabic says everything that English says, with the same holes', () => {
  const [english, arabic] = [wordsOf('en'), wordsOf('ar')];
  assert.deepEqual(keys(arabic).sort(), keys(english).sort());
  const holes = (text) => [...text.matchAll(/\{\w+\}/g)].map(String).sort().join();
  for (const key of ['since', 'unknownWhy', 'spokenFor', 'sourcesCount'])
    assert.equal(holes(arabic[key]), holes(english[key]), key);
});

test('both languages have the same holes in every sentence, and Western digits', () => {
  const walk = (one, other, path) => {
    if (typeof one === 'string') {
      const holes = (text) => [...text.matchAll(/\{\w+\}/g)].map(String).sort().join();
      assert.equal(holes(other), holes(one), path);
      assert.doesNotMatch(other, /[\u0660-\u0669\u06f0-\u06f9]/, path);
      assert.ok(other.trim() || !one.trim(), `${path} is empty`);
    } else if (one && typeof one === 'object')
      for (const key of Object.keys(one)) walk(one[key], other[key], `${path}.${key}`);
  };
  walk(wordsOf('en'), wordsOf('ar'), 'words');
});

test('text that looks like code is put in as it is', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the text is meant to look like code
  const code = '{{7*7}} ${1} $& <img onerror>';
  assert.equal(fillIn('{place} taken', { place: code }), `${code} taken`);
});

test('numbers are grouped and rounded as a newspaper would', () => {
  const { number } = wordsOf('en');
  assert.deepEqual([10248.4, 41.2, 3.14, 0, -61, 1234567].map(number), [
    '10,248',
    '41',
    '3.1',
    '0',
    '−61',
    '1,234,567',
  ]);
});
