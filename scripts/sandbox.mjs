// @ts-check
/** `npm run sandbox -- <arguments>`: starts the sandbox tenant. Its own arguments are listed by `--help`. */
import { spawn } from "node:child_process";
import { node24 } from "./lib/node24.mjs";
import { main } from "./lib/output.mjs";
import { inRoot } from "./lib/paths.mjs";
import { setup } from "./lib/setup.mjs";

await main(async () => {
  await setup({ engine: false });
  const sandbox = spawn(node24(), [inRoot("sandbox/dist/main.js"), ...process.argv.slice(2)], {
    stdio: "inherit",
  });
  // Ctrl-C reaches the tenant by itself; we stay until it has ended.
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => sandbox.kill("SIGTERM"));
  return new Promise((resolve, reject) => {
    sandbox.once("error", reject);
    sandbox.once("exit", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 0 : 1)));
  });
});
