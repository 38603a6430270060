// @ts-check
/** What a person can do with the tenant and the stack that `npm run demo -- --keep` leaves running. */
import { backendUrl, pulumiHome } from "../engine.mjs";
import { heading, say } from "../output.mjs";
import { example, stackName } from "./stack.mjs";

/**
 * @param {import("pulumi-autopilot-sandbox").Sandbox} sandbox
 * @param {{ folder: string, backend: string }} stack
 */
export function goingOn(sandbox, { folder, backend }) {
  /** @type {[name: string, value: string][]} */
  const variables = [
    ["AUTOPILOT_ENDPOINT", sandbox.url],
    ["PULUMI_BACKEND_URL", backendUrl(backend)],
    ["PULUMI_CONFIG_PASSPHRASE", "sandbox"],
    ["PULUMI_STACK", stackName],
    // Where the engine is, when that is not the usual place.
    ...(process.env["PULUMI_HOME"] ? [pair("PULUMI_HOME", pulumiHome())] : []),
  ];
  const lines = [
    "  Tenant and stack keep running. In another terminal, in bash:",
    "",
    `    cd ${quoted(folder)}`,
    ...variables.map(([name, value]) => `    export ${name}=${quoted(value)}`),
    "",
    "  or in PowerShell:",
    "",
    `    cd "${folder}"`,
    ...variables.map(([name, value]) => `    $env:${name} = "${value}"`),
    "",
    "  and then, as often as you like:",
    "",
    "    npx pulumi preview --refresh --diff     what differs between program and tenant",
    "    npx pulumi up --refresh                 make the tenant what the program says",
    "    npx pulumi stack output                 the ids",
    "    npx pulumi destroy                      remove everything",
    "",
    `  The program is ${example}/index.ts: edit it and look at the preview.`,
    `  The tenant: ${sandbox.url}/sandbox/state    Every request: ${sandbox.url}/sandbox/requests`,
    "",
    "  Ctrl-C here ends the tenant and removes the stack.",
  ];
  heading("8. Go on by hand");
  say(lines.join("\n"));
}

/** @param {string} name @param {string} value @returns {[name: string, value: string]} */
const pair = (name, value) => [name, value];

/** For bash. @param {string} text */
function quoted(text) {
  return /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
