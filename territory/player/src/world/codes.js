// Integer codes of the payload with a fixed meaning: the first actors, and the statuses.

/** It is not known who holds a cell. */
export const UNKNOWN = 0;
/** It is known that nobody does. */
export const NONE = 1;
/** Actor codes from here on are real actors. */
export const KNOWN = 2;

export const CONTROL = 0;
export const CONTESTED = 1;
export const BESIEGED = 2;
export const CLAIMED = 3;
export const TRUCE = 4;
export const MIXED = 5;
