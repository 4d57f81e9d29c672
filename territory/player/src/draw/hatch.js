// Stripes at 45 degrees, fixed to the ground: the pattern's origin is the plane's origin, its width is in screen pixels.

/** @type {Map<string, HTMLCanvasElement>} */
const tiles = new Map();

/**
 * A canvas pattern of stripes. Its context must carry the view's transform of the plane.
 * @param {CanvasRenderingContext2D} context
 * @param {{scale: number, dpr: number}} view
 * @param {import('./looks.js').Look} look
 */
export function stripes(context, { scale, dpr }, { fill, stripe, step, width, turn }) {
  const key = `${fill} ${stripe} ${step} ${width} ${turn} ${dpr}`;
  let tile = tiles.get(key);
  if (!tile) {
    tile = drawTile(fill, stripe, Math.round(step * dpr), width * dpr, turn);
    tiles.set(key, tile);
  }
  const pattern = context.createPattern(tile, 'repeat');
  pattern?.setTransform(new DOMMatrix().scale(1 / (scale * dpr)));
  return pattern ?? stripe;
}

/**
 * @param {string} fill @param {string} stripe @param {number} size @param {number} width @param {1 | -1} turn
 */
function drawTile(fill, stripe, size, width, turn) {
  const tile = document.createElement('canvas');
  tile.width = size;
  tile.height = size;
  const context = /** @type {CanvasRenderingContext2D} */ (tile.getContext('2d'));
  context.fillStyle = fill;
  context.fillRect(0, 0, size, size);
  if (turn < 0) context.setTransform(-1, 0, 0, 1, size, 0);
  context.strokeStyle = stripe;
  context.lineWidth = width / Math.SQRT2;
  for (let shift = -size; shift <= size; shift += size) {
    context.beginPath();
    context.moveTo(shift - size, 2 * size);
    context.lineTo(shift + 2 * size, -size);
    context.stroke();
  }
  return tile;
}
