// Decoding a data block: which ones are refused.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Reader } from '../../../territory/player/src/codec/reader.js';
import { refuseUnknown } from '../../../territory/player/src/codec/unpack.js';

test('an unknown version is refused, and both versions are said', () => {
  assert.throws(
    () => refuseUnknown({ format: 'territory-page', version: 7, data: '' }),
    /territory-page version 4.*territory-page version 7/s,
  );
});

test('an unknown format is refused, and both formats are said', () => {
  assert.throws(
    () => refuseUnknown({ format: 'something-else', version: 4, data: '' }),
    /territory-page version 4.*something-else version 4/s,
  );
});

test('nothing at all is refused like anything unknown', () => {
  assert.throws(() => refuseUnknown(null), /territory-page version 4.*undefined/s);
});

test('data that end too early are said to be spoiled, and in which column', () => {
  assert.throws(() => new Reader(Uint8Array.of(130)), /cut off or spoiled/);
  const reader = new Reader(Uint8Array.from('\x02{}\x01\x05\x03', (letter) => letter.charCodeAt(0)));
  assert.deepEqual([...reader.unsigned('counts')], [5]);
  assert.throws(() => reader.unsigned('owner'), /too early, in owner/);
});
