// Points at even distances along a line, as it lies on the screen.

/**
 * Visit points along a line in screen pixels, `step` apart, begun at half a step.
 * @param {Float64Array} line @param {import('../types').View} view @param {number} step
 * @param {(x: number, y: number, angle: number) => void} visit
 */
export function alongLine(line, { scale, dx, dy, width, height }, step, visit) {
  let next = step / 2;
  let walked = 0;
  for (let i = 0; i + 3 < line.length; i += 2) {
    const [x1, y1] = [line[i] * scale + dx, line[i + 1] * scale + dy];
    const [x2, y2] = [line[i + 2] * scale + dx, line[i + 3] * scale + dy];
    const length = Math.hypot(x2 - x1, y2 - y1);
    for (; next <= walked + length; next += step) {
      const share = (next - walked) / length;
      const [x, y] = [x1 + (x2 - x1) * share, y1 + (y2 - y1) * share];
      if (x > 10 && y > 10 && x < width - 10 && y < height - 10) visit(x, y, Math.atan2(y2 - y1, x2 - x1));
    }
    walked += length;
  }
}
