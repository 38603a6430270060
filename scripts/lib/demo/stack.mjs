// @ts-check
/** The demo's stack: the example's program, run by the real engine, with everything it writes in a folder of ours. */
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { engineEnv, pulumiBinary } from "../engine.mjs";
import { Failure, duration, note, say, styled, tail } from "../output.mjs";
import { inRoot } from "../paths.mjs";
import { run } from "../run.mjs";

/** @typedef {import("pulumi-autopilot-sandbox").Sandbox} Sandbox */

export const example = "examples/user-driven";
export const stackName = "demo";
const parent = inRoot(".state/demo");

/** Of a preview with `--refresh`: what the engine would change, by resource. @typedef {Map<string, string[]>} Changes */

/** The demo was stopped by a signal. */
export class Stopped extends Error {}

/**
 * @param {Sandbox} sandbox
 * @param {AbortSignal} stop
 */
export async function makeStack(sandbox, stop) {
  removeLeftovers();
  const folder = join(parent, `run-${process.pid}`);
  const backend = join(folder, "backend");
  mkdirSync(backend, { recursive: true });
  process.once("exit", () => remove(folder));

  // The program runs where it lies; only what Pulumi writes beside its project file goes elsewhere.
  const project = readFileSync(inRoot(example, "Pulumi.yaml"), "utf8").trimEnd();
  const main = relative(folder, inRoot(example)).replaceAll("\\", "/");
  writeFileSync(join(folder, "Pulumi.yaml"), `${project}\nmain: ${main}\n`);

  const env = engineEnv({
    home: join(folder, "home"),
    backendDir: backend,
    env: { AUTOPILOT_ENDPOINT: sandbox.url },
  });

  /** @type {number | undefined} */
  let engine;
  // Ctrl-C reaches the engine by itself. Asked once it ends in order, with all that it has started.
  stop.addEventListener("abort", () => {
    if (engine !== undefined && stop.reason !== "SIGINT") process.kill(engine, "SIGTERM");
  });

  /** @param {string[]} args */
  async function engineRun(args) {
    if (stop.aborted) throw new Stopped();
    const result = await run(
      pulumiBinary(),
      [...args, "--stack", stackName, "--non-interactive", "--color", "never"],
      {
        cwd: folder,
        env,
        heartbeat: "Still at it",
        timeout: 10 * 60_000,
        independent: true,
        started: (pid) => (engine = pid),
      },
    );
    engine = undefined;
    if (stop.aborted) throw new Stopped();
    return result;
  }

  /**
   * Shows and runs a `pulumi` command; fails when it does not end with the exit code.
   * @param {string[]} args
   * @param {{ expect?: number, show?: (line: string) => boolean }} [options] which lines of the engine are shown
   */
  async function pulumi(args, { expect = 0, show = () => false } = {}) {
    const before = sandbox.requests.length;
    say(`  $ pulumi ${args.join(" ")}`);
    const result = await engineRun(args);
    if (result.code !== expect) {
      throw new Failure(
        `${tail(result.text, 25)}\n\n\`pulumi ${args[0]}\` ended with the exit code ${result.code}; ` +
          `${expect} was expected. The lines above are the engine's own.`,
      );
    }
    for (const line of result.stdout.split(/\r?\n/).filter(show)) say(coloured(line.trimEnd()));
    const requests = sandbox.requests.slice(before).filter(({ kind }) => kind === "graph");
    note(
      `${duration(result.milliseconds)}, ${requests.length} Graph request${requests.length === 1 ? "" : "s"}`,
    );
    return { ...result, requests };
  }

  const made = await engineRun(["stack", "init"]);
  if (made.code !== 0)
    throw new Failure(`${tail(made.text)}\n\nThe stack could not be made in ${folder}.`);
  return { folder, backend, pulumi, remove: () => remove(folder) };
}

/** @param {string} folder */
const remove = (folder) => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });

/** What demos that were killed have left. */
function removeLeftovers() {
  mkdirSync(parent, { recursive: true });
  for (const name of readdirSync(parent)) {
    if (!running(Number(name.replace("run-", "")))) remove(join(parent, name));
  }
}

/** @param {number} pid */
function running(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/** The engine's line about a resource that is done. @param {string} line */
export const isResult = (line) =>
  /^ [+~-] {2}pulumi-nodejs:.* (created|updated|deleted)( |$)/.test(line);

/**
 * The lines of `preview --refresh --diff` about what would be done: the engine prints first what it
 * found, resource by resource, and then what it would do.
 * @returns {(line: string) => boolean} to be given the lines in their order
 */
export function updateLines() {
  let inside = false;
  return (line) => {
    const header = /^\s*(?:[~+-]+ )?\S+:\S+: \(([\w-]+)\)/.exec(line);
    if (header) inside = !["same", "refresh"].includes(header[1] ?? "");
    else if (/^\s*\[(id|urn|provider)=/.test(line)) return false;
    else if (!/^\s+[~+-] /.test(line)) inside = false;
    return inside;
  };
}

/**
 * The same lines as data: `DeviceGroup autopilot-devices` and its changed properties.
 * @param {string} text
 * @returns {Changes}
 */
export function changesIn(text) {
  /** @type {Changes} */
  const found = new Map();
  const wanted = updateLines();
  /** @type {string[]} */
  let properties = [];
  for (const line of text.split(/\r?\n/).filter(wanted)) {
    const header = /:(\w+): \((\w[\w-]*)\)/.exec(line);
    if (header) found.set(`${header[2]} ${header[1]}`, (properties = []));
    else properties.push(line.trim().replace(/\s+:/, ":"));
  }
  return found;
}

/** @param {string} line */
function coloured(line) {
  const [sign] = line.trimStart();
  const style = sign === "+" ? "green" : sign === "-" ? "red" : "yellow";
  return styled(style, `  ${line}`);
}
