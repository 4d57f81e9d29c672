// The page inside another page: how much of it shows, and the height that it asks for.

const CONTROLS = ['none', 'min', 'full'];
/** Height over width that suits the map, and its bounds in pixels. */
const SHAPE = 0.62;
const [LEAST_PX, MOST_PX] = [320, 640];

/** Show as much as the address asks for: the map alone, or with date, play and slider, or everything. @param {string | undefined} asked */
export function showControls(asked) {
  if (asked && CONTROLS.includes(asked)) document.documentElement.dataset.controls = asked;
}

/**
 * Send the page around this one the height that would do, now and whenever it changes. Any page may read it: it is no
 * secret, and a page in a sandbox does not know which one is around it.
 * @param {HTMLElement} frame the room of the map @param {HTMLElement[]} others what stands above and below it
 */
export function reportHeight(frame, others) {
  if (window.parent === window) return;
  let reported = 0;
  const report = () => {
    const map = Math.max(LEAST_PX, Math.min(MOST_PX, Math.round(frame.clientWidth * SHAPE)));
    const height = map + others.reduce((sum, one) => sum + one.offsetHeight, 0);
    if (Math.abs(height - reported) < 2) return;
    reported = height;
    window.parent.postMessage({ type: 'territory:height', height }, '*');
  };
  const watch = new ResizeObserver(report);
  for (const one of [frame, ...others]) watch.observe(one);
  report();
}
