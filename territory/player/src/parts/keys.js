// The keyboard: space plays, arrows step, brackets pin, / finds; help.js lists them all for the reader.

/** @typedef {import('./player.js').Player} Player */

const TYPING = 'input:not([type=range]), textarea, select, [contenteditable]';

/** @typedef {{close?: () => void, find?: () => void, pan?: (x: number, y: number) => void, zoom?: (step: number) => void, swipe?: () => void, table?: () => void, help?: () => void}} Acts */

/** Keys of one character that a reader may switch off, since speech input says them by the way. */
export const settings = { letters: true };

/**
 * Listen on an element; keys typed into fields are left alone, and so is space on a button.
 * @param {HTMLElement | Document} on @param {Player} player @param {Acts} acts
 */
export function listen(on, player, acts) {
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
    if (move(event, target, player, acts) || (settings.letters && letter(event.key, player, acts)))
      event.preventDefault();
  });
}

/** Space, arrows and other keys without a character. @param {KeyboardEvent} event @param {Element | null} target @param {Player} player @param {Acts} acts */
function move({ key, shiftKey }, target, player, { close, pan }) {
  const onward = player.words.dir === 'rtl' ? -1 : 1;
  // Radio buttons walk by arrows themselves; so does whatever scrolls.
  if (key.startsWith('Arrow') && target?.matches('input[type=radio]')) return false;
  if (key === ' ' && !target?.matches('button, a, summary, input:not([type=range])')) player.toggle();
  else if (shiftKey && pan && key.startsWith('Arrow')) {
    pan(
      key === 'ArrowLeft' ? -80 : key === 'ArrowRight' ? 80 : 0,
      key === 'ArrowUp' ? -80 : key === 'ArrowDown' ? 80 : 0,
    );
  } else if (key === 'ArrowRight') player.step(/** @type {1 | -1} */ (onward));
  else if (key === 'ArrowLeft') player.step(/** @type {1 | -1} */ (-onward));
  else if (key === 'Home' || key === 'End') player.visit(key === 'Home' ? player.span[0] : player.span[1]);
  else if (key === 'PageUp' || key === 'PageDown') {
    const { before, after } = player.chapter();
    player.open(key === 'PageUp' ? before : after);
  } else if (key === 'Escape' && close) close();
  else return false;
  return true;
}

/** Keys with a character. @param {string} key @param {Player} player @param {Acts} acts */
function letter(key, player, acts) {
  /** @type {Record<string, (() => void) | undefined>} */
  const does = {
    '/': acts.find,
    '?': acts.help,
    t: acts.table,
    s: acts.swipe,
    '[': () => player.pin(player.day),
    ']': () => player.pin(null),
    ',': () => player.visit(player.day - 1),
    '.': () => player.visit(player.day + 1),
    '<': () => player.clock.faster(-1),
    '>': () => player.clock.faster(1),
    l: () => player.clock.setLoop(!player.clock.loop),
    p: () => player.clock.setPace(player.clock.pace === 'events' ? 'calendar' : 'events'),
    '+': acts.zoom && (() => acts.zoom?.(1)),
    '=': acts.zoom && (() => acts.zoom?.(1)),
    '-': acts.zoom && (() => acts.zoom?.(-1)),
  };
  const act = Object.hasOwn(does, key) ? does[key] : undefined;
  act?.();
  return act !== undefined;
}
