// The foot of the page: how the map was made, what it rests on, and what it does not claim.
import { el, replace } from './dom.js';
import { fillIn } from './strings.js';

export class Notes {
  /** @param {import('./player.js').Player} player */
  constructor(player) {
    this.player = player;
    this.element = el('div', { class: 't-notes' });
  }

  speak() {
    const { world, words } = this.player;
    const { campaign, sources, events } = world;
    const summary = (words.lang === 'ar' && campaign.summary_ar) || campaign.summary;
    const credits = [...new Set([campaign.attribution, ...world.layers.map(({ attribution }) => attribution)])].filter(Boolean);
    replace(this.element,
      el('p', {}, fillIn(words.sourcesCount, { count: sources.length, records: events.length }), ' ', words.noEndorsement, ' ', words.schematicNote),
      el('details', {}, el('summary', {}, words.how),
        summary && el('p', { dir: 'auto' }, summary),
        el('p', {}, fillIn(words.howText, { km: words.number(campaign.max_radius_km) })),
        el('p', { dir: 'auto' }, credits.join(' · '), campaign.licence && ` · ${campaign.licence}`),
        world.versionOf && el('p', {}, fillIn(words.madeWith, { version: world.versionOf }))));
  }
}
