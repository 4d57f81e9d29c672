// The fold, in the browser: the state on a day, reached by applying or undoing the changes passed. No geometry here.

/** @typedef {import('../types').World} World */
/** @typedef {import('../types').State} State */
/** @typedef {import('../types').FoldState} FoldState */

export class Timeline {
  /**
   * @param {Pick<World, 'baseline' | 'changes' | 'days'>} world
   * @param {Timeline} [twin] of the same world: what is the same for both is computed once
   */
  constructor({ baseline, changes, days }, twin) {
    this.changes = changes;
    this.days = days;
    const around = twin ?? statesAround(baseline, changes);
    /** The cell of each change, as the change found it. @type {FoldState} */
    this.before = around.before;
    /** The same, as the change left it. @type {FoldState} */
    this.after = around.after;
    /** The state on `day`, changed in place by `goTo`. */
    this.state = opening(baseline);
    this.applied = 0;
    this.day = -1;
    /** Days that have a change, ascending. */
    this.changeDays = twin?.changeDays ?? [...new Set(changes.day)];
    this.goTo(0);
  }

  /**
   * Move to a day (offset from the first), forwards or backwards; days outside the period stop at its ends.
   * @param {number} day
   */
  goTo(day) {
    this.day = Math.max(0, Math.min(this.days - 1, Math.round(day)));
    const { changes, before, after, state } = this;
    while (this.applied < changes.day.length && changes.day[this.applied] <= this.day) {
      put(state, changes.cell[this.applied], after, this.applied);
      this.applied += 1;
    }
    while (this.applied > 0 && changes.day[this.applied - 1] > this.day) {
      this.applied -= 1;
      put(state, changes.cell[this.applied], before, this.applied);
    }
    return this.state;
  }

  /** The nearest change day before `day`, or the first day. @param {number} day */
  previousChange(day) {
    return this.changeDays.filter((other) => other < day).pop() ?? 0;
  }

  /** The nearest change day after `day`, or the last day. @param {number} day */
  nextChange(day) {
    return this.changeDays.find((other) => other > day) ?? this.days - 1;
  }

  /**
   * The changes of one cell up to and including a day, oldest first, as indices.
   * @param {number} cell @param {number} day
   */
  history(cell, day) {
    const found = [];
    for (let i = 0; i < this.changes.day.length && this.changes.day[i] <= day; i += 1) {
      if (this.changes.cell[i] === cell) found.push(i);
    }
    return found;
  }
}

/**
 * km2 by top-level actor on every change day, beginning with the opening state.
 * @param {Pick<World, 'baseline' | 'changes' | 'cells' | 'sideOf'>} world
 * @returns {{days: number[], areas: Float64Array[]}} one row of km2 by sideOf code for every day listed
 */
export function areaSeries({ baseline, changes, cells, sideOf }) {
  const controller = baseline.controller.slice();
  const areas = new Float64Array(sideOf.length);
  controller.forEach((code, cell) => {
    areas[sideOf[code]] += cells.area[cell];
  });
  const series = { days: [0], areas: [areas.slice()] };
  for (let i = 0; i < changes.day.length; i += 1) {
    const cell = changes.cell[i];
    areas[sideOf[controller[cell]]] -= cells.area[cell];
    controller[cell] = changes.controller[i];
    areas[sideOf[controller[cell]]] += cells.area[cell];
    if (changes.day[i] === changes.day[i + 1]) continue;
    if (series.days[series.days.length - 1] === changes.day[i]) series.areas.pop();
    else series.days.push(changes.day[i]);
    series.areas.push(areas.slice());
  }
  return series;
}

/**
 * What each change replaced and what it left, found by one fold.
 * @param {State} baseline @param {World['changes']} changes
 */
function statesAround(baseline, changes) {
  const state = opening(baseline);
  const count = changes.day.length;
  const before = { ...copy(changes), held: new Int32Array(count), last: new Int32Array(count) };
  const after = { ...changes, held: new Int32Array(count), last: Int32Array.from(changes.day, (_, i) => i) };
  for (let i = 0; i < count; i += 1) {
    put(before, i, state, changes.cell[i]);
    after.held[i] = after.controller[i] === before.controller[i] ? before.held[i] : i;
    put(state, changes.cell[i], after, i);
  }
  return { before, after };
}

/** The state at the opening, before any change. @param {State} baseline @returns {FoldState} */
function opening(baseline) {
  const none = () => new Int32Array(baseline.controller.length).fill(-1);
  return { ...copy(baseline), held: none(), last: none() };
}

/** @param {FoldState} into @param {number} at @param {FoldState} from @param {number} index */
function put(into, at, from, index) {
  into.controller[at] = from.controller[index];
  into.status[at] = from.status[index];
  into.rival[at] = from.rival[index];
  into.event[at] = from.event[index];
  into.held[at] = from.held[index];
  into.last[at] = from.last[index];
}

/** @param {State} state @returns {State} */
function copy({ controller, status, rival, event }) {
  return { controller: controller.slice(), status: status.slice(), rival: rival.slice(), event: event.slice() };
}
