// @ts-check
/**
 * `npm run properties [-- <cases>]`: tries what must hold of every policy on many more random policies than `npm test`
 * does, 1,000,000 unless told otherwise, and says how many and how long.
 */
import { node24 } from "./lib/node24.mjs";
import { duration, Failure, main, say } from "./lib/output.mjs";
import { jsCommand, root } from "./lib/paths.mjs";
import { run } from "./lib/run.mjs";

const FILE = "tests/unit/provider/policy-properties/properties.test.ts";

await main(async () => {
  const [wanted = "1000000"] = process.argv.slice(2);
  const cases = Number(wanted.replaceAll(/[,_]/g, ""));
  if (!Number.isInteger(cases) || cases < 1) throw new Failure(`${wanted} is no number of cases.`);
  const { code, stderr, milliseconds } = await run(
    node24(),
    [jsCommand.jest, "--runInBand", "--selectProjects", "unit", "--runTestsByPath", FILE],
    {
      cwd: root,
      env: { ...process.env, AUTOPILOT_PROPERTY_RUNS: String(cases) },
      output: "stderr",
      heartbeat: "Still at it: properties",
    },
  );
  const tried = /(\d+) cases of policies/.exec(stderr)?.[1];
  const found = code === 0 ? "no counterexample" : "see above what failed";
  say(`${Number(tried ?? 0).toLocaleString("en")} cases, ${found}, ${duration(milliseconds)}`);
  return code;
});
