// The player's folders stand on each other in one order: no import runs up, and none runs in a circle.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { test } from 'node:test';

/** What each folder may import from, besides itself. The entries, beside the folders, may import from all of them. */
const BELOW = {
  world: [],
  codec: ['world'],
  words: ['world'],
  draw: ['world'],
  parts: ['codec', 'draw', 'words', 'world'],
};
/** Shapes alone: named from everywhere, and naming what they are made of. */
const SHAPES = 'types';

/** The modules of the player by their path under src, each with its text. */
function sources() {
  const src = new URL('../../territory/player/src/', import.meta.url);
  const paths = readdirSync(src, { recursive: true }).map((path) => path.replaceAll('\\', '/'));
  return new Map(
    paths.filter((path) => path.endsWith('.js')).map((path) => [path, readFileSync(new URL(path, src), 'utf8')]),
  );
}

/** The paths that a module names: in import statements, and in the types of its comments. */
function namedBy(path, text) {
  const found = (pattern) => [...text.matchAll(pattern)].map(([, to]) => posix.join(posix.dirname(path), to));
  const statements = found(/^(?:import|export)\b(?:[^;'(]*\bfrom)?\s*'(\.{1,2}\/[^']+)'/gm);
  return { statements, types: found(/import\('(\.{1,2}\/[^']+)'\)/g).filter((to) => to !== SHAPES) };
}

const roomOf = (path) => (path.includes('/') ? path.split('/')[0] : '');

/** What is wrong with the order of some modules, in sentences. */
function faultsOf(modules) {
  const named = new Map([...modules].map(([path, text]) => [path, namedBy(path, text)]));
  const faults = [];
  for (const [path, { statements, types }] of named) {
    const room = roomOf(path);
    if (room && !(room in BELOW)) faults.push(`${path} lies in no folder that tests/player/rooms.test.js knows.`);
    for (const to of new Set([...statements, ...types])) {
      if (!modules.has(to)) faults.push(`${path} names ${to}, which is not there.`);
      else if (room && room !== roomOf(to) && !BELOW[room]?.includes(roomOf(to))) {
        const may = BELOW[room]?.length ? `only from ${BELOW[room].join(', ')}` : 'from no other folder';
        faults.push(
          `${path} imports from ${to}, but ${room}/ may import ${may}. ` +
            `Move what both need into a folder below, or hand it to ${path} as an argument.`,
        );
      }
    }
  }
  return [...faults, ...circlesOf(new Map([...named].map(([path, { statements }]) => [path, statements])))];
}

/** Every circle of import statements that a walk from module to module closes. */
function circlesOf(imports) {
  const [circles, done] = [[], new Set()];
  const walk = (path, way) => {
    if (way.includes(path))
      circles.push(`Imports run in a circle: ${[...way.slice(way.indexOf(path)), path].join(' -> ')}.`);
    else if (!done.has(path)) for (const to of imports.get(path) ?? []) walk(to, [...way, path]);
    done.add(path);
  };
  for (const path of imports.keys()) walk(path, []);
  return circles;
}

test('no import of the player runs up or in a circle', () => {
  const modules = sources();
  assert.ok(modules.size > 60, 'the modules were not found');
  assert.deepEqual(faultsOf(modules), []);
});

test('an import that runs up is named, with what to do, also where it is only a type', () => {
  const painter = ['draw/painter.js', 'export const paint = 1;'];
  const up = (text) => faultsOf(new Map([['world/fronts.js', text], painter]));
  for (const text of [
    "import { paint } from '../draw/painter.js';",
    "import {\n  paint,\n} from '../draw/painter.js';",
    "/** @param {import('../draw/painter.js').Pen} pen */",
  ]) {
    assert.deepEqual(up(text), [
      'world/fronts.js imports from draw/painter.js, but world/ may import from no other folder. ' +
        'Move what both need into a folder below, or hand it to world/fronts.js as an argument.',
    ]);
  }
});

test('a circle of imports is named from module to module', () => {
  const modules = [
    ['parts/a.js', 'b'],
    ['parts/b.js', 'c'],
    ['parts/c.js', 'a'],
  ].map(([path, to]) => [path, `import './${to}.js';`]);
  assert.deepEqual(faultsOf(new Map(modules)), [
    'Imports run in a circle: parts/a.js -> parts/b.js -> parts/c.js -> parts/a.js.',
  ]);
});

test('what lies in no known folder, and what names nothing, is said', () => {
  const modules = new Map([
    ['misc/a.js', ''],
    ['parts/b.js', "import './gone.js';"],
  ]);
  assert.deepEqual(faultsOf(modules), [
    'misc/a.js lies in no folder that tests/player/rooms.test.js knows.',
    'parts/b.js names parts/gone.js, which is not there.',
  ]);
});
