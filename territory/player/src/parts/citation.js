// A record as the reader sees it in full, and the sources that it is cited from.
import { recordedDate } from '../words/recorded_date.js';
import { add, name as bdi, el, link } from './dom.js';

/** @typedef {import('../words/tell.js').Teller} Teller */

/**
 * Where a record comes from: "SOHR via AFP via Al Bawaba", each a link when it has a web address.
 * @param {Teller} teller @param {number[]} sources @returns {Node[]}
 */
export function sourceChains(teller, sources) {
  return sources.map((index) => el('span', { class: 't-chain' }, sourceChain(teller, index, new Set())));
}

/** @param {Teller} teller @param {number} index @param {Set<number>} seen @returns {(Node | string)[]} */
function sourceChain(teller, index, seen) {
  const { world, words } = teller;
  const source = world.sources[index];
  if (!source || seen.has(index)) return [];
  seen.add(index);
  const own = link(source.url || source.archive_url, bdi(source.publisher || source.title || source.id));
  if (source.title) own.setAttribute('title', source.title);
  const origins = source.derived_from
    .map((origin) => sourceChain(teller, origin, seen))
    .filter((origin) => origin.length);
  if (!origins.length) return [own];
  const [before, between, after] = words.via.split(/\{origin\}|\{relay\}/);
  const joined = origins.flatMap((origin, i) => (i ? [` ${words.and} `, ...origin] : origin));
  return [before, ...joined, between, own, after];
}

/** A record as a block: sentence, date, counts, source, confidence, note. @param {Teller} teller @param {import('../types').Event} event */
export function recordBlock(teller, event) {
  const { words } = teller;
  const block = el('div', { class: 't-record' }, el('p', { class: 't-sentence' }, teller.sentence(event)));
  const counts = teller.counts(event.counts ?? {});
  add(block, el('p', { class: 't-quiet' }, recordedDate(event.date, words), counts && ` · ${counts}`));
  add(
    block,
    el(
      'p',
      { class: 't-source' },
      el('span', { class: 't-label' }, words.sources),
      ' ',
      event.sources.length ? sourceChains(teller, event.sources) : words.noSource,
    ),
  );
  const sure = teller.confidence(event);
  if (sure.length) add(block, el('p', { class: 't-quiet' }, sure.join(' · ')));
  if (event.note) add(block, el('p', { class: 't-note', lang: 'en', dir: 'auto' }, event.note));
  return block;
}
