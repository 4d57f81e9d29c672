// Bundles the player: one script and one style for the page, and a pair without Leaflet for a map that has it already.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

const here = new URL('.', import.meta.url);
const built = new URL('../render/assets/built/', here);
const path = (/** @type {URL} */ url) => fileURLToPath(url);

/** In the layer's bundle `leaflet` is the page's own `window.L`, never a second copy. */
const leafletOfThePage = {
  name: 'leaflet-of-the-page',
  setup(/** @type {import('esbuild').PluginBuild} */ bundle) {
    bundle.onResolve({ filter: /^leaflet$/ }, () => ({ path: 'leaflet', namespace: 'page' }));
    bundle.onLoad({ filter: /.*/, namespace: 'page' }, () => ({ contents: 'module.exports = window.L;' }));
  },
};

/** In the page's bundle `leaflet` is the part of it that the page uses: a map, its handlers and tiles, under its own notice. */
const leafletInPart = {
  name: 'leaflet-in-part',
  setup(/** @type {import('esbuild').PluginBuild} */ bundle) {
    bundle.onResolve({ filter: /^leaflet$/ }, () => ({ path: 'leaflet', namespace: 'part' }));
    bundle.onLoad({ filter: /.*/, namespace: 'part' }, async () => ({
      resolveDir: path(here),
      contents: `${/\/\*[\s\S]*?\*\//.exec(await readFile(new URL('node_modules/leaflet/dist/leaflet.js', here), 'utf8'))?.[0]}
        export { map } from 'leaflet/src/map/index.js';
        export { Layer } from 'leaflet/src/layer/Layer.js';
        export { tileLayer } from 'leaflet/src/layer/tile/TileLayer.js';
        export { toLatLngBounds as latLngBounds } from 'leaflet/src/geo/LatLngBounds.js';
        export * as DomUtil from 'leaflet/src/dom/DomUtil.js';`,
    }));
  },
};

/** Bundle one entry into one minified IIFE; the licence comments of what it holds stay inside. */
async function script(/** @type {string} */ entry, /** @type {string} */ name, plugins = []) {
  await build({
    entryPoints: [path(new URL(`src/${entry}`, here))],
    outfile: path(new URL(name, built)),
    absWorkingDir: path(here),
    bundle: true,
    minify: true,
    format: 'iife',
    globalName: 'territoryPlayer',
    target: 'es2020',
    charset: 'ascii',
    legalComments: 'inline',
    logLevel: 'warning',
    plugins,
  });
  // The page's policy names the script by its hash: bytes that a host could read in another encoding would block it.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII begins with the control characters
  if (/[^\x00-\x7f]|<\/script|<!--/i.test(await readFile(new URL(name, built), 'utf8'))) {
    throw new Error(`${name}: write every character beyond ASCII as an escape, and close no script element`);
  }
}

/** The colours of a theme as custom properties: `--t-sea: #dbe6ee;`. The same file gives Python its colours. */
const palette = JSON.parse(await readFile(new URL('../_util/palette.json', here), 'utf8'));
const coloursOf = (/** @type {string} */ theme) =>
  Object.entries(palette[theme])
    .map(([name, colour]) => `--t-${name}: ${colour};`)
    .join(' ');

/** Minify and join style sheets. Leaflet's pictures are left out: the page draws what it needs itself. */
async function style(/** @type {string} */ name, /** @type {URL[]} */ sheets) {
  const texts = await Promise.all(sheets.map((sheet) => readFile(sheet, 'utf8')));
  const joined = texts
    .join('\n')
    .replace(/\/\* the palette's (\w+) colours stand here \*\//g, (_, theme) => coloursOf(theme))
    .replace(/[^;{}]*:\s*url\([^)]*\)[^;}]*;?/g, '');
  const { code } = await transform(joined, { loader: 'css', minify: true, charset: 'ascii', target: 'es2020' });
  if (/url\(|@import|<\//.test(code)) throw new Error(`${name}: a style sheet must fetch nothing and close no element`);
  await writeFile(new URL(name, built), code);
}

const leaflet = new URL('node_modules/leaflet/dist/leaflet.css', here);
const parts = new URL('src/style/parts.css', here);
const page = new URL('src/style/page.css', here);
const print = new URL('src/style/print.css', here);

await mkdir(built, { recursive: true });
await script('main.js', 'player.js', [leafletInPart]);
await script('attach.js', 'layer.js', [leafletOfThePage]);
await style('player.css', [leaflet, parts, page, print]);
await style('layer.css', [parts]);
