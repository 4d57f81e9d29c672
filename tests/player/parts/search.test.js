// Search: a place is found however it is spelt.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { match, searchKey } from '../../../territory/player/src/parts/search.js';

test('a place is found by its spellings', () => {
  const names = [
    ['Jisr al-Shughur', 'جسر الشغور', 'Jisr ash-Shughour'],
    ['Idlib', 'إدلب', 'Edlib'],
    ["Ma'arrat al-Nu'man"],
  ].map((list, index) => ({ keys: list.map(searchKey), index, rank: 1 }));
  assert.deepEqual(match(names, 'jisr ash-shughour'), [0]);
  assert.deepEqual(match(names, 'جسر'), [0]);
  assert.deepEqual(match(names, 'ادلب'), [1]);
  assert.deepEqual(match(names, 'maarrat'), [2]);
  assert.deepEqual(match(names, 'zzz'), []);
});
