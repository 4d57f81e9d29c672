// The codes of the payload that have a fixed meaning.

/** Nobody has said who holds it. */
export const UNKNOWN = 0;
/** Nobody holds it, and that is known. */
export const NONE = 1;
/** Actor codes from here on are real actors. */
export const KNOWN = 2;

export const CONTROL = 0;
export const CONTESTED = 1;
export const BESIEGED = 2;
export const CLAIMED = 3;
export const TRUCE = 4;
export const MIXED = 5;
