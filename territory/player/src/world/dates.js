// Convert ISO dates to day numbers and back, without time zones.
const DAY_MS = 86400000;

/**
 * Day number (days since 1970-01-01) of an ISO date, or NaN when the text is not a real date.
 * @param {string} iso
 */
export function dayNumber(iso) {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  if (!found) return NaN;
  const [year, month, day] = found.slice(1).map(Number);
  const number = Date.UTC(year, month - 1, day) / DAY_MS;
  return isoOf(number) === iso ? number : NaN;
}

/**
 * ISO date of a day number.
 * @param {number} number
 */
export function isoOf(number) {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}

/**
 * Year, month, day and weekday of a day number; month 0 is January, weekday 0 Sunday.
 * @param {number} number
 */
export function partsOf(number) {
  const date = new Date(number * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth(), day: date.getUTCDate(), weekday: date.getUTCDay() };
}
