// @ts-check
/** What every step of the benchmark gives, and the arithmetic on measured numbers. */

/**
 * A line of the table.
 * @typedef {object} Row
 * @property {string} what
 * @property {string} goal empty where nothing was promised: then the number is there to compare
 * @property {string} measured
 * @property {boolean} [reached]
 * @property {string} [note] said below the table
 */

/**
 * @typedef {object} Step
 * @property {string} name for `--only`
 * @property {string} title
 * @property {string} about what is measured and how, for the page
 * @property {(tenant: import("./tenant.mjs").Tenant, sizes: import("./sizes.mjs").Sizes) => Promise<Row[]>} measure
 */

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/**
 * A line with a limit.
 * @param {string} what
 * @param {number} value
 * @param {number} limit
 * @param {(value: number) => string} [shown]
 * @returns {Row}
 */
export const atMost = (what, value, limit, shown = String) => ({
  what,
  goal: limit === 0 ? "0" : `≤ ${shown(limit)}`,
  measured: shown(value),
  reached: value <= limit,
});

/** @param {number} milliseconds */
export const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`;

/** @param {number} value */
export const ms = (value) => `${Math.round(value)} ms`;

/** @param {number} value */
export const ratio = (value) => `${value.toFixed(2)} x`;

/** @param {number} value */
export const bytes = (value) => `${value.toLocaleString("en")} bytes`;

/** @param {number} value of bytes */
export const megabytes = (value) => `${Math.round(value / 1024 / 1024)} MB`;

/** `1,000`. @param {number} value */
export const whole = (value) => value.toLocaleString("en");

/**
 * The lowest and the highest of what was measured more than once.
 * @param {readonly number[]} values
 * @param {(value: number) => string} [shown]
 */
export const spread = (values, shown = String) =>
  values.length === 1
    ? "measured once"
    : `${shown(Math.min(...values))} to ${shown(Math.max(...values))}`;
