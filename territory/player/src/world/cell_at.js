// Point in polygon over all cells: bounding boxes first, then ray casting along the arcs, even-odd.

/**
 * @param {Pick<import('../types').World, 'cells' | 'arcs'>} world
 * The cell that contains a point.
 * @param {number} x in the drawing plane @param {number} y
 * @returns {number} the cell, or -1
 */
export function cellAt({ cells, arcs }, x, y) {
  const { boxes, place } = cells;
  /** @type {Map<number, boolean>} cells whose box contains the point: whether the ray crosses their arcs an odd number of times */
  const odd = new Map();
  for (let cell = 0; cell < place.length; cell += 1) {
    const b = 4 * cell;
    if (x >= boxes[b] && y >= boxes[b + 1] && x <= boxes[b + 2] && y <= boxes[b + 3]) odd.set(cell, false);
  }
  const { left, right, xy, at } = arcs;
  for (let arc = 0; arc < left.length; arc += 1) {
    const [one, two] = [odd.get(left[arc]), odd.get(right[arc])];
    if (one === undefined && two === undefined) continue;
    let crossings = 0;
    for (let i = 2 * at[arc]; i + 3 < 2 * at[arc + 1]; i += 2) {
      const [x1, y1, x2, y2] = [xy[i], xy[i + 1], xy[i + 2], xy[i + 3]];
      if (y1 > y !== y2 > y && x < x1 + ((y - y1) * (x2 - x1)) / (y2 - y1)) crossings += 1;
    }
    if (crossings % 2 === 0) continue;
    if (one !== undefined) odd.set(left[arc], !one);
    if (two !== undefined) odd.set(right[arc], !two);
  }
  for (const [cell, inside] of odd) if (inside) return cell;
  return -1;
}
