// @ts-check
/**
 * `npm test`: sets up, runs every part on Node 24 and ends with one line, `N passed, N failed`. It
 * counts each jest test, and one for each of the other parts. `npm test -- lint unit` runs only those.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { counted, none, plus, summary } from "./lib/counts.mjs";
import { Failure, duration, heading, main, note, say, styled, warn } from "./lib/output.mjs";
import { testParts } from "./lib/parts.mjs";
import { setup } from "./lib/setup.mjs";

/** @param {import("./lib/parts.mjs").Part[]} parts @param {string} results */
async function runParts(parts, results) {
  let total = none;
  for (const part of parts) {
    heading(part.title);
    const begun = Date.now();
    const { code, text } = await part.run(join(results, `${part.name}.json`));
    const counts = part.jest ? counted(join(results, `${part.name}.json`), code) : one(code);
    if (code !== 0 && !part.jest) say(text.trimEnd());
    if (counts.failed > 0) warn(`${part.title}: ${summary(counts)}`);
    note(`${counts.failed > 0 ? "failed" : "ok"}, ${duration(Date.now() - begun)}`);
    total = plus(total, counts);
  }
  return total;
}

/** @param {number} code */
const one = (code) => ({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 });

/** Prints the closing line. @param {import("./lib/counts.mjs").Counts} counts */
function close(counts) {
  const good = counts.failed === 0 && counts.passed > 0;
  say(`\n${styled(good ? "green" : "red", summary(counts))}`);
  return good ? 0 : 1;
}

await main(async () => {
  const begun = Date.now();
  const names = process.argv.slice(2);
  const unknown = names.filter((name) => !testParts.some((part) => part.name === name));
  if (unknown.length > 0) {
    const known = testParts.map((part) => part.name).join(", ");
    throw new Failure(`There is no part ${unknown.join(", ")}. Parts: ${known}.`);
  }
  const parts = testParts.filter((part) => names.length === 0 || names.includes(part.name));
  try {
    await setup({ engine: parts.some((part) => part.engine) });
  } catch (error) {
    // What could not be set up has failed: the closing line says so whatever happens.
    console.error(error instanceof Failure ? error.message : error);
    return close({ passed: 0, failed: 1, skipped: 0 });
  }
  const results = mkdtempSync(join(tmpdir(), "autopilot-test-"));
  try {
    const total = await runParts(parts, results);
    heading(`All parts: ${duration(Date.now() - begun)}`);
    return close(total);
  } finally {
    rmSync(results, { recursive: true, force: true });
  }
});
