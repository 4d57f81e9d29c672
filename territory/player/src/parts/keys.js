// The keyboard: space plays, arrows step, brackets pin, / finds; help.js lists them all for the reader.

/** @typedef {Pick<import('./player.js').Player, 'days' | 'clock' | 'chapters' | 'language'>} Uses */

const TYPING = 'input:not([type=range]), textarea, select, [contenteditable]';

/** @typedef {{close: () => void, find?: () => void, pan?: (x: number, y: number) => void, zoom?: (step: number) => void, swipe: () => void, table: () => void, help?: () => void}} Acts */

/**
 * What keys do on page and layer alike.
 * @param {{panel: {close: () => void}, swipe: {toggle: () => void}, table: {open: () => void}}} parts
 */
export function actsOn({ panel, swipe, table }) {
  return { close: () => panel.close(), swipe: () => swipe.toggle(), table: () => table.open() };
}

/** Whether keys of one character act: a reader may switch them off, since speech input may type them by accident. */
let letters = true;

export function lettersAct() {
  return letters;
}

/** @param {boolean} act */
export function setLetters(act) {
  letters = act;
}

/**
 * Listen on an element; keys typed into fields are left alone, and so is space on a button.
 * @param {HTMLElement | Document} on @param {Uses} uses @param {Acts} acts
 */
export function listen(on, uses, acts) {
  on.addEventListener('keydown', (happened) => {
    const event = /** @type {KeyboardEvent} */ (happened);
    const target = event.target instanceof Element ? event.target : null;
    if (
      event.defaultPrevented ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      target?.matches(TYPING) ||
      target?.closest('dialog')
    )
      return;
    if (move(event, target, uses, acts) || (letters && letter(event.key, uses, acts))) event.preventDefault();
  });
}

/** Space, arrows and other keys without a character. @param {KeyboardEvent} event @param {Element | null} target @param {Uses} uses @param {Acts} acts */
function move({ key, shiftKey }, target, { days, clock, chapters, language }, { close, pan }) {
  const { onward } = language;
  // Radio buttons walk by arrows themselves; so does whatever scrolls.
  if (key.startsWith('Arrow') && target?.matches('input[type=radio]')) return false;
  if (key === ' ' && !target?.matches('button, a, summary, input:not([type=range])')) clock.toggle();
  else if (shiftKey && pan && key.startsWith('Arrow')) {
    pan(
      key === 'ArrowLeft' ? -80 : key === 'ArrowRight' ? 80 : 0,
      key === 'ArrowUp' ? -80 : key === 'ArrowDown' ? 80 : 0,
    );
  } else if (key === 'ArrowRight') days.step(onward);
  else if (key === 'ArrowLeft') days.step(/** @type {1 | -1} */ (-onward));
  else if (key === 'Home' || key === 'End') days.visit(key === 'Home' ? days.span[0] : days.span[1]);
  else if (key === 'PageUp' || key === 'PageDown') {
    const { before, after } = chapters.around;
    chapters.open(key === 'PageUp' ? before : after);
  } else if (key === 'Escape') close();
  else return false;
  return true;
}

/** Keys with a character. @param {string} key @param {Uses} uses @param {Acts} acts */
function letter(key, { days, clock }, acts) {
  /** @type {Record<string, (() => void) | undefined>} */
  const does = {
    '/': acts.find,
    '?': acts.help,
    t: acts.table,
    s: acts.swipe,
    '[': () => days.pin(days.day),
    ']': () => days.pin(null),
    ',': () => days.visit(days.day - 1),
    '.': () => days.visit(days.day + 1),
    '<': () => clock.faster(-1),
    '>': () => clock.faster(1),
    l: () => clock.setLoop(!clock.loop),
    p: () => clock.setPace(clock.pace === 'events' ? 'calendar' : 'events'),
    '+': acts.zoom && (() => acts.zoom?.(1)),
    '=': acts.zoom && (() => acts.zoom?.(1)),
    '-': acts.zoom && (() => acts.zoom?.(-1)),
  };
  const act = Object.hasOwn(does, key) ? does[key] : undefined;
  act?.();
  return act !== undefined;
}
