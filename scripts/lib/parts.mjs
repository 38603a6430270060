// @ts-check
/** The parts of `npm test`, in the order in which they run: the quick ones first. */
import { engineEnv } from "./engine.mjs";
import { node24 } from "./node24.mjs";
import { jsCommand, root } from "./paths.mjs";
import { run } from "./run.mjs";

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {string} title
 * @property {boolean} jest whether it writes jest's results to the given file
 * @property {boolean} engine whether it needs the Pulumi engine
 * @property {(results: string) => Promise<import("./run.mjs").RunResult>} run
 */

/**
 * @param {string} name
 * @param {string} title
 * @param {string} command
 * @param {string[]} args
 * @returns {Part}
 */
const tool = (name, title, command, args) => ({
  name,
  title,
  jest: false,
  engine: false,
  run: () =>
    run(node24(), [command, ...args], {
      cwd: root,
      env: engineEnv(),
      heartbeat: `Still at it: ${name}`,
    }),
});

/**
 * @param {string} name the jest project
 * @param {string} title
 * @param {{ engine?: boolean, args?: string[] }} [options]
 * @returns {Part}
 */
const jest = (name, title, { engine = false, args = [] } = {}) => ({
  name,
  title,
  jest: true,
  engine,
  run: (results) =>
    run(
      node24(),
      [jsCommand.jest, "--selectProjects", name, "--json", `--outputFile=${results}`, ...args],
      // jest's own words come on stderr; its stdout repeats the results file.
      { cwd: root, env: engineEnv(), output: "stderr" },
    ),
});

/** @type {Part[]} */
export const testParts = [
  tool("format", "Format", jsCommand.prettier, ["--check", "--log-level=warn", "."]),
  tool("types", "Types", jsCommand.tsc, ["--noEmit", "--noCheck", "false"]),
  tool("lint", "Lint", jsCommand.eslint, ["."]),
  jest("unit", "Unit tests"),
  jest("contract", "Contract tests of the sandbox tenant"),
  jest("faults", "Faults (a sample; npm run faults takes all)"),
  jest("engine", "Engine tests (real engine, real processes)", {
    engine: true,
    args: ["--maxWorkers=2"],
  }),
];
