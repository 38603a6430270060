// @ts-check
/** Compiles the packages that run as JavaScript, when their sources have changed. */
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { node24 } from "./node24.mjs";
import { Failure, say } from "./output.mjs";
import { inRoot, jsCommand, root } from "./paths.mjs";
import { run } from "./run.mjs";

/** The packages that are built, each with a `tsconfig.build.json`. */
export const builtPackages = ["provider", "sandbox"];

/** In the same file system as the packages, and ignored by git and the linters. */
const workshop = inRoot("node_modules/.cache/builds");

/** @param {(pid: number) => void} started */
export async function ensureBuilds(started) {
  const stale = builtPackages.filter((name) => recorded(name) !== fingerprint(name));
  if (stale.length === 0) return;
  say(`Compiling ${stale.join(" and ")} (some seconds)...`);
  rmSync(workshop, { recursive: true, force: true });
  mkdirSync(workshop, { recursive: true });
  // One after the other and not at once: the compiler takes a core and half a gigabyte.
  for (const name of stale) await build(name, started);
}

/**
 * Compiles beside and then swaps, so that `dist` is never half there.
 * @param {string} name
 * @param {(pid: number) => void} started
 */
async function build(name, started) {
  const sources = fingerprint(name);
  const fresh = join(workshop, name);
  const args = ["-p", inRoot(name, "tsconfig.build.json"), "--outDir", fresh];
  const result = await run(node24(), [jsCommand.tsc, ...args], {
    cwd: root,
    heartbeat: `Still compiling ${name}`,
    started,
  });
  if (result.code !== 0) throw new Failure(`${result.text.trimEnd()}\n\nCompiling ${name} failed.`);
  writeFileSync(join(fresh, ".build-stamp"), sources);
  const dist = inRoot(name, "dist");
  if (existsSync(dist)) renameSync(dist, join(workshop, `${name}.old`));
  renameSync(fresh, dist);
}

/** @param {string} name */
function recorded(name) {
  const stamp = inRoot(name, "dist/.build-stamp");
  return existsSync(stamp) ? readFileSync(stamp, "utf8") : undefined;
}

/** What the compiled code depends on. @param {string} name */
function fingerprint(name) {
  const hash = createHash("sha256");
  const settings = ["package-lock.json", "tsconfig.json", join(name, "tsconfig.build.json")];
  const sources = readdirSync(inRoot(name, "src"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of [...settings.map((path) => inRoot(path)), ...sources]) {
    hash
      .update(`${file.slice(root.length)}\0`)
      .update(readFileSync(file))
      .update("\0");
  }
  return `${hash.digest("hex")}\n`;
}
