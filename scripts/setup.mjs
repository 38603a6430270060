// @ts-check
/** `npm run setup`: dependencies, Node 24, compiled packages and the Pulumi engine. */
import { duration, main, say } from "./lib/output.mjs";
import { setup } from "./lib/setup.mjs";

await main(async () => {
  const begun = Date.now();
  await setup({ engine: !process.argv.includes("--no-engine") });
  say(`Everything is set up (${duration(Date.now() - begun)}).`);
});
