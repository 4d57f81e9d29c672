// Integer codes of the payload with a fixed meaning: the first actors, and the first status.

/** It is not known who holds a cell. */
export const UNKNOWN = 0;
/** It is known that nobody does. */
export const NONE = 1;
/** Actor codes from here on are real actors. */
export const KNOWN = 2;

/** Plain control. */
export const CONTROL = 0;
