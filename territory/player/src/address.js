// What the page's address says and what it remembers: #date=2015-04-25&since=2015-03-01&lang=ar&theme=dark&place=idlib.

/** @returns {Record<string, string>} */
export function readAddress() {
  return Object.fromEntries(new URLSearchParams(window.location.hash.slice(1)));
}

/**
 * Keep the address in step with the page, where the browser allows it: a sandboxed frame may not.
 * @param {Record<string, string>} values empty values are left out
 */
export function writeAddress(values) {
  const parts = new URLSearchParams(Object.entries(values).filter(([, value]) => value));
  try {
    window.history.replaceState(null, '', `#${parts}`);
  } catch {
    // The page works the same without an address of its own.
  }
}
