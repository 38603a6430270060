// @ts-check
/** A stack of the real engine, with everything that it writes in a folder of its own. */
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { engineEnv, pulumiBinary } from "../lib/engine.mjs";
import { Failure, tail } from "../lib/output.mjs";
import { inRoot } from "../lib/paths.mjs";
import { run } from "../lib/run.mjs";
import { programFiles } from "./program.mjs";

/**
 * @typedef {object} Entry a resource as state keeps it
 * @property {string} urn
 * @property {string} type
 * @property {string} id
 * @property {Record<string, unknown>} inputs
 * @property {Record<string, unknown>} outputs
 */

/** @typedef {{ version: number, deployment: { resources: Entry[] } }} State */

/** @typedef {import("../lib/run.mjs").RunResult} RunResult */

const parent = inRoot(".state/bench");
const folderOfRun = join(parent, `run-${process.pid}`);

/** Makes room for this run, and removes what runs that were killed have left. */
export function clearFolders() {
  mkdirSync(parent, { recursive: true });
  for (const name of readdirSync(parent)) {
    const pid = /^run-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) remove(join(parent, name));
  }
  process.once("exit", () => remove(folderOfRun));
}

export class Stack {
  /** @param {string} folder @param {string | undefined} endpoint */
  constructor(folder, endpoint) {
    this.folder = folder;
    this.env = engineEnv({
      home: join(folder, "home"),
      backendDir: join(folder, "backend"),
      env: { AUTOPILOT_ENDPOINT: endpoint },
    });
  }

  /**
   * A new stack. Its program is set with `declare`, unless it is that of an example.
   * @param {string} name
   * @param {string} [endpoint] the tenant; none for a stack that must not need one
   * @param {string} [example] a folder of the checkout
   */
  static async make(name, endpoint, example) {
    const folder = join(folderOfRun, name);
    mkdirSync(join(folder, "backend"), { recursive: true });
    for (const [file, text] of Object.entries(example ? {} : programFiles)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    const stack = new Stack(folder, endpoint);
    writeFileSync(join(folder, "Pulumi.yaml"), example ? exampleProject(folder, example) : project);
    await stack.pulumi(["stack", "init", "bench"]);
    return stack;
  }

  /** @param {import("./program.mjs").Program} program */
  declare(program) {
    writeFileSync(join(this.folder, "program.json"), JSON.stringify(program));
  }

  /**
   * Runs `pulumi`, which must succeed.
   * @param {string[]} args
   * @param {NodeJS.ProcessEnv} [env] more variables
   * @returns {Promise<RunResult>}
   */
  async pulumi(args, env = {}) {
    const result = await run(pulumiBinary(), [...args, "--non-interactive", "--color", "never"], {
      cwd: this.folder,
      env: { ...this.env, ...env },
      timeout: 15 * 60_000,
    });
    if (result.code === 0) return result;
    throw new Failure(
      `${tail(result.text, 25)}\n\n\`pulumi ${args.join(" ")}\` ended with ${result.code}.`,
    );
  }

  up() {
    return this.pulumi(["up", "--yes", "--skip-preview"]);
  }

  /** @returns {Promise<State>} */
  async exportState() {
    return JSON.parse((await this.pulumi(["stack", "export"])).stdout);
  }

  /** @param {State} state */
  async importState(state) {
    const file = join(this.folder, "state.json");
    writeFileSync(file, JSON.stringify(state));
    await this.pulumi(["stack", "import", "--file", file]);
    rmSync(file);
  }

  /** Ends with the folder; what is in the tenant stays there. */
  remove() {
    remove(this.folder);
  }
}

/** The dynamic resources of a state. @param {State} state */
export const dynamicEntries = ({ deployment }) =>
  deployment.resources.filter(({ type }) => type.startsWith("pulumi-nodejs:dynamic"));

const project = `name: bench
runtime:
  name: nodejs
  options:
    typescript: false
main: index.js
`;

/** The program runs where it lies; what Pulumi writes goes elsewhere. @param {string} folder @param {string} example */
function exampleProject(folder, example) {
  const yaml = readFileSync(inRoot(example, "Pulumi.yaml"), "utf8").trimEnd();
  return `${yaml}\nmain: ${relative(folder, inRoot(example)).replaceAll("\\", "/")}\n`;
}

/** @param {string} folder */
const remove = (folder) => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });

/** @param {number} pid */
function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}
