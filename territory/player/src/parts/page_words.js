// The words of the page itself: its language, direction and title, and the names of its landmarks.

/**
 * @param {Pick<import('./player.js').Player, 'world' | 'language'> & {side: HTMLElement, time: HTMLElement}} uses
 * @returns {import('./followers.js').Follower}
 */
export function pageWords({ world, language, side, time }) {
  const root = document.documentElement;
  return {
    translate() {
      const { words, phrases } = language;
      root.lang = words.lang;
      root.dir = words.dir;
      time.setAttribute('aria-label', words.chart);
      side.setAttribute('aria-label', words.records);
      document.title = phrases.text(world.campaign.title);
    },
  };
}
