// Opening a payload: what is refused, and what the columns become.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Names } from '../../territory/player/src/columns.js';
import { decode, rootsOf } from '../../territory/player/src/decode.js';
import { Reader } from '../../territory/player/src/reader.js';
import { refuseUnknown } from '../../territory/player/src/unpack.js';
import { eventsOf, payload } from './world.js';

test('an unknown version is refused, and both versions are said', () => {
  assert.throws(() => refuseUnknown({ format: 'territory-page', version: 7, data: '' }), /territory-page version 2.*territory-page version 7/s);
});

test('an unknown format is refused, and both formats are said', () => {
  assert.throws(() => refuseUnknown({ format: 'something-else', version: 2, data: '' }), /territory-page version 2.*something-else version 2/s);
});

test('nothing at all is refused like anything unknown', () => {
  assert.throws(() => refuseUnknown(null), /territory-page version 2.*undefined/s);
});

test('data that end too early are said to be spoiled', () => {
  assert.throws(() => new Reader(Uint8Array.of(130)), /cut off or spoiled/);
});

test('arcs that end at one point share a node', () => {
  const { arcs } = decode(payload());
  assert.equal(arcs.nodes, 6);
  assert.equal(arcs.end[0], arcs.start[3]);
  assert.equal(arcs.start[0], arcs.end[3]);
  assert.equal(arcs.end[2], arcs.end[6]);
});

test('lines lie in the drawing plane with north up and east right', () => {
  const { arcs } = decode(payload());
  const [x0, y0, x1, y1] = arcs.line(0);
  assert.equal(x0, x1);
  assert.ok(y1 < y0, 'an arc that runs north goes up the screen');
  assert.ok(arcs.line(1)[0] > x0, 'an arc farther east lies farther right');
});

test('the first and the last day count', () => {
  assert.equal(decode(payload()).days, 10);
});

test('the root of an actor is its top ancestor, even where parents go in a circle', () => {
  assert.deepEqual([...rootsOf(payload().actors)], [0, 1, 2, 3, 3]);
  const circle = [{ parent: 1 }, { parent: 0 }].map((actor) => ({ id: '', label: '', label_ar: '', colour: '', ...actor }));
  assert.equal(rootsOf(circle).length, 2);
});

test('names that count on are made one by one, wherever the counting begins', () => {
  const names = new Names(['E0998', 3, 'Ariha', 'x9', 2, 'E7']);
  const made = Array.from({ length: names.length }, (_, row) => names.at(row));
  assert.deepEqual(made, ['E0998', 'E0999', 'E1000', 'E1001', 'Ariha', 'x9', 'x10', 'x11', 'E7']);
});

test('a record is made from its columns, and conflicting accounts of one thing know each other', () => {
  const events = eventsOf([{ id: 'a', day: 2, kind: 'capture' }, { id: 'b', kind: 'clash', date: '', alternative: 0 }, { id: 'c', day: 2, kind: 'baseline' }]);
  assert.deepEqual([events.at(0).day, events.at(1).day, events.at(1).date, events.at(2).id], [2, null, '', 'c']);
  assert.deepEqual([...events.on(2)], [0]);
  assert.deepEqual([0, 1, 2].map((row) => events.othersThan(row).map(({ id }) => id)), [['b'], [], []]);
  assert.equal(events.find(3), undefined);
  assert.equal(events.on(99).length + events.on(-1).length, 0);
});
