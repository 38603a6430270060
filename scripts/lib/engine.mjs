// @ts-check
/** Where the Pulumi engine is, and the environment that it runs in. For scripts and for tests. */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { wantsColour } from "./output.mjs";
import { engineVersion, inRoot, windows } from "./paths.mjs";

/** The folder of Pulumi's own files. */
export const pulumiHome = () => resolve(process.env["PULUMI_HOME"] || join(homedir(), ".pulumi"));

/** The folder of this engine version, where `npx pulumi` and the Automation API look for it too. */
export const engineFolder = () => join(pulumiHome(), "versions", engineVersion);

/** @param {string} name @param {string} [script] the suffix of scripts on Windows */
const executable = (name, script = ".exe") => (windows ? name + script : name);

/** The files without which no program of ours runs; official and built engines both have them. */
export const engineFiles = [
  executable("pulumi"),
  executable("pulumi-language-nodejs"),
  executable("pulumi-resource-pulumi-nodejs", ".cmd"),
];

/** The engine's command. It may not exist before `npm run setup`. */
export const pulumiBinary = () => join(engineFolder(), "bin", executable("pulumi"));

/**
 * What a policy pack written in TypeScript must say after `runtime:`. The language host of an engine
 * that was built here is too old to start packs, a launcher does it under another name.
 * @returns {"node" | "nodejs"}
 */
export function policyRuntime() {
  return existsSync(join(dirname(pulumiBinary()), "pulumi-analyzer-policy-node"))
    ? "node"
    : "nodejs";
}

/**
 * @typedef {object} EngineOptions
 * @property {string} [home] PULUMI_HOME of the run: stack selection, credentials, plug-ins. Not where the engine is
 * @property {string} [backendDir] the folder of a file backend; it must exist when the engine starts
 * @property {string} [passphrase] for secrets of a file backend; default "sandbox"
 * @property {boolean} [inherit] keep credentials and Pulumi settings of the calling shell; default false
 * @property {NodeJS.ProcessEnv} [env] more variables, which win; undefined removes one
 */

/**
 * The environment for `pulumi` and whatever it starts: Node 24 and our engine first on PATH, no
 * questions, no downloads, and nothing from the caller's shell that would reach a real tenant or backend.
 * @param {EngineOptions} [options]
 * @returns {NodeJS.ProcessEnv}
 */
export function engineEnv(options = {}) {
  /** @type {NodeJS.ProcessEnv} */
  const env = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (options.inherit || !belongsToTheCaller(name)) env[name] = value;
  }
  delete env["NODE_OPTIONS"]; // meant for the caller's Node, which may be another version
  const pathName = Object.keys(env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  const first = [
    inRoot("node_modules/node/bin"),
    dirname(pulumiBinary()),
    inRoot("node_modules/.bin"),
  ];
  env[pathName] = [...first, env[pathName] ?? ""].join(delimiter);

  env["PULUMI_SKIP_UPDATE_CHECK"] = "true";
  // A missing plug-in is an error at once, not a long attempt to download it.
  env["PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION"] = "true";
  env["PULUMI_HOME"] = options.home ?? pulumiHome();
  if (options.backendDir !== undefined) {
    env["PULUMI_BACKEND_URL"] = backendUrl(options.backendDir);
    env["PULUMI_CONFIG_PASSPHRASE"] = options.passphrase ?? "sandbox";
  }
  if (!wantsColour()) env["NO_COLOR"] = "1";
  for (const [name, value] of Object.entries(options.env ?? {})) {
    if (value === undefined) delete env[name];
    else env[name] = value;
  }
  return env;
}

/** The address of a file backend. @param {string} folder */
export const backendUrl = (folder) => pathToFileURL(resolve(folder)).href;

/** Set by a user or a CI job for other work than ours. @param {string} name */
function belongsToTheCaller(name) {
  return /^(PULUMI|ARM|AZURE|AUTOPILOT|AZUREAD|JEST)_/i.test(name) || name === "NODE_ENV";
}
