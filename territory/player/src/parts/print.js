// The page on paper: in light colours, with nothing folded away, and the map drawn anew at the size and resolution of print.

/** Dots along a CSS pixel, 96 of which make an inch. */
const RESOLUTION = 3;

/**
 * Before paper is measured the browser tells the page, but not how large the sheet is. So the map has one size on paper,
 * whatever the sheet: it takes that size and is painted here already.
 * @param {{layer: import('../draw/layer.js').TerritoryLayer, swipe: import('./swipe.js').Swipe, map: import('leaflet').Map,
 *     scrubber: {draw: () => void}, setTheme: (theme: string) => void}} uses
 */
export function listenForPrint({ layer, swipe, map, scrubber, setTheme }) {
  const layers = () => (swipe.pinnedLayer ? [layer, swipe.pinnedLayer] : [layer]);
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
    const paint = (/** @type {string} */ colours, /** @type {() => void} */ setView) => {
      map.invalidateSize({ pan: false });
      setView();
      setTheme(colours);
      if (layer.large) layer.paintVectors();
      scrubber.draw();
    };
    for (const one of layers()) one.setResolution(RESOLUTION);
    paint('light', () => map.fitBounds(bounds, { animate: false }));
    const thaw = layers().map((one) => one.freeze());
    restore = () => {
      restore = () => {};
      for (const act of thaw) act();
      delete root.dataset.printing;
      for (const one of folded) one.open = false;
      for (const one of layers()) one.setResolution(null);
      paint(theme, () => map.setView(centre, zoom, { animate: false }));
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
