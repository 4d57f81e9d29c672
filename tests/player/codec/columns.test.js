// Columns: texts and events are decoded when they are asked for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NumberedTexts } from '../../../territory/player/src/codec/columns.js';
import { eventsOf } from '../tiny_world.js';

test('numbered texts are decoded one by one, wherever a run begins', () => {
  const texts = new NumberedTexts(['E0998', 3, 'Ariha', 'x9', 2, 'E7']);
  const decoded = Array.from({ length: texts.length }, (_, row) => texts.at(row));
  assert.deepEqual(decoded, ['E0998', 'E0999', 'E1000', 'E1001', 'Ariha', 'x9', 'x10', 'x11', 'E7']);
});

test('an event is made from its columns, and conflicting accounts of one thing know each other', () => {
  const events = eventsOf([
    { id: 'a', day: 2, kind: 'capture' },
    { id: 'b', kind: 'clash', date: '', alternative: 0 },
    { id: 'c', day: 2, kind: 'baseline' },
  ]);
  assert.deepEqual([events.at(0).day, events.at(1).day, events.at(1).date, events.at(2).id], [2, null, '', 'c']);
  assert.deepEqual([...events.on(2)], [0]);
  assert.deepEqual(
    [0, 1, 2].map((row) => events.othersThan(row).map(({ id }) => id)),
    [['b'], [], []],
  );
  assert.equal(events.find(3), undefined);
  assert.equal(events.on(99).length + events.on(-1).length, 0);
});
