// Pictures as elements: of kinds of event, of actors' colours, and for buttons.
import { SHAPES } from '../draw/event_icons.js';
import { el, svg } from './dom.js';

/** The picture of a family of events, for lists. @param {import('../draw/event_icons.js').Family} family */
export function icon(family) {
  const { d, solid } = SHAPES[family];
  return symbol(d, solid ? 't-solid' : '');
}

/** A picture from an outline of our own. @param {string} d @param {string} [look] */
export function symbol(d, look = '') {
  return svg(
    'svg',
    { viewBox: '0 0 16 16', class: `t-icon ${look}`, 'aria-hidden': 'true', focusable: 'false' },
    svg('path', { d }),
  );
}

/** A square in an actor's colour, beside its name. @param {string} colour */
export function swatch(colour) {
  const square = el('span', { class: 't-swatch', 'aria-hidden': 'true' });
  square.style.background = colour;
  return square;
}

/** Outlines for buttons. */
export const CONTROLS = {
  play: 'M4.5 2.5v11l9-5.5z',
  pause: 'M4.5 3v10M11.5 3v10',
  previous: 'M10.5 3l-5 5 5 5',
  next: 'M5.5 3l5 5-5 5',
  close: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  theme: 'M8 2.5a5.5 5.5 0 1 0 0 11zM8 2.5a5.5 5.5 0 1 1 0 11',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 1 0 0-9M10.3 10.3l3.5 3.5',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  pin: 'M5.5 2.5h5M6.5 2.5v4L4.5 9h7l-2-2.5v-4M8 9v5',
  loop: 'M3.5 8a4.5 4.5 0 0 1 7.9-3M12 2.5v3h-3M12.5 8a4.5 4.5 0 0 1-7.9 3M4 13.5v-3h3',
  table: 'M2.5 3.5h11v9h-11zM2.5 6.5h11M2.5 9.5h11M6.5 3.5v9',
  help: 'M5.6 5.8a2.4 2.4 0 1 1 3.5 2.1c-.8.4-1.1.9-1.1 1.7M8 12.3v.2',
  home: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
};
