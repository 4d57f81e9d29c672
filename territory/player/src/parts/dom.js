// The only place that makes elements. Text enters as text nodes and attributes; nothing is ever parsed as HTML.

/** @typedef {import('../types').Child} Child */
/** @typedef {{[name: string]: string | number | boolean | null | undefined | ((event: any) => void)}} Attributes */

const SVG = 'http://www.w3.org/2000/svg';
// Direction overrides and other invisible characters could make a name read as another one.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are among those to be found
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/**
 * Text as it may be shown: invisible characters are written out.
 * @param {string} text
 */
export function shown(text) {
  return text.replace(HIDDEN, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * An element with attributes (`onclick` and the like take functions, never text) and children.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {Attributes} [attributes] @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/**
 * @param {string} tag @param {Attributes} [attributes] @param {...Child} children
 * @returns {SVGElement}
 */
export function svg(tag, attributes = {}, ...children) {
  return fill(/** @type {SVGElement} */ (document.createElementNS(SVG, tag)), attributes, children);
}

/**
 * @template {Element} E
 * @param {E} element @param {Attributes} attributes @param {Child[]} children
 */
function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (name.startsWith('on') || name === 'style') throw new Error(`${name} must not be set from text`);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  add(element, ...children);
  return element;
}

/** A button. @param {string} look its classes @param {() => void} act @param {...Child} children */
export function button(look, act, ...children) {
  return el('button', { type: 'button', class: look, onclick: act }, children);
}

/** Name a control for screen readers and for the mouse. @param {Element} control @param {string} text @param {string} [hint] for the mouse */
export function label(control, text, hint = text) {
  control.setAttribute('aria-label', text);
  control.setAttribute('title', hint);
}

/** Follow a pointer that went down on an element until it is lifted. @param {HTMLElement} on @param {PointerEvent} down @param {(moved: PointerEvent) => void} move */
export function drag(on, down, move) {
  on.setPointerCapture(down.pointerId);
  on.addEventListener('pointermove', move);
  const done = () => on.removeEventListener('pointermove', move);
  on.addEventListener('pointerup', done, { once: true });
  on.addEventListener('pointercancel', done, { once: true });
}

/** @param {Element} element @param {...Child} children */
export function add(element, ...children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) add(element, ...child);
    else element.append(child instanceof Node ? child : shown(String(child)));
  }
}

/** Put other children in place of the present ones. @param {Element} element @param {...Child} children */
export function replace(element, ...children) {
  element.replaceChildren();
  add(element, ...children);
}

/** A name whose direction must not turn the sentence around it. @param {string} text */
export function name(text) {
  return el('bdi', {}, text);
}

/**
 * A link if the address is a plain web address, else the text alone.
 * @param {string} address @param {Child} text
 */
export function link(address, text) {
  const url = webAddress(address);
  if (!url) return el('span', {}, text);
  return el('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, text);
}

/** The address, normalised, if it is http(s); else an empty string. @param {string} address */
export function webAddress(address) {
  try {
    const url = new URL(address);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : '';
  } catch {
    return '';
  }
}
