// Everything that the map and the chart show on the day, as tables that can be read aloud and copied.

import { recordedDate } from '../words/recorded_date.js';
import { fillIn } from '../words/strings.js';
import { KNOWN } from '../world/codes.js';
import { holdings } from '../world/holdings.js';
import { sourceChains } from './citation.js';
import { Dialog } from './dialog.js';
import { el } from './dom.js';

/** @typedef {import('./player.js').Player} Player */

export class Table {
  /** @param {Pick<Player, 'world' | 'days' | 'language' | 'clock' | 'layer'>} uses */
  constructor({ world, days, language, clock, layer }) {
    this.world = world;
    this.days = days;
    this.language = language;
    this.clock = clock;
    this.layer = layer;
    this.dialog = new Dialog('territory-table');
    this.element = this.dialog.element;
  }

  open() {
    this.clock.pause();
    const { words } = this.language;
    this.dialog.name(words.table, words);
    this.dialog.show(this.areas(), this.changes(), this.records(), this.limits());
  }

  translate() {
    if (this.dialog.open) this.open();
  }

  /** km2 by actor and status, with a sum. */
  areas() {
    const { world, days } = this;
    const { words, phrases } = this.language;
    const rows = holdings({ world, timeline: days.timeline }, () => true);
    const total = rows.reduce((sum, { area }) => sum + area, 0);
    const share = (/** @type {number} */ area) =>
      fillIn(words.percent, { share: words.exact(((100 * area) / total).toFixed(1)) });
    return grid(
      fillIn(words.tableAreas, { date: words.longDate(world.firstDay + days.day) }),
      [words.actor, words.km2, words.share],
      [
        ...rows.map((entry) => [phrases.holding(entry), words.number(entry.area), share(entry.area)]),
        [words.total, words.number(total), share(total)],
      ],
    );
  }

  /** km2 gained and lost, where something is compared. */
  changes() {
    const { days } = this;
    const { words, phrases } = this.language;
    const gains = [...days.gains()].filter(([code]) => code >= KNOWN);
    if (!gains.length) return null;
    return grid(
      fillIn(words.tableChanges, { date: words.longDate(this.world.firstDay + days.since) }),
      [words.actor, words.gained, words.lost, words.net],
      gains.map(([code, { gained, lost }]) => [
        phrases.actor(code),
        words.number(gained),
        words.number(lost),
        words.number(gained - lost),
      ]),
    );
  }

  /** The day's records, each with its sources. */
  records() {
    const { words, phrases } = this.language;
    const indices = this.days.records;
    if (!indices.length) return el('p', {}, words.noRecords);
    return grid(
      words.records,
      [words.record, words.reportedFor, words.sourcesHead, words.sure],
      indices.map((index) => {
        const event = this.world.events.at(index);
        const counts = phrases.counts(event.counts ?? {});
        return [
          `${phrases.sentence(event)}${counts ? ` (${counts})` : ''}`,
          recordedDate(event.date, words),
          sourceChains(phrases, event.sources),
          phrases.certainty(event).join('; '),
        ];
      }),
    );
  }

  limits() {
    return limitsOf(this).map((text) => el('p', { class: 't-quiet' }, text));
  }
}

/** How exact the picture is, in sentences. @param {Pick<Player, 'world' | 'language' | 'layer'>} uses @returns {string[]} */
export function limitsOf({ world, language: { words }, layer }) {
  const error = world.campaign.expected_front_error_km;
  return [
    error
      ? fillIn(words.frontError, {
          mean: words.exact(error.mean),
          p95: words.exact(error.p95),
          spacing: words.exact(error.spacing),
        })
      : '',
    layer.basemap && world.layers.some(({ role, schematic }) => role === 'road' && schematic)
      ? words.schematicNote
      : '',
    words.inferredNote,
  ].filter(Boolean);
}

/** @param {string} caption @param {string[]} head @param {import('../types').Child[][]} rows */
function grid(caption, head, rows) {
  return el(
    'table',
    { class: 't-table' },
    el('caption', {}, caption),
    el(
      'thead',
      {},
      el(
        'tr',
        {},
        head.map((text) => el('th', { scope: 'col' }, text)),
      ),
    ),
    el(
      'tbody',
      {},
      rows.map(([first, ...rest]) =>
        el(
          'tr',
          {},
          el('th', { scope: 'row' }, first),
          rest.map((cell) => el('td', {}, cell)),
        ),
      ),
    ),
  );
}
