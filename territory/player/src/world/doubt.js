// Uncertainty by cell on a day: cells long unconfirmed, and cells whose change may have been earlier or may come later.

/** @typedef {import('../types').World} World */

export class Doubt {
  /** @param {Pick<World, 'stale' | 'changes' | 'baseline' | 'events' | 'sideOf'>} world */
  constructor({ stale, changes, baseline, events, sideOf }) {
    this.stale = stale;
    this.cells = baseline.controller.length;
    /** Changes of side whose day is not certain: the days that it may be, the cell, and who held it before and after. */
    this.uncertainChanges =
      /** @type {{from: number, day: number, to: number, cell: number, before: number, after: number}[]} */ ([]);
    if (!events.early.some(Boolean) && !events.late.some(Boolean)) return;
    const controller = baseline.controller.slice();
    for (let i = 0; i < changes.day.length; i += 1) {
      const cell = changes.cell[i];
      const day = changes.day[i];
      const after = changes.controller[i];
      const before = controller[cell];
      const early = events.early[changes.event[i]] ?? 0;
      const late = events.late[changes.event[i]] ?? 0;
      if ((early || late) && sideOf[before] !== sideOf[after])
        this.uncertainChanges.push({ from: day - early, day, to: day + late, cell, before, after });
      controller[cell] = after;
    }
  }

  /**
   * Flags per cell on a day; null if no cell has one.
   * @param {number} day
   * @returns {{stale: Uint8Array | null, maybe: Int16Array | null}} `maybe`: the actor who may hold a cell already or still
   */
  on(day) {
    let stale = /** @type {Uint8Array | null} */ (null);
    for (let i = 0; i < this.stale.cell.length; i += 1) {
      if (day < this.stale.from[i] || day >= this.stale.to[i]) continue;
      stale ??= new Uint8Array(this.cells);
      stale[this.stale.cell[i]] = 1;
    }
    let maybe = /** @type {Int16Array | null} */ (null);
    for (const { from, day: shown, to, cell, before, after } of this.uncertainChanges) {
      if (day < from || day >= to) continue;
      maybe ??= new Int16Array(this.cells);
      maybe[cell] = day < shown ? after : before;
    }
    return { stale, maybe };
  }
}
