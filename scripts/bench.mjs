// @ts-check
/** `npm run bench`: sets up, then measures with `scripts/bench/main.mjs` on Node 24 what the provider promises in numbers. */
import { steps, wishes } from "./bench/steps.mjs";
import { node24 } from "./lib/node24.mjs";
import { Failure, main, say } from "./lib/output.mjs";
import { inRoot } from "./lib/paths.mjs";
import { handOver } from "./lib/run.mjs";
import { setup } from "./lib/setup.mjs";

const names = steps.map(({ name }) => name);

const help = `Usage: npm run bench [-- --only <step>] [--quick] [--write]

Measures requests, round trips, time and memory with many policies, and state, with the real Pulumi engine and a
sandbox tenant. In full about a quarter of an hour, on a machine that does nothing else; then it writes
docs/performance.md. No number fails it: the exit code is 1 only when something could not be measured.

  --only <step>   only this, may be given several times: ${names.join(", ")}
  --quick         tiny sizes, a few minutes: to try the benchmark, not to measure
  --write         write docs/performance.md after --only (the rest as last measured in full) or --quick too
  --help
`;

/** Fails for what the benchmark would not understand. */
function given() {
  try {
    const values = wishes();
    const unknown = values.only.filter((name) => !names.includes(name));
    if (unknown.length > 0) throw new Error(`There is no step ${unknown.join(", ")}.`);
    return values;
  } catch (error) {
    throw new Failure(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
  }
}

await main(async () => {
  if (given().help) return say(help.trimEnd());
  await setup();
  return handOver(node24(), [inRoot("scripts/bench/main.mjs"), ...process.argv.slice(2)]);
});
