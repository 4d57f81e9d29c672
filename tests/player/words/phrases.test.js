// Names that held for a time: a place and an actor are called on a day as they were called then.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Phrases } from '../../../territory/player/src/words/phrases.js';
import { wordsOf } from '../../../territory/player/src/words/strings.js';
import { texts } from '../tiny_world.js';

const RED = { id: 'red', label: { en: 'Red' }, namings: [{ from: 3, to: 5, name: { en: 'Reds' } }] };
const world = {
  campaign: { language: 'en' },
  actors: [{}, {}, RED],
  places: [{ name: { en: 'Town' } }],
  namings: { 0: [{ from: 0, to: 3, name: { en: 'Old Town' } }] },
};

test('a place and an actor are called on a day as they were called then', () => {
  let day = 0;
  const phrases = new Phrases(world, wordsOf(texts('en'), 'en'), () => day);
  const called = [2, 3, 4, 6].map((now) => {
    day = now;
    return `${phrases.place(0)}, ${phrases.actor(2)}`;
  });
  assert.deepEqual(called, ['Old Town, Red', 'Old Town, Reds', 'Town, Reds', 'Town, Red']);
});

test('a record is told with the names of its own day, whatever day is shown', () => {
  const phrases = new Phrases(world, wordsOf(texts('en'), 'en'), () => 9);
  const record = { day: 3, kind: 'capture', place: 0, actor: [2], against: [] };
  assert.equal(phrases.sentence(record), 'Reds took Old Town');
});
