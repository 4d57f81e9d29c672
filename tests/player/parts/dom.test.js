// Elements: hostile text stays text, and only web addresses become links.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { shown, webAddress } from '../../../territory/player/src/parts/dom.js';

test('invisible characters are written out', () => {
  assert.equal(shown('a\u202eb\u200bc'), 'a\\u202eb\\u200bc');
  assert.equal(shown('جسر الشغور'), 'جسر الشغور');
});

test('only http and https become links', () => {
  assert.equal(webAddress('https://example.org/a'), 'https://example.org/a');
  for (const address of [
    'javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    '',
    '//x',
    'x y',
  ])
    assert.equal(webAddress(address), '', address);
});

test('no source parses text as HTML or as code', () => {
  const folder = new URL('../../../territory/player/src/', import.meta.url);
  for (const file of readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.js'))) {
    const text = readFileSync(new URL(file, folder), 'utf8');
    assert.doesNotMatch(
      text,
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser/,
      file,
    );
  }
});
