// Which cell lies under a point: boxes first, then rings, even-odd.

/**
 * @param {import('./types').World} world
 * @param {number} x in the drawing plane @param {number} y
 * @returns {number} the cell, or -1
 */
export function cellAt({ cells, arcs }, x, y) {
  const { boxes, rings } = cells;
  for (let cell = 0; cell < rings.length; cell += 1) {
    const b = 4 * cell;
    if (x < boxes[b] || y < boxes[b + 1] || x > boxes[b + 2] || y > boxes[b + 3]) continue;
    if (inside(rings[cell], arcs.lines, x, y)) return cell;
  }
  return -1;
}

/**
 * @param {number[][]} rings @param {Float64Array[]} lines @param {number} x @param {number} y
 */
function inside(rings, lines, x, y) {
  let odd = false;
  for (const ring of rings) {
    for (const arc of ring) {
      const line = lines[arc < 0 ? ~arc : arc];
      for (let i = 0; i + 3 < line.length; i += 2) {
        const [x1, y1, x2, y2] = [line[i], line[i + 1], line[i + 2], line[i + 3]];
        if (y1 > y !== y2 > y && x < x1 + ((y - y1) * (x2 - x1)) / (y2 - y1)) odd = !odd;
      }
    }
  }
  return odd;
}
