// The fold, in the browser: the state on a day, reached by applying or undoing the changes passed. No geometry here.

/** @typedef {import('../types').World} World */
/** @typedef {import('../types').State} State */

export class Timeline {
  /**
   * @param {Pick<World, 'baseline' | 'changes' | 'days'>} world
   * @param {Timeline} [twin] of the same world: what is the same for both is found once
   */
  constructor({ baseline, changes, days }, twin) {
    this.changes = changes;
    this.days = days;
    this.before = twin?.before ?? statesBefore(baseline, changes);
    /** @type {State} The state on `day`, changed in place by `goTo`. */
    this.state = copy(baseline);
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
    const { changes, before, state } = this;
    while (this.applied < changes.day.length && changes.day[this.applied] <= this.day) {
      put(state, changes.cell[this.applied], changes, this.applied);
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
 * @param {Pick<World, 'baseline' | 'changes' | 'cells' | 'root'>} world
 * @returns {{days: number[], areas: Float64Array[]}} one row of km2 by root code for every day listed
 */
export function areaSeries({ baseline, changes, cells, root }) {
  const controller = baseline.controller.slice();
  const areas = new Float64Array(root.length);
  controller.forEach((code, cell) => {
    areas[root[code]] += cells.area[cell];
  });
  const series = { days: [0], areas: [areas.slice()] };
  for (let i = 0; i < changes.day.length; i += 1) {
    const cell = changes.cell[i];
    areas[root[controller[cell]]] -= cells.area[cell];
    controller[cell] = changes.controller[i];
    areas[root[controller[cell]]] += cells.area[cell];
    if (changes.day[i] === changes.day[i + 1]) continue;
    if (series.days[series.days.length - 1] === changes.day[i]) series.areas.pop();
    else series.days.push(changes.day[i]);
    series.areas.push(areas.slice());
  }
  return series;
}

/**
 * What each change replaced, found by one fold.
 * @param {State} baseline @param {World['changes']} changes
 */
function statesBefore(baseline, changes) {
  const state = copy(baseline);
  const before = copy(changes);
  for (let i = 0; i < changes.day.length; i += 1) {
    put(before, i, state, changes.cell[i]);
    put(state, changes.cell[i], changes, i);
  }
  return before;
}

/** @param {State} into @param {number} at @param {State} from @param {number} index */
function put(into, at, from, index) {
  into.controller[at] = from.controller[index];
  into.status[at] = from.status[index];
  into.rival[at] = from.rival[index];
  into.event[at] = from.event[index];
}

/** @param {State} state @returns {State} */
function copy({ controller, status, rival, event }) {
  return { controller: controller.slice(), status: status.slice(), rival: rival.slice(), event: event.slice() };
}
