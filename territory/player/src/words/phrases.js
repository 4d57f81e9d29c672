// Names, dates and sentences in one language: what a record says, who holds what, how sure it is.
import { KNOWN, NONE, UNKNOWN } from '../world/codes.js';
import { recordedDate } from './recorded_date.js';
import { fillIn } from './strings.js';

/** @typedef {import('../types').World} World */
/** @typedef {import('./strings.js').Words} Words */

export class Phrases {
  /** @param {World} world @param {Words} words @param {() => number} today the day shown: names may hold for a time */
  constructor(world, words, today) {
    this.world = world;
    this.words = words;
    this.today = today;
  }

  /** A name or text of the data in the reader's language, else in the campaign's main one. @param {import('../types').InLanguages} texts */
  text(texts) {
    return texts[this.words.lang] ?? texts[this.world.campaign.language] ?? '';
  }

  /** What is called so on a day. @param {import('../types').InLanguages} usual @param {import('../types').Naming[]} namings @param {number} day */
  #named(usual, namings, day) {
    return this.text(namings.find(({ from, to }) => from <= day && day <= to)?.name ?? usual);
  }

  /** @param {number} code @param {number} day offset from the first day */
  actor(code, day = this.today()) {
    const { actors, unnamed } = this.words;
    if (code === UNKNOWN) return actors.unknown;
    if (code === NONE) return actors.none;
    const actor = this.world.actors[code];
    return actor ? this.#named(actor.label, actor.namings, day) : unnamed;
  }

  /** @param {number} index @param {number} day offset from the first day */
  place(index, day = this.today()) {
    const { places, namings } = this.world;
    return index >= 0 ? this.#named(places[index].name, namings[index] ?? [], day) : this.words.unplaced;
  }

  /** @param {number} day offset from the first day */
  date(day) {
    return this.words.shortDate(this.world.firstDay + day);
  }

  /** How many records a day has. @param {number} count */
  recordsToday(count) {
    const { noRecords, recordsToday, counted } = this.words;
    return count === 0 ? noRecords : counted(recordsToday, count);
  }

  /** One headline sentence for a record. @param {import('../types').Event} event */
  sentence(event) {
    const { words } = this;
    const day = event.day ?? 0;
    const against = event.against.map((code) => this.actor(code, day)).join(` ${words.and} `);
    const opposed = against && against !== this.actor(event.actor[0], day);
    return fillIn(words.kinds[event.kind], {
      actor: event.actor.length
        ? event.actor.map((code) => this.actor(code, day)).join(` ${words.and} `)
        : words.unnamed,
      place: this.place(event.place, day),
      from: opposed ? fillIn(words.from, { against }) : '',
      contested: opposed ? fillIn(words.contestedBy, { against }) : '',
    });
  }

  /** The status of a piece of ground with its rival. @param {number} status @param {number} rival */
  status(status, rival) {
    return fillIn(this.words.statusAlone[this.world.statuses[status]] ?? '', {
      rival: rival > 1 ? this.actor(rival) : this.words.unnamed,
    });
  }

  /** "Government, besieged by Opposition". @param {{controller: number, status: number, rival: number}} entry */
  holding({ controller, status, rival }) {
    return fillIn(this.words.statuses[this.world.statuses[status]] ?? '{actor}', {
      actor: this.actor(controller),
      rival: rival >= KNOWN ? this.actor(rival) : this.words.unnamed,
    });
  }

  /** "34 air strikes · 30 killed (Government)". @param {Record<string, string>} counts as the record wrote them */
  counts(counts) {
    const { words } = this;
    return Object.entries(counts)
      .map(([key, count]) => {
        const [what, ...who] = key.split('.');
        const whom = who.map((id) => {
          const code = this.world.actors.findIndex((actor) => actor.id === id);
          if (code >= 0) return this.actor(code);
          return known(words.countNotes, id) ?? id.replaceAll('-', ' ').replaceAll('_', ' ');
        });
        const forms = known(words.counts, what);
        const said = forms ? words.counted(forms, count) : `${count} ${what.replaceAll('_', ' ')}`;
        return `${said}${whom.length ? ` (${whom.join(', ')})` : ''}`;
      })
      .join(' · ');
  }

  /** How sure a record is, in short sentences. @param {import('../types').Event} event */
  certainty(event) {
    const { words } = this;
    const said = [];
    const texts = /** @type {Record<string, string>} */ (words.grounding);
    if (event.grounding) said.push(texts[event.grounding]);
    if (event.claimed_by) said.push(fillIn(words.claimedBy, { who: this.claimant(event.claimed_by) }));
    if (event.reported) said.push(fillIn(words.reportedOn, { date: recordedDate(event.reported, words) }));
    return said;
  }

  /** @param {string} who actor or source ids, or plain words */
  claimant(who) {
    return who
      .split(';')
      .map((part) => {
        const id = part.trim();
        const code = this.world.actors.findIndex((actor) => actor.id === id);
        if (code >= 0) return this.actor(code);
        return this.world.sources.find((source) => source.id === id)?.publisher ?? id;
      })
      .join(', ');
  }
}

/**
 * A word by its own key, never by one that every object has, such as "constructor".
 * @template T @param {Record<string, T>} texts @param {string} key
 */
function known(texts, key) {
  return Object.hasOwn(texts, key) ? texts[key] : undefined;
}
