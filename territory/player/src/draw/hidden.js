// How the layer draws what the reader has hidden: actors in the colour of the land, statuses like plain control.
import { CONTROL } from '../world/codes.js';
import { hiddenColour } from './theme.js';

/** @typedef {import('../types').Actor} Actor */
/** @typedef {import('../types').State} State */
/** @typedef {{actors: Set<number>, statuses: Set<number>, signs: Set<string>}} Hidden top-level actors; codes of statuses; 'events', 'roads', 'names' */

/**
 * The actors as they are drawn.
 * @param {Pick<import('../types').World, 'actors' | 'sideOf'>} world @param {Hidden} hidden
 * @param {import('./theme.js').Theme} theme @returns {Actor[]}
 */
export function drawnActors({ actors, sideOf }, hidden, theme) {
  if (!hidden.actors.size) return actors;
  const colour = hiddenColour(theme);
  return actors.map((actor, code) => (hidden.actors.has(sideOf[code]) ? { ...actor, colour } : actor));
}

/**
 * The state as it is drawn; the same object if no status is hidden.
 * @template {State} S
 * @param {S} state @param {Hidden} hidden @returns {S}
 */
export function drawnState(state, { statuses }) {
  if (!statuses.size) return state;
  return { ...state, status: state.status.map((status) => (statuses.has(status) ? CONTROL : status)) };
}
