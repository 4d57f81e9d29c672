// Group rows by integer key in two arrays (offsets and rows, as in CSR matrices): no object per group.

/**
 * The rows of key `k` are `rows` from `from[k]` until `from[k + 1]`, ascending.
 * @typedef {{from: Int32Array, rows: Int32Array}} Groups
 */

/**
 * Group rows by key with a counting sort.
 * @param {ArrayLike<number>} keys one per row; a row with a negative key is in no group
 * @param {number} count how many keys there are
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
