// What the page shows when it cannot open its map: why, and what to do about it. The drawing and the table of one day,
// which it holds for readers without script, then become visible.

import { refuseUnknown } from '../codec/unpack.js';
import { fillIn, wordsOf } from '../words/strings.js';
import { el } from './dom.js';

/** Show in the page why it cannot be opened. @param {unknown} error @param {string} data the text of the page's data block */
export function showFault(error, data) {
  const message = error instanceof Error ? error.message : String(error);
  const why = kindOf(data);
  const words = wordsOf(document.documentElement.lang === 'ar' ? 'ar' : 'en');
  document.documentElement.classList.add('t-failed');
  const place = document.querySelector('.t-still') ?? document.body;
  place.prepend(
    el(
      'section',
      { class: 't-fault', lang: words.lang, dir: words.dir },
      el(
        'div',
        { role: 'alert' },
        el('h2', {}, words.fault),
        el('p', {}, words.faults[why]),
        why === 'version' &&
          el('p', { class: 't-quiet' }, fillIn(words.faultFound, { message: '' }), el('bdi', {}, message)),
      ),
      el('p', {}, words.faultStill),
    ),
  );
}

/**
 * Why a data block cannot be opened here.
 * @param {string} data @returns {'old' | 'version' | 'spoiled'}
 */
function kindOf(data) {
  let envelope;
  try {
    envelope = JSON.parse(data);
  } catch {
    return 'spoiled';
  }
  try {
    refuseUnknown(envelope);
  } catch {
    return 'version';
  }
  return typeof DecompressionStream === 'undefined' ? 'old' : 'spoiled';
}
