// @ts-check
/**
 * `npm run properties [-- <cases>]`: tries what must hold of every policy on many more random policies than `npm test`
 * does, 1,000,000 unless told otherwise, on all processors, and says how many and how long.
 */
import { availableParallelism } from "node:os";
import { node24 } from "./lib/node24.mjs";
import { duration, Failure, main, say, tail } from "./lib/output.mjs";
import { jsCommand, root } from "./lib/paths.mjs";
import { run } from "./lib/run.mjs";

const FILE = "tests/unit/provider/policy-properties/properties.test.ts";
const JEST = [jsCommand.jest, "--runInBand", "--selectProjects", "unit", "--runTestsByPath", FILE];

/** Tries that many cases in a process of its own. @param {number} cases @param {boolean} speaks */
async function attempt(cases, speaks) {
  const { code, text } = await run(node24(), JEST, {
    cwd: root,
    env: { ...process.env, AUTOPILOT_PROPERTY_RUNS: String(cases) },
    ...(speaks && { heartbeat: "Still at it: properties" }),
  });
  return { code, text, tried: Number(/(\d+) cases of policies/.exec(text)?.[1] ?? 0) };
}

await main(async () => {
  const [wanted = "1000000"] = process.argv.slice(2);
  const cases = Number(wanted.replaceAll(/[,_]/g, ""));
  if (!Number.isInteger(cases) || cases < 1) throw new Failure(`${wanted} is no number of cases.`);
  const begun = Date.now();
  const processes = availableParallelism();
  const each = Math.ceil(cases / processes);
  const results = await Promise.all(
    Array.from({ length: processes }, (_, index) => attempt(each, index === 0)),
  );
  const failed = results.filter(({ code }) => code !== 0);
  for (const { code, text, tried } of failed) {
    say(tail(text, 80));
    if (tried === 0) say(`A process ended with code ${code} before it had counted its cases.`);
  }
  const tried = results.reduce((sum, result) => sum + result.tried, 0).toLocaleString("en");
  const found = failed.length === 0 ? "no counterexample" : "see above what failed";
  say(`${tried} cases in ${processes} processes, ${found}, ${duration(Date.now() - begun)}`);
  return failed.length === 0 ? 0 : 1;
});
