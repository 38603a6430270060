import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { counted, none, plus, summary } from "../../../scripts/lib/counts.mjs";

const folder = mkdtempSync(join(tmpdir(), "counts-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A file as jest writes it. */
function results(numbers: Record<string, number>): string {
  const file = join(folder, "results.json");
  const zero = {
    numPassedTests: 0,
    numFailedTests: 0,
    numRuntimeErrorTestSuites: 0,
    numPendingTests: 0,
    numTodoTests: 0,
  };
  writeFileSync(file, JSON.stringify({ ...zero, ...numbers }));
  return file;
}

test.each([
  ["passed tests count", { numPassedTests: 3 }, 0, "3 passed, 0 failed"],
  ["failed tests count", { numPassedTests: 3, numFailedTests: 2 }, 1, "3 passed, 2 failed"],
  [
    "a file that didn't load is a failure",
    { numRuntimeErrorTestSuites: 1 },
    1,
    "0 passed, 1 failed",
  ],
  [
    "skipped ones are named",
    { numPassedTests: 1, numTodoTests: 1 },
    0,
    "1 passed, 0 failed, 1 skipped",
  ],
  ["no test at all is a failure", {}, 0, "0 passed, 1 failed"],
  ["only skipped tests are a failure", { numPendingTests: 2 }, 0, "0 passed, 1 failed, 2 skipped"],
  ["a bad end with good tests is a failure", { numPassedTests: 3 }, 1, "3 passed, 1 failed"],
])("%s", (_fact, numbers, code, line) => {
  expect(summary(counted(results(numbers), code))).toBe(line);
});

test("missing results are a failure", () => {
  expect(summary(counted(join(folder, "none.json"), 0))).toBe("0 passed, 1 failed");
});

test("counts add up", () => {
  const part = { passed: 1, failed: 2, skipped: 3 };
  expect(plus(plus(none, part), part)).toEqual({ passed: 2, failed: 4, skipped: 6 });
});
