// @ts-check
/** Node 24 comes as the npm package `node`; everything but the set-up runs on it. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { Failure, note, say } from "./output.mjs";
import { inRoot, nodeMajor, root, windows } from "./paths.mjs";
import { npm, run } from "./run.mjs";

const binary = inRoot("node_modules/node/bin", windows ? "node.exe" : "node");

/** @type {string | undefined} */
let found;

/** The path of a Node 24, or undefined. */
export function findNode24() {
  if (found === undefined && works(binary)) found = binary;
  // On systems without a binary package (musl, some processors) the host's own will do.
  if (found === undefined && ofRightMajor(process.versions.node)) found = process.execPath;
  return found;
}

/** The path of a Node 24; a failure when there is none yet. */
export function node24() {
  const path = findNode24();
  if (path === undefined) throw new Failure("Node 24 is not set up here. Run: npm run setup");
  return path;
}

/**
 * Makes sure that there is a Node 24. npm may have been told not to run the packages' install scripts
 * (`ignore-scripts`, or a policy); the one of the package `node` only fetches the binary.
 * @param {(pid: number) => void} started
 */
export async function ensureNode24(started) {
  if (findNode24() !== undefined) return;
  say(`Fetching Node ${nodeMajor} (npm did not run the install script of the package "node")...`);
  const options = {
    cwd: root,
    env: { ...process.env, npm_config_ignore_scripts: "false", npm_config_loglevel: "error" },
    heartbeat: "Still fetching Node",
    started,
  };
  // First the script itself, as it asks for nobody's approval; then npm makes node_modules/.bin/node.
  const script = ["installArchSpecificPackage.js"];
  const { code } = await run(process.execPath, script, {
    ...options,
    cwd: inRoot("node_modules/node"),
  });
  if (findNode24() === undefined) {
    throw new Failure(
      `Node ${nodeMajor} could not be fetched from the npm registry (package "node", exit code ${code}). ` +
        `Install Node ${nodeMajor} on this machine and run the command again with it.`,
    );
  }
  await npm(["rebuild", "node", "--ignore-scripts"], options);
  note(`Node ${nodeMajor} is ready.`);
}

/** @param {string} file */
function works(file) {
  if (!existsSync(file)) return false;
  const { stdout, status } = spawnSync(file, ["--version"], { encoding: "utf8" });
  return status === 0 && ofRightMajor(stdout.trim().replace(/^v/, ""));
}

/** @param {string} version */
function ofRightMajor(version) {
  return Number.parseInt(version, 10) === nodeMajor;
}
