// The history of one piece of ground: a bar of who held it when, and every change with its record, source and claimant.

import { inkColour, mix } from '../draw/theme.js';
import { fillIn } from '../words/strings.js';
import { CONTROL, KNOWN } from '../world/codes.js';
import { distanceKm } from '../world/plane.js';
import { stepsOf } from '../world/steps.js';
import { recordBlock, sourceChains } from './citation.js';
import { el, svg } from './dom.js';

/** @typedef {import('./player.js').Player} Player */
/** @typedef {import('../world/steps.js').Step} Step */

const WIDTH = 280;
const HEIGHT = 18;

/**
 * @param {Player} player @param {number} cell @param {{lon: number, lat: number} | null} asked
 */
export function historyOf(player, cell, asked) {
  const steps = stepsOf(player.world, player.timeline.history(cell, player.world.days), cell);
  return el(
    'div',
    { class: 't-history' },
    bar(player, steps),
    el(
      'ol',
      {},
      steps.map((step) => row(player, step, asked)),
    ),
  );
}

/** The bar: full colour for control, paler with a dash below for anything less; a line at the day shown. @param {Player} player @param {Step[]} steps */
function bar(player, steps) {
  const { world, theme, words, day } = player;
  const x = (/** @type {number} */ at) => {
    const along = (WIDTH * at) / world.days;
    return words.dir === 'rtl' ? WIDTH - along : along;
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

/** @param {Player} player @param {Step} step @param {{lon: number, lat: number} | null} asked */
function row(player, step, asked) {
  const { world, teller, words } = player;
  const { day, until, controller, status, rival, event } = step;
  const swatch = el('span', { class: 't-swatch', 'aria-hidden': 'true' });
  swatch.style.background = world.actors[controller].colour;
  const now = player.day >= day && player.day < until;
  const record = world.events.find(event);
  return el(
    'li',
    { 'aria-current': now ? 'date' : null },
    el(
      'button',
      { type: 'button', class: 't-step', onclick: () => player.visit(day) },
      el('span', { class: 't-step-date' }, teller.date(day)),
      swatch,
      el(
        'span',
        {},
        teller.actor(controller),
        status !== CONTROL && el('span', { class: 't-quiet' }, ` · ${teller.status(status, rival)}`),
      ),
    ),
    record &&
      el(
        'details',
        { class: 't-step-record' },
        el('summary', {}, words.onRecord, ' ', el('span', { class: 't-quiet' }, firstSource(player, record))),
        recordBlock(teller, record),
        distance(player, record, asked),
      ),
  );
}

/** @param {Player} player @param {import('../types').Event} record */
function firstSource({ teller }, record) {
  const [first, ...rest] = sourceChains(teller, record.sources);
  return first ? `${first.textContent}${rest.length ? ` +${rest.length}` : ''}` : '';
}

/** How far the place that the record names is from the point asked about. @param {Player} player @param {import('../types').Event} record @param {{lon: number, lat: number} | null} asked */
function distance({ world, teller, words }, record, asked) {
  const place = world.places[record.place];
  if (!place || !asked) return null;
  const km = distanceKm(asked.lon, asked.lat, place.lon, place.lat);
  if (km < 0.3) return null;
  return el('p', { class: 't-quiet' }, teller.name(place), ': ', fillIn(words.distance, { km: km.toFixed(1) }));
}
