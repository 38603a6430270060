// @ts-check
/** `npm run sandbox -- <arguments>`: starts the sandbox tenant. Its own arguments are listed by `--help`. */
import { node24 } from "./lib/node24.mjs";
import { main } from "./lib/output.mjs";
import { inRoot } from "./lib/paths.mjs";
import { handOver } from "./lib/run.mjs";
import { setup } from "./lib/setup.mjs";

await main(async () => {
  await setup({ engine: false });
  return handOver(node24(), [inRoot("sandbox/dist/main.js"), ...process.argv.slice(2)]);
});
