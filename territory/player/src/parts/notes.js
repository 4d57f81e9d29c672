// The foot of the page: how the map was made, what it rests on, and what it does not claim.

import { fillIn } from '../words/strings.js';
import { el, replace } from './dom.js';
import { limitsOf } from './table.js';

export class Notes {
  /**
   * @param {Pick<import('./player.js').Player, 'world' | 'language' | 'layer'> & {tilesHost: string, tilesCredit: string}} uses
   *     where online tiles come from, if they do, and who made them
   */
  constructor({ world, language, layer, tilesHost, tilesCredit }) {
    this.world = world;
    this.language = language;
    this.layer = layer;
    this.tilesHost = tilesHost;
    this.tilesCredit = tilesCredit;
    this.element = el('div', { class: 't-notes' });
  }

  translate() {
    const { world } = this;
    const { words, phrases } = this.language;
    const { campaign, sources, events } = world;
    const summary = phrases.text(campaign.summary);
    const credits = [...new Set([campaign.attribution, ...world.layers.map(({ attribution }) => attribution)])].filter(
      Boolean,
    );
    replace(
      this.element,
      el(
        'p',
        {},
        fillIn(words.restsOn, {
          sources: words.counted(words.sourcesCount, sources.length),
          records: words.counted(words.recordsCount, events.length),
        }),
        ' ',
        words.noEndorsement,
        ' ',
        this.short(),
      ),
      el(
        'details',
        {},
        el('summary', {}, words.how),
        el('p', {}, limitsOf(this).join(' ')),
        summary && el('p', { dir: 'auto' }, summary),
        el('p', {}, fillIn(words.howText, { km: words.number(campaign.max_radius_km) })),
        el('p', { dir: 'auto' }, credits.join(' · '), campaign.licence && ` · ${campaign.licence}`),
        world.versionOf && el('p', {}, fillIn(words.madeWith, { version: world.versionOf })),
      ),
    );
  }

  /** What nobody may overlook. */
  short() {
    const { words } = this.language;
    const {
      campaign: { expected_front_error_km: error },
      layers,
    } = this.world;
    return [
      error && `${fillIn(words.frontErrorShort, { mean: words.exact(error.mean), p95: words.exact(error.p95) })}.`,
      this.layer.basemap && layers.some(({ role, schematic }) => role === 'road' && schematic) && words.schematicNote,
      this.tilesHost && fillIn(words.tilesNote, { host: this.tilesHost }),
      this.tilesCredit && fillIn(words.tilesCredit, { credit: this.tilesCredit }),
    ]
      .filter(Boolean)
      .join(' ');
  }
}
