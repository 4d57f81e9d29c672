// The keyboard: space plays, arrows step, Home and End go to the ends, Esc closes, / finds.

/** @typedef {import('./player.js').Player} Player */

const TYPING = 'input:not([type=range]), textarea, select, [contenteditable]';

/**
 * Listen on an element; keys typed into fields are left alone, and so is space on a button.
 * @param {HTMLElement | Document} on @param {Player} player
 * @param {{close: () => void, find?: () => void, pan?: (x: number, y: number) => void}} acts
 */
export function listen(on, player, { close, find, pan }) {
  on.addEventListener('keydown', (happened) => {
    const event = /** @type {KeyboardEvent} */ (happened);
    const target = event.target instanceof Element ? event.target : null;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || target?.matches(TYPING)) return;
    const onward = player.words.dir === 'rtl' ? -1 : 1;
    const { key, shiftKey } = event;
    if (key === ' ' && !target?.matches('button, a, summary')) player.toggle();
    else if (shiftKey && pan && key.startsWith('Arrow')) {
      pan(key === 'ArrowLeft' ? -80 : key === 'ArrowRight' ? 80 : 0, key === 'ArrowUp' ? -80 : key === 'ArrowDown' ? 80 : 0);
    } else if (key === 'ArrowRight') player.step(/** @type {1 | -1} */ (onward));
    else if (key === 'ArrowLeft') player.step(/** @type {1 | -1} */ (-onward));
    else if (key === 'Home' || key === 'End') {
      player.pause();
      player.goTo(key === 'Home' ? 0 : player.world.days - 1);
    } else if (key === 'Escape') close();
    else if (key === '/' && find) find();
    else return;
    event.preventDefault();
  });
}
