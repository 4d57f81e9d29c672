// Small pictures of kinds of event, drawn on a 16 x 16 field; the same outlines serve the lists beside the map.

/** Kinds that look alike on the map, most important first: a mark of several records shows the first of theirs. */
export const FAMILIES = /** @type {const} */ ([
  'control',
  'siege',
  'clash',
  'airstrike',
  'truce',
  'claim',
  'assessment',
]);

/** @typedef {(typeof FAMILIES)[number]} Family */

/** Outlines: stroked unless `solid`. @type {Record<Family, {d: string, solid?: boolean}>} */
export const SHAPES = {
  control: { d: 'M4.5 2v12.5M4.5 2.8h8l-2.2 2.7 2.2 2.7h-8z', solid: true },
  siege: { d: 'M8 2.8a5.2 5.2 0 1 0 0 10.4 5.2 5.2 0 1 0 0-10.4M8 6.8a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 1 0 0-2.4' },
  clash: { d: 'M3.2 3.2l9.6 9.6M12.8 3.2l-9.6 9.6M3 9.8l3.2 3.2M13 9.8L9.8 13' },
  airstrike: {
    d: 'M8 1.2l1 1.6v3.4l5.4 3.2v1.6L9 9.6l-.4 3 1.7 1.2v1L8 14.2l-2.3.6v-1l1.7-1.2-.4-3-5.4 1.4v-1.6l5.4-3.2v-3.4z',
    solid: true,
  },
  truce: { d: 'M2.5 6h11M2.5 10h11' },
  claim: { d: 'M2.5 3h11v7.5H8.5L5 13.5v-3H2.5z' },
  assessment: {
    d: 'M1.5 8s2.4-4.2 6.5-4.2S14.5 8 14.5 8 12.1 12.2 8 12.2 1.5 8 1.5 8M8 6.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 1 0 0-3.6',
  },
};

/** @type {Map<Family, Path2D>} */
const paths = new Map();

/**
 * Draw a family's picture, `size` pixels wide, around a point.
 * @param {CanvasRenderingContext2D} context @param {Family} family
 * @param {number} x @param {number} y @param {number} size @param {string} colour
 */
export function paintIcon(context, family, x, y, size, colour) {
  const shape = SHAPES[family];
  let path = paths.get(family);
  if (!path) {
    path = new Path2D(shape.d);
    paths.set(family, path);
  }
  context.save();
  context.translate(x - size / 2, y - size / 2);
  context.scale(size / 16, size / 16);
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.lineWidth = 1.8;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.stroke(path);
  if (shape.solid) context.fill(path);
  context.restore();
}
