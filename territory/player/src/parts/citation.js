// A record in full, and the chain of sources that it is cited from.
import { recordedDate } from '../words/recorded_date.js';
import { add, name as bdi, el, link } from './dom.js';

/** @typedef {import('../words/phrases.js').Phrases} Phrases */

/**
 * Where a record comes from: "SOHR via AFP via Al Bawaba", each a link when it has a web address.
 * @param {Phrases} phrases @param {number[]} sources @returns {Node[]}
 */
export function sourceChains(phrases, sources) {
  return sources.map((index) => el('span', { class: 't-chain' }, sourceChain(phrases, index, new Set())));
}

/** @param {Phrases} phrases @param {number} index @param {Set<number>} seen @returns {(Node | string)[]} */
function sourceChain(phrases, index, seen) {
  const { world, words } = phrases;
  const source = world.sources[index];
  if (!source || seen.has(index)) return [];
  seen.add(index);
  const own = link(source.url || source.archive_url, bdi(source.publisher || source.title || source.id));
  if (source.title) own.setAttribute('title', source.title);
  const origins = source.derived_from
    .map((origin) => sourceChain(phrases, origin, seen))
    .filter((origin) => origin.length);
  if (!origins.length) return [own];
  const [before, between, after] = words.via.split(/\{origin\}|\{relay\}/);
  const joined = origins.flatMap((origin, i) => (i ? [` ${words.and} `, ...origin] : origin));
  return [before, ...joined, between, own, after];
}

/** A record as a block: sentence, date, counts, source, words read there, certainty, note. @param {Phrases} phrases @param {import('../types').Event} event */
export function recordBlock(phrases, event) {
  const { words } = phrases;
  const block = el('div', { class: 't-record' }, el('p', { class: 't-sentence' }, phrases.sentence(event)));
  const counts = phrases.counts(event.counts ?? {});
  add(block, el('p', { class: 't-quiet' }, recordedDate(event.date, words), counts && ` · ${counts}`));
  add(
    block,
    el(
      'p',
      { class: 't-source' },
      el('span', { class: 't-label' }, words.sources),
      ' ',
      event.sources.length ? sourceChains(phrases, event.sources) : words.noSource,
    ),
  );
  if (event.quote || event.locator)
    add(
      block,
      el(
        'p',
        { class: 't-quiet' },
        event.quote && el('q', { dir: 'auto' }, event.quote),
        event.quote && ' ',
        event.locator,
      ),
    );
  const sure = phrases.certainty(event);
  if (sure.length) add(block, el('p', { class: 't-quiet' }, sure.join(' · ')));
  if (event.note)
    add(block, el('p', { class: 't-note', lang: phrases.world.campaign.language, dir: 'auto' }, event.note));
  return block;
}
