// Rows by key, in two arrays: how a hundred thousand short lists are kept without a hundred thousand objects.

/** @typedef {{from: Int32Array, rows: Int32Array}} Groups the rows of key `k` are `rows` from `from[k]` until `from[k + 1]`, ascending */

/**
 * @param {ArrayLike<number>} keys one a row; where it is below 0 the row belongs nowhere
 * @param {number} count of keys
 * @returns {Groups}
 */
export function groupsOf(keys, count) {
  const from = new Int32Array(count + 1);
  for (let row = 0; row < keys.length; row += 1) if (keys[row] >= 0) from[keys[row] + 1] += 1;
  for (let key = 0; key < count; key += 1) from[key + 1] += from[key];
  const next = from.slice();
  const rows = new Int32Array(from[count]);
  for (let row = 0; row < keys.length; row += 1) if (keys[row] >= 0) rows[next[keys[row]]++] = row;
  return { from, rows };
}
