#!/usr/bin/env node
/** The command line: starts the sandbox tenant and says how to use it. */
import { parseArgs } from "node:util";
import { readSeed, startSandbox, type SandboxOptions } from "./index";

const help = `Usage: pulumi-autopilot-sandbox [options]

A strict local Microsoft Graph for Windows Autopilot device preparation.

  --port <n>          HTTP port (default 4300; 0: any free one)
  --https-port <n>    serve HTTPS too, on this port
  --cert-dir <path>   keep the certificate there and use it again
  --host <address>    127.0.0.1 (default), ::1 or localhost
  --seed <file.json>  fill the tenant with this instead of the default company
  --state-file <file> save the tenant there after every write, and start from it
  --latency <ms>      added to every Graph request
  --switch <n=value>  position of a switch, may be given several times (GET /sandbox lists them)
  --strict-tokens     accept only tokens that this sandbox issued
  --quiet             print the address only
  --help
`;

const options = {
  port: { type: "string", default: "4300" },
  "https-port": { type: "string" },
  "cert-dir": { type: "string" },
  host: { type: "string", default: "127.0.0.1" },
  seed: { type: "string" },
  "state-file": { type: "string" },
  latency: { type: "string", default: "0" },
  switch: { type: "string", multiple: true },
  "strict-tokens": { type: "boolean", default: false },
  quiet: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

async function main(): Promise<void> {
  const { values } = parseArgs({ options });
  if (values.help) {
    process.stdout.write(help);
    return;
  }
  const switches: Record<string, string> = {};
  for (const each of values.switch ?? []) {
    const [name = "", position = ""] = each.split("=", 2);
    switches[name] = position;
  }
  const wanted: SandboxOptions = {
    port: number("port", values.port),
    host: values.host,
    latencyMs: number("latency", values.latency),
    strictTokens: values["strict-tokens"],
    switches,
    ...(values["https-port"] === undefined
      ? {}
      : { httpsPort: number("https-port", values["https-port"]) }),
    ...(values["cert-dir"] === undefined ? {} : { certificateFolder: values["cert-dir"] }),
    ...(values.seed === undefined ? {} : { seed: readSeed(values.seed) }),
    ...(values["state-file"] === undefined ? {} : { stateFile: values["state-file"] }),
  };
  const sandbox = await startSandbox(wanted);
  const stop = (): void => {
    void sandbox.close().then(() => process.exit(0));
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  if (values.quiet) {
    process.stdout.write(`${sandbox.httpsUrl ?? sandbox.url}\n`);
    return;
  }
  const { tenant } = sandbox;
  const lines = [
    `Sandbox tenant "${String(tenant.organization["displayName"])}" (${tenant.organization.id})`,
    `  Graph    ${sandbox.url}/v1.0 and /beta`,
    ...(sandbox.httpsUrl === undefined
      ? []
      : [
          `  HTTPS    ${sandbox.httpsUrl}`,
          `  trust    export NODE_EXTRA_CA_CERTS=${sandbox.caFile ?? ""} SSL_CERT_FILE=${sandbox.caFile ?? ""}`,
        ]),
    `  token    any bearer, or POST ${sandbox.url}/${tenant.organization.id}/oauth2/v2.0/token with any client id and secret`,
    `  look     curl ${sandbox.url}/sandbox/requests   curl ${sandbox.url}/sandbox/state`,
    `  script   curl ${sandbox.url}/sandbox   (faults, switches, lag, latency, reset)`,
    "Stop with Ctrl-C.",
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}

function number(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`--${name} takes a number, not "${text}"`);
  return Number(text);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
