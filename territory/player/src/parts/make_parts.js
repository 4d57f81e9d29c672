// Makes the parts around the map, each with the things that it uses. The page and the layer place them where they belong.

import { keepAddress } from './address.js';
import { Help } from './help.js';
import { Legend } from './legend.js';
import { MapView } from './mapview.js';
import { Masthead } from './masthead.js';
import { Notes } from './notes.js';
import { pageWords } from './page_words.js';
import { Panel } from './panel.js';
import { Records } from './records.js';
import { Scrubber } from './scrubber.js';
import { Search } from './search.js';
import { SideList } from './side_list.js';
import { Story } from './story.js';
import { Swipe } from './swipe.js';
import { Switches } from './switches.js';
import { Table } from './table.js';

/** @typedef {import('./player.js').Player} Player */
/** @typedef {import('leaflet').Map} Map */

/**
 * The parts that page and layer have in common, in the order in which they follow the day.
 * @param {Player} player @param {Map} map
 * @param {{tilesHost?: string, tilesCredit?: string, onToggle?: (open: boolean) => void}} [options] where online tiles come
 *     from and who made them; what else happens when an answer opens or closes
 */
function commonParts(player, map, { tilesHost = '', tilesCredit = '', onToggle } = {}) {
  const { world, days, language, filter, clock, chapters, layer, followers } = player;
  const swipe = new Swipe({ days, language, layer, map, onToggle: () => followers.update() });
  const legend = new Legend({ world, days, language, filter, layer });
  const panel = new Panel({ world, days, language, layer, onToggle });
  const parts = {
    swipe,
    masthead: new Masthead({ world, days, language, clock, swipe }),
    view: new MapView({ world, language, layer, map, panel, legend }),
    legend,
    scrubber: new Scrubber({ world, days, language, clock, chapters, layer }),
    panel,
    notes: new Notes({ world, language, layer, tilesHost, tilesCredit }),
    table: new Table({ world, days, language, clock, layer }),
  };
  map.on('moveend', () => layer.waiting || legend.update());
  return parts;
}

/**
 * The parts over a map that is already there.
 * @param {Player} player @param {Map} map
 */
export function layerParts(player, map) {
  const { world, language, chapters } = player;
  return { ...commonParts(player, map), story: new Story({ world, language, chapters }) };
}

/**
 * The parts of the page.
 * @param {Player} player @param {Map} map
 * @param {{side: HTMLElement, time: HTMLElement, setTheme: (theme: string) => void, tilesHost?: string, tilesCredit?: string}} options
 *     the elements that hold the list and the slider, and what the theme's button does
 */
export function pageParts(player, map, { side: holder, time, setTheme, ...tiles }) {
  const { world, days, language, clock, chapters } = player;
  const common = commonParts(player, map, {
    ...tiles,
    onToggle(open) {
      side.pull(open);
      address.update();
    },
  });
  const { view, panel, table } = common;
  const records = new Records({
    world,
    days,
    language,
    chapters,
    onChoose({ place }, index) {
      if (place >= 0) view.goTo(place, [index]);
    },
  });
  const side = new SideList(holder, panel, records);
  const address = keepAddress({ world, days, language, clock, panel });
  const search = new Search({ world, language, onChoose: (place) => view.goTo(place) });
  const help = new Help({ language });
  const switches = new Switches({ world, language, table, help, setTheme });
  return {
    words: pageWords({ world, language, side: holder, time }),
    ...common,
    records,
    side,
    address,
    search,
    help,
    switches,
  };
}
