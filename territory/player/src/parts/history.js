// The history of one piece of ground: a bar of who held it when, and every change with its record, source and claimant.

import { inkColour, mix } from '../draw/theme.js';
import { fillIn } from '../words/strings.js';
import { CONTROL, KNOWN } from '../world/codes.js';
import { distanceKm } from '../world/plane.js';
import { stepsOf } from '../world/steps.js';
import { recordBlock, sourceChains } from './citation.js';
import { button, el, svg } from './dom.js';
import { swatch } from './symbols.js';

/** @typedef {Pick<import('./player.js').Player, 'world' | 'days' | 'language' | 'layer'>} Uses */
/** @typedef {import('../world/steps.js').Step} Step */

const WIDTH = 280;
const HEIGHT = 18;

/**
 * @param {Uses} uses @param {number} cell @param {{lon: number, lat: number} | null} asked
 */
export function historyOf(uses, cell, asked) {
  const { world, days } = uses;
  const steps = stepsOf(world, days.timeline.history(cell, world.days), cell);
  return el(
    'div',
    { class: 't-history' },
    bar(uses, steps),
    el(
      'ol',
      {},
      steps.map((step) => row(uses, step, asked)),
    ),
  );
}

/** The bar: full colour for control, paler with a dash below for anything less; a line at the day shown. @param {Uses} uses @param {Step[]} steps */
function bar({ world, days: { day }, language: { words, rtl }, layer: { theme } }, steps) {
  const x = (/** @type {number} */ at) => {
    const along = (WIDTH * at) / world.days;
    return rtl ? WIDTH - along : along;
  };
  const pieces = steps
    .filter(({ day: from, until }) => until > from)
    .map(({ day: from, until, controller, status }) => {
      const colour = controller < KNOWN ? theme.hatch : inkColour(world.actors[controller].colour, theme);
      const [left, right] = [Math.min(x(from), x(until)), Math.max(x(from), x(until))];
      const piece = svg('rect', { x: left, y: 2, width: right - left, height: HEIGHT - 4 });
      piece.style.fill = mix(theme.land, colour, status === CONTROL ? 0.92 : 0.4);
      const less = status !== CONTROL && svg('rect', { x: left, y: HEIGHT - 5, width: right - left, height: 3 });
      if (less) less.style.fill = colour;
      return [piece, less];
    });
  const here = svg('path', { d: `M${x(day + 0.5)} 0V${HEIGHT}`, class: 't-history-now' });
  return svg(
    'svg',
    {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      class: 't-history-bar',
      role: 'img',
      'aria-label': words.steps,
      preserveAspectRatio: 'none',
    },
    pieces,
    here,
  );
}

/** @param {Uses} uses @param {Step} step @param {{lon: number, lat: number} | null} asked */
function row(uses, step, asked) {
  const { world, days } = uses;
  const { words, phrases } = uses.language;
  const { day, until, controller, status, rival, event } = step;
  const now = days.day >= day && days.day < until;
  const record = world.events.find(event);
  return el(
    'li',
    { 'aria-current': now ? 'date' : null },
    button(
      't-step',
      () => days.visit(day),
      el('span', { class: 't-step-date' }, phrases.date(day)),
      swatch(world.actors[controller].colour),
      el(
        'span',
        {},
        phrases.actor(controller),
        status !== CONTROL && el('span', { class: 't-quiet' }, ` · ${phrases.status(status, rival)}`),
      ),
    ),
    record &&
      el(
        'details',
        { class: 't-step-record' },
        el('summary', {}, words.onRecord, ' ', el('span', { class: 't-quiet' }, firstSource(phrases, record))),
        recordBlock(phrases, record),
        distance(uses, record, asked),
      ),
  );
}

/** @param {import('../words/phrases.js').Phrases} phrases @param {import('../types').Event} record */
function firstSource(phrases, record) {
  const [first, ...rest] = sourceChains(phrases, record.sources);
  return first ? `${first.textContent}${rest.length ? ` +${rest.length}` : ''}` : '';
}

/** How far the place that the record names is from the point asked about. @param {Uses} uses @param {import('../types').Event} record @param {{lon: number, lat: number} | null} asked */
function distance({ world, language: { words, phrases } }, record, asked) {
  const place = world.places[record.place];
  if (!place || !asked) return null;
  const km = distanceKm(asked.lon, asked.lat, place.lon, place.lat);
  if (km < 0.3) return null;
  return el(
    'p',
    { class: 't-quiet' },
    phrases.place(record.place),
    ': ',
    fillIn(words.distance, { km: words.exact(km.toFixed(1)) }),
  );
}
