// What the page shows when it cannot open its map: why, and what to do about it. The drawing and the table of one day,
// which it holds for readers without script, then become visible. The words lie beside the data, which cannot be read.

import { FORMAT, refuseUnknown, VERSION } from '../codec/unpack.js';
import { fillIn } from '../words/strings.js';
import { readAddress } from './address.js';
import { el } from './dom.js';

/** Show in the page why it cannot be opened. @param {string} data the text of the page's data block @param {string} texts that of its words */
export function showFault(data, texts) {
  const root = document.documentElement;
  root.classList.add('t-failed');
  const { why, format, version } = kindOf(data);
  const languages = /** @type {Record<string, import('../types').FaultTexts>} */ (parsed(texts) ?? {});
  const lang = [readAddress().lang, root.lang].find((tag) => tag && Object.hasOwn(languages, tag));
  if (!lang) return;
  const words = languages[lang];
  const place = document.querySelector('.t-still') ?? document.body;
  place.prepend(
    el(
      'section',
      { class: 't-fault', lang, dir: words.dir },
      el(
        'div',
        { role: 'alert' },
        el('h2', {}, words.title),
        el('p', {}, words.why[why]),
        why === 'version' &&
          el('p', { class: 't-quiet' }, fillIn(words.versions, { own: FORMAT, reads: VERSION, format, version })),
      ),
      el('p', {}, words.still),
    ),
  );
}

/** @param {string} text @returns {any} undefined where it is no JSON */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Why a data block cannot be opened here, and the format and version that it names.
 * @param {string} data @returns {{why: 'old' | 'version' | 'spoiled', format: string, version: string}}
 */
function kindOf(data) {
  const envelope = parsed(data);
  const named = { format: String(envelope?.format), version: String(envelope?.version) };
  if (envelope === undefined) return { why: 'spoiled', ...named };
  try {
    refuseUnknown(envelope);
  } catch {
    return { why: 'version', ...named };
  }
  return { why: typeof DecompressionStream === 'undefined' ? 'old' : 'spoiled', ...named };
}
