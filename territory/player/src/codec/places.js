// Places as columns, and a view object per row: tens of thousands of places make few texts and no copies.

/** @template T @typedef {import('./columns.js').Categorical<T>} Categorical */
/**
 * @typedef {{ids: {at: (row: number) => string}, names: {at: (row: number) => string}, arabic: Categorical<string>, aliases: Categorical<string[]>,
 *   kinds: Categorical<string>, approximate: Categorical<boolean>, points: Int32Array, cell: Int32Array,
 *   grid: {lon0: number, lat0: number, step: number}}} Columns `points` in grid steps
 */

class Place {
  /** @param {Columns} columns @param {number} row */
  constructor(columns, row) {
    this.columns = columns;
    this.row = row;
  }

  get id() {
    return this.columns.ids.at(this.row);
  }
  get name() {
    return this.columns.names.at(this.row);
  }
  get name_ar() {
    return this.columns.arabic.at(this.row);
  }
  get aliases() {
    return this.columns.aliases.at(this.row);
  }
  get kind() {
    return this.columns.kinds.at(this.row);
  }
  get approximate() {
    return this.columns.approximate.at(this.row);
  }
  get cell() {
    return this.columns.cell[this.row];
  }
  get lon() {
    return this.columns.grid.lon0 + this.columns.points[2 * this.row] * this.columns.grid.step;
  }
  get lat() {
    return this.columns.grid.lat0 + this.columns.points[2 * this.row + 1] * this.columns.grid.step;
  }
}

/** @param {Columns} columns @returns {import('../types').Place[]} */
export function placesFrom(columns) {
  return Array.from(columns.cell, (_, row) => new Place(columns, row));
}
