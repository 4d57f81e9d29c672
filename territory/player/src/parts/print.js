// The page on paper: in light colours, with nothing folded away, and the map drawn anew at the size and fineness of print.

/** Dots of the map's picture along a CSS pixel, 96 of which make an inch. */
const FINENESS = 3;

/**
 * Before paper is measured the browser tells the page, but not how large the sheet is. So the map has one size on paper,
 * whatever the sheet: it is laid out and painted at that size already here.
 * @param {{player: import('./player.js').Player, map: import('leaflet').Map, scrubber: {draw: () => void}, setTheme: (theme: string) => void}} page
 */
export function listenForPrint({ player, map, scrubber, setTheme }) {
  const root = document.documentElement;
  // In a frame of another page the paper is that page's.
  root.toggleAttribute('data-framed', window.parent !== window);
  let restore = () => {};
  window.addEventListener('beforeprint', () => {
    restore();
    const [theme, centre, zoom, bounds] = [root.dataset.theme ?? '', map.getCenter(), map.getZoom(), map.getBounds()];
    const folded = foldedAway();
    for (const one of folded) one.open = true;
    root.dataset.printing = '';
    const lay = (/** @type {string} */ colours, /** @type {() => void} */ look) => {
      map.invalidateSize({ pan: false });
      look();
      setTheme(colours);
      if (player.layer.large) player.layer.paintFine();
      scrubber.draw();
    };
    for (const box of sheets(map)) box.dataset.dpr = String(FINENESS);
    lay('light', () => map.fitBounds(bounds, { animate: false }));
    const uncopy = copied(map);
    restore = () => {
      restore = () => {};
      uncopy();
      delete root.dataset.printing;
      for (const one of folded) one.open = false;
      for (const box of sheets(map)) delete box.dataset.dpr;
      lay(theme, () => map.setView(centre, zoom, { animate: false }));
    };
  });
  window.addEventListener('afterprint', () => restore());
}

/** @returns {HTMLDetailsElement[]} */
function foldedAway() {
  return [...document.querySelectorAll('details')].filter(
    (one) => !one.open && one.matches('.t-legend, .t-notes details'),
  );
}

/** @param {import('leaflet').Map} map @returns {HTMLElement[]} */
function sheets(map) {
  return [...map.getContainer().querySelectorAll(/** @type {'div'} */ ('.t-sheets'))];
}

/**
 * Put copies of what was just painted in the places of the sheets. Chromium prints a fresh canvas as the strokes that made
 * it, and there clearing one sheet would wipe out those beneath; of a copy it knows only that it is one picture.
 * @param {import('leaflet').Map} map @returns {() => void} take the copies away again
 */
function copied(map) {
  const pairs = [...map.getContainer().querySelectorAll(/** @type {'canvas'} */ ('canvas.t-sheet'))]
    .filter((sheet) => !sheet.hidden && sheet.width > 0)
    .map((sheet) => {
      const copy = /** @type {HTMLCanvasElement} */ (sheet.cloneNode());
      copy.getContext('2d')?.drawImage(sheet, 0, 0);
      sheet.after(copy);
      sheet.classList.add('t-copied');
      return { sheet, copy };
    });
  return () => {
    for (const { sheet, copy } of pairs) {
      copy.remove();
      sheet.classList.remove('t-copied');
    }
  };
}
