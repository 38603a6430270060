// @ts-check
/**
 * Loads our code as the engine's provider process does, in a fresh process, and prints as JSON what it saw.
 * `probe.mjs time`: how long `require` takes. `probe.mjs identity`: which packages were loaded before and after somebody
 * asked for a token; the credential is a certificate that doesn't exist, so nothing is sent.
 */
import { createRequire, registerHooks } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import { inRoot } from "../lib/paths.mjs";

const require = createRequire(inRoot("package.json"));
const entry = "pulumi-autopilot/runtime";
const identity = /[/\\]@azure[/\\]identity[/\\]/;

function time() {
  // The provider process has loaded it before it loads us.
  require("@pulumi/pulumi");
  const begun = performance.now();
  require(entry).v1("DevicePreparationPolicy");
  return { milliseconds: performance.now() - begun };
}

async function tokens() {
  let loaded = false;
  // Sees `require` and `import()` alike.
  registerHooks({
    resolve: (specifier, context, next) => {
      const found = next(specifier, context);
      if (identity.test(found.url)) loaded = true;
      return found;
    },
  });
  const provider = require(entry).v1("DevicePreparationPolicy");
  const settings = new Map([
    ["autopilot:endpoint", "http://127.0.0.1:9"],
    ["autopilot:authMethod", "certificate"],
    ["autopilot:tenantId", "00000000-0000-0000-0000-000000000000"],
    ["autopilot:clientId", "00000000-0000-0000-0000-000000000000"],
    ["autopilot:clientCertificatePath", inRoot("no-such-certificate.pem")],
  ]);
  provider.configure({ config: { get: (/** @type {string} */ key) => settings.get(key) } });
  const { inputs } = provider.check({}, { displayName: "x" });
  provider.diff("x", inputs, { ...inputs, timeoutMinutes: 90 });
  await sleep(50);
  const before = loaded || Object.keys(require.cache).some((file) => identity.test(file));
  const begun = performance.now();
  const refused = await provider.read("x", inputs).then(
    () => "",
    (/** @type {unknown} */ error) => String(error),
  );
  return { before, after: loaded, milliseconds: performance.now() - begun, refused };
}

const result = process.argv[2] === "time" ? time() : await tokens();
process.stdout.write(JSON.stringify(result), () => process.exit(0));
