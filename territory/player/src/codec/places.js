// Places as columns, and a view object per row: tens of thousands of places make few texts and no copies.

/** @template T @typedef {import('./columns.js').Categorical<T>} Categorical */
/**
 * @typedef {{ids: {at: (row: number) => string}, names: {at: (row: number) => string}, language: string, translated: [string, Categorical<string>][], aliases: Categorical<string[]>,
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
  /** By language, the main one first. @returns {import('../types').InLanguages} */
  get name() {
    const { names, language, translated } = this.columns;
    const others = translated.map(([tag, column]) => [tag, column.at(this.row)]).filter(([, name]) => name);
    return { [language]: names.at(this.row), ...Object.fromEntries(others) };
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
