// How each kind of place is shown on the map.

/** From which zoom a kind of place is named, its text size and its dot. Kinds not listed are like `village`. */
const KINDS = /** @type {Record<string, {zoom: number, size: number, weight: number, dot: number, rank: number}>} */ ({
  city: { zoom: 0, size: 15, weight: 700, dot: 3.4, rank: 0 },
  town: { zoom: 9, size: 12.5, weight: 600, dot: 2.6, rank: 1 },
  airbase: { zoom: 9, size: 11.5, weight: 500, dot: 2.4, rank: 2 },
  base: { zoom: 10.5, size: 11, weight: 500, dot: 2, rank: 3 },
  power_plant: { zoom: 11, size: 11, weight: 500, dot: 2, rank: 4 },
  hospital: { zoom: 12, size: 11, weight: 500, dot: 2, rank: 4 },
  village: { zoom: 10.75, size: 11, weight: 400, dot: 1.7, rank: 5 },
  checkpoint: { zoom: 12.3, size: 10.5, weight: 400, dot: 1.5, rank: 6 },
  nowhere: { zoom: 99, size: 10.5, weight: 400, dot: 1.5, rank: 9 },
});
const KIND_SYNONYMS = /** @type {Record<string, string>} */ ({
  junction: 'checkpoint',
  pass: 'checkpoint',
  camp: 'base',
  area: 'nowhere',
});

/** How a kind of place is shown. @param {string} kind */
export function kindStyle(kind) {
  return KINDS[KIND_SYNONYMS[kind] ?? kind] ?? KINDS.village;
}
