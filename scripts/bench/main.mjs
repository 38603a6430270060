// @ts-check
/** The benchmark itself, on Node 24 and built packages; `scripts/bench.mjs` prepares both and starts it. */
import { duration, heading, main, note, say, warn } from "../lib/output.mjs";
import { keepResults, keptResults, showTable, writePage } from "./report.mjs";
import { full, quick } from "./sizes.mjs";
import { clearFolders } from "./stack.mjs";
import { steps, wishes } from "./steps.mjs";
import { Tenant } from "./tenant.mjs";

await main(async () => {
  const begun = Date.now();
  const wanted = wishes();
  const all = wanted.only.length === 0;
  const sizes = wanted.quick ? quick : full;
  const chosen = steps.filter(({ name }) => all || wanted.only.includes(name));
  clearFolders();
  const tenant = await Tenant.start();
  /** @type {import("./report.mjs").Results} */
  const results = {};
  try {
    for (const [index, step] of chosen.entries()) {
      heading(`${index + 1}/${chosen.length} ${step.title}`);
      const started = Date.now();
      try {
        results[step.name] = await step.measure(tenant, sizes);
        if (!wanted.quick) keepResults(results);
      } catch (error) {
        // The others can still be measured.
        warn(`Not measured. ${error instanceof Error ? error.message : String(error)}`);
      }
      note(duration(Date.now() - started));
    }
  } finally {
    await tenant.end();
  }
  showTable(steps, results);
  const missing = chosen.filter(({ name }) => results[name] === undefined);
  const complete = missing.length === 0;
  if (complete && (wanted.write || (all && !wanted.quick))) {
    await writePage(steps, { ...(wanted.quick ? {} : keptResults()), ...results });
    say("\ndocs/performance.md is written.");
  }
  say(`\n${duration(Date.now() - begun)} in all.`);
  for (const { name } of missing) say(`Not measured: npm run bench -- --only ${name}`);
  return complete ? 0 : 1;
});
