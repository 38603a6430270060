// @ts-check
/** How much is measured: in full for the page, or so little that the benchmark itself can be tried. */

/**
 * @typedef {object} Sizes
 * @property {number} refresh policies with a device group each, of the step `requests`
 * @property {number} refreshes
 * @property {number[]} latencies in milliseconds, of the step `trips`
 * @property {number} trips how often at each
 * @property {{ count: number, rounds: number }[]} scale policies, and how often each command runs, of the step `scale`
 * @property {number} loads fresh processes, of the step `load`
 * @property {{ count: number, rounds: number }} memory
 */

/** @type {Sizes} */
export const full = {
  refresh: 200,
  refreshes: 3,
  latencies: [0, 100, 300],
  trips: 5,
  scale: [
    { count: 1, rounds: 5 },
    { count: 50, rounds: 5 },
    { count: 200, rounds: 5 },
    { count: 1000, rounds: 3 },
  ],
  loads: 7,
  memory: { count: 200, rounds: 3 },
};

/** @type {Sizes} */
export const quick = {
  refresh: 20,
  refreshes: 1,
  latencies: [0, 100],
  trips: 1,
  scale: [
    { count: 1, rounds: 1 },
    { count: 4, rounds: 1 },
    { count: 8, rounds: 1 },
  ],
  loads: 3,
  memory: { count: 8, rounds: 1 },
};
