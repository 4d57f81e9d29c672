// Run-length history of one cell: its states in sequence, each with its first day and the day that ends it.

/** @typedef {{day: number, until: number, controller: number, status: number, rival: number, event: number}} Step */

/**
 * The states of a cell in sequence.
 * @param {import('../types').World} world @param {number[]} changes indices, oldest first @param {number} cell
 * @returns {Step[]} `until` is the day on which the next one begins
 */
export function stepsOf({ baseline, changes: all, days }, changes, cell) {
  const steps = [
    {
      day: 0,
      until: days,
      controller: baseline.controller[cell],
      status: baseline.status[cell],
      rival: baseline.rival[cell],
      event: baseline.event[cell],
    },
  ];
  for (const i of changes) {
    steps[steps.length - 1].until = all.day[i];
    steps.push({
      day: all.day[i],
      until: days,
      controller: all.controller[i],
      status: all.status[i],
      rival: all.rival[i],
      event: all.event[i],
    });
  }
  return steps;
}
