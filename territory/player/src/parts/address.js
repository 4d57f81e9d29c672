// The page's address, read and kept in step with what is shown: #date=2015-04-25&since=2015-03-01&lang=ar&theme=dark&place=idlib.
import { isoOf } from '../world/dates.js';

/** @returns {Record<string, string>} */
export function readAddress() {
  return Object.fromEntries(new URLSearchParams(window.location.hash.slice(1)));
}

/**
 * Keep the address in step with the page, where the browser allows it: a sandboxed frame may not.
 * @param {Record<string, string>} values empty values are left out
 */
export function writeAddress(values) {
  const parts = new URLSearchParams(Object.entries(values).filter(([, value]) => value));
  try {
    window.history.replaceState(null, '', `#${parts}`);
  } catch {
    // The page works the same without an address of its own.
  }
}

/**
 * A part of the page that keeps in the address what is shown: also which place answers, as long as it does.
 * @param {Pick<import('./player.js').Player, 'world' | 'days' | 'language' | 'clock'> & {panel: import('./panel.js').Panel}} uses
 */
export function keepAddress({ world, days, language, clock, panel }) {
  const root = document.documentElement;
  const opensIn = root.lang;
  let timer = 0;
  const update = () => {
    if (clock.running) return;
    // Browsers count these calls: one for the day that a drag ends on is enough.
    window.clearTimeout(timer);
    timer = window.setTimeout(
      () =>
        writeAddress({
          date: days.iso,
          since: days.pinned === null ? '' : isoOf(world.firstDay + days.pinned),
          place: panel.place,
          lang: language.words.lang === opensIn ? '' : language.words.lang,
          theme: root.dataset.theme ?? '',
          controls: root.dataset.controls ?? '',
        }),
      200,
    );
  };
  return { update };
}
