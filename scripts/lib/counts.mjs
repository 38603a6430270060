// @ts-check
/** The closing line of `npm test`, from what really ran. */
import { existsSync } from "node:fs";
import { readJson } from "./paths.mjs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** @type {Counts} */
export const none = { passed: 0, failed: 0, skipped: 0 };

/** @param {Counts} a @param {Counts} b @returns {Counts} */
export const plus = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

/** @param {Counts} counts */
export const summary = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;

/**
 * The counts of one jest run. A file that did not even load is one failure, and so is a run that
 * ended badly or without a result although no single test failed.
 * @param {string} file jest's results
 * @param {number} code jest's exit code
 * @returns {Counts}
 */
export function counted(file, code) {
  if (!existsSync(file)) return { ...none, failed: 1 };
  const results = readJson(file);
  const counts = {
    passed: results.numPassedTests,
    failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
    skipped: results.numPendingTests + results.numTodoTests,
  };
  const nothingRan = counts.passed + counts.failed === 0;
  return counts.failed === 0 && (code !== 0 || nothingRan) ? { ...counts, failed: 1 } : counts;
}
