// @ts-check
/** Starts other programs, always with a list of arguments and never through shell syntax. */
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { duration, note } from "./output.mjs";
import { windows } from "./paths.mjs";

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] the whole environment; default: ours
 * @property {"capture" | "tee" | "stderr" | "inherit"} [output] capture (default); also show all or
 *   the error stream while it comes; or hand over our own streams and capture nothing
 * @property {string} [heartbeat] said with the elapsed time every 20 seconds
 * @property {number} [timeout] milliseconds after which the program is ended
 * @property {boolean} [shell] for `npm.cmd` only
 * @property {boolean} [independent] not ended with us: it hears Ctrl-C itself, and the caller waits for its end
 * @property {(pid: number) => void} [started]
 */

/**
 * @typedef {object} RunResult
 * @property {number} code the exit code; 127 when the program is missing, 124 after the timeout
 * @property {string} stdout
 * @property {string} stderr
 * @property {string} text both, in the order they came
 * @property {number} milliseconds
 */

/** @type {Set<import("node:child_process").ChildProcess>} */
const children = new Set();

/**
 * Runs a program to its end. A non-zero exit code is a result, not an exception.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export function run(command, args, options = {}) {
  const { output = "capture", heartbeat, timeout } = options;
  const begun = Date.now();
  if (!options.independent) endChildrenWithUs();
  return new Promise((resolve) => {
    const child = spawn(command, [...args], {
      cwd: options.cwd,
      env: options.env ?? process.env,
      shell: options.shell ?? false,
      stdio: output === "inherit" ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    const result = { code: 0, stdout: "", stderr: "", text: "", milliseconds: 0 };
    const beat = heartbeat && setInterval(() => note(`${heartbeat} (${elapsed()})`), 20_000);
    let late = false;
    const limit = timeout && setTimeout(() => ((late = true), child.kill()), timeout);
    const elapsed = () => duration(Date.now() - begun);

    for (const name of /** @type {const} */ (["stdout", "stderr"])) {
      child[name]?.setEncoding("utf8").on("data", (/** @type {string} */ text) => {
        result[name] += text;
        result.text += text;
        if (output === "tee" || output === name) process[name].write(text);
      });
    }
    /** @param {number} code */
    const end = (code) => {
      clearInterval(beat || undefined);
      clearTimeout(limit || undefined);
      children.delete(child);
      resolve({ ...result, code, milliseconds: Date.now() - begun });
    };
    child.once("error", (error) => {
      result.text += error.message;
      end(127);
    });
    child.once("close", (code, signal) => end(late ? 124 : (code ?? (signal ? 130 : 1))));
    if (!options.independent) children.add(child);
    if (child.pid !== undefined) options.started?.(child.pid);
  });
}

/**
 * Runs npm: the one that runs us when there is one, else the one on PATH.
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export function npm(args, options = {}) {
  const cli = process.env["npm_execpath"];
  // yarn and pnpm set the variable too.
  if (cli && /npm-cli\.[cm]?js$/.test(cli)) return run(process.execPath, [cli, ...args], options);
  return run(windows ? "npm.cmd" : "npm", args, { ...options, shell: windows });
}

/**
 * Gives a program our place: our terminal and, at its end, our exit code.
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
export function handOver(command, args) {
  const program = spawn(command, [...args], { stdio: "inherit" });
  for (const signal of signals) {
    process.removeAllListeners(signal);
    // Ctrl-C reaches the program by itself; we stay until it has ended.
    process.on(signal, () => void (signal !== "SIGINT" && program.kill(signal)));
  }
  return new Promise((resolve, reject) => {
    program.once("error", reject);
    program.once("exit", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 0 : 1)));
  });
}

/** A TCP port on the loopback interface that nobody uses. @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

const signals = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

let watching = false;

/** Whoever ends us ends what we started; a second signal is left to the system. */
function endChildrenWithUs() {
  if (watching) return;
  watching = true;
  for (const signal of signals) {
    process.once(signal, () => {
      for (const child of children) child.kill(signal === "SIGHUP" ? "SIGTERM" : signal);
      process.exit(130);
    });
  }
}
